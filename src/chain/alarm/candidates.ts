import { parseArn } from '../../inventory/arn.ts';
import type { MetricAlarm, MetricName } from '../../inventory/resources.ts';
import type { Context, FilterPath } from '../base/link.ts';
import type { AlarmIndex } from './alarm-index.ts';
import { namesMetricsItself } from './alarm-index.ts';
import { dimensionsMatch } from './dimensions.ts';

/** An alarm that depends on the metric, or may. */
export type WatchingCandidate =
  /** It watches the metric, or metric math that reads it. */
  | { readonly kind: 'on-metric' | 'on-math'; readonly alarm: MetricAlarm }
  /** It may depend on the metric in a way that is not followed. */
  | { readonly kind: 'not-followed'; readonly alarm: MetricAlarm; readonly why: string };

/** An alarm of the listing, by how it is related to the metric. */
export type Candidate =
  | WatchingCandidate
  /** It watches a metric of this name with dimensions that are not published. */
  | { readonly kind: 'other-dimensions'; readonly alarm: MetricAlarm }
  /** It watches a metric of this name in another namespace. */
  | { readonly kind: 'other-namespace'; readonly alarm: MetricAlarm; readonly namespace: string };

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
    if (alarm.metricName === metric.metricName) {
      const { namespace } = alarm;
      if (namespace === metric.namespace) return [candidateOnMetric(alarm, path, context)];
      // AWS gives the namespace with the name.
      if (namespace === undefined) return [{ kind: 'not-followed', alarm, why: 'its namespace is not given' }];
      return [{ kind: 'other-namespace', alarm, namespace }];
    }
    if (alarm.promQuery?.includes(metric.metricName)) {
      return [{ kind: 'not-followed', alarm, why: 'it is on a PromQL query' }];
    }
    return candidateOnMath(alarm, metric, path, context);
  });
}

function candidateOnMetric(alarm: MetricAlarm, path: FilterPath, context: Context): Candidate {
  switch (dimensionsMatch(alarm.dimensions, path, context)) {
    case true:
      return { kind: 'on-metric', alarm };
    case false:
      return { kind: 'other-dimensions', alarm };
    case 'undecided':
      return { kind: 'not-followed', alarm, why: 'the values of its dimensions depend on the event' };
  }
}

/**
 * An alarm on metric math, if a query of it reads the metric, or may. A query with an account reads the metric of that
 * account only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
 */
function candidateOnMath(
  alarm: MetricAlarm,
  metric: MetricName,
  path: FilterPath,
  context: Context,
): readonly Candidate[] {
  const ownAccount = parseArn(alarm.alarmArn)?.accountId;
  const ofMetric = alarm.metrics.flatMap(({ metricStat, accountId = ownAccount }) => {
    const { namespace, metricName, dimensions } = metricStat?.metric ?? {};
    const isNamed = namespace === metric.namespace && metricName === metric.metricName && accountId === ownAccount;
    return isNamed ? [dimensionsMatch(dimensions ?? [], path, context)] : [];
  });
  const mayRead =
    ofMetric.some((published) => published !== false) ||
    alarm.metrics.some(({ expression }) => mayName(expression, metric));
  if (mayRead) return [{ kind: 'on-math', alarm }];
  return ofMetric.length > 0 ? [{ kind: 'other-dimensions', alarm }] : [];
}

/**
 * Whether an expression names the metric by itself, or may. A query of Metrics Insights must name one metric and its
 * namespace, without wildcards; in quotes a backslash may come before some characters of a name.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
 */
function mayName(expression: string | undefined, { namespace, metricName }: MetricName): boolean {
  if (expression === undefined || !namesMetricsItself(expression)) return false;
  if (!/^\s*SELECT\b/i.test(expression)) return true;
  return [namespace, metricName].every((name) => /["'\\]/.test(name) || expression.includes(name));
}
