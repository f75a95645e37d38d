/**
 * The keys of the parts of an inventory, one function for each kind of part.
 *
 * Every module that asks for a part takes its key from here, so that a change of a key has one place.
 */

import type { MetricName, Subscription, Trail } from './resources.ts';

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
