import { judge } from '../../../chain/judge.ts';
import { parseArn, resourceName } from '../../../inventory/arn.ts';
import { partOf } from '../../../inventory/model.ts';
import { subscriptionsKey, topicAttributesKey } from '../../../inventory/part-keys.ts';
import { isConfirmed } from '../../../chain/base/subscription.ts';
import { applyChange } from '../apply.ts';
import { addNotifier } from './notifier.ts';
import type { ChangeOf } from '../plan.ts';
import { allowPublishChange, policyForEvents } from './topic-policy.ts';
import type { Fix, PlanFix, FixTask } from './task.ts';
import { changes, noCommand } from './task.ts';

/** Whether a topic is the judged account's own, and not another than the one that the user chose. */
function mayChange(topicArn: string, { inventory, choices }: FixTask): boolean {
  const isOwn = parseArn(topicArn)?.accountId === inventory.accountId;
  return isOwn && (choices.topicArn === undefined || choices.topicArn === topicArn);
}

/**
 * Creates the topic that the alarm or the rule names. A FIFO topic cannot write to people, so another takes its place.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export const createTopic: PlanFix = (chain, task) => {
  const topicArn = topicOf(chain.path);
  if (!mayChange(topicArn, task) || topicArn.endsWith('.fifo')) return addNotifier(chain, task);
  const policy = chain.route === 'eventbridge' ? { policy: policyForEvents(topicArn) } : {};
  return changes({ kind: 'create-topic', topicArn, isNamed: true, ...policy });
};

/**
 * Adds a statement to the policy of the topic. Where that is not enough, the topic stays as it is, and something else
 * notifies another one.
 */
export const allowPublish: PlanFix = (chain, task) => {
  const topicArn = topicOf(chain.path);
  const attributes = partOf<'topic-attributes'>(task.inventory, topicAttributesKey(topicArn));
  const policy = attributes?.kind === 'present' ? attributes.value?.policy : undefined;
  const change =
    policy === undefined
      ? undefined
      : allowPublishChange(topicArn, policy, chain.route === 'eventbridge' ? 'EventBridge' : 'CloudWatch');
  if (change === undefined || !mayChange(topicArn, task)) return addNotifier(chain, task);
  return topicHoldsWith(change, task) ? changes(change) : addNotifier(chain, task);
};

/** Whether the topic holds with the statement, whatever breaks further on. */
function topicHoldsWith(change: ChangeOf<'allow-publish'>, { control, options, inventory }: FixTask): boolean {
  const judgement = judge(control, options, applyChange(inventory, change));
  if (judgement.kind === 'needs') return true;
  return judgement.verdict.chains.some(
    ({ path, links }) =>
      path.topicArn === change.topicArn && links.some(({ link, state }) => link === 'topic' && state === 'holds'),
  );
}

/**
 * Subscribes an address. Where a subscription waits to be confirmed, no other is needed unless an address is given.
 * Subscribing an address that is subscribed already changes nothing, not even its filter policy.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export const subscribe: PlanFix = (chain, task): Fix => {
  const topicArn = topicOf(chain.path);
  if (!mayChange(topicArn, task)) return addNotifier(chain, task);
  const part = partOf<'subscriptions'>(task.inventory, subscriptionsKey(topicArn));
  const subscriptions = part?.kind === 'present' ? (part.value ?? []) : [];
  const { email } = task.choices;
  if (email === undefined) {
    // A deleted subscription cannot be confirmed any more.
    const waits = subscriptions.some(({ subscriptionArn }) => subscriptionArn === 'PendingConfirmation');
    if (waits) return { kind: 'unconfirmed', topicArn };
    return { kind: 'asks', question: 'the notification needs a recipient: give --email ADDRESS, or --topic-arn ARN' };
  }
  if (!task.options.subscriberProtocols.includes('email')) {
    return noCommand('the parameter subscriberProtocols does not allow email');
  }
  const byEmail = subscriptions.filter(({ protocol }) => protocol === 'email');
  const topic = resourceName(topicArn);
  const same = byEmail.filter(({ endpoint }) => endpoint?.toLowerCase() === email.toLowerCase());
  if (same.some(isConfirmed)) {
    const rejects =
      chain.finding.code === 'SUBSCRIBER_FILTERED' ? 'rejects the message' : 'is not certain to accept the message';
    return noCommand(
      `${email} is subscribed to SNS topic ${topic} already, and the filter policy of that subscription ${rejects}; ` +
        'change the filter policy by hand, or give another address with --email',
    );
  }
  const waits = same.some(({ subscriptionArn }) => subscriptionArn === 'PendingConfirmation');
  const change = { kind: 'subscribe', topicArn, email, ...(waits ? { waits } : {}) } as const;
  if (!byEmail.some((one) => isConfirmed(one) && one.endpoint === undefined)) return changes(change);
  return {
    kind: 'changes',
    changes: [change],
    note:
      `The snapshot does not say which addresses are subscribed to SNS topic ${topic}. If ${email} is one of them, ` +
      'change the filter policy of its subscription instead, or give another address with --email.',
  };
};

function topicOf({ topicArn }: { readonly topicArn?: string }): string {
  if (topicArn === undefined) throw new Error('a finding on a topic has a path without a topic');
  return topicArn;
}
