import { judge } from '../../chain/judge.ts';
import { parseArn } from '../../inventory/arn.ts';
import { partOf } from '../../inventory/model.ts';
import { applyChange } from './apply.ts';
import { addAlarm } from './fix-alarm.ts';
import type { ChangeOf } from './plan.ts';
import type { PlanFix, Task } from './task.ts';
import { changes } from './task.ts';
import { topicAttributesKey } from '../../inventory/part-keys.ts';
import { isJsonObject, listOf, parseJson } from '../../chain/base/json.ts';

/** Whether a topic is the judged account's own, and not another than the one that is asked for. */
function mayChange(topicArn: string, { inventory, choices }: Task): boolean {
  const isOwn = parseArn(topicArn)?.accountId === inventory.accountId;
  return isOwn && (choices.topicArn === undefined || choices.topicArn === topicArn);
}

/**
 * Makes the topic that the alarm names. A FIFO topic cannot write to people, so another takes its place.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export const createTopic: PlanFix = (chain, task) => {
  const topicArn = topicOf(chain.path);
  if (!mayChange(topicArn, task) || topicArn.endsWith('.fifo')) return addAlarm(chain, task);
  return changes({ kind: 'create-topic', topicArn });
};

/**
 * Adds a statement to the policy of the topic, as AWS documents it for alarms. Where that is not enough, for a statement
 * that denies or that is not followed, the topic is left as it is.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export const allowPublish: PlanFix = (chain, task) => {
  const topicArn = topicOf(chain.path);
  const attributes = partOf<'topic-attributes'>(task.inventory, topicAttributesKey(topicArn));
  const policy = attributes?.kind === 'present' ? attributes.value?.policy : undefined;
  const extendedPolicy = policy === undefined ? undefined : addStatement(policy, topicArn);
  if (policy === undefined || extendedPolicy === undefined || !mayChange(topicArn, task)) return addAlarm(chain, task);
  const change = { kind: 'allow-publish', topicArn, policy, extendedPolicy } as const;
  return topicHoldsWith(change, task) ? changes(change) : addAlarm(chain, task);
};

/** The policy with one statement more, or `undefined` if it is not a policy to add to. */
function addStatement(policy: string, topicArn: string): string | undefined {
  const parsed = parseJson(policy);
  if (!isJsonObject(parsed) || !('Statement' in parsed)) return undefined;
  const present = listOf(parsed['Statement']);
  const { region = '', partition = 'aws', accountId = '' } = parseArn(topicArn) ?? {};
  const added = {
    Sid: 'AllowCloudWatchAlarms',
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: topicArn,
    Condition: {
      ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*` },
      StringEquals: { 'aws:SourceAccount': accountId },
    },
  };
  return JSON.stringify({ ...parsed, Statement: [...present, added] });
}

/** Whether the topic holds with the statement, whatever breaks further on. */
function topicHoldsWith(change: ChangeOf<'allow-publish'>, { control, options, inventory }: Task): boolean {
  const judgement = judge(control, options, applyChange(inventory, change));
  if (judgement.kind === 'needs') return true;
  return judgement.verdict.chains.some(
    ({ path, links }) =>
      path.topicArn === change.topicArn && links.some(({ link, state }) => link === 'topic' && state === 'holds'),
  );
}

/**
 * Subscribes an address. Where a subscription waits to be confirmed, no other is needed unless an address is given.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export const subscribe: PlanFix = (chain, task) => {
  const topicArn = topicOf(chain.path);
  if (!mayChange(topicArn, task)) return addAlarm(chain, task);
  const { email } = task.choices;
  if (email !== undefined) return changes({ kind: 'subscribe', topicArn, email });
  const { alarm } = chain.path;
  if (chain.finding.code === 'SUBSCRIBER_NOT_CONFIRMED' && alarm) return { kind: 'left', topicArn, alarm };
  return { kind: 'asks', question: 'the notification needs a recipient: give --email ADDRESS, or --topic-arn ARN' };
};

function topicOf({ topicArn }: { readonly topicArn?: string }): string {
  if (topicArn === undefined) throw new Error('a topic is at fault on a path without one');
  return topicArn;
}
