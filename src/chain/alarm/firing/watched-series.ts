import { parseArn } from '../../../inventory/arn.ts';
import type { MetricAlarm, MetricDataQuery, MetricName } from '../../../inventory/resources.ts';
import { valueOfQuery } from './metric-math-value.ts';
import type { MetricSource, Series } from './series.ts';
import { metricSeries } from './series.ts';
import type { Statistic } from './statistic.ts';
import { statisticNamed } from './statistic.ts';
import { transformationOf, unitOf } from '../../base/transformation.ts';

/** What an alarm watches, from period to period. */
export type Watched =
  | {
      readonly kind: 'series';
      readonly series: Series;
      /** In seconds. */
      readonly period: number | undefined;
      /** For people: `its Sum`. */
      readonly what: string;
      /** Samples without which the alarm ignores a percentile; 1 if it never does. */
      readonly fewestSamples: number;
      /** Whether metric math fills what is missing. */
      readonly filled: boolean;
      /** Whose fault it is if the series is not known well enough, where it is another's. */
      readonly doubt: string | undefined;
    }
  | { readonly kind: 'never' | 'undecided'; readonly why: string };

/** The series that an alarm watches, of one metric or of metric math, or why it cannot be told. */
export function watchedBy(alarm: MetricAlarm, source: MetricSource): Watched {
  return alarm.metrics.length === 0 ? watchedMetric(alarm, source) : watchedMath(alarm, source);
}

function watchedMetric(alarm: MetricAlarm, source: MetricSource): Watched {
  const { unit, period } = alarm;
  const unitProblem = unitMismatch(unit, source);
  if (unitProblem) return unitProblem;
  const name = alarm.extendedStatistic ?? alarm.statistic;
  const statistic = statisticNamed(name ?? '');
  if (statistic === undefined) return undecided(`its statistic is ${name ?? 'not given'}`);
  const series = metricSeries(source, statistic, period ?? 0, unit);
  if (typeof series === 'string') return undecided(series);
  const fewestSamples = fewestSamplesOf(statistic, alarm);
  if (fewestSamples > 1 && series('traffic').values !== undefined) {
    return undecided('it ignores a percentile of few samples, and how many there are depends on the traffic');
  }
  const doubt = doubtOf(source);
  return { kind: 'series', series, period, what: `its ${statistic.name}`, fewestSamples, filled: false, doubt };
}

/**
 * An alarm with a unit looks only at samples of this unit, and a filter without one publishes `None`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function unitMismatch(unit: string | undefined, { filter }: MetricSource): Watched | undefined {
  const published = unitOf(filter);
  if (unit === undefined || unit === published) return undefined;
  return { kind: 'never', why: `it looks for the unit ${unit}, and the filter publishes ${published}` };
}

/**
 * The samples below which an alarm told to `ignore` low counts does not evaluate a percentile.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
function fewestSamplesOf({ percent }: Statistic, { evaluateLowSampleCountPercentile }: MetricAlarm): number {
  if (percent === undefined || evaluateLowSampleCountPercentile !== 'ignore') return 1;
  const samples = 1000 / (percent >= 50 ? 100 - percent : percent);
  return Math.ceil(Number(samples.toFixed(6)));
}

/** A filter that also matches other events keeps the metric moving without any event that is asked for. */
function doubtOf({ sharing }: MetricSource): string | undefined {
  const other = sharing.find(({ onlyRequired }) => !onlyRequired);
  return other && `metric filter ${other.filter.filterName} publishes to the same metric`;
}

/**
 * Metric math: the one query whose data is returned is what the alarm watches.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
 */
function watchedMath(alarm: MetricAlarm, source: MetricSource): Watched {
  const returned = alarm.metrics.filter(({ returnData }) => returnData !== false);
  const [query, ...more] = returned;
  if (query === undefined || more.length > 0) return undecided('its metric math returns no one time series');
  const periods = new Set(alarm.metrics.flatMap(({ metricStat }) => (metricStat ? [metricStat.period] : [])));
  const [period = query.period] = periods;
  if (periods.size > 1) return undecided('its metrics have different periods');
  // "The setting for how to treat low sample counts" is that of one percentile, and metric math has many.
  if (alarm.evaluateLowSampleCountPercentile === 'ignore') return undecided('it ignores percentiles of few samples');

  let filled = false;
  const value = valueOfQuery(query, {
    queries: alarm.metrics,
    period: period ?? 0,
    metric: (one) => metricOfQuery(one, alarm, source),
    onFill: () => {
      filled = true;
    },
  });
  if (typeof value === 'string') return undecided(value);
  if (value.kind !== 'series') return undecided('its metric math makes no one time series');
  const what = query.metricStat ? `its ${query.metricStat.stat}` : 'its metric math';
  return { kind: 'series', series: value.series, period, what, fewestSamples: 1, filled, doubt: doubtOf(source) };
}

/** The series of the filter's metric; nothing for another metric; why it cannot be told. */
function metricOfQuery(query: MetricDataQuery, alarm: MetricAlarm, source: MetricSource): Series | string | undefined {
  const { metricStat, accountId } = query;
  if (metricStat === undefined || !isPublished(metricStat.metric, source)) return undefined;
  if (accountId !== undefined && accountId !== parseArn(alarm.alarmArn)?.accountId) {
    return `it reads the metric of account ${accountId}`;
  }
  const statistic = statisticNamed(metricStat.stat);
  if (statistic === undefined) return `its statistic is ${metricStat.stat}`;
  return metricSeries(source, statistic, metricStat.period, metricStat.unit);
}

function isPublished({ namespace, metricName, dimensions }: MetricName, { filter }: MetricSource): boolean {
  const { metricNamespace, metricName: published, dimensions: own = {} } = transformationOf(filter);
  const withoutDimensions = dimensions.length === 0 && Object.keys(own).length === 0;
  return namespace === metricNamespace && metricName === published && withoutDimensions;
}

function undecided(why: string): Watched {
  return { kind: 'undecided', why };
}
