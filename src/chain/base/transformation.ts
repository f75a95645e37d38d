import type { MetricFilter, MetricTransformation } from '../../inventory/resources.ts';
import { byCodeUnit } from './by-code-unit.ts';

/**
 * What a metric filter publishes. AWS gives every filter exactly one transformation.
 *
 * @returns `undefined` if the listing names no metric, or more than one
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
 */
export function transformationOf({ metricTransformations }: MetricFilter): MetricTransformation | undefined {
  const [one, ...more] = metricTransformations;
  if (one === undefined || more.length > 0 || one.metricName === '' || one.metricNamespace === '') return undefined;
  return one;
}

/**
 * The names of the dimensions with which a metric filter publishes, each once and in order: those whose values its
 * transformation takes from the event, and the system fields that it emits "as additional dimensions".
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
export function dimensionNamesOf(filter: MetricFilter): readonly string[] {
  const { dimensions = {} } = transformationOf(filter) ?? {};
  return [...new Set([...Object.keys(dimensions), ...(filter.emitSystemFieldDimensions ?? [])])].sort(byCodeUnit);
}
