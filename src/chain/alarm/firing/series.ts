import type { MetricFilter } from '../../../inventory/resources.ts';
import { transformationOf } from '../../base/transformation.ts';
import type { Datapoint } from './datapoint.ts';
import { datapointOf, missing } from './datapoint.ts';
import type { MetricSource } from './metric-source.ts';
import type { Statistic } from './statistic.ts';

/** CloudWatch Logs publishes metrics once a minute. */
export const RESOLUTION_SECONDS = 60;

/**
 * What the log group of the chain receives in one period: no log event at all, log events of which none matches, or a
 * number of matching log events among others.
 */
export type Moment = 'quiet' | 'traffic' | number;

/** A time series, as far as it is known: the datapoint of each kind of period. */
export type Series = (moment: Moment) => Datapoint;

/**
 * The series that one statistic of the metric makes, from period to period.
 *
 * A filter publishes its value for each matching event, and its default value in each minute in which log events arrive
 * and none matches. So a period of one minute with a matching event holds no default of the filter, but a longer period
 * holds defaults of its other minutes. Another filter adds its default, and its value wherever it may match. What
 * filters of other log groups publish does not depend on the traffic of this one.
 *
 * @param statistic - how samples become a datapoint
 * @param period - in seconds
 * @param unit - only samples with this unit are used; without it all are, and AWS does not define what an alarm does
 *   with several units at once
 * @returns the series, or why it is not known
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (Unit)
 */
export function metricSeries(
  { filter, otherFilters }: MetricSource,
  statistic: Statistic,
  period: number,
  unit?: string,
): Series | string {
  const own = published(filter);
  if (typeof own === 'string') return own;
  const hasUnit = (one: Published) => unit === undefined || one.unit === unit;
  if (!hasUnit(own)) return () => missing;

  const [inQuiet, inTraffic, atEvent]: [number[], number[], number[]] = [[], defaultOf(own), []];
  if (period > RESOLUTION_SECONDS) atEvent.push(...defaultOf(own));
  for (const { filter: other, isInOtherLogGroup, matchesOnlyWanted } of otherFilters) {
    const others = published(other);
    if (typeof others === 'string') return `metric filter ${other.filterName} publishes to the same metric`;
    if (!hasUnit(others)) continue;
    if (others.unit !== own.unit) {
      return `metric filter ${other.filterName} publishes to the same metric in ${others.unit}, not in ${own.unit}`;
    }
    const withoutEvent = [...defaultOf(others), ...(matchesOnlyWanted ? [] : [others.value])];
    inTraffic.push(...withoutEvent);
    atEvent.push(...defaultOf(others), others.value);
    if (isInOtherLogGroup) inQuiet.push(...withoutEvent);
  }
  const values = [own.value, ...atEvent, ...inTraffic];
  if (statistic.extended && values.some((value) => value < 0)) {
    return `AWS computes no ${statistic.name} of negative values`;
  }
  const hasDefault = own.defaultValue !== undefined;
  return (moment) => {
    if (typeof moment === 'number') {
      const backgroundCertain = hasDefault && period > RESOLUTION_SECONDS;
      return datapointOf(statistic, { events: moment, value: own.value, background: atEvent, backgroundCertain });
    }
    const isQuiet = moment === 'quiet';
    return datapointOf(statistic, {
      events: 0,
      value: own.value,
      background: isQuiet ? inQuiet : inTraffic,
      backgroundCertain: !isQuiet && hasDefault,
    });
  };
}

interface Published {
  readonly value: number;
  readonly defaultValue?: number;
  readonly unit: string;
}

/** What a filter publishes, or why that is not known. */
function published(filter: MetricFilter): Published | string {
  const transformation = transformationOf(filter);
  if (transformation === undefined) return `metric filter ${filter.filterName} names no single metric`;
  const { metricValue, defaultValue, unit = 'None' } = transformation;
  // An event without a number in that field publishes nothing, whatever the statistic.
  if (!isDecimal(metricValue)) return `the value of its metric comes from the event (${metricValue})`;
  if (!isAccepted(Number(metricValue))) return `CloudWatch does not accept the value ${metricValue} of its metric`;
  return { value: Number(metricValue), unit, ...(defaultValue === undefined ? {} : { defaultValue }) };
}

function defaultOf({ defaultValue }: Published): number[] {
  return defaultValue === undefined ? [] : [defaultValue];
}

/**
 * Whether CloudWatch takes a value: "values must be in the range of -2^360 to 2^360".
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
 */
function isAccepted(value: number): boolean {
  return Math.abs(value) <= 2 ** 360;
}

function isDecimal(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
}
