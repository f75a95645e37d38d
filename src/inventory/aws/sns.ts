import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
} from '@aws-sdk/client-sns';

import type { Subscription, SubscriptionAttributes, TopicAttributes } from '../resources.ts';
import type { Call } from './client/call.ts';
import type { AwsClients } from './client/clients.ts';
import { omitUndefined, unlessEmpty } from './client/omit-undefined.ts';
import { isNotFound } from './client/failures.ts';
import { readAllPages } from './client/paging.ts';

/**
 * Every subscription of a topic, in pages of 100, asked in the topic's own region.
 *
 * @returns `null` if there is no such topic
 * @see https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export async function readSubscriptions(
  clients: AwsClients,
  topicArn: string,
  region: string,
  call: Call,
): Promise<readonly Subscription[] | null> {
  try {
    return await readAllPages(async (NextToken) => {
      const page = await call({ service: 'sns', operation: 'ListSubscriptionsByTopic' }, (options) =>
        clients
          .sns(region)
          .send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, ...omitUndefined({ NextToken }) }), options),
      );
      const items = (page.Subscriptions ?? []).map(({ SubscriptionArn = '', Protocol = '', Owner, Endpoint }) => ({
        subscriptionArn: SubscriptionArn,
        protocol: Protocol,
        ...omitUndefined({
          owner: unlessEmpty(Owner),
          endpoint: Protocol.startsWith('email') ? unlessEmpty(Endpoint) : undefined,
        }),
      }));
      return { items, next: page.NextToken };
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
  clients: AwsClients,
  topicArn: string,
  region: string,
  call: Call,
): Promise<TopicAttributes | null> {
  try {
    const { Attributes = {} } = await call({ service: 'sns', operation: 'GetTopicAttributes' }, (options) =>
      clients.sns(region).send(new GetTopicAttributesCommand({ TopicArn: topicArn }), options),
    );
    const { Policy, KmsMasterKeyId } = Attributes;
    return { policy: Policy ?? '', ...omitUndefined({ kmsMasterKeyId: unlessEmpty(KmsMasterKeyId) }) };
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/**
 * Which messages a subscription lets through. Other attributes, such as the endpoint, are left out.
 *
 * @returns `null` if there is no such subscription
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html
 */
export async function readSubscriptionAttributes(
  clients: AwsClients,
  subscriptionArn: string,
  region: string,
  call: Call,
): Promise<SubscriptionAttributes | null> {
  try {
    const { Attributes = {} } = await call({ service: 'sns', operation: 'GetSubscriptionAttributes' }, (options) =>
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
