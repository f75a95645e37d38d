import { ANOTHER_ACCOUNT, byCommands, byPerson } from '../base/fixed-by.ts';
import type { Reasons } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';
import type { Publisher } from './publisher.ts';

/** What every reason of the topic names: the topic, and what publishes to it. */
export interface TopicFacts {
  readonly topic: string;
  readonly publisher: Pick<Publisher, 'words' | 'service' | 'principal'>;
}

export const topicReasons = {
  TOPIC_REFUSES_ALARM: {
    outcome: 'broken',
    meaning: 'The access policy of the topic does not allow CloudWatch alarms of this account to publish.',
    sentence: ({ topic, publisher }: TopicFacts) =>
      `the policy of SNS topic ${topic} does not allow ${publisher.words} to publish`,
    fix: ({ topic }: TopicFacts) =>
      `allow cloudwatch.amazonaws.com to publish to topic ${topic} for alarms of this account`,
    fixedBy: byCommands('allow to publish'),
  },
  TOPIC_REFUSES_RULE: {
    outcome: 'broken',
    meaning:
      'The access policy of the topic does not allow EventBridge to publish. The policy that SNS gives a new topic does not, and neither does one that allows CloudWatch only.',
    sentence: ({ topic, publisher }: TopicFacts) =>
      `the policy of SNS topic ${topic} does not allow ${publisher.words} to publish`,
    fix: ({ topic }: TopicFacts) =>
      `allow events.amazonaws.com to publish to topic ${topic} in a statement without a condition`,
    fixedBy: byCommands('allow to publish'),
  },
  TOPIC_KEY_UNUSABLE: {
    outcome: 'broken',
    meaning:
      'The topic is encrypted with the AWS managed key for SNS, and neither CloudWatch nor EventBridge may use that key.',
    sentence: ({ topic, publisher }: TopicFacts) =>
      `SNS topic ${topic} is encrypted with the AWS managed key, and ${publisher.service} may not use that key`,
    fix: ({ topic, publisher }: TopicFacts) =>
      `encrypt topic ${topic} with a customer managed key whose policy allows ${publisher.principal}`,
    fixedBy: byCommands('add an alarm'),
  },
  TOPIC_KEY_REFUSES_ALARM: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with a key whose policy does not allow CloudWatch, or that does not exist.',
    sentence: ({ topic, key }: TopicFacts & { readonly key: string }) =>
      `the policy of key ${key} of SNS topic ${topic} does not allow CloudWatch, or the key does not exist`,
    fix: ({ key }: TopicFacts & { readonly key: string }) =>
      `allow kms:Decrypt and kms:GenerateDataKey* to cloudwatch.amazonaws.com in the policy of key ${key}`,
    fixedBy: byCommands('add an alarm'),
  },
  TOPIC_KEY_REFUSES_RULE: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with a key whose policy does not allow EventBridge, or that does not exist.',
    sentence: ({ topic, key }: TopicFacts & { readonly key: string }) =>
      `the policy of key ${key} of SNS topic ${topic} does not allow EventBridge, or the key does not exist`,
    fix: ({ key }: TopicFacts & { readonly key: string }) =>
      `allow kms:Decrypt and kms:GenerateDataKey to events.amazonaws.com in the policy of key ${key}`,
    fixedBy: byCommands('add an event rule'),
  },
  TOPIC_KEY_OFF: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with a key that is disabled, scheduled for deletion, or otherwise unusable.',
    sentence: ({ topic, key, state }: TopicFacts & { readonly key: string; readonly state: string }) =>
      `the key ${key} of SNS topic ${topic} is ${state}`,
    fix: ({ topic, key }: TopicFacts & { readonly key: string }) =>
      `enable key ${key}, or encrypt topic ${topic} with another key`,
    fixedBy: byCommands('add an alarm'),
  },
  TOPIC_TYPE_UNFIT: {
    outcome: 'broken',
    meaning: 'The topic is a FIFO topic, which delivers to SQS queues only, and none is subscribed.',
    sentence: ({ topic }: TopicFacts) => `SNS topic ${topic} is a FIFO topic, and those deliver to SQS queues only`,
    fix: ({ publisher }: TopicFacts) => `give ${publisher.words} a standard topic`,
    fixedBy: byCommands('add an alarm'),
  },
  TOPIC_IN_OTHER_REGION: {
    outcome: 'broken',
    meaning: 'The topic is in another region than the alarm. An alarm can notify topics of its own region only.',
    sentence: ({ topic, publisher }: TopicFacts) => `SNS topic ${topic} is in another region than ${publisher.words}`,
    fix: ({ publisher }: TopicFacts) => `give ${publisher.words} a topic in its own region`,
    fixedBy: byCommands('add an alarm'),
  },
  TOPIC_ACTION_FAILED: {
    outcome: 'broken',
    meaning: "The alarm's last action on the topic failed, as its history says.",
    sentence: ({ topic, publisher, failed }: TopicFacts & { readonly failed: string }) =>
      `the last action of ${publisher.words} on SNS topic ${topic} failed: ${failed}`,
    fix: ({ publisher }: TopicFacts) =>
      `fix what the message names, then set ${publisher.words} to ALARM once and check in its history that the action succeeds`,
    fixedBy: byPerson(
      'the cause that the message names has to be fixed first, and a test notification has to show that it is',
    ),
  },
  TOPIC_GONE: {
    outcome: 'broken',
    meaning: 'The topic that the alarm or the rule notifies does not exist.',
    sentence: ({ topic, publisher }: TopicFacts) => `SNS topic ${topic} of ${publisher.words} does not exist`,
    fix: ({ topic, publisher }: TopicFacts) => `create topic ${topic} again, or give ${publisher.words} another topic`,
    fixedBy: byCommands('create the topic'),
  },
  TOPIC_POLICY_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'Whether the access policy of the topic allows CloudWatch or EventBridge to publish depends on a condition or principal that is not evaluated. AWS documents that a policy for EventBridge may have no conditions.',
    sentence: ({ topic, publisher }: TopicFacts) =>
      `it is not determined whether the policy of SNS topic ${topic} allows ${publisher.words} to publish`,
    fix: ({ topic, publisher }: TopicFacts) =>
      `allow ${publisher.principal} to publish to topic ${topic} in a statement of its own`,
    fixedBy: byCommands('allow to publish'),
  },
  TOPIC_KEY_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'The topic is encrypted with a key, and it is not determined whether CloudWatch or EventBridge may use that key.',
    sentence: ({ topic, key, publisher }: TopicFacts & { readonly key: string }) =>
      `it is not determined whether ${publisher.service} may use the key ${key} of SNS topic ${topic}`,
    fix: ({ topic, key, publisher }: TopicFacts & { readonly key: string }) =>
      `allow kms:Decrypt and kms:GenerateDataKey* to ${publisher.principal} in the policy of key ${key}, for topic ${topic}`,
    fixedBy: byCommands('add an alarm'),
  },
  TOPIC_IN_OTHER_ACCOUNT: {
    outcome: 'undecided',
    meaning:
      'The topic belongs to another account, which does not let this account read it, and no role is given for it.',
    sentence: ({ topic, account }: TopicFacts & { readonly account: string }) =>
      `SNS topic ${topic} belongs to account ${account}, which does not let this account read it`,
    fix: ({ topic, account }: TopicFacts & { readonly account: string }) =>
      `allow sns:GetTopicAttributes and sns:ListSubscriptionsByTopic in the policy of topic ${topic}, or name a role to read account ${account} with \`foreignAccountRoleName\``,
    fixedBy: byPerson(ANOTHER_ACCOUNT),
  },
} as const satisfies Reasons;

/** Makes findings of the topic's reasons. */
export const topicFinding = findingsOf(topicReasons);
