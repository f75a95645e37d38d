import type { LogAlarm, ScheduledQueryConfiguration } from '../../inventory/resources.ts';
import { isTreatment } from '../alarm/firing/settings.ts';
import type { ComparisonOperator } from '../alarm/firing/threshold.ts';
import { certainlyBreaches, isComparisonOperator, outcomesOf } from '../alarm/firing/threshold.ts';

/** When a log alarm goes into ALARM on events that its query counts. All times are in seconds. */
export type Counting =
  | {
      readonly kind: 'counts';
      /** So many events take it to ALARM, if every event is in the log group as soon as it happens. */
      readonly events: number;
      /** The same if events arrive late; `Infinity` if some may be in no result. */
      readonly eventsIfLate: number;
      /** How far it would have to look back so that no late event is missed. */
      readonly neededSeconds: number;
      /** The longest time from the last of the events to the result that takes the alarm to ALARM. */
      readonly delaySeconds: number;
      /** How long it stays in ALARM after one event. */
      readonly staysSeconds: number;
    }
  | { readonly kind: 'gaps'; readonly looks: number; readonly every: number }
  | { readonly kind: 'never' | 'rests-in-alarm' | 'undecided'; readonly why: string };

/**
 * Events are taken to arrive at most so late. "CloudTrail typically delivers logs within an average of about 5 minutes of an
 * API call. This time is not guaranteed."
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
const LATE_SECONDS = 15 * 60;

/**
 * What the schedule, the offsets and the threshold of a log alarm make of events. Each run looks at the events between its
 * two offsets, so an event is in as many results as there are runs in that time. The alarm goes into ALARM when so many of
 * the last results breach the threshold. `count(*)` of no events is 0, which is a result like any other.
 *
 * @param counts - `results`: the number of events; `number`: what `stats` gave, of which it is not known whether it is 0 or
 *   missing if there are no events
 * @param limit - the most events that a result counts
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-log.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ScheduleConfiguration.html
 */
export function countingOf(
  alarm: LogAlarm,
  { scheduleConfiguration }: ScheduledQueryConfiguration,
  counts: 'results' | 'number',
  limit: number | undefined,
): Counting {
  const { threshold, comparisonOperator: operator, queryResultsToEvaluate: of, queryResultsToAlarm: needed } = alarm;
  const { treatMissingData = 'missing' } = alarm;
  const { scheduleExpression = 'not given', startTimeOffset: start, endTimeOffset: end = 0 } = scheduleConfiguration;
  const every = secondsOf(scheduleExpression);
  if (every === undefined) return undecided(`its schedule is ${scheduleExpression}`);
  if (start === undefined || end < 0 || start <= end) {
    return undecided(`its query looks from ${start ?? 'an unknown number of'} to ${end} seconds before each run`);
  }
  if (!isComparisonOperator(operator)) return undecided(`its comparison operator is ${operator ?? 'not given'}`);
  if (threshold === undefined) return undecided('its threshold is not given');
  if (!isCount(of) || !isCount(needed) || needed > of) {
    return undecided(`it needs ${needed ?? 'an unknown number'} of ${of ?? 'an unknown number of'} results`);
  }
  if (!isTreatment(treatMissingData)) return undecided(`it treats missing data as ${treatMissingData}`);

  const rest = breaches(0, operator, threshold);
  if (counts === 'number' && (rest || treatMissingData === 'breaching' || treatMissingData === 'ignore')) {
    return undecided('whether `stats` gives a number where there are no events is not documented');
  }
  if (rest) return { kind: 'rests-in-alarm', why: 'a count of 0 breaches its threshold' };
  const fewest = fewestEvents(operator, threshold);
  if (fewest === undefined) return { kind: 'never', why: 'no count breaches its threshold' };
  if (limit !== undefined && limit < fewest) {
    return { kind: 'never', why: `its query gives ${limit} results at most, and ${fewest} breach its threshold` };
  }

  const results = Math.floor((start - end) / every);
  if (results === 0) return { kind: 'gaps', looks: start - end, every };
  const resultsIfLate = Math.floor((start - Math.max(end, LATE_SECONDS)) / every);
  return {
    kind: 'counts',
    events: fewest * Math.ceil(needed / results),
    eventsIfLate: resultsIfLate <= 0 ? Infinity : fewest * Math.ceil(needed / resultsIfLate),
    neededSeconds: Math.max(end, LATE_SECONDS) + needed * every,
    delaySeconds: end + needed * every,
    staysSeconds: start - end + (of - needed) * every,
  };
}

/** The time between two runs, in seconds. */
function secondsOf(expression: string): number | undefined {
  const [, count = '', unit = ''] = /^rate\((\d{1,5}) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const unitSeconds = { minute: 60, hour: 3600, day: 86_400 }[unit];
  return unitSeconds === undefined || Number(count) === 0 ? undefined : Number(count) * unitSeconds;
}

function breaches(count: number, operator: ComparisonOperator, threshold: number): boolean {
  return certainlyBreaches(
    outcomesOf({ values: { low: count, high: count }, mayBeMissing: false }, operator, threshold),
  );
}

/** A count only grows with events, so from the threshold on it breaches, or nowhere. */
function fewestEvents(operator: ComparisonOperator, threshold: number): number | undefined {
  const near = Math.max(1, Math.floor(threshold));
  return [near, near + 1].find((count) => breaches(count, operator, threshold));
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value > 0;
}

function undecided(why: string): Counting {
  return { kind: 'undecided', why };
}
