import { logGroupName, parseArn } from '../arn.ts';
import type { Inventory, Part, PartKey, PartValues } from '../model.ts';
import { partOf } from '../model.ts';
import { alarmsKey } from '../part-keys.ts';
import type { Alarm, FilterOfLogGroup, MetricFilter } from '../resources.ts';

interface Metric {
  readonly namespace: string;
  readonly metricName: string;
}

/**
 * The filters that publish to a metric that no alarm of the file watches, such as the metric of a new filter. A file holds
 * the publishers of every metric that an alarm watches, and for such a metric nothing stands in for them. What publishes
 * to any other metric cannot matter to what the file says; of those, the filters that the file holds are named.
 *
 * @returns nothing for another part, for a metric that is watched, or where the file does not hold all alarms
 */
export function publishersOfUnwatchedMetric(
  key: PartKey,
  inventory: Inventory,
): Part<PartValues['metric-publishers']> | undefined {
  if (key.kind !== 'metric-publishers') return undefined;
  const { accountId, region } = key;
  const alarms = partOf<'alarms'>(inventory, alarmsKey(accountId, region));
  if (alarms?.kind !== 'present' || alarms.value.some((alarm) => metricsWatchedBy(alarm).some(isSame(key)))) {
    return undefined;
  }
  const value = Object.entries(inventory.parts['metric-filters'] ?? {}).flatMap(([arn, list]) => {
    const place = parseArn(arn);
    if (list.kind === 'unreadable' || place?.accountId !== accountId || place.region !== region) return [];
    return (list.value ?? [])
      .filter((filter) => metricsOf(filter).some(isSame(key)))
      .map((filter): FilterOfLogGroup => ({ logGroupName: logGroupName(arn), filter }));
  });
  return { kind: 'present', value };
}

function isSame({ namespace, metricName }: Metric): (other: Metric) => boolean {
  return (other) => other.namespace === namespace && other.metricName === metricName;
}

function metricsOf({ metricTransformations }: MetricFilter): readonly Metric[] {
  return metricTransformations.map(({ metricNamespace: namespace, metricName }) => ({ namespace, metricName }));
}

/** The metrics that an alarm watches, also in a metric math expression. */
export function metricsWatchedBy(alarm: Alarm): readonly Metric[] {
  if (alarm.kind !== 'metric-alarm') return [];
  const { namespace, metricName, metrics } = alarm;
  const inMath = metrics.flatMap(({ metricStat }) => (metricStat === undefined ? [] : [metricStat.metric]));
  return namespace === undefined || metricName === undefined ? inMath : [{ namespace, metricName }, ...inMath];
}
