import { parseArn } from '../../../inventory/arn.ts';
import type { MetricAlarm, MetricDataQuery, MetricName } from '../../../inventory/resources.ts';
import { dimensionNamesOf, transformationOf } from '../../base/transformation.ts';
import { valueOfQuery } from './metric-math/metric-math-value.ts';
import type { MetricSource } from './metric-source.ts';
import type { Series } from './series.ts';
import { metricSeries } from './series.ts';
import type { Statistic } from './statistic.ts';
import { parseStatistic } from './statistic.ts';

/** What an alarm watches, from period to period. */
export type Watched =
  | {
      readonly kind: 'series';
      readonly series: Series;
      /** In seconds. */
      readonly period: number | undefined;
      /** For people: `its Sum`. */
      readonly what: string;
      /** The number of samples below which the alarm ignores a percentile; 1 if it never does. */
      readonly fewestSamples: number;
      /** Whether metric math fills in missing data. */
      readonly fillsMissing: boolean;
    }
  | { readonly kind: 'never' | 'undecided'; readonly why: string };

/** The series that an alarm watches, of one metric or of metric math, or why it is not known. */
export function watchedSeries(alarm: MetricAlarm, source: MetricSource): Watched {
  return alarm.metrics.length === 0 ? watchedMetric(alarm, source) : watchedMath(alarm, source);
}

function watchedMetric(alarm: MetricAlarm, source: MetricSource): Watched {
  const { unit, period } = alarm;
  const unitProblem = unitMismatch(unit, source);
  if (unitProblem) return unitProblem;
  const name = alarm.extendedStatistic ?? alarm.statistic;
  const statistic = parseStatistic(name ?? '');
  if (statistic === undefined) return undecided(`its statistic is ${name ?? 'not given'}`);
  const series = metricSeries(source, statistic, period ?? 0, unit);
  if (typeof series === 'string') return undecided(series);
  const fewestSamples = fewestSamplesOf(statistic, alarm);
  if (typeof fewestSamples === 'string') return undecided(fewestSamples);
  if (fewestSamples > 1 && series('traffic').values !== undefined) {
    return undecided('it ignores a percentile of few samples, and how many there are depends on the traffic');
  }
  return { kind: 'series', series, period, what: `its ${statistic.name}`, fewestSamples, fillsMissing: false };
}

/**
 * An alarm with a unit uses only samples with this unit, and a filter without a unit publishes `None`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function unitMismatch(unit: string | undefined, { filter }: MetricSource): Watched | undefined {
  const published = transformationOf(filter)?.unit ?? 'None';
  if (unit === undefined || unit === published) return undefined;
  return { kind: 'never', why: `it uses only the unit ${unit}, but the filter publishes ${published}` };
}

/**
 * The number of samples below which an alarm does not evaluate a percentile, because it ignores low sample counts.
 *
 * @returns the number, or why it is not known
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
function fewestSamplesOf({ percent }: Statistic, alarm: MetricAlarm): number | string {
  const { evaluateLowSampleCountPercentile: setting = 'evaluate' } = alarm;
  if (percent === undefined || setting === 'evaluate') return 1;
  if (setting !== 'ignore') return `its setting for percentiles of few samples is ${setting}`;
  const samples = 1000 / (percent >= 50 ? 100 - percent : percent);
  return Math.ceil(Number(samples.toFixed(6)));
}

/**
 * Metric math: an alarm watches the one query whose data is returned.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
 */
function watchedMath(alarm: MetricAlarm, source: MetricSource): Watched {
  const returned = alarm.metrics.filter(({ returnData }) => returnData !== false);
  const [query, ...more] = returned;
  if (query === undefined || more.length > 0)
    return undecided('its metric math does not return exactly one time series');
  const periods = new Set(alarm.metrics.flatMap(({ metricStat }) => (metricStat ? [metricStat.period] : [])));
  const [period = query.period] = periods;
  if (periods.size > 1) return undecided('its metrics have different periods');
  // AWS describes the setting for one percentile, but metric math may have several.
  if (alarm.evaluateLowSampleCountPercentile === 'ignore') return undecided('it ignores percentiles of few samples');

  const { value, fillsMissing } = valueOfQuery(query, {
    queries: alarm.metrics,
    period: period ?? 0,
    seriesOf: (one) => seriesOfQuery(one, alarm, source),
  });
  if (typeof value === 'string') return undecided(value);
  if (value.kind !== 'series') return undecided('its metric math does not make one time series');
  const what = query.metricStat ? `its ${query.metricStat.stat}` : 'its metric math';
  return { kind: 'series', series: value.series, period, what, fewestSamples: 1, fillsMissing };
}

/** The series of the filter's metric; `undefined` for another metric; why it is not known. */
function seriesOfQuery(query: MetricDataQuery, alarm: MetricAlarm, source: MetricSource): Series | string | undefined {
  const { metricStat, accountId } = query;
  if (metricStat === undefined || !isPublished(metricStat.metric, source)) return undefined;
  if (accountId !== undefined && accountId !== parseArn(alarm.alarmArn)?.accountId) {
    return `it reads the metric of account ${accountId}`;
  }
  const statistic = parseStatistic(metricStat.stat);
  if (statistic === undefined) return `its statistic is ${metricStat.stat}`;
  return metricSeries(source, statistic, metricStat.period, metricStat.unit);
}

function isPublished({ namespace, metricName, dimensions }: MetricName, { filter }: MetricSource): boolean {
  const published = transformationOf(filter);
  return (
    namespace === published?.metricNamespace &&
    metricName === published.metricName &&
    dimensions.length === 0 &&
    dimensionNamesOf(filter).length === 0
  );
}

function undecided(why: string): Watched {
  return { kind: 'undecided', why };
}
