import { judgeAlarms } from '../../src/chain/alarm/alarm.ts';
import type { AlarmCode } from '../../src/chain/alarm/acting-alarm.ts';
import type { AlarmPath, Context, FilterPath, LinkResult } from '../../src/chain/base/link.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import type { Alarm, MetricFilter, MetricTransformation } from '../../src/inventory/resources.ts';
import { parametersOf } from './judging.ts';
import type { World } from './worlds/world.ts';
import { LOG_GROUP_ARN, alarm, filter, snapshotOf, trail, withAlarms } from './worlds/world.ts';

export const OTHER_LOG_GROUP = LOG_GROUP_ARN.replace('main', 'second');

/** What the alarm link answers for the path through one filter. */
export function alarmLink(
  own: MetricFilter,
  inventory: Inventory,
  raw: Readonly<Record<string, unknown>> = {},
  alarms: Context['alarms'] = 'all',
): LinkResult<AlarmPath, AlarmCode> {
  const path: FilterPath = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: own };
  return judgeAlarms(path, { ...parametersOf(raw), inventory, alarms, filters: 'alone', isOver: () => false });
}

/** The first filter of the log group of a world, which the path comes from. */
export function ownFilterOf(world: World): MetricFilter {
  const [own] = world.filters[LOG_GROUP_ARN] ?? [];
  if (own === undefined) throw new Error('the world has no filter');
  return own;
}

/** What the link says of each alarm of a world in which everything was read: `subject: code`, or `subject: holds`. */
export function findingsIn(
  world: World,
  raw: Readonly<Record<string, unknown>> = {},
  alarms: Context['alarms'] = 'all',
): readonly string[] {
  const { steps, needs } = alarmLink(ownFilterOf(world), snapshotOf(world), raw, alarms);
  if (needs.length > 0) throw new Error(`not read: ${JSON.stringify(needs)}`);
  return steps.map(({ subject, finding }) => `${subject}: ${finding?.code ?? 'holds'}`);
}

/** A filter with another transformation. */
export function publishing(change: Partial<MetricTransformation>, more: Partial<MetricFilter> = {}): MetricFilter {
  const [one = { metricNamespace: '', metricName: '', metricValue: '' }] = filter().metricTransformations;
  return filter({ metricTransformations: [{ ...one, ...change }], ...more });
}

/** A world with other filters, in the log group of the trail and in another one. */
export function withFilters(
  own: readonly MetricFilter[],
  elsewhere: readonly MetricFilter[] = [],
  ...alarms: readonly Alarm[]
): World {
  return {
    ...withAlarms(...(alarms.length === 0 ? [alarm()] : alarms)),
    filters: { [LOG_GROUP_ARN]: own, [OTHER_LOG_GROUP]: elsewhere },
  };
}
