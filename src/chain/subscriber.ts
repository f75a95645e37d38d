import { resourceName } from '../inventory/arn.ts';
import { partOf } from '../inventory/model.ts';
import type { Context, LinkResult, Reasons, TopicPath } from './link.ts';
import { byText, end, findingsOf, needs, step, steps } from './link.ts';
import { subscriptionsKey } from './topic.ts';
import type { unreadableReasons } from './unreadable.ts';
import { unreadable } from './unreadable.ts';

interface Facts {
  readonly topic: string;
}

export const subscriberReasons = {
  SUBSCRIBER_NOT_CONFIRMED: {
    outcome: 'broken',
    meaning: 'The topic has subscriptions, and none of them is confirmed: they are pending or deleted.',
    sentence: ({ topic, count }: Facts & { readonly count: number }) =>
      count === 1
        ? `the only subscription of SNS topic ${topic} is not confirmed`
        : `none of the ${count} subscriptions of SNS topic ${topic} is confirmed`,
    repair: ({ topic }: Facts) =>
      `let a subscriber of topic ${topic} confirm, or subscribe anew: an unconfirmed subscription expires`,
  },
  NO_SUBSCRIBER: {
    outcome: 'broken',
    meaning: 'Nobody is subscribed to the topic.',
    sentence: ({ topic }: Facts) => `SNS topic ${topic} has no subscriber`,
    repair: ({ topic }: Facts) => `subscribe somebody to topic ${topic}, and let them confirm`,
  },
} as const satisfies Reasons;

const found = findingsOf(subscriberReasons);

type Code = keyof typeof subscriberReasons | keyof typeof unreadableReasons;

/**
 * Who listens to the topic. A subscription counts once it has an ARN; until then SNS lists the words
 * `PendingConfirmation` or `Deleted` in its place.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export function judgeSubscribers(path: TopicPath, { inventory }: Context): LinkResult<TopicPath, Code> {
  const key = subscriptionsKey(path.topicArn);
  const part = partOf<'subscriptions'>(inventory, key);
  if (part === undefined) return needs(key);
  if (part.kind === 'unreadable') return steps(end('subscriptions', path, unreadable(part.failure)));

  const subscriptions = part.value ?? [];
  const confirmed = subscriptions.filter(({ subscriptionArn }) => subscriptionArn.startsWith('arn:'));
  const topic = resourceName(path.topicArn);
  if (subscriptions.length === 0) return steps(end('none', path, found('NO_SUBSCRIBER', { topic })));
  if (confirmed.length === 0) {
    const finding = found('SUBSCRIBER_NOT_CONFIRMED', { topic, count: subscriptions.length });
    return steps(end(`${subscriptions.length} unconfirmed`, path, finding));
  }
  const protocols = [...new Set(confirmed.map(({ protocol }) => protocol))].sort(byText).join(', ');
  return steps(step(`${confirmed.length} confirmed (${protocols})`, path));
}
