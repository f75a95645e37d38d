import { resourceName } from '../../inventory/arn.ts';
import type { PartKey } from '../../inventory/model.ts';
import { partOf } from '../../inventory/model.ts';
import { subscriptionAttributesKey, subscriptionsKey } from '../../inventory/part-keys.ts';
import type { Subscription } from '../../inventory/resources.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import { isConfirmed } from '../base/subscription.ts';
import type { Context, Finding, LinkResult, TopicPath } from '../base/link.ts';
import { end, needs, step, steps } from '../base/link.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { acceptsAlarmMessage } from './filter-policy.ts';
import type { subscriberReasons } from './reasons.ts';
import { subscriberFinding } from './reasons.ts';

type Code = keyof typeof subscriberReasons | keyof typeof unreadableReasons;

/** The filter policies of so many subscriptions are read first; the others only if none of these accepts the message. */
const READ_FIRST = 8;

/**
 * Whether a subscriber receives the alarm's message. Confirmed subscriptions count, and one that accepts the message is
 * enough.
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
    return steps(end(waiting === 0 ? 'none' : `${waiting} unconfirmed`, path, noneConfirmed(topic, waiting)));
  }
  const protocols = [...new Set(confirmed.map(({ protocol }) => protocol))].sort(byCodeUnit).join(', ');
  const subject = `${confirmed.length} confirmed (${protocols})`;
  const delivery = context.options.assurance === 'working' ? judgeDelivery(confirmed, waiting, path, context) : {};
  return { steps: [step(subject, path, delivery.finding)], needs: delivery.needs ?? [] };
}

/** The topic has no confirmed subscription; some may be waiting for confirmation. */
function noneConfirmed(topic: string, waiting: number): Finding<Code> {
  return waiting === 0
    ? subscriberFinding('NO_SUBSCRIBER', { topic })
    : subscriberFinding('SUBSCRIBER_NOT_CONFIRMED', { topic, count: waiting });
}

interface Delivery {
  readonly finding?: Finding<Code>;
  readonly needs?: readonly PartKey[];
}

/** Whether the filter policy of any confirmed subscription accepts the alarm's message. */
function judgeDelivery(
  confirmed: readonly Subscription[],
  waiting: number,
  path: TopicPath,
  { inventory }: Context,
): Delivery {
  const topic = resourceName(path.topicArn);
  const keys = confirmed
    .map(({ subscriptionArn }) => subscriptionArn)
    .sort(byCodeUnit)
    .map(subscriptionAttributesKey);
  const batches = [keys.slice(0, READ_FIRST), keys.slice(READ_FIRST)];
  let doubt: Finding<Code> | undefined;
  let rejecting = 0;
  for (const batch of batches) {
    const parts = batch.map((key) => partOf<'subscription-attributes'>(inventory, key));
    const unread = batch.filter((_key, index) => parts[index] === undefined);
    if (unread.length > 0) return { needs: unread };
    for (const part of parts) {
      if (part?.kind === 'unreadable') doubt ??= unreadable(part.failure);
      // A subscription that was deleted since the listing does not count.
      if (part?.kind !== 'present' || part.value === null) continue;
      const accepts = acceptsAlarmMessage(part.value, path.alarm);
      if (accepts === true) return {};
      if (accepts === 'undecided') doubt ??= subscriberFinding('SUBSCRIBER_FILTER_UNCERTAIN', { topic });
      rejecting += 1;
    }
  }
  const certain =
    rejecting === 0
      ? noneConfirmed(topic, waiting)
      : subscriberFinding('SUBSCRIBER_FILTERED', { topic, count: rejecting });
  return { finding: doubt ?? certain };
}
