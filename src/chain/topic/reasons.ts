import type { Reasons } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';

/** What every reason of the topic names. */
export interface TopicFacts {
  readonly topic: string;
  readonly alarm: string;
}

export const topicReasons = {
  TOPIC_REFUSES_ALARM: {
    outcome: 'broken',
    meaning: 'The access policy of the topic does not allow CloudWatch alarms of this account to publish.',
    sentence: ({ topic, alarm }: TopicFacts) =>
      `the policy of SNS topic ${topic} does not allow alarm ${alarm} to publish`,
    fix: ({ topic }: TopicFacts) =>
      `allow cloudwatch.amazonaws.com to publish to topic ${topic} for alarms of this account`,
  },
  TOPIC_KEY_UNUSABLE: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with the AWS managed key for SNS, and CloudWatch may not use that key.',
    sentence: ({ topic }: TopicFacts) =>
      `SNS topic ${topic} is encrypted with the AWS managed key, and CloudWatch may not use that key`,
    fix: ({ topic }: TopicFacts) =>
      `encrypt topic ${topic} with a customer managed key whose policy allows cloudwatch.amazonaws.com`,
  },
  TOPIC_KEY_REFUSES_ALARM: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with a key whose policy does not allow CloudWatch, or that does not exist.',
    sentence: ({ topic, key }: TopicFacts & { readonly key: string }) =>
      `the policy of key ${key} of SNS topic ${topic} does not allow CloudWatch, or the key does not exist`,
    fix: ({ key }: TopicFacts & { readonly key: string }) =>
      `allow kms:Decrypt and kms:GenerateDataKey* to cloudwatch.amazonaws.com in the policy of key ${key}`,
  },
  TOPIC_KEY_OFF: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with a key that is disabled, scheduled for deletion, or otherwise unusable.',
    sentence: ({ topic, key, state }: TopicFacts & { readonly key: string; readonly state: string }) =>
      `the key ${key} of SNS topic ${topic} is ${state}`,
    fix: ({ topic, key }: TopicFacts & { readonly key: string }) =>
      `enable key ${key}, or encrypt topic ${topic} with another key`,
  },
  TOPIC_TYPE_UNFIT: {
    outcome: 'broken',
    meaning: 'The topic is a FIFO topic, which delivers to SQS queues only, and none is subscribed.',
    sentence: ({ topic }: TopicFacts) => `SNS topic ${topic} is a FIFO topic, and those deliver to SQS queues only`,
    fix: ({ alarm }: TopicFacts) => `give alarm ${alarm} a standard topic`,
  },
  TOPIC_IN_OTHER_REGION: {
    outcome: 'broken',
    meaning: 'The topic is in another region than the alarm. An alarm can notify topics of its own region only.',
    sentence: ({ topic, alarm }: TopicFacts) => `SNS topic ${topic} is in another region than alarm ${alarm}`,
    fix: ({ alarm }: TopicFacts) => `give alarm ${alarm} a topic in its own region`,
  },
  TOPIC_ACTION_FAILED: {
    outcome: 'broken',
    meaning: "The alarm's last action on the topic failed, as its history says.",
    sentence: ({ topic, alarm, failed }: TopicFacts & { readonly failed: string }) =>
      `the last action of alarm ${alarm} on SNS topic ${topic} failed: ${failed}`,
    fix: ({ alarm }: TopicFacts) =>
      `fix what the message names, then set alarm ${alarm} to ALARM once and check in its history that the action succeeds`,
  },
  TOPIC_GONE: {
    outcome: 'broken',
    meaning: 'The topic that the alarm notifies does not exist.',
    sentence: ({ topic, alarm }: TopicFacts) => `SNS topic ${topic} of alarm ${alarm} does not exist`,
    fix: ({ topic, alarm }: TopicFacts) => `create topic ${topic} again, or give alarm ${alarm} another topic`,
  },
  TOPIC_POLICY_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'Whether the access policy of the topic allows CloudWatch alarms to publish depends on a condition or principal that is not evaluated.',
    sentence: ({ topic, alarm }: TopicFacts) =>
      `it is not determined whether the policy of SNS topic ${topic} allows alarm ${alarm} to publish`,
    fix: ({ topic }: TopicFacts) =>
      `allow cloudwatch.amazonaws.com to publish to topic ${topic} in a statement of its own`,
  },
  TOPIC_KEY_UNCERTAIN: {
    outcome: 'undecided',
    meaning: 'The topic is encrypted with a key, and it is not determined whether CloudWatch may use that key.',
    sentence: ({ topic, key }: TopicFacts & { readonly key: string }) =>
      `it is not determined whether CloudWatch may use the key ${key} of SNS topic ${topic}`,
    fix: ({ topic, key }: TopicFacts & { readonly key: string }) =>
      `allow kms:Decrypt and kms:GenerateDataKey* to cloudwatch.amazonaws.com in the policy of key ${key}, for topic ${topic}`,
  },
  TOPIC_IN_OTHER_ACCOUNT: {
    outcome: 'undecided',
    meaning:
      'The topic belongs to another account, which does not let this account read it, and no role is given for it.',
    sentence: ({ topic, account }: TopicFacts & { readonly account: string }) =>
      `SNS topic ${topic} belongs to account ${account}, which does not let this account read it`,
    fix: ({ topic, account }: TopicFacts & { readonly account: string }) =>
      `allow sns:GetTopicAttributes and sns:ListSubscriptionsByTopic in the policy of topic ${topic}, or name a role to read account ${account} with \`foreignAccountRoleName\``,
  },
} as const satisfies Reasons;

/** Makes findings of the topic's reasons. */
export const topicFinding = findingsOf(topicReasons);
