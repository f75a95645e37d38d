import { alarmHistoryKey, encryptionKeyKey, subscriptionsKey, topicAttributesKey } from '../../inventory/part-keys.ts';
import { isTopic, parseArn, resourceName } from '../../inventory/arn.ts';
import type { Inventory, Part, PartKey } from '../../inventory/model.ts';
import type { Subscription, TopicAttributes } from '../../inventory/resources.ts';
import { partOf } from '../../inventory/model.ts';
import type { LastAction } from './alarm-history.ts';
import { lastActionOf } from './alarm-history.ts';
import type { AlarmPath, Context, Finding, LinkResult, Reasons, TopicPath } from '../base/link.ts';
import { end, findingsOf, step, steps, mostSevere } from '../base/link.ts';
import type { ServiceRequest } from './resource-policy.ts';
import { allows } from './resource-policy.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import { placeOf } from '../alarm/place.ts';

interface Facts {
  readonly topic: string;
  readonly alarm: string;
}

export const topicReasons = {
  TOPIC_REFUSES_ALARM: {
    outcome: 'broken',
    meaning: 'The access policy of the topic does not let CloudWatch alarms of this account publish.',
    sentence: ({ topic, alarm }: Facts) => `the policy of SNS topic ${topic} does not let alarm ${alarm} publish`,
    fix: ({ topic }: Facts) => `let cloudwatch.amazonaws.com publish to topic ${topic} for alarms of this account`,
  },
  TOPIC_KEY_UNUSABLE: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with the key that AWS manages for SNS, which CloudWatch may not use.',
    sentence: ({ topic }: Facts) =>
      `SNS topic ${topic} is encrypted with the key that AWS manages, which CloudWatch may not use`,
    fix: ({ topic }: Facts) =>
      `encrypt topic ${topic} with a key of your own that lets cloudwatch.amazonaws.com use it`,
  },
  TOPIC_KEY_REFUSES_ALARM: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with a key whose policy does not let CloudWatch use it, or that is gone.',
    sentence: ({ topic, key }: Facts & { readonly key: string }) =>
      `the key ${key} of SNS topic ${topic} does not let CloudWatch use it`,
    fix: ({ key }: Facts & { readonly key: string }) =>
      `let cloudwatch.amazonaws.com use kms:Decrypt and kms:GenerateDataKey* in the policy of key ${key}`,
  },
  TOPIC_KEY_OFF: {
    outcome: 'broken',
    meaning: 'The topic is encrypted with a key that is disabled, about to be deleted, or otherwise not in use.',
    sentence: ({ topic, key, state }: Facts & { readonly key: string; readonly state: string }) =>
      `the key ${key} of SNS topic ${topic} is ${state}`,
    fix: ({ topic, key }: Facts & { readonly key: string }) =>
      `enable key ${key}, or encrypt topic ${topic} with another`,
  },
  TOPIC_TYPE_UNFIT: {
    outcome: 'broken',
    meaning: 'The topic is a FIFO topic, which delivers to SQS queues only, and none is subscribed.',
    sentence: ({ topic }: Facts) => `SNS topic ${topic} is a FIFO topic, and those deliver to SQS queues only`,
    fix: ({ alarm }: Facts) => `give alarm ${alarm} a standard topic`,
  },
  TOPIC_IN_OTHER_REGION: {
    outcome: 'broken',
    meaning: 'The topic is in another region than the alarm, and an alarm can notify only topics of its own.',
    sentence: ({ topic, alarm }: Facts) => `SNS topic ${topic} is in another region than alarm ${alarm}`,
    fix: ({ alarm }: Facts) => `give alarm ${alarm} a topic of its own region`,
  },
  ALARM_ACTION_FAILED: {
    outcome: 'broken',
    meaning: 'The last time that the alarm notified the topic it failed, as the history of the alarm says.',
    sentence: ({ topic, alarm, failed }: Facts & { readonly failed: string }) =>
      `the last time that alarm ${alarm} notified SNS topic ${topic} it failed: ${failed}`,
    fix: ({ alarm }: Facts) =>
      `mend what the text names, then set alarm ${alarm} to ALARM once and see in its history that the action succeeds`,
  },
  TOPIC_GONE: {
    outcome: 'broken',
    meaning: 'The topic that the alarm notifies does not exist.',
    sentence: ({ topic, alarm }: Facts) => `SNS topic ${topic} of alarm ${alarm} does not exist`,
    fix: ({ topic, alarm }: Facts) => `create topic ${topic} again, or give alarm ${alarm} another`,
  },
  TOPIC_FIFO_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'The topic is a FIFO topic, which takes only messages with a group id, and whether alarms send one is not documented.',
    sentence: ({ topic, alarm }: Facts) =>
      `SNS topic ${topic} is a FIFO topic, and whether alarm ${alarm} can publish to one is not documented`,
    fix: ({ alarm }: Facts) => `give alarm ${alarm} a standard topic`,
  },
  TOPIC_POLICY_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'Whether the access policy of the topic lets CloudWatch alarms publish rests on a condition or principal that is not followed.',
    sentence: ({ topic, alarm }: Facts) =>
      `whether the policy of SNS topic ${topic} lets alarm ${alarm} publish cannot be told`,
    fix: ({ topic }: Facts) => `allow cloudwatch.amazonaws.com to publish to topic ${topic} in a statement of its own`,
  },
  TOPIC_KEY_UNCERTAIN: {
    outcome: 'undecided',
    meaning: 'The topic is encrypted with a key of which it cannot be told whether it lets CloudWatch use it.',
    sentence: ({ topic, key }: Facts & { readonly key: string }) =>
      `whether CloudWatch may use the key ${key} of SNS topic ${topic} cannot be told`,
    fix: ({ topic, key }: Facts & { readonly key: string }) =>
      `make sure that the policy of key ${key} lets cloudwatch.amazonaws.com decrypt and generate data keys, for topic ${topic}`,
  },
  TOPIC_IN_OTHER_ACCOUNT: {
    outcome: 'undecided',
    meaning: 'The topic belongs to another account, and no role is given to read its subscriptions there.',
    sentence: ({ topic, account }: Facts & { readonly account: string }) =>
      `SNS topic ${topic} belongs to account ${account}, which is not read from here`,
    fix: ({ account }: Facts & { readonly account: string }) =>
      `name a role to read account ${account} with \`foreignAccountRoleName\``,
  },
} as const satisfies Reasons;

