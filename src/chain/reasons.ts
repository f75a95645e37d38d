import { alarmReasons } from './alarm/reasons.ts';
import type { LinkName, Reason, Reasons } from './base/link.ts';
import { eventRuleReasons } from './event-rule/reasons.ts';
import { logAlarmReasons } from './log-alarm/reasons.ts';
import { logGroupReasons } from './log-group/log-group.ts';
import { metricFilterReasons } from './metric-filter/reasons.ts';
import { subscriberReasons } from './subscriber/reasons.ts';
import { topicReasons } from './topic/reasons.ts';
import { targetReasons } from './target/reasons.ts';
import { trailReasons } from './trail/trail.ts';
import { unreadableReasons } from './base/unreadable.ts';

/** Every reason there is, by link in the order of the chain; the last group may occur at any link. */
export const reasonsByLink = {
  trail: trailReasons,
  'log group': logGroupReasons,
  'metric filter': metricFilterReasons,
  alarm: alarmReasons,
  'log alarm': logAlarmReasons,
  'event rule': eventRuleReasons,
  target: targetReasons,
  topic: topicReasons,
  subscriber: subscriberReasons,
  any: unreadableReasons,
} as const satisfies Readonly<Record<LinkName | 'any', Reasons>>;

type ByLink = typeof reasonsByLink;

/** The code of a reason. It is what an annotation begins with, and it never changes its meaning. */
export type ReasonCode = { readonly [L in keyof ByLink]: keyof ByLink[L] }[keyof ByLink];

const tables: readonly Reasons[] = Object.values(reasonsByLink);

/** Every reason by its code. */
export const reasonByCode = Object.fromEntries(tables.flatMap(Object.entries)) as Readonly<Record<ReasonCode, Reason>>;

/** All codes; within one link the nearest to a chain that holds comes first. */
export const reasonCodes = Object.keys(reasonByCode) as readonly ReasonCode[];
