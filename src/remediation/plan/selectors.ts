import type { Control } from '../../controls/catalog.ts';
import type { EventSelectors } from '../../inventory/resources.ts';
import type { AddedSelector } from './plan.ts';

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
  const accesses: readonly Access[] = ['WriteOnly', 'ReadOnly', 'All'];
  return accesses.flatMap((access) =>
    subsets(excluded).map((kept) => ({
      selector: isAdvanced ? advanced(access, kept, control) : basic(access, kept),
      effect: effectOf(access, kept, excluded),
      stillExcluded: kept,
    })),
  );
}

function excludedByBasic({ eventSelectors }: EventSelectors): readonly string[] {
  return distinct(eventSelectors.flatMap((one) => one.excludeManagementEventSources));
}

function excludedByAdvanced({ advancedEventSelectors }: EventSelectors): readonly string[] {
  return distinct(
    advancedEventSelectors
      .flatMap(({ fieldSelectors }) => fieldSelectors)
      .filter(({ field }) => field === 'eventSource')
      .flatMap(({ notEquals = [] }) => notEquals),
  );
}

function basic(readWriteType: Access, excludeManagementEventSources: readonly string[]): AddedSelector {
  return { kind: 'basic', added: { readWriteType, includeManagementEvents: true, excludeManagementEventSources } };
}

/** The name says what the selector is for: the commands find it again by its name. */
function advanced(access: Access, excluded: readonly string[], { id }: Control): AddedSelector {
  const fieldSelectors = [
    { field: 'eventCategory', equals: ['Management'] },
    ...(access === 'All' ? [] : [{ field: 'readOnly', equals: [String(access === 'ReadOnly')] }]),
    ...(excluded.length > 0 ? [{ field: 'eventSource', notEquals: excluded }] : []),
  ];
  return { kind: 'advanced', added: { name: `${accessWords[access]} management events for ${id}`, fieldSelectors } };
}

function effectOf(access: Access, kept: readonly string[], excluded: readonly string[]): string {
  const now = excluded.filter((source) => !kept.includes(source));
  const others = kept.length > 0 ? ` It still excludes the events of ${kept.join(' and ')}.` : '';
  const including = now.length > 0 ? `, including those of ${now.join(' and ')}, which it excluded` : '';
  return `The trail then records all management events of type ${accessWords[access]}${including}.${others}`;
}

/** Every subset, the largest first. There are at most two sources that CloudTrail can exclude. */
function subsets(all: readonly string[]): readonly (readonly string[])[] {
  const found = all
    .slice(0, 4)
    .reduce<readonly (readonly string[])[]>((sets, one) => sets.flatMap((set) => [[...set, one], set]), [[]]);
  return [...found].sort((a, b) => b.length - a.length);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
