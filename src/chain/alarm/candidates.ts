import type { Alarm, MetricAlarm, MetricName } from '../../inventory/resources.ts';
import { alarmsOnMetric } from '../../inventory/model.ts';
import type { Context, FilterPath } from '../base/link.ts';
import { dimensionsFit } from './dimensions.ts';
import { transformationOf } from '../base/transformation.ts';

/** An alarm of the listing, by what ties it to the metric. */
export type Candidate =
  /** It watches the metric, or metric math that reads it. */
  | { readonly kind: 'on metric' | 'on math'; readonly alarm: MetricAlarm }
  /** It may depend on the metric in a way that is not followed. */
  | { readonly kind: 'open'; readonly alarm: MetricAlarm; readonly why: string }
  /** It watches a metric of this name with dimensions that are not published, or in another namespace. */
  | { readonly kind: 'other dimensions' | 'other namespace'; readonly alarm: MetricAlarm };

/**
 * What ties the metric alarms of a region to the filter's metric. Those that nothing does are left out.
 *
 * A filter with dimensions publishes only under them, and their values come from the event.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function candidatesAmong(
  alarms: readonly Alarm[],
  metric: MetricName,
  path: FilterPath,
  context: Context,
): readonly Candidate[] {
  const direct = new Set<Alarm>(hasDimensions(path) ? [] : alarmsOnMetric(alarms, metric));
  return alarms.flatMap((alarm): readonly Candidate[] => {
    if (alarm.kind !== 'metric-alarm') return [];
    if (direct.has(alarm)) return [{ kind: 'on metric', alarm }];
    if (alarm.metricName === metric.metricName && alarm.namespace === metric.namespace) {
      const fit = dimensionsFit(alarm.dimensions, path.filter, context.control);
      if (fit === true) return [{ kind: 'on metric', alarm }];
      return [
        fit === false
          ? { kind: 'other dimensions', alarm }
          : { kind: 'open', alarm, why: 'dimensions taken from the event' },
      ];
    }
    if (alarm.metricName === metric.metricName && alarm.namespace !== undefined)
      return [{ kind: 'other namespace', alarm }];
    if (alarm.promQuery?.includes(metric.metricName)) return [{ kind: 'open', alarm, why: 'it is on a PromQL query' }];
    return reads(alarm, metric) ? [{ kind: 'on math', alarm }] : [];
  });
}

/** Whether the filter publishes its metric under dimensions, and not without. */
export function hasDimensions({ filter }: FilterPath): boolean {
  const { dimensions = {} } = transformationOf(filter);
  return Object.keys(dimensions).length > 0 || (filter.emitSystemFieldDimensions ?? []).length > 0;
}

/**
 * Whether a query of the alarm reads the metric, or may: Metrics Insights and search expressions name metrics in ways
 * that are not followed.
 */
function reads(alarm: MetricAlarm, { namespace, metricName }: MetricName): boolean {
  return alarm.metrics.some(
    ({ metricStat, expression }) =>
      (metricStat?.metric.namespace === namespace && metricStat.metric.metricName === metricName) ||
      (expression !== undefined && /\b(SELECT|SEARCH)\b/i.test(expression)),
  );
}
