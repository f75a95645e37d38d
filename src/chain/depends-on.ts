import type { Alarm, CompositeAlarm, MetricAlarm, MetricName } from '../inventory/model.ts';

/**
 * Whether a query of the alarm reads the metric, or may: Metrics Insights and search expressions name metrics in ways
 * that are not followed.
 */
export function computesWith(alarm: MetricAlarm, { namespace, metricName }: MetricName): boolean {
  if (alarm.promQuery?.includes(metricName)) return true;
  return alarm.metrics.some(
    ({ metricStat, expression }) =>
      (metricStat?.metric.namespace === namespace && metricStat.metric.metricName === metricName) ||
      (expression !== undefined && /\b(SELECT|SEARCH)\b/i.test(expression)),
  );
}

/** The composite alarms whose rule mentions one of the alarms, and those over them. A mention is enough for a doubt. */
export function compositesOver(watching: ReadonlySet<Alarm>, alarms: readonly Alarm[]): readonly CompositeAlarm[] {
  const composites = alarms.filter((alarm) => alarm.kind === 'composite-alarm');
  const over = new Set<CompositeAlarm>();
  let mentioned: readonly Alarm[] = [...watching];
  while (mentioned.length > 0) {
    const next = composites.filter(
      (composite) =>
        !over.has(composite) &&
        mentioned.some(
          (alarm) => composite.alarmRule.includes(alarm.alarmName) || composite.alarmRule.includes(alarm.alarmArn),
        ),
    );
    for (const composite of next) over.add(composite);
    mentioned = next;
  }
  return [...over];
}