const found = findingsOf(topicReasons);

type Code = keyof typeof topicReasons | keyof typeof unreadableReasons;

/**
 * The SNS topics among the alarm's ALARM actions: whether each can be read from here, exists in the alarm's region, and
 * lets the alarm publish. Subscriptions outlive a topic, so its attributes say whether it is there, too.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html
 */
export function judgeTopics(path: AlarmPath, context: Context): LinkResult<TopicPath, Code> {
  const topics = [...new Set(path.alarm.alarmActions.filter(isTopic))].sort(byCodeUnit);
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
    // PutMetricAlarm refuses such an action: https://github.com/cds-snc/notification-terraform/pull/128
    if (parseArn(topicArn)?.region !== parseArn(alarm.alarmArn)?.region) {
      findings.push(found('TOPIC_IN_OTHER_REGION', facts));
    }
    if (topic.endsWith('.fifo')) findings.push(judgeFifo(subscriptions, facts));
    const key = topicAttributesKey(topicArn);
    const attributes = partOf<'topic-attributes'>(inventory, key);
    if (attributes === undefined) missing.push(key);
    else if (attributes.kind === 'unreadable') findings.push(unreadable(attributes.failure));
    else if (attributes.value === null) findings.push(found('TOPIC_GONE', facts));
    else {
      const encryption = judgeEncryption(attributes.value, path, facts, inventory);
      missing.push(...encryption.needs);
      findings.push(judgePolicy(attributes.value, path, facts), encryption.finding);
    }
  }
  if (options.assurance === 'configured') return { steps: [step(topic, path, mostSevere(findings))], needs: missing };
  const historyKey = alarmHistoryKey(placeOf(path));
  const history = partOf<'alarm-history'>(inventory, historyKey);
  if (history === undefined) missing.push(historyKey);
  const weighed =
    history?.kind === 'present'
      ? withEvidence(findings, lastActionOf(path, history.value), facts)
      : // It might tell that the last message never left.
        [...findings, history && unreadable(history.failure)];
  return { steps: [step(topic, path, mostSevere(weighed))], needs: missing };
}

/** The doubts that one message, delivered by the same alarm to the same topic, settles. */
const settledByDelivery: ReadonlySet<Code> = new Set(['TOPIC_POLICY_UNCERTAIN', 'TOPIC_KEY_UNCERTAIN', 'UNREADABLE']);

