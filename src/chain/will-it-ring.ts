import type { MetricAlarm, MetricFilter } from '../inventory/model.ts';
import type { Breach, ComparisonOperator, Samples, Statistic } from './datapoint.ts';
import { breach, isComparisonOperator, valuesOf } from './datapoint.ts';

/** What an alarm on a filter's metric makes of matching events. */
export type Ringing =
  | {
      readonly kind: 'rings';
      /** Matching events that certainly suffice. */
      readonly events: number;
      /** The longest that may pass from the last of the events to the alarm, in seconds. */
      readonly atMostSeconds: number;
      /** The shortest. */
      readonly atLeastSeconds: number;
    }
  /** No number of events takes the alarm to ALARM. */
  | { readonly kind: 'never'; readonly why: string }
  /** The alarm is in ALARM when nothing happens, so that nothing new can take it there. */
  | { readonly kind: 'rests in alarm'; readonly why: string }
  /** The alarm rings once, and then nothing takes it out of ALARM. */
  | { readonly kind: 'latches'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string };

/** An alarm that needs more events than this in one period is taken for one that never rings. */
const MOST_EVENTS = 1000;

/** CloudWatch Logs publishes metrics once a minute. */
const RESOLUTION_SECONDS = 60;

interface Settings {
  readonly statistic: Statistic;
  readonly operator: ComparisonOperator;
  readonly threshold: number;
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
  /** Samples without which the alarm ignores a percentile; 1 if it never does. */
  readonly fewestSamples: number;
}

interface Published {
  readonly value: number;
  readonly defaultValue?: number;
}

/**
 * Whether one matching event, among traffic that does not match, takes an alarm from rest to ALARM; how many events it
 * takes if one does not do; and how long.
 *
 * A period with a matching event holds the event's value and, where the filter has a default value, defaults as well;
 * a period with other traffic holds defaults, or nothing; a quiet one holds nothing. How far back CloudWatch looks for
 * data is not documented, so nothing here rests on it.
 *
 * @param alarm - an alarm right on the metric that the filter publishes
 * @param filter - the filter
 * @param sharing - other filters of the log group that publish to the same metric
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function willItRing(alarm: MetricAlarm, filter: MetricFilter, sharing: readonly MetricFilter[]): Ringing {
  const unitDoubt = unitProblem(alarm, [filter, ...sharing]);
  if (unitDoubt) return unitDoubt;
  const settings = settingsOf(alarm);
  if (typeof settings === 'string') return { kind: 'undecided', why: settings };
  const published = publishedBy(filter, sharing);
  if (typeof published === 'string') return { kind: 'undecided', why: published };

  const rest = restOf(settings, published);
  if (rest) return rest;
  const { events, doubtFrom } = eventsPerDatapoint(settings, published);
  if (events === undefined && doubtFrom === undefined) {
    return { kind: 'never', why: `no number of events takes its ${settings.statistic} across ${settings.threshold}` };
  }
  if (doubtFrom !== undefined && (events === undefined || doubtFrom < events)) {
    return {
      kind: 'undecided',
      why: 'whether an event takes it across the threshold depends on how much other traffic there is',
    };
  }
  return ringing(settings, published, Math.max(events ?? 1, settings.fewestSamples));
}

/** The state at rest, if it is one from which the alarm cannot ring, or cannot ring twice. */
function restOf(settings: Settings, published: Published): Ringing | undefined {
  const { statistic, operator, threshold, treatMissingData } = settings;
  const idle = valuesOf(statistic, { events: 0, ...published, defaultsCertain: true });
  const breaches: Breach | undefined = idle && breach(idle, operator, threshold);
  if (breaches === 'always')
    return { kind: 'rests in alarm', why: 'the default value of the filter breaches the threshold' };
  if (breaches === 'depends') {
    return {
      kind: 'undecided',
      why: 'whether the default values of the filter breach the threshold depends on the traffic',
    };
  }
  if (treatMissingData === 'breaching') {
    const why = 'missing data counts as breaching, and the filter publishes nothing while nothing happens';
    return idle === undefined
      ? { kind: 'rests in alarm', why }
      : { kind: 'undecided', why: 'missing data counts as breaching, so that it is in ALARM already in quiet times' };
  }
  if (treatMissingData === 'ignore' && idle === undefined) {
    return latching(settings, published);
  }
  return undefined;
}

/**
 * An alarm that keeps its state while data is missing, on a metric that has none while nothing happens: it leaves ALARM
 * only for a datapoint that does not breach, and only events make datapoints.
 */
function latching(settings: Settings, published: Published): Ringing | undefined {
  const one = valuesOf(settings.statistic, { events: 1, ...published, defaultsCertain: false });
  if (one === undefined || breach(one, settings.operator, settings.threshold) !== 'always') return undefined;
  return {
    kind: 'latches',
    why: 'it keeps its state while data is missing, so that it rings once and then stays in ALARM',
  };
}

/** The fewest events in one period that certainly breach, and the fewest that may. */
function eventsPerDatapoint(settings: Settings, published: Published) {
  const { statistic, operator, threshold, period } = settings;
  let doubtFrom: number | undefined;
  for (let events = 1; events <= MOST_EVENTS; events += 1) {
    // In a longer period there are other minutes, and other traffic in them; within the one minute of the event it is
    // not documented whether a default is published beside the value.
    const samples: Samples = { events, ...published, defaultsCertain: period > RESOLUTION_SECONDS };
    const values = valuesOf(statistic, samples);
    const breaches = values && breach(values, operator, threshold);
    if (breaches === 'always') return { events, doubtFrom };
    if (breaches === 'depends') doubtFrom ??= events;
  }
  return { events: undefined, doubtFrom };
}

