import { parseArn } from '../../../inventory/arn.ts';
import type { PartKey } from '../../../inventory/model.ts';
import { partOf } from '../../../inventory/model.ts';
import { freeName } from '../../../report/free-name.ts';
import type { BaseNames } from '../names.ts';
import { baseNames } from '../names.ts';
import type { ChangeOf } from '../plan.ts';
import type { Fix, PlanFix, FixTask } from './task.ts';
import { noCommand, changes } from './task.ts';
import { alarmsKey, metricFiltersKey, metricPublishersKey } from '../../../inventory/part-keys.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MOST_FILTERS = 100;

/** Adds a filter with exactly the required pattern, on a metric that nothing else uses. */
export const addMetricFilter: PlanFix = ({ path: { logGroupArn } }, task) => {
  if (logGroupArn === undefined) throw new Error('a metric filter is missing on a path without a log group');
  const filter = newFilter(logGroupArn, task);
  return 'filterName' in filter ? changes(filter) : filter;
};

/** The filter that would be added to a log group. */
export function newFilter(logGroupArn: string, task: FixTask): ChangeOf<'create-metric-filter'> | Fix {
  const { accountId, region } = parseArn(logGroupArn) ?? {};
  if (region === undefined || accountId !== task.inventory.accountId) {
    return noCommand('the log group belongs to another account');
  }
  if (task.planned.has('create-metric-filter')) return noCommand('one metric filter is planned already');
  const filtersKey = metricFiltersKey(logGroupArn);
  const allKey = alarmsKey(accountId, region);
  const filters = partOf<'metric-filters'>(task.inventory, filtersKey);
  const alarms = partOf<'alarms'>(task.inventory, allKey);
  if (filters === undefined) return { kind: 'needs', keys: [filtersKey] };
  if (alarms === undefined) return { kind: 'needs', keys: [allKey] };
  if (filters.kind === 'unreadable' || filters.value === null) return noCommand('the metric filters are not known');
  if (alarms.kind === 'unreadable') return noCommand('the alarms, whose metrics it must not touch, are not known');
  if (filters.value.length >= MOST_FILTERS) {
    return noCommand(`the log group has the ${MOST_FILTERS} metric filters that CloudWatch Logs allows`);
  }

  const names = baseNames(task.control);
  const taken = filters.value;
  const metricsTaken = [
    ...taken.flatMap(({ metricTransformations }) =>
      metricTransformations.map(({ metricNamespace: namespace, metricName }) => ({ namespace, metricName })),
    ),
    ...alarms.value.flatMap((alarm) => (alarm.kind === 'metric-alarm' ? [alarm] : [])),
  ];
  const metric = freeMetric(names, { accountId, region }, metricsTaken, task);
  if (metric.kind === 'needs') return metric;
  return {
    kind: 'create-metric-filter',
    logGroupArn,
    filterPattern: task.control.filterPattern,
    filterName: freeName(names.watch, (name) => taken.some(({ filterName }) => filterName === name)),
    namespace: names.namespace,
    metricName: metric.metricName,
  };
}

/** A metric that nothing watches, and to which no filter publishes, whatever its log group. */
function freeMetric(
  { watch, namespace }: BaseNames,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  known: readonly { readonly namespace?: string; readonly metricName?: string }[],
  { inventory }: FixTask,
):
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] }
  | { readonly kind: 'metric'; readonly metricName: string } {
  const taken = new Set(known.flatMap((one) => (one.namespace === namespace ? [one.metricName] : [])));
  for (;;) {
    const metricName = freeName(watch, (name) => taken.has(name));
    const key = metricPublishersKey({ accountId, region, namespace, metricName });
    const publishers = partOf<'metric-publishers'>(inventory, key);
    if (publishers === undefined) return { kind: 'needs', keys: [key] };
    if (publishers.kind === 'unreadable' || publishers.value.length === 0) return { kind: 'metric', metricName };
    taken.add(metricName);
  }
}
