import { subscriptionAttributesKey, subscriptionsKey } from '../../inventory/part-keys.ts';
import { resourceName } from '../../inventory/arn.ts';
import type { PartKey } from '../../inventory/model.ts';
import type { Subscription } from '../../inventory/resources.ts';
import { partOf } from '../../inventory/model.ts';
import { letsThrough } from './filter-policy.ts';
import type { Context, Finding, LinkResult, Reasons, TopicPath } from '../base/link.ts';
import { end, findingsOf, needs, step, steps } from '../base/link.ts';
import { isConfirmed } from '../topic/topic.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';

interface Facts {
  readonly topic: string;
}

export const subscriberReasons = {
  SUBSCRIBER_FILTERED: {
    outcome: 'broken',
    meaning: 'Subscriptions of the topic are confirmed, and the filter policy of each drops the messages of alarms.',
    sentence: ({ topic, count }: Facts & { readonly count: number }) =>
      count === 1
        ? `the filter policy of the only confirmed subscription of SNS topic ${topic} drops the messages of alarms`
        : `the filter policies of all ${count} confirmed subscriptions of SNS topic ${topic} drop the messages of alarms`,
    fix: ({ topic }: Facts) => `take the filter policy off a subscription of topic ${topic}`,
  },
  SUBSCRIBER_NOT_CONFIRMED: {
    outcome: 'broken',
    meaning: 'The topic has subscriptions, and none of them is confirmed: they are pending or deleted.',
    sentence: ({ topic, count }: Facts & { readonly count: number }) =>
      count === 1
        ? `the only subscription of SNS topic ${topic} is not confirmed`
        : `none of the ${count} subscriptions of SNS topic ${topic} is confirmed`,
    fix: ({ topic }: Facts) =>
      `let a subscriber of topic ${topic} confirm, or subscribe anew: an unconfirmed subscription expires`,
  },
  NO_SUBSCRIBER: {
    outcome: 'broken',
    meaning: 'Nobody is subscribed to the topic.',
    sentence: ({ topic }: Facts) => `SNS topic ${topic} has no subscriber`,
    fix: ({ topic }: Facts) => `subscribe somebody to topic ${topic}, and let them confirm`,
  },
  SUBSCRIBER_FILTER_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'Whether the filter policy of a confirmed subscription lets the messages of alarms through rests on something that is not known before they are sent.',
    sentence: ({ topic }: Facts) =>
      `whether the filter policies of the subscriptions of SNS topic ${topic} let the messages of alarms through cannot be told`,
    fix: ({ topic }: Facts) => `take the filter policy off a subscription of topic ${topic}`,
  },
} as const satisfies Reasons;

const found = findingsOf(subscriberReasons);

type Code = keyof typeof subscriberReasons | keyof typeof unreadableReasons;

/** So many subscriptions are asked for their filter policies at first; the others only if these let nothing through. */
const ASKED_AT_FIRST = 8;

/**
 * Who listens to the topic. A subscription counts once it has an ARN; until then SNS lists the words
 * `PendingConfirmation` or `Deleted` in its place. One that lets the message through is enough.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export function judgeSubscribers(path: TopicPath, context: Context): LinkResult<TopicPath, Code> {
  const key = subscriptionsKey(path.topicArn);
  const part = partOf<'subscriptions'>(context.inventory, key);
  if (part === undefined) return needs(key);
  if (part.kind === 'unreadable') return steps(end('subscriptions', path, unreadable(part.failure)));

  const subscriptions = part.value ?? [];
  const confirmed = subscriptions.filter(isConfirmed);
  const topic = resourceName(path.topicArn);
  const waiting = subscriptions.length - confirmed.length;
  if (confirmed.length === 0) {
    return steps(end(waiting === 0 ? 'none' : `${waiting} unconfirmed`, path, nobody(topic, waiting)));
  }
  const protocols = [...new Set(confirmed.map(({ protocol }) => protocol))].sort(byCodeUnit).join(', ');
  const subject = `${confirmed.length} confirmed (${protocols})`;
  const reach = context.options.assurance === 'working' ? judgeReach(confirmed, waiting, path, context) : {};
  return { steps: [step(subject, path, reach.finding)], needs: reach.needs ?? [] };
}

/** That nobody listens, though some may be asked to confirm. */
function nobody(topic: string, waiting: number): Finding<Code> {
  return waiting === 0
    ? found('NO_SUBSCRIBER', { topic })
    : found('SUBSCRIBER_NOT_CONFIRMED', { topic, count: waiting });
}

interface Reach {
  readonly finding?: Finding<Code>;
  readonly needs?: readonly PartKey[];
}

/** Whether a message of the alarm passes the filter policy of any confirmed subscription. */
function judgeReach(
  confirmed: readonly Subscription[],
  waiting: number,
  path: TopicPath,
  { inventory }: Context,
): Reach {
  const topic = resourceName(path.topicArn);
  const keys = confirmed
    .map(({ subscriptionArn }) => subscriptionArn)
    .sort(byCodeUnit)
    .map(subscriptionAttributesKey);
  const batches = [keys.slice(0, ASKED_AT_FIRST), keys.slice(ASKED_AT_FIRST)];
  let doubt: Finding<Code> | undefined;
  let dropping = 0;
  for (const batch of batches) {
    const parts = batch.map((key) => partOf<'subscription-attributes'>(inventory, key));
    const unread = batch.filter((_key, index) => parts[index] === undefined);
    if (unread.length > 0) return { needs: unread };
    for (const part of parts) {
      if (part?.kind === 'unreadable') doubt ??= unreadable(part.failure);
      // One that went since it was listed is nobody's any more.
      if (part?.kind !== 'present' || part.value === null) continue;
      const passes = letsThrough(part.value, path.alarm);
      if (passes === true) return {};
      if (passes === 'undecided') doubt ??= found('SUBSCRIBER_FILTER_UNCERTAIN', { topic });
      dropping += 1;
    }
  }
  const certain = dropping === 0 ? nobody(topic, waiting) : found('SUBSCRIBER_FILTERED', { topic, count: dropping });
  return { finding: doubt ?? certain };
}
