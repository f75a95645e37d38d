import type { MetricAlarm } from '../../../inventory/resources.ts';
import { RESOLUTION_SECONDS } from './series.ts';
import type { ComparisonOperator } from './threshold.ts';
import { isComparisonOperator } from './threshold.ts';

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
export type Treatment = (typeof treatments)[number];

/**
 * Which periods an alarm evaluates: those that end now, or the last complete ones of the clock.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
 */
export type WindowKind = 'sliding' | 'wall clock';

/** When an alarm goes into ALARM, whatever it watches. */
export interface AlarmSettings {
  readonly operator: ComparisonOperator;
  readonly threshold: number;
  /** In seconds, a multiple of the metric's resolution. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: Treatment;
  readonly window: WindowKind;
}

/** The only periods, in seconds, that AWS supports with a wall clock window. */
const WALL_CLOCK_PERIODS: readonly number[] = [60, 300, 3600, 86_400, 604_800];

/**
 * The settings of an alarm, as far as they are understood.
 *
 * @param period - in seconds: the alarm's own, or that of the queries of its metric math
 * @returns the settings, or what is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function settingsOf(alarm: MetricAlarm, period: number | undefined): AlarmSettings | string {
  const { comparisonOperator, threshold, evaluationPeriods, thresholdMetricId, evaluationWindow } = alarm;
  if (thresholdMetricId !== undefined) return 'its threshold is a band of anomaly detection';
  if (!isComparisonOperator(comparisonOperator))
    return `its comparison operator is ${comparisonOperator ?? 'not given'}`;
  if (threshold === undefined || !isCount(period) || !isCount(evaluationPeriods)) {
    return 'its threshold, period or evaluation periods are not given';
  }
  const datapointsToAlarm = alarm.datapointsToAlarm ?? evaluationPeriods;
  if (!isCount(datapointsToAlarm) || datapointsToAlarm > evaluationPeriods) {
    return `it needs ${datapointsToAlarm} of ${evaluationPeriods} datapoints`;
  }
  // AWS says of such alarms that they may lapse.
  if (period % RESOLUTION_SECONDS !== 0) return `its period of ${period} seconds is finer than the metric's one minute`;
  const treatMissingData = alarm.treatMissingData ?? 'missing';
  if (!isTreatment(treatMissingData)) return `it treats missing data as ${treatMissingData}`;
  const window = windowKind(evaluationWindow);
  if (window === undefined) return `its evaluation window is of the kind ${evaluationWindow ?? ''}`;
  if (window === 'wall clock' && !WALL_CLOCK_PERIODS.includes(period)) {
    return `its wall clock window has a period of ${period} seconds`;
  }
  return {
    operator: comparisonOperator,
    threshold,
    period,
    evaluationPeriods,
    datapointsToAlarm,
    treatMissingData,
    window,
  };
}

function windowKind(name: string | undefined): WindowKind | undefined {
  if (name === undefined || name === 'SlidingWindow') return 'sliding';
  return name === 'WallClockWindow' ? 'wall clock' : undefined;
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value > 0;
}

/** Whether AWS documents a treatment of missing data. */
export function isTreatment(name: string): name is Treatment {
  return treatments.some((treatment) => treatment === name);
}
