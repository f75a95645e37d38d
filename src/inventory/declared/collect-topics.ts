import { subscriptionAttributesKey, subscriptionsKey, topicAttributesKey } from '../part-keys.ts';
import type { Subscription } from '../resources.ts';
import { topicArn } from './arns.ts';
import type { Collected } from './collected.ts';
import { declared, markUncertain, present } from './collected.ts';
import type { DeclaredAccount } from './declaration.ts';
import { defaultTopicPolicy } from './default-policies.ts';
import type { Maybe, Unknown } from './value.ts';
import { firstUnknown, isUnknown, unknown } from './value.ts';

/** The topics, with their policies and subscriptions. */
export function collectTopics(account: DeclaredAccount, collected: Collected): void {
  const policies = new Map<string, Maybe<string>>();
  let policyDoubt: Unknown | undefined;
  for (const { topicArn: arn, policy } of declared(account, 'topic-policy')) {
    if (isUnknown(arn)) policyDoubt ??= arn;
    else policies.set(arn, policy);
  }
  const created = new Set<string>();
  for (const topic of declared(account, 'topic')) {
    const arn = topicArn(topic, topic.name);
    created.add(arn);
    collected.places.set(arn, topic.place);
    const policy = policies.get(arn) ?? policyDoubt ?? topic.policy ?? defaultTopicPolicy(arn, topic.accountId);
    const doubt = firstUnknown([policy, topic.keyId]);
    if (doubt !== undefined || isUnknown(policy) || isUnknown(topic.keyId)) {
      markUncertain(collected, topicAttributesKey(arn), doubt ?? unknown('the policy'));
      continue;
    }
    present(collected, topicAttributesKey(arn), {
      policy,
      ...(topic.keyId === undefined ? {} : { kmsMasterKeyId: topic.keyId }),
    });
  }
  collectSubscriptions(account, created, collected);
}

function collectSubscriptions(account: DeclaredAccount, created: ReadonlySet<string>, collected: Collected): void {
  const lists = new Map<string, Subscription[]>([...created].map((arn) => [arn, []]));
  let doubt: Unknown | undefined;
  declared(account, 'subscription').forEach(
    ({ topicArn: arn, protocol, endpoint, attributes, accountId, place }, at) => {
      if (isUnknown(arn)) {
        doubt ??= arn;
        return;
      }
      const list = lists.get(arn) ?? [];
      lists.set(arn, list);
      if (isUnknown(protocol)) {
        markUncertain(collected, subscriptionsKey(arn), protocol);
        return;
      }
      const subscriptionArn = `${arn}:${placeholderId(at)}`;
      const confirmedBy = confirmedByOf(protocol, endpoint);
      const subscription: Subscription = { subscriptionArn, protocol, owner: accountId, ...confirmedBy };
      list.push(subscription);
      collected.places.set(subscriptionArn, place);
      const unknownAttribute = firstUnknown(attributes);
      if (unknownAttribute !== undefined || isUnknown(attributes)) {
        markUncertain(
          collected,
          subscriptionAttributesKey(subscription),
          unknownAttribute ?? unknown('its filter policy'),
        );
      } else present(collected, subscriptionAttributesKey(subscription), attributes);
    },
  );
  for (const [arn, list] of lists) {
    if (doubt !== undefined) markUncertain(collected, subscriptionsKey(arn), doubt);
    if (!created.has(arn)) {
      markUncertain(collected, subscriptionsKey(arn), unknown(`${account.source} does not declare topic ${arn}`));
    }
    present(collected, subscriptionsKey(arn), list);
  }
}

/** The protocols that SNS confirms by itself for the owner: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const confirmedAtOnce = new Set(['lambda', 'sqs', 'sms', 'application', 'firehose']);

function confirmedByOf(protocol: string, endpoint: Maybe<string> | undefined): { readonly confirmedBy?: string } {
  if (confirmedAtOnce.has(protocol)) return {};
  return { confirmedBy: typeof endpoint === 'string' ? endpoint : `the ${protocol} endpoint` };
}

/** A stand-in for the id that AWS chooses for a subscription, in the form of one. */
function placeholderId(at: number): string {
  return `00000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`;
}
