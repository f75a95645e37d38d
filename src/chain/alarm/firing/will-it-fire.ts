import type { MetricAlarm } from '../../../inventory/resources.ts';
import type { AlarmSettings } from './settings.ts';
import { settingsOf } from './settings.ts';
import type { Outcomes } from './datapoint.ts';
import { outcomesOf } from './datapoint.ts';
import type { MetricSource, Moment, Series } from './series.ts';
import { RESOLUTION_SECONDS } from './series.ts';
import { watchedBy } from './watched-series.ts';

/** What an alarm on a filter's metric makes of matching events. */
export type Firing =
  | {
      readonly kind: 'fires';
      /** Matching events that certainly suffice. */
      readonly events: number;
      /** In how many periods they have to come, as many in each. */
      readonly periods: number;
      /** The longest that may pass from the last of the events to the alarm, in seconds. */
      readonly atMostSeconds: number;
      /** The shortest. */
      readonly atLeastSeconds: number;
      /** The shortest that the alarm then stays in ALARM, in seconds; nothing where that is less than it takes to look. */
      readonly staysSeconds: number;
    }
  /** No number of events takes the alarm to ALARM. */
  | { readonly kind: 'never'; readonly why: string }
  /** The alarm is in ALARM when nothing happens, so that nothing new can take it there. */
  | { readonly kind: 'rests in alarm'; readonly why: string }
  /** The alarm rings once, and then nothing takes it out of ALARM. */
  | { readonly kind: 'stays in alarm'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string };

type Judged = (moment: Moment) => Outcomes;

/**
 * Whether one matching event, among traffic that does not match, takes an alarm from rest to ALARM; how many events it
 * takes if one does not do; and how long.
 *
 * How far back CloudWatch looks for data is not documented, so nothing here rests on it.
 *
 * @param alarm - an alarm on the metric, or on metric math that reads it
 * @param source - what fills the metric
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function willItFire(alarm: MetricAlarm, source: MetricSource): Firing {
  const watched = watchedBy(alarm, source);
  if (watched.kind !== 'series') return watched;
  const settings = settingsOf(alarm, watched.period);
  if (typeof settings === 'string') return undecided(settings);
  const { series, what, doubt } = watched;
  if (
    watched.filled &&
    settings.period === RESOLUTION_SECONDS &&
    settings.datapointsToAlarm === settings.evaluationPeriods
  ) {
    // "The latest data point ... always [may] be the FILL value, which can result in the alarm being stuck": AWS advises M of N.
    return undecided('FILL may take the place of the newest minute before its data arrives');
  }
  const judged: Judged = (moment) => outcomesOf(series(moment), settings.operator, settings.threshold);

  const rest = restOf(settings, judged, series, what);
  if (rest) return rest.kind === 'undecided' && doubt !== undefined ? undecided(doubt) : rest;
  const { events, doubtFrom } = eventsPerDatapoint(judged);
  if (events === undefined && doubtFrom === undefined) {
    return { kind: 'never', why: `no number of events takes ${what} across ${settings.threshold}` };
  }
  if (doubtFrom !== undefined && (events === undefined || doubtFrom < events)) {
    return undecided(
      doubt ?? 'whether an event takes it across the threshold depends on how much other traffic there is',
    );
  }
  return firing(settings, judged, Math.max(events ?? 1, watched.fewestSamples));
}

function undecided(why: string): Firing {
  return { kind: 'undecided', why };
}

const isOnly = (outcomes: Outcomes, one: keyof Outcomes) =>
  outcomes[one] && Object.values(outcomes).filter(Boolean).length === 1;

/** The state at rest, if it is one from which the alarm cannot ring, or cannot ring twice. */
function restOf(settings: AlarmSettings, judged: Judged, series: Series, what: string): Firing | undefined {
  const { treatMissingData } = settings;
  const [quiet, traffic] = [judged('quiet'), judged('traffic')];
  if (isOnly(traffic, 'breaching')) {
    const always = series('quiet').values !== undefined;
    const why = always
      ? `${what} breaches the threshold without any event`
      : 'the default value of the filter breaches the threshold';
    return always && !isOnly(quiet, 'breaching')
      ? undecided(`${what} breaches the threshold among other traffic`)
      : { kind: 'rests in alarm', why };
  }
  if (traffic.breaching || quiet.breaching) {
    return undecided('whether it breaches the threshold without any event depends on the traffic');
  }
  const nothing = isOnly(quiet, 'missing') && isOnly(traffic, 'missing');
  if (treatMissingData === 'breaching' && (quiet.missing || traffic.missing)) {
    const why = 'missing data counts as breaching, and the filter publishes nothing while nothing happens';
    return nothing
      ? { kind: 'rests in alarm', why }
      : undecided('missing data counts as breaching, so that it is in ALARM already in quiet times');
  }
  if (treatMissingData === 'ignore' && nothing) return latching(judged);
  if (treatMissingData === 'ignore' && traffic.missing) {
    return undecided('whether it leaves ALARM again depends on data that may be missing');
  }
  return undefined;
}

