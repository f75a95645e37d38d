import type { Control } from '../../controls/catalog.ts';
import type { Answer, Comparison, Expression } from '../../filter-pattern/index.ts';
import type { AdvancedEventSelector, EventSelector, EventSelectors } from '../../inventory/resources.ts';
import { NOT_IN_TIME, comparePatternsInTime } from '../required/compare-in-time.ts';
import type { Account } from '../required/premises.ts';
import { premisesOf, readPattern } from '../required/premises.ts';
import type { Bounds } from './selector-condition.ts';
import {
  allOf,
  anyOf,
  differs,
  equals,
  exactly,
  fieldBounds,
  isReadOnly,
  unknownBounds,
} from './selector-condition.ts';

/** What becomes of the required events at a trail's event selectors. */
export type Selection =
  | { readonly kind: 'all' }
  /** Some are dropped; for example this one. */
  | { readonly kind: 'some-dropped'; readonly event: string }
  /** None passes; for example not this one. */
  | { readonly kind: 'none'; readonly event: string }
  | { readonly kind: 'undecided'; readonly why: string };

/**
 * Asks of a trail's selectors what is asked of a metric filter: which required event do they drop? Each selector is a
 * condition on the event, so each is a formula of the pattern language, and the trail records what at least one of them
 * lets through. A selector that the language cannot express lies between two bounds.
 *
 * Of a pattern of one's own only the premises that were given are known. So that its selectors drop some events is
 * certain only where they drop all: a trail that records writes only drops no event that is always a write.
 *
 * @param isOver - whether the time for the judgement is over: then what is not known yet is undecided
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
 */
export function selectionOf(
  selectors: EventSelectors,
  control: Control,
  account: Account,
  isOver: () => boolean = never,
): Selection {
  const recorded = boundsOf(selectors);
  const required = readPattern(control.filterPattern);
  const premises = premisesOf(control, account);
  const ask = (expression: Expression): Comparison | undefined =>
    comparePatternsInTime({ isOver }, { candidates: [{ kind: 'json', expression }], required, premises });

  const surely = ask(recorded.least);
  if (surely?.missed.kind === 'none') return { kind: 'all' };
  const perhaps = ask(recorded.most);
  if (surely === undefined || perhaps === undefined) return { kind: 'undecided', why: NOT_IN_TIME };
  const dropped = perhaps.missed.kind === 'event' ? perhaps.missed : undefined;
  if (perhaps.shared.kind === 'none' && dropped) return { kind: 'none', event: dropped.event };
  if (dropped && perhaps.shared.kind === 'event') {
    if (control.recordedIn !== 'unknown') return { kind: 'some-dropped', event: dropped.event };
    return { kind: 'undecided', why: `they drop ${dropped.event}, and the premises do not exclude it` };
  }
  return { kind: 'undecided', why: whyOpen(surely.missed, perhaps.missed, perhaps.shared) };
}

/** Time without a limit. */
const never = () => false;

/** Why it is open: the two bounds differ, or a comparison does not decide. */
function whyOpen(...answers: readonly Answer[]): string {
  const open = answers.find((answer) => answer.kind === 'undecided');
  return open?.reason ?? 'they select by a field or a value that is not followed';
}

/**
 * Whether the trail records the reads that any tool makes which asks for its status, this rule among them: certainly,
 * certainly not, or not known.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function recordsOwnReads(selectors: EventSelectors, isOver: () => boolean = never): boolean | 'undecided' {
  const { least, most } = boundsOf(selectors);
  const ask = (expression: Expression) =>
    comparePatternsInTime({ isOver }, { candidates: [{ kind: 'json', expression }], required: readPattern(ownRead) });
  if (ask(least)?.missed.kind === 'none') return true;
  return ask(most)?.shared.kind === 'none' ? false : 'undecided';
}

const ownRead =
  '{ $.eventSource = "cloudtrail.amazonaws.com" && $.eventName = "GetTrailStatus" && $.readOnly IS TRUE && ' +
  '$.eventCategory = "Management" && $.eventType = "AwsApiCall" && $.sessionCredentialFromConsole NOT EXISTS }';

/** Management events, as CloudTrail marks them. */
const isManagement = equals('eventCategory', 'Management');

/** Events of a category that the trail may record too; which of them is not followed. */
const perhaps = (eventCategory: string): Bounds => ({
  least: { kind: 'or', operands: [] },
  most: equals('eventCategory', eventCategory).most,
});

/**
 * What the trail records. Without selectors, which is the default, that is all management events.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
function boundsOf({ eventSelectors, advancedEventSelectors }: EventSelectors): Bounds {
  // Insights have selectors of their own, which are not read.
  const insights = perhaps('Insight');
  if (eventSelectors.length === 0 && advancedEventSelectors.length === 0) return anyOf([isManagement, insights]);
  return anyOf([...eventSelectors.map(basicBounds), ...advancedEventSelectors.map(advancedBounds), insights]);
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html */
function basicBounds(selector: EventSelector): Bounds {
  const { includeManagementEvents, readWriteType, excludeManagementEventSources } = selector;
  const data = selector.dataResourceTypes?.length === 0 ? [] : [perhaps('Data')];
  if (includeManagementEvents === false) return anyOf(data);
  const excluded = excludeManagementEventSources.map((source) => differs('eventSource', source));
  const management = allOf([isManagement, directionBounds(readWriteType), ...excluded]);
  // What a selector leaves out that AWS always gives is not known.
  return anyOf([includeManagementEvents === true ? management : allOf([management, unknownBounds]), ...data]);
}

/** Reads, writes or both; a value that is not known yet may mean any of them. */
function directionBounds(readWriteType: string | undefined): Bounds {
  switch (readWriteType) {
    case 'All':
      return exactly({ kind: 'and', operands: [] });
    case 'ReadOnly':
      return isReadOnly(true);
    case 'WriteOnly':
      return isReadOnly(false);
    case undefined:
    default:
      return unknownBounds;
  }
}

/** The fields of a selector are ANDed: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html */
function advancedBounds({ fieldSelectors }: AdvancedEventSelector): Bounds {
  // AWS never gives a selector without fields.
  return fieldSelectors.length === 0 ? unknownBounds : allOf(fieldSelectors.map(fieldBounds));
}
