import { parseArn, resourceName } from '../inventory/arn.ts';
import type { PartKey, TopicAttributes } from '../inventory/model.ts';
import { partOf } from '../inventory/model.ts';
import { isTopic } from './alarm.ts';
import type { AlarmPath, Context, Finding, LinkResult, Reasons, TopicPath } from './link.ts';
import { byText, end, findingsOf, step, steps, weightiest } from './link.ts';
import { allows } from './resource-policy.ts';
import type { unreadableReasons } from './unreadable.ts';
import { unreadable } from './unreadable.ts';

interface Facts {
  readonly topic: string;
  readonly alarm: string;
}

export const topicReasons = {
  TOPIC_REFUSES_ALARM: {
    outcome: 'broken',
    meaning: 'The access policy of the topic does not let CloudWatch alarms of this account publish.',
    sentence: ({ topic, alarm }: Facts) => `the policy of SNS topic ${topic} does not let alarm ${alarm} publish`,
    repair: ({ topic }: Facts) => `let cloudwatch.amazonaws.com publish to topic ${topic} for alarms of this account`,
  },
  TOPIC_KEY_UNUSABLE: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with the key that AWS manages for SNS, which CloudWatch may not use.',
    sentence: ({ topic }: Facts) =>
      `SNS topic ${topic} is encrypted with the key that AWS manages, which CloudWatch may not use`,
    repair: ({ topic }: Facts) =>
      `encrypt topic ${topic} with a key of your own that lets cloudwatch.amazonaws.com use it`,
  },
  TOPIC_GONE: {
    outcome: 'broken',
    meaning: 'The topic that the alarm notifies does not exist.',
    sentence: ({ topic, alarm }: Facts) => `SNS topic ${topic} of alarm ${alarm} does not exist`,
    repair: ({ topic, alarm }: Facts) => `create topic ${topic} again, or give alarm ${alarm} another`,
  },
  TOPIC_POLICY_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'Whether the access policy of the topic lets CloudWatch alarms publish rests on a condition or principal that is not followed.',
    sentence: ({ topic, alarm }: Facts) =>
      `whether the policy of SNS topic ${topic} lets alarm ${alarm} publish cannot be told`,
    repair: ({ topic }: Facts) =>
      `allow cloudwatch.amazonaws.com to publish to topic ${topic} in a statement of its own`,
  },
  TOPIC_KEY_UNCERTAIN: {
    outcome: 'undecided',
    meaning: 'The topic is encrypted with a key of your own, and whether that lets CloudWatch use it is not read.',
    sentence: ({ topic, key }: Facts & { readonly key: string }) =>
      `whether CloudWatch may use the key ${key} of SNS topic ${topic} cannot be told`,
    repair: ({ topic, key }: Facts & { readonly key: string }) =>
      `make sure that the policy of key ${key} lets cloudwatch.amazonaws.com decrypt and generate data keys, for topic ${topic}`,
  },
  TOPIC_IN_OTHER_ACCOUNT: {
    outcome: 'undecided',
    meaning: 'The topic belongs to another account, and no role is given to read its subscriptions there.',
    sentence: ({ topic, account }: Facts & { readonly account: string }) =>
      `SNS topic ${topic} belongs to account ${account}, which is not read from here`,
    repair: ({ account }: Facts & { readonly account: string }) =>
      `name a role to read account ${account} with \`foreignAccountRoleName\``,
  },
} as const satisfies Reasons;

const found = findingsOf(topicReasons);

type Code = keyof typeof topicReasons | keyof typeof unreadableReasons;

/**
 * The SNS topics among the alarm's ALARM actions: whether each can be read from here, exists, and lets the alarm
 * publish. Subscriptions outlive a topic, so it is the list of them that says whether it is there.
 */
export function judgeTopics(path: AlarmPath, context: Context): LinkResult<TopicPath, Code> {
  const topics = [...new Set(path.alarm.alarmActions.filter(isTopic))].sort(byText);
  const results = topics.map((topicArn) => judgeTopic({ ...path, topicArn }, context));
  return { steps: results.flatMap((one) => one.steps), needs: results.flatMap((one) => one.needs) };
}

function judgeTopic(path: TopicPath, { inventory, options }: Context): LinkResult<TopicPath, Code> {
  const { topicArn, alarm } = path;
  const topic = resourceName(topicArn);
  const facts = { topic, alarm: alarm.alarmName };
  const account = parseArn(topicArn)?.accountId ?? 'unknown';
  if (account !== inventory.accountId && options.foreignAccountRoleName === undefined) {
    return steps(end(topic, path, found('TOPIC_IN_OTHER_ACCOUNT', { ...facts, account })));
  }
  const subscriptions = partOf<'subscriptions'>(inventory, subscriptionsKey(topicArn));
  const missing: PartKey[] = subscriptions === undefined ? [subscriptionsKey(topicArn)] : [];
  const findings: (Finding<Code> | undefined)[] = [];
  if (subscriptions?.kind === 'present' && subscriptions.value === null) findings.push(found('TOPIC_GONE', facts));

  if (options.assurance === 'working') {
    const key = { kind: 'topic-attributes', topicArn } as const;
    const attributes = partOf<'topic-attributes'>(inventory, key);
    if (attributes === undefined) missing.push(key);
    else if (attributes.kind === 'unreadable') findings.push(unreadable(attributes.failure));
    else if (attributes.value === null) findings.push(found('TOPIC_GONE', facts));
    else findings.push(...judgeAttributes(attributes.value, path, facts));
  }
  return { steps: [step(topic, path, weightiest(findings))], needs: missing };
}

/**
 * Whether the alarm may publish: by the topic's policy, and by the key that the topic is encrypted with.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
function judgeAttributes(
  { policy, kmsMasterKeyId }: TopicAttributes,
  { topicArn, alarm }: TopicPath,
  facts: Facts,
): readonly Finding<Code>[] {
  const findings: Finding<Code>[] = [];
  const sourceAccount = parseArn(alarm.alarmArn)?.accountId ?? '';
  const allowed = allows(policy, {
    service: 'cloudwatch.amazonaws.com',
    action: 'sns:Publish',
    resource: topicArn,
    sourceArn: alarm.alarmArn,
    sourceAccount,
  });
  if (allowed === false) findings.push(found('TOPIC_REFUSES_ALARM', facts));
  if (allowed === 'undecided') findings.push(found('TOPIC_POLICY_UNCERTAIN', facts));
  if (kmsMasterKeyId?.endsWith('alias/aws/sns')) findings.push(found('TOPIC_KEY_UNUSABLE', facts));
  else if (kmsMasterKeyId !== undefined) findings.push(found('TOPIC_KEY_UNCERTAIN', { ...facts, key: kmsMasterKeyId }));
  return findings;
}

export function subscriptionsKey(topicArn: string) {
  return { kind: 'subscriptions', topicArn } as const;
}
