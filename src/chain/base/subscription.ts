import type { Subscription } from '../../inventory/resources.ts';

/**
 * Whether a subscription is confirmed. Until then SNS lists other words in place of its ARN, such as
 * `PendingConfirmation`.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html
 */
export function isConfirmed({ subscriptionArn }: Subscription): boolean {
  return subscriptionArn.startsWith('arn:');
}
