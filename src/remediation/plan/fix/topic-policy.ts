import { isJsonObject, listOf, parseJson } from '../../../chain/base/json.ts';
import { parseArn } from '../../../inventory/arn.ts';
import { freeName } from '../../../report/free-name.ts';
import type { ChangeOf } from '../plan.ts';

/**
 * The change that lets CloudWatch or EventBridge publish: one more statement in the policy of a topic, as AWS documents it.
 * The statement for EventBridge has no condition, since AWS does not support one there.
 *
 * @param policy - the policy as it is, as JSON text
 * @returns `undefined` if the text is not a policy to add to
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export function allowPublishChange(
  topicArn: string,
  policy: string,
  service: 'CloudWatch' | 'EventBridge',
): ChangeOf<'allow-publish'> | undefined {
  const parsed = parseJson(policy);
  if (!isJsonObject(parsed) || !('Statement' in parsed)) return undefined;
  const present = listOf(parsed['Statement']);
  const base = service === 'CloudWatch' ? 'AllowCloudWatchAlarms' : 'AllowEventBridge';
  const statementId = freeName(base, (name) => policy.includes(name), '');
  const added = {
    Sid: statementId,
    ...(service === 'CloudWatch' ? alarmStatement(topicArn) : eventStatement(topicArn)),
  };
  const extendedPolicy = JSON.stringify({ ...parsed, Statement: [...present, added] });
  return { kind: 'allow-publish', topicArn, policy, extendedPolicy, service, statementId };
}

/**
 * The policy of a new topic that EventBridge notifies: what its owner needs of the policy that SNS gives a new topic, and a
 * statement for EventBridge.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-no-messages-published-sns
 */
export function policyForEvents(topicArn: string): string {
  const owner = parseArn(topicArn)?.accountId;
  const ofOwner = {
    Sid: 'AllowOwner',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['SNS:GetTopicAttributes', 'SNS:ListSubscriptionsByTopic', 'SNS:Publish'],
    Resource: topicArn,
    Condition: { StringEquals: { 'AWS:SourceOwner': owner } },
  };
  const ofEventBridge = { Sid: 'AllowEventBridge', ...eventStatement(topicArn) };
  return JSON.stringify({ Version: '2012-10-17', Statement: [ofOwner, ofEventBridge] });
}

function alarmStatement(topicArn: string): object {
  const { region = '', partition = 'aws', accountId = '' } = parseArn(topicArn) ?? {};
  return {
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: topicArn,
    Condition: {
      ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*` },
      StringEquals: { 'aws:SourceAccount': accountId },
    },
  };
}

function eventStatement(topicArn: string): object {
  return {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: topicArn,
  };
}
