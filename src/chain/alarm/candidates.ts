import type { MetricAlarm, MetricName } from '../../inventory/resources.ts';
import type { Context, FilterPath } from '../base/link.ts';
import type { AlarmIndex } from './alarm-index.ts';
import { namesMetricsItself } from './alarm-index.ts';
import { dimensionsMatch, hasDimensions } from './dimensions.ts';

/** An alarm that depends on the metric, or may. */
export type WatchingCandidate =
  /** It watches the metric, or metric math that reads it. */
  | { readonly kind: 'on-metric' | 'on-math'; readonly alarm: MetricAlarm }
  /** It may depend on the metric in a way that is not followed. */
  | { readonly kind: 'not-followed'; readonly alarm: MetricAlarm; readonly why: string };

/** An alarm of the listing, by how it is related to the metric. */
export type Candidate =
  | WatchingCandidate
  /** It watches a metric of this name with dimensions that are not published, or in another namespace. */
  | { readonly kind: 'other-dimensions' | 'other-namespace'; readonly alarm: MetricAlarm };

export function isWatching(candidate: Candidate): candidate is WatchingCandidate {
  return candidate.kind !== 'other-dimensions' && candidate.kind !== 'other-namespace';
}

/**
 * The metric alarms of a region that are related to the filter's metric, in the order of their ARNs.
 *
 * A filter with dimensions publishes only with them, and their values come from the event.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function candidatesFor(
  metric: MetricName,
  { mayWatch }: AlarmIndex,
  path: FilterPath,
  context: Context,
): readonly Candidate[] {
  return mayWatch(metric.metricName).flatMap((alarm): readonly Candidate[] => {
    if (alarm.metricName === metric.metricName && alarm.namespace === metric.namespace) {
      return [candidateOnMetric(alarm, path, context)];
    }
    if (alarm.metricName === metric.metricName && alarm.namespace !== undefined)
      return [{ kind: 'other-namespace', alarm }];
    if (alarm.promQuery?.includes(metric.metricName)) {
      return [{ kind: 'not-followed', alarm, why: 'it is on a PromQL query' }];
    }
    return readsMetric(alarm, metric) ? [{ kind: 'on-math', alarm }] : [];
  });
}

function candidateOnMetric(alarm: MetricAlarm, path: FilterPath, context: Context): Candidate {
  const { dimensions } = alarm;
  if (!hasDimensions(path)) return { kind: dimensions.length === 0 ? 'on-metric' : 'other-dimensions', alarm };
  switch (dimensionsMatch(dimensions, path, context)) {
    case true:
      return { kind: 'on-metric', alarm };
    case false:
      return { kind: 'other-dimensions', alarm };
    case 'undecided':
      return { kind: 'not-followed', alarm, why: 'the values of its dimensions depend on the event' };
  }
}

/** Whether a query of the alarm reads the metric, or may. */
function readsMetric(alarm: MetricAlarm, { namespace, metricName }: MetricName): boolean {
  return alarm.metrics.some(
    ({ metricStat, expression }) =>
      (metricStat?.metric.namespace === namespace && metricStat.metric.metricName === metricName) ||
      namesMetricsItself(expression),
  );
}
