import { logGroupName, parseArn } from '../../src/inventory/arn.ts';
import type { Inventory, Part, PartKey, PartValues } from '../../src/inventory/model.ts';

/** Who publishes to a metric, as far as the metric filters of the log groups in an inventory show it. */
export function publishersFromLogGroups(
  key: PartKey,
  { parts: { 'metric-filters': lists = {} } }: Inventory,
): Part<PartValues['metric-publishers']> | undefined {
  if (key.kind !== 'metric-publishers') return undefined;
  const value = Object.entries(lists).flatMap(([logGroupArn, list]) => {
    const { accountId, region } = parseArn(logGroupArn) ?? {};
    if (list.kind === 'unreadable' || accountId !== key.accountId || region !== key.region) return [];
    return (list.value ?? [])
      .filter(({ metricTransformations }) =>
        metricTransformations.some((one) => one.metricNamespace === key.namespace && one.metricName === key.metricName),
      )
      .map((filter) => ({ logGroupName: logGroupName(logGroupArn), filter }));
  });
  return { kind: 'present', value };
}
