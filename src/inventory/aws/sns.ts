import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
} from '@aws-sdk/client-sns';

import type { Subscription, SubscriptionAttributes, TopicAttributes } from '../resources.ts';
import type { AccountAccess } from './client/access.ts';
import { isNotFound } from './client/failures.ts';
import { omitUndefined, unlessEmpty } from './client/omit-undefined.ts';
import { readAllPages } from './client/paging.ts';

/**
 * Every subscription of a topic, in pages of 100, asked in the topic's own region.
 *
 * @returns `null` if there is no such topic
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export async function readSubscriptions(
  { clients, call }: AccountAccess,
  topicArn: string,
  region: string,
): Promise<readonly Subscription[] | null> {
  try {
    return await readAllPages({
      call,
      operation: 'ListSubscriptionsByTopic',
      region,
      send: (NextToken, options) => {
        const input = { TopicArn: topicArn, ...omitUndefined({ NextToken }) };
        return clients.sns(region).send(new ListSubscriptionsByTopicCommand(input), options);
      },
      itemsOf: ({ Subscriptions }) =>
        Subscriptions.map(({ SubscriptionArn, Protocol, Owner, Endpoint }) => ({
          subscriptionArn: SubscriptionArn,
          protocol: Protocol,
          ...omitUndefined({
            owner: unlessEmpty(Owner),
            endpoint: Protocol.startsWith('email') ? unlessEmpty(Endpoint) : undefined,
          }),
        })),
    });
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/**
 * Who may publish to a topic, and whether it is encrypted.
 *
 * @returns `null` if there is no such topic
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 */
export async function readTopicAttributes(
  { clients, call }: AccountAccess,
  topicArn: string,
  region: string,
): Promise<TopicAttributes | null> {
  try {
    const { Attributes } = await call('GetTopicAttributes', region, (options) =>
      clients.sns(region).send(new GetTopicAttributesCommand({ TopicArn: topicArn }), options),
    );
    const { Policy = '', KmsMasterKeyId } = Attributes;
    return { policy: Policy, ...omitUndefined({ kmsMasterKeyId: unlessEmpty(KmsMasterKeyId) }) };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/**
 * Which messages a subscription delivers. Its other attributes, such as its endpoint, are not read.
 *
 * @returns `null` if there is no such subscription
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html
 */
export async function readSubscriptionAttributes(
  { clients, call }: AccountAccess,
  subscriptionArn: string,
  region: string,
): Promise<SubscriptionAttributes | null> {
  try {
    const { Attributes } = await call('GetSubscriptionAttributes', region, (options) =>
      clients.sns(region).send(new GetSubscriptionAttributesCommand({ SubscriptionArn: subscriptionArn }), options),
    );
    const { FilterPolicy, FilterPolicyScope } = Attributes;
    return omitUndefined({
      filterPolicy: unlessEmpty(FilterPolicy),
      filterPolicyScope: unlessEmpty(FilterPolicyScope),
    });
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}
