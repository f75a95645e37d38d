import type { Control } from '../../../controls/catalog.ts';
import type { AdvancedEventSelector, EventSelectors } from '../../../inventory/resources.ts';
import { freeName } from '../../../report/free-name.ts';
import type { AddedSelector } from '../plan.ts';

/** A selector to add, what the trail records with it, and what it still excludes then. */
export interface TriedSelector {
  readonly selector: AddedSelector;
  readonly effect: string;
  readonly stillExcluded: readonly string[];
}

type Access = 'WriteOnly' | 'ReadOnly' | 'All';

/** As the console calls them. */
const accessWords: Readonly<Record<Access, string>> = {
  WriteOnly: 'Write',
  ReadOnly: 'Read',
  All: 'Read and Write',
};

/**
 * The selectors to try, the one that records least first. Write events come before read events: they are few, while
 * reads make up more than 99 percent of the events of AWS KMS. What the trail excludes on purpose stays excluded as far
 * as it can.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function selectorsToTry(selectors: EventSelectors, control: Control): readonly TriedSelector[] {
  const isAdvanced = selectors.advancedEventSelectors.length > 0;
  const excluded = isAdvanced ? excludedByAdvanced(selectors) : excludedByBasic(selectors);
  const names = new Set(selectors.advancedEventSelectors.map(({ name }) => name));
  const accesses: readonly Access[] = ['WriteOnly', 'ReadOnly', 'All'];
  return accesses.flatMap((access) =>
    subsets(excluded).map((kept) => ({
      selector: isAdvanced ? advanced(nameFor(access, control, names), access, kept) : basic(access, kept),
      effect: effectOf(access, kept, excluded),
      stillExcluded: kept,
    })),
  );
}

/**
 * The event sources that a trail can exclude from its management events.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
const EXCLUDABLE: readonly string[] = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];

function excludedByBasic({ eventSelectors }: EventSelectors): readonly string[] {
  return excludable(eventSelectors.flatMap((one) => one.excludeManagementEventSources));
}

/** What a selector for data events or network activity excludes says nothing of management events. */
function excludedByAdvanced({ advancedEventSelectors }: EventSelectors): readonly string[] {
  return excludable(
    advancedEventSelectors
      .filter(isForManagement)
      .flatMap(({ fieldSelectors }) => fieldSelectors)
      .filter(({ field }) => field === 'eventSource')
      .flatMap(({ notEquals = [] }) => notEquals),
  );
}

function isForManagement({ fieldSelectors }: AdvancedEventSelector): boolean {
  return fieldSelectors.some(({ field, equals = [] }) => field === 'eventCategory' && equals.includes('Management'));
}

function basic(readWriteType: Access, excludeManagementEventSources: readonly string[]): AddedSelector {
  return { kind: 'basic', added: { readWriteType, includeManagementEvents: true, excludeManagementEventSources } };
}

/** The name says what the selector is for. The commands find it again by its name, so no other may have it. */
function nameFor(access: Access, { id }: Control, taken: ReadonlySet<string | undefined>): string {
  return freeName(`${accessWords[access]} management events for ${id}`, (name) => taken.has(name), ' ');
}

function advanced(name: string, access: Access, excluded: readonly string[]): AddedSelector {
  const fieldSelectors = [
    { field: 'eventCategory', equals: ['Management'] },
    ...(access === 'All' ? [] : [{ field: 'readOnly', equals: [String(access === 'ReadOnly')] }]),
    ...(excluded.length > 0 ? [{ field: 'eventSource', notEquals: excluded }] : []),
  ];
  return { kind: 'advanced', added: { name, fieldSelectors } };
}

function effectOf(access: Access, kept: readonly string[], excluded: readonly string[]): string {
  const now = excluded.filter((source) => !kept.includes(source));
  const others = kept.length > 0 ? ` It still excludes the events of ${kept.join(' and ')}.` : '';
  const including = now.length > 0 ? `, including those of ${now.join(' and ')}, which it excluded` : '';
  const many = access !== 'WriteOnly' && now.includes('kms.amazonaws.com') ? MANY_READS : '';
  return `The trail then records all management events of type ${accessWords[access]}${including}.${others}${many}`;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html */
const MANY_READS = ' More than 99 percent of the events of AWS KMS are reads, so there can be very many.';

/** Every subset, the largest first. */
function subsets(all: readonly string[]): readonly (readonly string[])[] {
  const found = all.reduce<readonly (readonly string[])[]>(
    (sets, one) => sets.flatMap((set) => [[...set, one], set]),
    [[]],
  );
  return [...found].sort((a, b) => b.length - a.length);
}

function excludable(sources: readonly string[]): readonly string[] {
  return EXCLUDABLE.filter((source) => sources.includes(source));
}
