import type { MetricFilter, MetricTransformation } from '../../inventory/resources.ts';

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
