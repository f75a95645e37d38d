/**
 * The kinds of parts of an inventory: the shape of each, and its key, with one function for each kind.
 *
 * Every module that asks for a part takes its key from here, so that a change of a key has one place.
 */

import { parseArn } from './arn.ts';
import type {
  Alarm,
  AlarmAction,
  AlarmMuteRule,
  EventRule,
  EventRuleTarget,
  EventSelectors,
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

/** Where one alarm is, and its name. */
export interface AlarmPlace {
  readonly accountId: string;
  readonly region: string;
  readonly alarmName: string;
}

/** Where a metric is, and its name without dimensions. */
export interface MetricPlace {
  readonly accountId: string;
  readonly region: string;
  readonly namespace: string;
  readonly metricName: string;
}

type TrailPlace = Pick<Trail, 'trailArn' | 'homeRegion'>;

/** Every trail that applies to the account. */
export const trailsKey = { kind: 'trails' } as const;

/** Whether a trail is logging, and what became of its last delivery. */
export function trailStatusKey({ trailArn, homeRegion }: TrailPlace) {
  return { kind: 'trail-status', trailArn, homeRegion } as const;
}

/** Which events a trail records. */
export function eventSelectorsKey({ trailArn, homeRegion }: TrailPlace) {
  return { kind: 'event-selectors', trailArn, homeRegion } as const;
}

/** One log group. */
export function logGroupKey(logGroupArn: string) {
  return { kind: 'log-group', logGroupArn } as const;
}

/** What transforms the events of one log group. */
export function logTransformersKey(logGroupArn: string) {
  return { kind: 'log-transformers', logGroupArn } as const;
}

/** Every metric filter of one log group. */
export function metricFiltersKey(logGroupArn: string) {
  return { kind: 'metric-filters', logGroupArn } as const;
}

/** Every metric filter of an account and region that publishes to one metric, whatever its log group. */
export function metricPublishersKey(place: MetricPlace) {
  return { kind: 'metric-publishers', ...place } as const;
}

/** The alarms that watch one metric directly. */
export function alarmsForMetricKey(accountId: string, region: string, metric: MetricName) {
  return { kind: 'alarms-for-metric', accountId, region, metric } as const;
}

/** Every alarm of one account and region. */
export function alarmsKey(accountId: string, region: string) {
  return { kind: 'alarms', accountId, region } as const;
}

/** The mute rules that target one alarm. */
export function muteRulesKey(place: AlarmPlace) {
  return { kind: 'mute-rules', ...place } as const;
}

/** The latest actions of one alarm. */
export function alarmHistoryKey(place: AlarmPlace) {
  return { kind: 'alarm-history', ...place } as const;
}

/** Every rule of one event bus. */
export function eventRulesKey(eventBusArn: string) {
  return { kind: 'event-rules', eventBusArn } as const;
}

/** Every target of one rule. */
export function eventRuleTargetsKey(eventBusArn: string, ruleName: string) {
  return { kind: 'event-rule-targets', eventBusArn, ruleName } as const;
}

/** Every subscription of one topic. */
export function subscriptionsKey(topicArn: string) {
  return { kind: 'subscriptions', topicArn } as const;
}

/** The attributes of one topic. */
export function topicAttributesKey(topicArn: string) {
  return { kind: 'topic-attributes', topicArn } as const;
}

/** The attributes of one subscription. Its owner may be another account than that of the topic, which its ARN names. */
export function subscriptionAttributesKey({ subscriptionArn, owner }: Pick<Subscription, 'subscriptionArn' | 'owner'>) {
  return { kind: 'subscription-attributes', subscriptionArn, ...(owner === undefined ? {} : { owner }) } as const;
}

/**
 * The key that encrypts a topic.
 *
 * @param keyId - an id, ARN or alias, as the topic names it
 * @param topicArn - the topic, which tells the account and region of an id or alias
 */
export function encryptionKeyKey(keyId: string, topicArn: string) {
  return { kind: 'key', keyId, topicArn } as const;
}

/** Names one part: what a reader needs to know to read it. */
export type PartKey =
  | typeof trailsKey
  | ReturnType<typeof trailStatusKey>
  | ReturnType<typeof eventSelectorsKey>
  | ReturnType<typeof logGroupKey>
  | ReturnType<typeof logTransformersKey>
  | ReturnType<typeof metricFiltersKey>
  | ReturnType<typeof metricPublishersKey>
  | ReturnType<typeof alarmsForMetricKey>
  | ReturnType<typeof alarmsKey>
  | ReturnType<typeof muteRulesKey>
  | ReturnType<typeof alarmHistoryKey>
  | ReturnType<typeof eventRulesKey>
  | ReturnType<typeof eventRuleTargetsKey>
  | ReturnType<typeof subscriptionsKey>
  | ReturnType<typeof topicAttributesKey>
  | ReturnType<typeof subscriptionAttributesKey>
  | ReturnType<typeof encryptionKeyKey>;

/** The name of a part among those of all kinds; the same for keys that mean the same part. */
export function partName(key: PartKey): string {
  return `${key.kind} ${partId(key)}`;
}

/** One key for each part that some keys mean. */
export function distinctKeys(keys: readonly PartKey[]): readonly PartKey[] {
  return [...new Map(keys.map((key) => [partName(key), key])).values()];
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