/**
 * An alarm that keeps its state while data is missing, on a metric that has none while nothing happens: it leaves ALARM
 * only for a datapoint that does not breach, and only events make datapoints.
 */
function latching(judged: Judged): Firing | undefined {
  if (!isOnly(judged(1), 'breaching')) return undefined;
  return {
    kind: 'stays in alarm',
    why: 'it keeps its state while data is missing, so that it rings once and then stays in ALARM',
  };
}

/** Up to here every number of events is tried; beyond it a value only grows, and doubling finds where it breaches. */
const TRIED_ONE_BY_ONE = 1000;
const MOST_EVENTS = 2 ** 40;

/** The fewest events in one period that certainly breach, and the fewest that may. */
function eventsPerDatapoint(judged: Judged) {
  let doubtFrom: number | undefined;
  for (let events = 1; events <= TRIED_ONE_BY_ONE; events += 1) {
    const outcomes = judged(events);
    if (isOnly(outcomes, 'breaching')) return { events, doubtFrom };
    if (outcomes.breaching) doubtFrom ??= events;
  }
  let [below, above] = [TRIED_ONE_BY_ONE, TRIED_ONE_BY_ONE * 2];
  while (above <= MOST_EVENTS && !judged(above).breaching) [below, above] = [above, above * 2];
  if (above > MOST_EVENTS) return { events: undefined, doubtFrom };
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (judged(middle).breaching) above = middle;
    else below = middle;
  }
  return isOnly(judged(above), 'breaching')
    ? { events: above, doubtFrom }
    : { events: undefined, doubtFrom: doubtFrom ?? above };
}

const [HOUR_SECONDS, DAY_SECONDS] = [3600, 86_400];

/**
 * How many events in all, and how long.
 *
 * One breaching datapoint does for an alarm that wants one, however missing data is treated: what is filled in takes
 * no breaching datapoint away. More are needed in as many periods, but for one case: where missing data is `missing`
 * and there is no other data, a breaching datapoint that has grown as old as the datapoints to alarm takes the alarm to
 * ALARM alone.
 *
 * CloudWatch looks at an alarm every minute, so the time within the last period is between one minute and all of it. At
 * one that looks back for more than a day it looks once an hour, and sees what came before that hour. The alarm stays
 * until too few of the breaching datapoints are left in what it looks back on, which is at least its evaluation periods.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html#CloudWatch-alarms-avoiding-premature-transition
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html#evaluate-multiday-alarm
 */
function firing(settings: AlarmSettings, judged: Judged, eventsPerPeriod: number): Firing {
  const { period, evaluationPeriods, datapointsToAlarm, treatMissingData } = settings;
  const isMultiDay = period * evaluationPeriods > DAY_SECONDS;
  const longestWait = isMultiDay ? 2 * HOUR_SECONDS : RESOLUTION_SECONDS;
  const stays = (evaluationPeriods - datapointsToAlarm + 1) * period;
  const staysSeconds = Math.max(0, stays - (isMultiDay ? 2 * HOUR_SECONDS : 2 * RESOLUTION_SECONDS));
  const traffic = judged('traffic');
  const nothing = isOnly(traffic, 'missing') && isOnly(judged('quiet'), 'missing');
  if (datapointsToAlarm === 1 || (treatMissingData === 'missing' && nothing)) {
    const atLeastSeconds = (datapointsToAlarm - 1) * period + RESOLUTION_SECONDS;
    const atMostSeconds = datapointsToAlarm * period + longestWait;
    return { kind: 'fires', events: eventsPerPeriod, periods: 1, atMostSeconds, atLeastSeconds, staysSeconds };
  }
  if (treatMissingData === 'missing' && traffic.missing) {
    return undecided('whether one datapoint grows old enough alone depends on data that may be missing');
  }
  return {
    kind: 'fires',
    events: eventsPerPeriod * datapointsToAlarm,
    periods: datapointsToAlarm,
    atMostSeconds: period + longestWait,
    atLeastSeconds: RESOLUTION_SECONDS,
    staysSeconds,
  };
}
