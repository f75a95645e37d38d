import { parseArn } from '../../../inventory/arn.ts';
import type { TopicPath } from '../../base/link.ts';
import type { ServiceRequest } from './service-request.ts';

/** The request that CloudWatch makes of SNS when an alarm notifies a topic. */
export function publishRequest(path: TopicPath): ServiceRequest {
  return { ...baseOf(path), action: 'sns:Publish', target: 'topic', resource: path.topicArn };
}

/**
 * The requests that KMS gets when an alarm notifies an encrypted topic.
 *
 * @param keyArn - the ARN of the topic's key, where it is known
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function encryptionRequests(path: TopicPath, keyArn: string | undefined): readonly ServiceRequest[] {
  return ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({
    ...baseOf(path),
    action,
    target: 'key',
    ...(keyArn === undefined ? {} : { resource: keyArn }),
  }));
}

function baseOf({ alarm, topicArn }: TopicPath) {
  const sourceAccount = parseArn(alarm.alarmArn)?.accountId ?? '';
  return { service: 'cloudwatch.amazonaws.com', topicArn, sourceArn: alarm.alarmArn, sourceAccount };
}
