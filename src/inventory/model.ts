/**
 * What is known about an account, as plain data.
 *
 * An inventory holds parts. A part is present, unreadable, or not read yet (then it is not in the inventory). Names
 * are AWS's own, in lower camel case; times are ISO 8601 in UTC; a value of `null` says that AWS knows no such thing.
 */

import type { PartKey, PartKind, PartValues } from './part-keys.ts';
import { alarmsKey, partId } from './part-keys.ts';
import type { Alarm, Dimension, Failure, MetricAlarm, MetricName } from './resources.ts';

export type { PartKey, PartKind, PartValues } from './part-keys.ts';
export { distinctKeys, partId, partName } from './part-keys.ts';
export type { Failure } from './resources.ts';

export type Part<T> =
  { readonly kind: 'present'; readonly value: T } | { readonly kind: 'unreadable'; readonly failure: Failure };

/** The parts that were read, by kind and then by {@link partId}. */
export type Parts = { readonly [K in PartKind]?: Readonly<Record<string, Part<PartValues[K]>>> };

export interface Inventory {
  /** The account that is judged. */
  readonly accountId: string;
  /** The region that the rule runs in. */
  readonly region: string;
  /** When the parts were read. Ages are counted from here, so that a saved inventory is judged as it was. */
  readonly readAt: string;
  readonly parts: Parts;
}

/**
 * The alarms of a listing that DescribeAlarmsForMetric would answer for a metric: those right on it, with all of its
 * dimensions and no others. It leaves out metric math and composite alarms.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html
 */
export function alarmsOnMetric(alarms: readonly Alarm[], metric: MetricName): readonly MetricAlarm[] {
  return alarms.filter(
    (alarm): alarm is MetricAlarm =>
      alarm.kind === 'metric-alarm' &&
      alarm.namespace === metric.namespace &&
      alarm.metricName === metric.metricName &&
      sameDimensions(alarm.dimensions, metric.dimensions),
  );
}

function sameDimensions(some: readonly Dimension[], others: readonly Dimension[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ name, value }) => others.some((other) => other.name === name && other.value === value))
  );
}

/**
 * The part that a key names, or `undefined` if it is not read yet. The alarms on one metric are known as soon as all
 * alarms of the region are.
 */
export function partOf<K extends PartKind>(
  inventory: Inventory,
  key: Extract<PartKey, { readonly kind: K }>,
): Part<PartValues[K]> | undefined;
export function partOf(inventory: Inventory, key: PartKey): Part<unknown> | undefined {
  const id = partId(key);
  const ofKind: Readonly<Record<string, Part<unknown>>> = inventory.parts[key.kind] ?? {};
  if (Object.hasOwn(ofKind, id)) return ofKind[id];
  if (key.kind !== 'alarms-for-metric') return undefined;
  const all = partOf<'alarms'>(inventory, alarmsKey(key.accountId, key.region));
  return all?.kind === 'present' ? alarmsForMetric(all.value, id, key.metric) : undefined;
}

/** For each listing of alarms the parts that were derived from it. A judgement asks for them again and again. */
const derived = new WeakMap<readonly Alarm[], Map<string, Part<readonly MetricAlarm[]>>>();

function alarmsForMetric(listed: readonly Alarm[], id: string, metric: MetricName): Part<readonly MetricAlarm[]> {
  const known = derived.get(listed) ?? new Map<string, Part<readonly MetricAlarm[]>>();
  derived.set(listed, known);
  const part = known.get(id) ?? { kind: 'present', value: alarmsOnMetric(listed, metric) };
  known.set(id, part);
  return part;
}

/** A part together with the key that named it: what a reader answers. */
export type ReadPart = {
  readonly [K in PartKind]: {
    readonly key: Extract<PartKey, { readonly kind: K }>;
    readonly part: Part<PartValues[K]>;
  };
}[PartKind];

/** The inventory with more parts; a part that is there already is kept as it was first read. */
export function withParts(inventory: Inventory, read: readonly ReadPart[]): Inventory {
  // Ids come from names that people choose. Assigned to an object, an id such as `__proto__` would be lost.
  const added = new Map<PartKind, [id: string, part: unknown][]>();
  for (const { key, part } of read) {
    const ofKind = added.get(key.kind) ?? [];
    added.set(key.kind, ofKind);
    ofKind.push([partId(key), part]);
  }
  const parts: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const [kind, entries] of added) parts[kind] = Object.fromEntries(entries);
  for (const [kind, known] of Object.entries(inventory.parts)) parts[kind] = { ...parts[kind], ...known };
  return { ...inventory, parts };
}