/**
 * How many events in all, and how long.
 *
 * One breaching datapoint does for an alarm that wants one, however missing data is treated: what is filled in takes
 * no breaching datapoint away. More are needed in as many periods, but for one case: where missing data is `missing`
 * and there is no other data, a breaching datapoint that has grown as old as the datapoints to alarm takes the alarm to
 * ALARM alone.
 *
 * CloudWatch looks at an alarm every minute, so the time within the last period is between one minute and all of it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html#CloudWatch-alarms-avoiding-premature-transition
 */
function ringing(settings: Settings, published: Published, eventsPerPeriod: number): Ringing {
  const { period, datapointsToAlarm, treatMissingData } = settings;
  const oneWillAge = treatMissingData === 'missing' && published.defaultValue === undefined;
  if (datapointsToAlarm === 1 || oneWillAge) {
    const atLeastSeconds = (datapointsToAlarm - 1) * period + RESOLUTION_SECONDS;
    return {
      kind: 'rings',
      events: eventsPerPeriod,
      atMostSeconds: datapointsToAlarm * period + RESOLUTION_SECONDS,
      atLeastSeconds,
    };
  }
  const events = eventsPerPeriod * datapointsToAlarm;
  return { kind: 'rings', events, atMostSeconds: period + RESOLUTION_SECONDS, atLeastSeconds: RESOLUTION_SECONDS };
}

/** The alarm's settings as far as they are understood, or what is not. */
function settingsOf(alarm: MetricAlarm): Settings | string {
  const { comparisonOperator, threshold, period, evaluationPeriods, thresholdMetricId, evaluationWindow } = alarm;
  if (evaluationWindow !== undefined && evaluationWindow !== 'SlidingWindow')
    return `its evaluation window is a ${evaluationWindow}`;
  if (thresholdMetricId !== undefined) return 'its threshold is a band of anomaly detection';
  if (!isComparisonOperator(comparisonOperator))
    return `its comparison operator is ${comparisonOperator ?? 'not given'}`;
  if (threshold === undefined || period === undefined || evaluationPeriods === undefined) {
    return 'its threshold, period or evaluation periods are not given';
  }
  if (period % RESOLUTION_SECONDS !== 0) return `its period of ${period} seconds is finer than the metric's one minute`;
  const statistic = statisticOf(alarm);
  if (statistic === undefined) return `its statistic is ${alarm.extendedStatistic ?? alarm.statistic ?? 'not given'}`;
  const treatMissingData = alarm.treatMissingData ?? 'missing';
  if (!isTreatment(treatMissingData)) return `it treats missing data as ${treatMissingData}`;
  return {
    statistic,
    operator: comparisonOperator,
    threshold,
    period,
    evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm ?? evaluationPeriods,
    treatMissingData,
    fewestSamples: fewestSamples(alarm),
  };
}

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

function isTreatment(name: string): name is (typeof treatments)[number] {
  return treatments.some((treatment) => treatment === name);
}

function statisticOf({ statistic, extendedStatistic }: MetricAlarm): Statistic | undefined {
  if (extendedStatistic !== undefined) return percentile(extendedStatistic) === undefined ? undefined : 'percentile';
  const known = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'] as const;
  return known.find((name) => name === statistic);
}

/** The share that a statistic such as `p99.9` names, from 0 to 1. */
function percentile(extendedStatistic: string): number | undefined {
  const [, digits] = /^p(\d{1,3}(?:\.\d+)?)$/.exec(extendedStatistic) ?? [];
  return digits === undefined ? undefined : Number(digits) / 100;
}

/**
 * The samples below which an alarm told to `ignore` low counts does not evaluate a percentile.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
function fewestSamples({ extendedStatistic, evaluateLowSampleCountPercentile }: MetricAlarm): number {
  const share = percentile(extendedStatistic ?? '');
  if (share === undefined || evaluateLowSampleCountPercentile !== 'ignore') return 1;
  return Math.ceil(share >= 0.5 ? 10 / (1 - share) : 10 / share);
}

/**
 * An alarm with a unit looks only at samples of this unit, and a filter without one publishes `None`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function unitProblem({ unit }: MetricAlarm, filters: readonly MetricFilter[]): Ringing | undefined {
  const [published = 'None'] = filters.map(
    ({ metricTransformations: [transformation] }) => transformation?.unit ?? 'None',
  );
  if (unit === undefined || unit === published) return undefined;
  return { kind: 'never', why: `it looks for the unit ${unit}, and the filter publishes ${published}` };
}

/** What the filter publishes, or why that cannot be told. */
function publishedBy(filter: MetricFilter, sharing: readonly MetricFilter[]): Published | string {
  const [transformation] = filter.metricTransformations;
  // An event without a number in that field publishes nothing, whatever the statistic.
  if (!isDecimal(transformation?.metricValue)) {
    return `the value of its metric comes from the event (${transformation?.metricValue ?? 'none'})`;
  }
  const [other] = sharing;
  if (other !== undefined) return `metric filter ${other.filterName} publishes to the same metric`;
  const defaultValue = transformation?.defaultValue;
  return { value: Number(transformation?.metricValue), ...(defaultValue === undefined ? {} : { defaultValue }) };
}

function isDecimal(text: string | undefined): boolean {
  return text !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
}
