import type { Control } from '../../controls/catalog.ts';
import type { Answer, Expression } from '../../filter-pattern/index.ts';
import { compare as compareAnew } from '../../filter-pattern/index.ts';
import type { Inventory } from '../../inventory/model.ts';
import type { AdvancedEventSelector, EventSelector, EventSelectors } from '../../inventory/resources.ts';
import { premisesOf, readPattern } from '../required/premises.ts';
import { memoize } from '../required/memoize.ts';
import type { Bounds } from './selector-condition.ts';
import { allOf, anyOf, differs, equals, fieldBounds, isReadOnly } from './selector-condition.ts';

const compare = memoize(compareAnew);

/** What becomes of the required events at a trail's event selectors. */
export type Selection =
  | { readonly kind: 'all' }
  /** Some are dropped; for example this one. */
  | { readonly kind: 'some dropped'; readonly event: string }
  /** None passes; for example not this one. */
  | { readonly kind: 'none'; readonly event: string }
  | { readonly kind: 'undecided'; readonly why: string };

/**
 * Asks of a trail's selectors what is asked of a metric filter: which required event would they miss? Each selector is
 * a condition on the event, so each is a formula of the pattern language, and the trail records what any of them lets
 * through. Where a selector says what cannot be said in the language, it stands between two bounds.
 *
 * A trail without custom selectors records all management events, and so does one that names just these. Of a pattern of
 * one's own it is not known whether its events are management events: that is taken for granted unless the pattern says
 * otherwise, and what a narrower selector makes of it is undecided.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
 */
export function selectionOf(
  selectors: EventSelectors,
  control: Control,
  inventory: Pick<Inventory, 'accountId'>,
): Selection {
  const recorded = boundsOf(selectors);
  const required = readPattern(control.filterPattern);
  const premises = premisesOf(control, inventory);
  const ask = (expression: Expression) =>
    compare({ candidates: [{ kind: 'json', expression }], required, ...(premises === undefined ? {} : { premises }) });
  const isCustom = premises === undefined;
  if (recordsAllManagementEvents(selectors)) {
    const isNeverManagement = isCustom && ask(isManagement.most).shared.kind === 'none';
    if (!isNeverManagement) return { kind: 'all' };
  }

  const surely = ask(recorded.least);
  if (surely.missed.kind === 'none') return { kind: 'all' };
  const perhaps = ask(recorded.most);
  const dropped = perhaps.missed.kind === 'event' ? perhaps.missed : undefined;
  if (perhaps.shared.kind === 'none' && dropped) return { kind: 'none', event: dropped.event };
  if (isCustom) return { kind: 'undecided', why: 'it is not known which events the pattern is for' };
  if (dropped && perhaps.shared.kind === 'event') return { kind: 'some dropped', event: dropped.event };
  return { kind: 'undecided', why: whyOpen(surely.missed, perhaps.missed, perhaps.shared) };
}

/** Why it is open: the two bounds differ, or a comparison does not decide. */
function whyOpen(...answers: readonly Answer[]): string {
  const open = answers.find((answer) => answer.kind === 'undecided');
  return open?.reason ?? 'they select by a field or in a way that is not followed';
}

/**
 * Whether the selectors certainly let all management events through, reads and writes: by default, or since they name
 * them without any condition. An empty list is the default, not nothing.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function recordsAllManagementEvents({ eventSelectors, advancedEventSelectors }: EventSelectors): boolean {
  if (eventSelectors.length === 0 && advancedEventSelectors.length === 0) return true;
  const types = eventSelectors
    .filter((one) => one.includeManagementEvents && one.excludeManagementEventSources.length === 0)
    .map((one) => one.readWriteType);
  if (types.includes('All') || (types.includes('ReadOnly') && types.includes('WriteOnly'))) return true;
  return advancedEventSelectors.some(({ fieldSelectors }) =>
    fieldSelectors.every(({ field, equals: values }) => field === 'eventCategory' && values?.includes('Management')),
  );
}

/** Management events, as CloudTrail marks them. */
const isManagement = equals('eventCategory', 'Management');

function boundsOf({ eventSelectors, advancedEventSelectors }: EventSelectors): Bounds {
  if (eventSelectors.length === 0 && advancedEventSelectors.length === 0) return isManagement;
  return anyOf([...eventSelectors.flatMap(basicBounds), ...advancedEventSelectors.map(advancedBounds)]);
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html */
function basicBounds(selector: EventSelector): readonly Bounds[] {
  const { includeManagementEvents, readWriteType, excludeManagementEventSources } = selector;
  if (!includeManagementEvents) return [];
  const direction = readWriteType === 'All' ? [] : [isReadOnly(readWriteType === 'ReadOnly')];
  const excluded = excludeManagementEventSources.map((source) => differs('eventSource', source));
  return [allOf([isManagement, ...direction, ...excluded])];
}

/** The fields of a selector are ANDed: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html */
function advancedBounds({ fieldSelectors }: AdvancedEventSelector): Bounds {
  return allOf(fieldSelectors.map(fieldBounds));
}
