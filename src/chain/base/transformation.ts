import type { MetricFilter, MetricTransformation } from '../../inventory/resources.ts';

/**
 * The unit that a filter publishes: `None` if it names none.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html
 */
export function unitOf(filter: MetricFilter): string {
  return transformationOf(filter).unit ?? 'None';
}

/** A metric filter has exactly one transformation. */
export function transformationOf({ filterName, metricTransformations: [one] }: MetricFilter): MetricTransformation {
  if (one === undefined) throw new Error(`metric filter ${filterName} has no transformation`);
  return one;
}
