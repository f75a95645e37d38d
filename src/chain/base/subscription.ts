import type { Subscription } from '../../inventory/resources.ts';

/**
 * Whether a subscription is confirmed. Until then SNS lists `PendingConfirmation` or `Deleted` in place of its ARN.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export function isConfirmed({ subscriptionArn }: Subscription): boolean {
  return subscriptionArn.startsWith('arn:');
}

/**
 * The protocols that a subscription may have.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export const subscriberProtocols = [
  'email',
  'email-json',
  'sms',
  'application',
  'http',
  'https',
  'sqs',
  'lambda',
  'firehose',
] as const;
