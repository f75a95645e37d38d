/**
 * What is known about an account, as plain data.
 *
 * An inventory holds parts. A part is present, unreadable, or not read yet (then it is not in the inventory). Names
 * are AWS's own, in lower camel case; times are ISO 8601 in UTC; a value of `null` says that AWS knows no such thing.
 */

import { parseArn } from './arn.ts';
import type {
  Alarm,
  AlarmAction,
  AlarmMuteRule,
  Dimension,
  EventRule,
  EventRuleTarget,
  EventSelectors,
  Failure,
  FilterOfLogGroup,
  Key,
  LogGroup,
  LogTransformers,
  MetricAlarm,
  MetricFilter,
  MetricName,
  Subscription,
  SubscriptionAttributes,
  TopicAttributes,
  Trail,
  TrailStatus,
} from './resources.ts';
import { alarmsKey } from './part-keys.ts';
import type { AlarmPlace, MetricPlace } from './part-keys.ts';

export type { Failure } from './resources.ts';

export type Part<T> =
  { readonly kind: 'present'; readonly value: T } | { readonly kind: 'unreadable'; readonly failure: Failure };

/** Each kind of part with the shape of its value. */
export interface PartValues {
  /** Every trail that applies to the account, in any region, each once. */
  readonly trails: readonly Trail[];
  readonly 'trail-status': TrailStatus | null;
  readonly 'event-selectors': EventSelectors | null;
  /** `null` if there is no such log group. */
  readonly 'log-group': LogGroup | null;
  readonly 'log-transformers': LogTransformers;
  /** Every metric filter of one log group; `null` if there is no such log group. */
  readonly 'metric-filters': readonly MetricFilter[] | null;
  /** Every metric filter of an account and region that publishes to one metric. */
  readonly 'metric-publishers': readonly FilterOfLogGroup[];
  /** What DescribeAlarmsForMetric answers: alarms right on the metric, no metric math, no composite alarms. */
  readonly 'alarms-for-metric': readonly MetricAlarm[];
  /** Every alarm of one account and region. */
  readonly alarms: readonly Alarm[];
  /** The mute rules that target one alarm, but for those that have expired. */
  readonly 'mute-rules': readonly AlarmMuteRule[];
  /** The latest actions of one alarm, a hundred at most. */
  readonly 'alarm-history': readonly AlarmAction[];
  /** Every rule of one event bus; `null` if there is no such bus. */
  readonly 'event-rules': readonly EventRule[] | null;
  /** Every target of one rule; `null` if there is no such rule. */
  readonly 'event-rule-targets': readonly EventRuleTarget[] | null;
  /** Every subscription of one topic; `null` if there is no such topic. */
  readonly subscriptions: readonly Subscription[] | null;
  /** `null` if there is no such topic. */
  readonly 'topic-attributes': TopicAttributes | null;
  /** `null` if there is no such subscription. */
  readonly 'subscription-attributes': SubscriptionAttributes | null;
  /** `null` if there is no such key. */
  readonly key: Key | null;
}

export type PartKind = keyof PartValues;

/** Names one part: what a reader needs to know to read it. */
export type PartKey =
  | { readonly kind: 'trails' }
  | { readonly kind: 'trail-status'; readonly trailArn: string; readonly homeRegion: string }
  | { readonly kind: 'event-selectors'; readonly trailArn: string; readonly homeRegion: string }
  | { readonly kind: 'log-group'; readonly logGroupArn: string }
  | { readonly kind: 'log-transformers'; readonly logGroupArn: string }
  | { readonly kind: 'metric-filters'; readonly logGroupArn: string }
  | ({ readonly kind: 'metric-publishers' } & MetricPlace)
  | {
      readonly kind: 'alarms-for-metric';
      readonly accountId: string;
      readonly region: string;
      readonly metric: MetricName;
    }
  | { readonly kind: 'alarms'; readonly accountId: string; readonly region: string }
  | ({ readonly kind: 'mute-rules' } & AlarmPlace)
  | ({ readonly kind: 'alarm-history' } & AlarmPlace)
  | { readonly kind: 'event-rules'; readonly eventBusArn: string }
  | { readonly kind: 'event-rule-targets'; readonly eventBusArn: string; readonly ruleName: string }
  | { readonly kind: 'subscriptions'; readonly topicArn: string }
  | { readonly kind: 'topic-attributes'; readonly topicArn: string }
  | { readonly kind: 'subscription-attributes'; readonly subscriptionArn: string; readonly owner?: string }
  /** The key may be named by id, ARN or alias: the topic says whose account and region an id or alias is of. */
  | { readonly kind: 'key'; readonly keyId: string; readonly topicArn: string };

/** The parts that were read, by kind and then by {@link partId}. */
export type Parts = { readonly [K in PartKind]?: Readonly<Record<string, Part<PartValues[K]>>> };

export interface Inventory {
  /** The account that is judged. */
  readonly accountId: string;
  /** The region that the rule runs in. */
  readonly region: string;
  /** When the parts were read. Ages are reckoned from here, so that a saved inventory is judged as it was. */
  readonly readAt: string;
  readonly parts: Parts;
}

/** The name of a part within its kind; the same for keys that mean the same part. */
export function partId(key: PartKey): string {
  switch (key.kind) {
    case 'trails':
      return 'account';
    case 'trail-status':
    case 'event-selectors':
      return key.trailArn;
    case 'log-group':
    case 'log-transformers':
    case 'metric-filters':
      return key.logGroupArn;
    case 'alarms-for-metric': {
      const { namespace, metricName, dimensions } = key.metric;
      const sorted = dimensions.map(({ name, value }) => [name, value]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
      return [key.accountId, key.region, JSON.stringify([namespace, metricName, ...sorted])].join(' ');
    }
    case 'metric-publishers':
      return [key.accountId, key.region, JSON.stringify([key.namespace, key.metricName])].join(' ');
    case 'alarms':
      return `${key.accountId} ${key.region}`;
    case 'mute-rules':
    case 'alarm-history':
      return `${key.accountId} ${key.region} ${key.alarmName}`;
    case 'event-rules':
      return key.eventBusArn;
    case 'event-rule-targets':
      return `${key.eventBusArn} ${key.ruleName}`;
    case 'key': {
      const { accountId = '', region = '' } = parseArn(key.topicArn) ?? {};
      return key.keyId.startsWith('arn:') ? key.keyId : `${accountId} ${region} ${key.keyId}`;
    }
    case 'subscriptions':
    case 'topic-attributes':
      return key.topicArn;
    case 'subscription-attributes':
      return key.subscriptionArn;
  }
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
