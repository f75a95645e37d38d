import { resourceName } from '../../inventory/arn.ts';
import type { Failure, PartKey } from '../../inventory/model.ts';
import { partOf } from '../../inventory/model.ts';
import { subscriptionAttributesKey, subscriptionsKey } from '../../inventory/part-keys.ts';
import type { Subscription } from '../../inventory/resources.ts';
import { subscriberProtocols } from '../../parameters/subscriber-protocols.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import type { Context, Finding, LinkResult, TargetPath, TopicPath } from '../base/link.ts';
import { end, needs, step, steps } from '../base/link.ts';
import { takeRoom } from '../base/room.ts';
import { deliversTo, isConfirmed } from '../base/subscription.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { acceptsAlarmMessage, acceptsEvent } from './filter-policy.ts';
import type { subscriberReasons } from './reasons.ts';
import { subscriberFinding } from './reasons.ts';

type Code = keyof typeof subscriberReasons | keyof typeof unreadableReasons;

/** The filter policies of so many subscriptions are read first; the others only if none of these accepts the message. */
const READ_FIRST = 8;

/**
 * Whether a subscriber receives the message of the alarm or of the rule. Confirmed subscriptions of the protocols that
 * `subscriberProtocols` names count, and one that accepts the message is enough. Whether an endpoint exists, and what it
 * does with the message, is not read.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export function judgeSubscribers(path: TopicPath, context: Context): LinkResult<TopicPath, Code> {
  const key = subscriptionsKey(path.topicArn);
  const part = partOf<'subscriptions'>(context.inventory, key);
  if (part === undefined) return needs(key);
  if (part.kind === 'unreadable') return steps(end('subscriptions', path, unreadable(part.failure)));

  const subscriptions = part.value ?? [];
  const topic = resourceName(path.topicArn);
  if (!takeRoom(context, 1 + Math.floor(subscriptions.length / PER_STEP.subscriptions))) {
    return steps(end('subscriptions', path, subscriberFinding('SUBSCRIBER_FILTER_UNCERTAIN', { topic })));
  }
  const known = subscriptions.filter(isConfirmed);
  const waiting = subscriptions.length - known.length;
  // Where a topic delivers to none of them, that is the finding of the topic.
  const reached = known.filter(({ protocol }) => deliversTo(path.topicArn, protocol));
  const confirmed = reached.length > 0 ? reached : known;
  if (confirmed.length === 0) {
    return steps(end(waiting === 0 ? 'none' : `${waiting} unconfirmed`, path, noneConfirmed(topic, waiting)));
  }
  const allowed: readonly string[] = context.options.subscriberProtocols;
  const counting = confirmed.filter(({ protocol }) => allowed.includes(protocol));
  const unknown = confirmed.filter(({ protocol }) => !isKnownProtocol(protocol));
  const subject = subjectOf(counting.length > 0 ? counting : confirmed);
  if (counting.length === 0) {
    const protocols = protocolsOf(unknown.length > 0 ? unknown : confirmed);
    const code = unknown.length > 0 ? 'SUBSCRIBER_PROTOCOL_UNKNOWN' : 'SUBSCRIBER_PROTOCOL_NOT_ALLOWED';
    return { steps: [step(subject, path, subscriberFinding(code, { topic, protocols, allowed }))], needs: [] };
  }
  if (context.options.assurance === 'configured') return steps(step(subject, path));
  const delivery = judgeDelivery(counting, waiting, path, context);
  const finding =
    delivery.finding?.outcome === 'broken' && unknown.length > 0
      ? subscriberFinding('SUBSCRIBER_PROTOCOL_UNKNOWN', { topic, protocols: protocolsOf(unknown), allowed })
      : delivery.finding;
  return { steps: [step(subject, path, finding)], needs: delivery.needs ?? [] };
}

/** Whether a subscriber of a rule's topic receives the event. What EventBridge invokes itself is the subscriber. */
export function judgeSubscribersOfRule(path: TargetPath, context: Context): LinkResult<TopicPath | TargetPath, Code> {
  const { topicArn, targetArn = '' } = path;
  return topicArn === undefined
    ? steps(step(resourceName(targetArn), path))
    : judgeSubscribers({ ...path, topicArn }, context);
}

