/**
 * The protocols that a subscription to an SNS topic may have.
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

export type SubscriberProtocol = (typeof subscriberProtocols)[number];
