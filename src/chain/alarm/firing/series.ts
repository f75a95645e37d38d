import type { MetricFilter } from '../../../inventory/resources.ts';
import type { Datapoint } from './datapoint.ts';
import { datapointOf, missing } from './datapoint.ts';
import type { Statistic } from './statistic.ts';
import { transformationOf, unitOf } from '../../base/transformation.ts';

/** CloudWatch Logs publishes metrics once a minute. */
export const RESOLUTION_SECONDS = 60;

/** What a period holds: no log event at all, log events none of which match, or so many that match among others. */
export type Moment = 'quiet' | 'traffic' | number;

/** A time series, as far as it is known: the datapoint of each kind of period. */
export type Series = (moment: Moment) => Datapoint;

/** Another filter of the log group that publishes to the same metric. */
export interface SharingFilter {
  readonly filter: MetricFilter;
  /** Whether it certainly matches none but the required events. */
  readonly onlyRequired: boolean;
}

/** What fills a metric. */
export interface MetricSource {
  readonly filter: MetricFilter;
  readonly sharing: readonly SharingFilter[];
}

/**
 * What one statistic of the metric is from period to period.
 *
 * A period with a matching event holds the event's value and, where the filter has a default value, defaults as well;
 * a period with other traffic holds defaults, or nothing; a quiet one holds nothing. Another filter adds its default,
 * and its value wherever it may match: at an event, and in other traffic unless it matches required events only.
 *
 * @param statistic - how samples become a datapoint
 * @param period - in seconds
 * @param unit - samples of other units are not looked at; without it all are, and of several units at once AWS says that
 *   what an alarm makes of them is not defined
 * @returns the series, or why there is none to tell of
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (Unit)
 */
export function metricSeries(
  { filter, sharing }: MetricSource,
  statistic: Statistic,
  period: number,
  unit?: string,
): Series | string {
  const own = published(filter);
  if (typeof own === 'string') return own;
  const seen = (one: Published) => unit === undefined || one.unit === unit;
  if (!seen(own)) return () => missing;

  const inTraffic = defaultOf(own);
  const atEvent = defaultOf(own);
  for (const { filter: other, onlyRequired } of sharing) {
    const others = published(other);
    if (typeof others === 'string') return `metric filter ${other.filterName} publishes to the same metric`;
    if (!seen(others)) continue;
    if (others.unit !== own.unit) {
      return `metric filter ${other.filterName} publishes to the same metric in ${others.unit}, and not in ${own.unit}`;
    }
    inTraffic.push(...defaultOf(others), ...(onlyRequired ? [] : [others.value]));
    atEvent.push(...defaultOf(others), others.value);
  }
  const hasDefault = own.defaultValue !== undefined;
  const samplesOf = (moment: Moment) => {
    if (moment === 'quiet') return { events: 0, value: own.value, background: [], backgroundCertain: false };
    if (moment === 'traffic')
      return { events: 0, value: own.value, background: inTraffic, backgroundCertain: hasDefault };
    // In a longer period there are other minutes, and other traffic in them; within the one minute of the event it is
    // not documented whether a default is published beside the value.
    const backgroundCertain = hasDefault && period > RESOLUTION_SECONDS;
    return { events: moment, value: own.value, background: atEvent, backgroundCertain };
  };
  const values = [own.value, ...atEvent];
  if (statistic.extended && values.some((value) => value < 0)) {
    return `AWS gives no ${statistic.name} of negative values`;
  }
  if (values.some((value) => statistic.sample(value) === 'open')) {
    return `whether ${statistic.name} takes in a value at its lower bound is not documented`;
  }
  return (moment) => {
    const samples = samplesOf(moment);
    const datapoint = datapointOf(statistic, samples);
    if (datapoint === undefined) throw new Error(`no ${statistic.name} of ${JSON.stringify(samples)}`);
    return datapoint;
  };
}

interface Published {
  readonly value: number;
  readonly defaultValue?: number;
  readonly unit: string;
}

/** What a filter publishes, or why that cannot be told. */
function published(filter: MetricFilter): Published | string {
  const { metricValue, defaultValue } = transformationOf(filter);
  // An event without a number in that field publishes nothing, whatever the statistic.
  if (!isDecimal(metricValue)) return `the value of its metric comes from the event (${metricValue})`;
  return {
    value: Number(metricValue),
    unit: unitOf(filter),
    ...(defaultValue === undefined ? {} : { defaultValue }),
  };
}

function defaultOf({ defaultValue }: Published): number[] {
  return defaultValue === undefined ? [] : [defaultValue];
}

function isDecimal(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
}