/** In subscriptions of a list, and in characters of filter policies. */
const PER_STEP = { subscriptions: 200, policy: 500 };

/** The protocols that reach a person without another program that has to work. */
const toPersons: ReadonlySet<string> = new Set(['email', 'email-json', 'sms']);

function isKnownProtocol(protocol: string): boolean {
  return (subscriberProtocols as readonly string[]).includes(protocol);
}

/** How many subscriptions there are and of which kind; where none goes to a person, that the endpoint is not checked. */
function subjectOf(subscriptions: readonly Subscription[]): string {
  const unchecked = subscriptions.some(({ protocol }) => toPersons.has(protocol)) ? '' : '; endpoint not checked';
  const kinds = `(${protocolsOf(subscriptions)}${unchecked})`;
  const waitingFor = subscriptions.flatMap(({ confirmedBy }) => confirmedBy ?? []).sort(byCodeUnit);
  if (waitingFor.length < subscriptions.length) return `${subscriptions.length} confirmed ${kinds}`;
  // Declared and not deployed yet: it holds once one of them confirms.
  const [first = ''] = waitingFor;
  const others = waitingFor.length > 1 ? ` or ${waitingFor.length - 1} more` : '';
  return `${subscriptions.length}, once ${first}${others} confirms ${kinds}`;
}

function protocolsOf(subscriptions: readonly Subscription[]): string {
  const protocols = subscriptions.map(({ protocol }) => (protocol === '' ? 'none' : protocol));
  return [...new Set(protocols)].sort(byCodeUnit).join(', ');
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

/** Whether the filter policy of any of the subscriptions accepts the message. */
function judgeDelivery(
  subscriptions: readonly Subscription[],
  waiting: number,
  path: TopicPath,
  context: Context,
): Delivery {
  const topic = resourceName(path.topicArn);
  const ordered = [...subscriptions].sort((a, b) => byCodeUnit(a.subscriptionArn, b.subscriptionArn));
  const batches = [ordered.slice(0, READ_FIRST), ordered.slice(READ_FIRST)];
  let doubt: Finding<Code> | undefined;
  let rejecting = 0;
  for (const batch of batches) {
    const read = batch.map((subscription) => {
      const key = subscriptionAttributesKey(subscription);
      return { subscription, key, part: partOf<'subscription-attributes'>(context.inventory, key) };
    });
    const unread = read.filter(({ part }) => part === undefined).map(({ key }) => key);
    if (unread.length > 0) return { needs: unread };
    for (const { subscription, part } of read) {
      if (part?.kind === 'unreadable') doubt ??= whyUnreadable(subscription, part.failure, topic, context);
      // A subscription that was deleted since the listing does not count.
      if (part?.kind !== 'present' || part.value === null) continue;
      const { filterPolicy = '' } = part.value;
      if (!takeRoom(context, Math.floor(filterPolicy.length / PER_STEP.policy))) {
        return { finding: doubt ?? subscriberFinding('SUBSCRIBER_FILTER_UNCERTAIN', { topic }) };
      }
      const accepts = path.alarm === undefined ? acceptsEvent(part.value) : acceptsAlarmMessage(part.value, path.alarm);
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

/** Without a role for the account that made a subscription, what is missing is not a permission of the reader. */
function whyUnreadable(
  { owner }: Subscription,
  failure: Failure,
  topic: string,
  { inventory, options }: Context,
): Finding<Code> {
  const isForeign = owner !== undefined && owner !== inventory.accountId;
  if (!isForeign || options.foreignAccountRoleName !== undefined || failure.service === 'snapshot') {
    return unreadable(failure);
  }
  return subscriberFinding('SUBSCRIBER_IN_OTHER_ACCOUNT', { topic, account: owner }, { failure });
}
