import { RESOLUTION_SECONDS } from './series.ts';
import type { AlarmSettings } from './settings.ts';
import type { OutcomesAt } from './threshold.ts';
import { isCertainlyMissing } from './threshold.ts';

const [HOUR_SECONDS, DAY_SECONDS] = [3600, 86_400];

/** When an alarm goes into ALARM, and for how long. All times are in seconds. */
export interface Timing {
  /** The number of periods in which events must come, as many in each. */
  readonly periods: number;
  /** The longest time from the last of the events to the alarm is at least this long. */
  readonly delayAtLeastSeconds: number;
  /** The longest time from the last of the events to the alarm is at most this long. */
  readonly delayAtMostSeconds: number;
  /** How long the alarm stays in ALARM by its settings. */
  readonly staysSeconds: number;
  /** How long the alarm certainly stays in ALARM, as CloudWatch evaluates it only from time to time. */
  readonly certainlyStaysSeconds: number;
}

/**
 * How soon an alarm goes into ALARM after enough events.
 *
 * CloudWatch evaluates an alarm every minute. A sliding window ends at the time of the evaluation, so it "detects
 * breaches as soon as data points cross your threshold", however long the period is. A wall clock window "reflects a
 * data point only after the period that contains it ends". An alarm that evaluates more than a day is evaluated once an
 * hour; with a sliding window it then uses only data up to the last full hour.
 *
 * One breaching datapoint suffices for an alarm that needs one, however missing data is treated. An alarm that needs
 * more goes into ALARM after as many periods with events, except where missing data is `missing` and there is no other
 * data: then one breaching datapoint takes it to ALARM alone, as soon as it is as old as the datapoints to alarm.
 *
 * The alarm stays in ALARM until too few of the breaching datapoints are left in its evaluation periods.
 *
 * @returns the times, or why they are not known
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html#CloudWatch-alarms-avoiding-premature-transition
 */
export function timingOf(settings: AlarmSettings, outcomesAt: OutcomesAt): Timing | string {
  const { period, evaluationPeriods, datapointsToAlarm, treatMissingData, window } = settings;
  const isMultiDay = period * evaluationPeriods > DAY_SECONDS;
  // The metric is published once a minute, and then the alarm is evaluated once a minute or once an hour.
  const waitSeconds = RESOLUTION_SECONDS + (isMultiDay ? 2 * HOUR_SECONDS : RESOLUTION_SECONDS);
  const staysSeconds = (evaluationPeriods - datapointsToAlarm + 1) * period;
  const stays = { staysSeconds, certainlyStaysSeconds: Math.max(0, staysSeconds - waitSeconds) };
  // An event at the beginning of a clock period waits until the period ends.
  const periodEnds = window === 'wall clock' ? period : 0;
  const afterLastEvent = {
    delayAtLeastSeconds: periodEnds + (periodEnds === 0 ? RESOLUTION_SECONDS : 0),
    delayAtMostSeconds: periodEnds + waitSeconds,
    ...stays,
  };
  if (datapointsToAlarm === 1) return { periods: 1, ...afterLastEvent };

  const [quiet, traffic] = [outcomesAt('quiet'), outcomesAt('traffic')];
  if (treatMissingData === 'missing' && isCertainlyMissing(traffic) && isCertainlyMissing(quiet)) {
    if (window === 'wall clock')
      return 'when one old datapoint alone takes it to ALARM is not documented for its window';
    return {
      periods: 1,
      delayAtLeastSeconds: (datapointsToAlarm - 1) * period + RESOLUTION_SECONDS,
      delayAtMostSeconds: datapointsToAlarm * period + waitSeconds,
      ...stays,
    };
  }
  if (treatMissingData === 'missing' && traffic.missing) {
    return 'whether one old datapoint alone takes it to ALARM depends on data that may be missing';
  }
  return { periods: datapointsToAlarm, ...afterLastEvent };
}
