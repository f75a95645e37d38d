import type { Publisher } from '../publisher.ts';
import type { ServiceRequest } from './service-request.ts';

/** The request that a service makes of SNS when an alarm or a rule notifies a topic. */
export function publishRequest(publisher: Publisher, topicArn: string): ServiceRequest {
  return { ...baseOf(publisher, topicArn), action: 'sns:Publish', target: 'topic', resource: topicArn };
}

/**
 * The requests that KMS gets when an alarm or a rule notifies an encrypted topic.
 *
 * @param keyArn - the ARN of the topic's key, where it is known
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-no-messages-published-sns
 */
export function encryptionRequests(
  publisher: Publisher,
  topicArn: string,
  keyArn: string | undefined,
): readonly ServiceRequest[] {
  return ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({
    ...baseOf(publisher, topicArn),
    action,
    target: 'key',
    ...(keyArn === undefined ? {} : { resource: keyArn }),
  }));
}

function baseOf({ principal, arn, accountId }: Publisher, topicArn: string) {
  return { service: principal, topicArn, sourceArn: arn, sourceAccount: accountId };
}
