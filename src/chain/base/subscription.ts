import type { Subscription } from '../../inventory/resources.ts';
import { subscriberProtocols } from '../../parameters/subscriber-protocols.ts';

/**
 * Whether a subscription is confirmed. Until then SNS lists other words in place of its ARN, such as
 * `PendingConfirmation`.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html
 */
export function isConfirmed({ subscriptionArn }: Subscription): boolean {
  return subscriptionArn.startsWith('arn:');
}

/** The known protocols that a FIFO topic does not deliver to. */
const noFifoDelivery: ReadonlySet<string> = new Set(subscriberProtocols.filter((protocol) => protocol !== 'sqs'));

/**
 * Whether a topic delivers to a protocol. A FIFO topic, whose name ends in `.fifo`, delivers to SQS queues only; of a
 * protocol that is not known nothing is said.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
 */
export function deliversTo(topicArn: string, protocol: string): boolean {
  return !topicArn.endsWith('.fifo') || !noFifoDelivery.has(protocol);
}