/** Evidence beats theory: what became of the last action says more than what is not known of policy and key. */
function withEvidence(
  findings: readonly (Finding<Code> | undefined)[],
  action: LastAction,
  facts: Facts,
): readonly (Finding<Code> | undefined)[] {
  if (action === 'delivered') return findings.filter((finding) => finding && !settledByDelivery.has(finding.code));
  // Nothing ever happened: then theory is all there is.
  if (action === 'none') return findings;
  return [...findings, found('ALARM_ACTION_FAILED', { ...facts, failed: action.failed })];
}

/**
 * A FIFO topic, whose name ends in `.fifo`. It delivers to SQS queues only, and takes only messages with a group id.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
function judgeFifo(subscriptions: Part<readonly Subscription[] | null> | undefined, facts: Facts): Finding<Code> {
  const listed = subscriptions?.kind === 'present' ? (subscriptions.value ?? []) : [];
  const confirmed = listed.filter(isConfirmed);
  const isUnfit = confirmed.length > 0 && confirmed.every(({ protocol }) => protocol !== 'sqs');
  return found(isUnfit ? 'TOPIC_TYPE_UNFIT' : 'TOPIC_FIFO_UNCERTAIN', facts);
}

function requestOf({ alarm }: TopicPath, action: string, resource?: string): ServiceRequest {
  return {
    service: 'cloudwatch.amazonaws.com',
    action,
    ...(resource === undefined ? {} : { resource }),
    sourceArn: alarm.alarmArn,
    sourceAccount: parseArn(alarm.alarmArn)?.accountId ?? '',
  };
}

function judgePolicy({ policy }: TopicAttributes, path: TopicPath, facts: Facts): Finding<Code> | undefined {
  const allowed = allows(policy, requestOf(path, 'sns:Publish', path.topicArn));
  if (allowed === true) return undefined;
  return found(allowed === false ? 'TOPIC_REFUSES_ALARM' : 'TOPIC_POLICY_UNCERTAIN', facts);
}

/** The states in which a key certainly does not work. In passing, such as `Updating`, it may. */
const unusableStates: ReadonlySet<string> = new Set([
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'PendingReplicaDeletion',
  'Unavailable',
]);

interface Encryption {
  readonly finding?: Finding<Code> | undefined;
  readonly needs: readonly PartKey[];
}

/**
 * Whether CloudWatch may use the key that the topic is encrypted with. The policy of the key that AWS manages for SNS
 * cannot be changed and does not name CloudWatch; a key of one's own has to, and has to be enabled.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
function judgeEncryption(
  { kmsMasterKeyId: key }: TopicAttributes,
  path: TopicPath,
  facts: Facts,
  inventory: Inventory,
): Encryption {
  if (key === undefined) return { needs: [] };
  if (key.endsWith('alias/aws/sns')) return { finding: found('TOPIC_KEY_UNUSABLE', facts), needs: [] };
  const partKey = encryptionKeyKey(key, path.topicArn);
  const part = partOf<'key'>(inventory, partKey);
  if (part === undefined) return { needs: [partKey] };
  if (part.kind === 'unreadable') return { finding: unreadable(part.failure), needs: [] };
  const { value } = part;
  const keyFacts = { ...facts, key };
  if (value === null) return { finding: found('TOPIC_KEY_REFUSES_ALARM', keyFacts), needs: [] };
  if (value.keyManager === 'AWS') return { finding: found('TOPIC_KEY_UNUSABLE', facts), needs: [] };
  if (unusableStates.has(value.keyState)) {
    return { finding: found('TOPIC_KEY_OFF', { ...keyFacts, state: value.keyState }), needs: [] };
  }
  const uses = ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => allows(value.policy, requestOf(path, action)));
  if (value.keyState === 'Enabled' && uses.every((use) => use === true)) return { needs: [] };
  const code = uses.includes(false) ? 'TOPIC_KEY_REFUSES_ALARM' : 'TOPIC_KEY_UNCERTAIN';
  return { finding: found(code, keyFacts), needs: [] };
}

/** Whether somebody confirmed a subscription: until then SNS lists other words in the place of its ARN. */
export function isConfirmed({ subscriptionArn }: Subscription): boolean {
  return subscriptionArn.startsWith('arn:');
}
