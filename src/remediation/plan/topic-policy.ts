import { isJsonObject, listOf, parseJson } from '../../chain/base/json.ts';
import { parseArn } from '../../inventory/arn.ts';
import { freeName } from '../../report/free-name.ts';
import type { ChangeOf } from './plan.ts';

/**
 * The change that lets CloudWatch publish: one more statement in the policy of a topic, as AWS documents it for alarms.
 *
 * @param policy - the policy as it is, as JSON text
 * @returns `undefined` if the text is not a policy to add to
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export function allowPublishChange(topicArn: string, policy: string): ChangeOf<'allow-publish'> | undefined {
  const parsed = parseJson(policy);
  if (!isJsonObject(parsed) || !('Statement' in parsed)) return undefined;
  const present = listOf(parsed['Statement']);
  const { region = '', partition = 'aws', accountId = '' } = parseArn(topicArn) ?? {};
  const statementId = freeName('AllowCloudWatchAlarms', (name) => policy.includes(name), '');
  const added = {
    Sid: statementId,
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: topicArn,
    Condition: {
      ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*` },
      StringEquals: { 'aws:SourceAccount': accountId },
    },
  };
  const extendedPolicy = JSON.stringify({ ...parsed, Statement: [...present, added] });
  return { kind: 'allow-publish', topicArn, policy, extendedPolicy, statementId };
}
