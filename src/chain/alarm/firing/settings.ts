import type { MetricAlarm } from '../../../inventory/resources.ts';
import type { ComparisonOperator } from './datapoint.ts';
import { isComparisonOperator } from './datapoint.ts';
import { RESOLUTION_SECONDS } from './series.ts';

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

/** When an alarm goes to ALARM, whatever it watches. */
export interface AlarmSettings {
  readonly operator: ComparisonOperator;
  readonly threshold: number;
  /** In seconds, a multiple of the metric's resolution. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: (typeof treatments)[number];
}

/**
 * An alarm's settings as far as they are understood, or what is not.
 *
 * @param period - in seconds: the alarm's own, or that of the queries of its metric math
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function settingsOf(alarm: MetricAlarm, period: number | undefined): AlarmSettings | string {
  const { comparisonOperator, threshold, evaluationPeriods, thresholdMetricId, evaluationWindow } = alarm;
  if (evaluationWindow !== undefined && evaluationWindow !== 'SlidingWindow')
    return `its evaluation window is a ${evaluationWindow}`;
  if (thresholdMetricId !== undefined) return 'its threshold is a band of anomaly detection';
  if (!isComparisonOperator(comparisonOperator))
    return `its comparison operator is ${comparisonOperator ?? 'not given'}`;
  if (threshold === undefined || period === undefined || evaluationPeriods === undefined) {
    return 'its threshold, period or evaluation periods are not given';
  }
  // Where AWS says what becomes of such an alarm it says that it may lapse.
  if (period % RESOLUTION_SECONDS !== 0) return `its period of ${period} seconds is finer than the metric's one minute`;
  const treatMissingData = alarm.treatMissingData ?? 'missing';
  if (!isTreatment(treatMissingData)) return `it treats missing data as ${treatMissingData}`;
  return {
    operator: comparisonOperator,
    threshold,
    period,
    evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm ?? evaluationPeriods,
    treatMissingData,
  };
}

function isTreatment(name: string): name is (typeof treatments)[number] {
  return treatments.some((treatment) => treatment === name);
}
