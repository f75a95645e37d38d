import { subscriptionAttributesKey, subscriptionsKey, topicAttributesKey } from '../../part-keys.ts';
import type { Subscription } from '../../resources.ts';
import { topicArn } from '../arns.ts';
import type { Collected } from './collected.ts';
import {
  declared,
  isMade,
  markIncomplete,
  markUncertain,
  namesUndeclared,
  noteEverywhere,
  present,
} from './collected.ts';
import type { DeclarationOf, DeclaredAccount } from '../declaration.ts';
import { defaultTopicPolicy } from '../../default-topic-policy.ts';
import { comparesStandIns } from './stand-ins.ts';
import type { Maybe, Unknown } from '../value.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';

/** The topics, with their policies and subscriptions. */
export function collectTopics(account: DeclaredAccount, collected: Collected): void {
  const policies = new Map<string, Maybe<string>>();
  let policyDoubt: Unknown | undefined;
  for (const { topicArn: arn, policy } of declared(account, 'topic-policy')) {
    if (isUnknown(arn)) {
      policyDoubt ??= arn;
      noteEverywhere(collected, 'topic-attributes', arn.unknown);
    } else if (!isUnknown(policies.get(arn))) policies.set(arn, policy);
  }
  const topics = new Map<string, DeclarationOf<'topic'>>();
  const declaredTopics = new Set(declared(account, 'topic').map((topic) => topicArn(topic, topic.name)));
  for (const topic of declared(account, 'topic')) {
    const arn = topicArn(topic, topic.name);
    topics.set(arn, topic);
    collected.places.set(arn, topic.place);
    const otherDoubt = namesUndeclared(topicArn(topic, ''), policies.keys(), declaredTopics)
      ? topic.nameDoubt
      : undefined;
    const policy =
      policies.get(arn) ?? policyDoubt ?? otherDoubt ?? topic.policy ?? defaultTopicPolicy(arn, topic.accountId);
    const doubt = firstUnknown([policy, topic.keyId]);
    if (doubt !== undefined || isUnknown(policy) || isUnknown(topic.keyId)) {
      markUncertain(collected, topicAttributesKey(arn), doubt ?? unknown('the policy'));
      continue;
    }
    const compared = comparesStandIns(policy, account);
    const why = `the policy of ${topic.place.address} names by ARN what has no name yet`;
    if (compared === 'denies') {
      markUncertain(collected, topicAttributesKey(arn), unknown(why));
      continue;
    }
    if (compared === 'allows') markIncomplete(collected, topicAttributesKey(arn), why);
    present(collected, topicAttributesKey(arn), {
      policy,
      ...(topic.keyId === undefined ? {} : { kmsMasterKeyId: topic.keyId }),
    });
  }
  collectSubscriptions(account, topics, collected);
}

function collectSubscriptions(
  account: DeclaredAccount,
  topics: ReadonlyMap<string, DeclarationOf<'topic'>>,
  collected: Collected,
): void {
  const lists = new Map<string, Subscription[]>([...topics.keys()].map((arn) => [arn, []]));
  declared(account, 'subscription').forEach(
    ({ topicArn: arn, protocol, endpoint, attributes, accountId, place, subscriptionArn: known }, at) => {
      if (isUnknown(arn)) {
        noteEverywhere(collected, 'subscriptions', arn.unknown);
        return;
      }
      const list = lists.get(arn) ?? [];
      lists.set(arn, list);
      if (isUnknown(protocol)) {
        markUncertain(collected, subscriptionsKey(arn), protocol);
        return;
      }
      const subscriptionArn = known ?? `${arn}:${placeholderId(at)}`;
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
    const topic = topics.get(arn);
    if (topic === undefined || !isMade(topic)) {
      markIncomplete(collected, subscriptionsKey(arn), `${account.source} does not create topic ${arn}`);
    } else if (topic.nameDoubt !== undefined && namesUndeclared(topicArn(topic, ''), lists.keys(), topics)) {
      markIncomplete(collected, subscriptionsKey(arn), topic.nameDoubt.unknown);
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
