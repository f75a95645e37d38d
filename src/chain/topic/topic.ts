import { isTopic, parseArn, resourceName } from '../../inventory/arn.ts';
import type { Failure, Part, PartKey } from '../../inventory/model.ts';
import { partOf } from '../../inventory/model.ts';
import { alarmHistoryKey, subscriptionsKey, topicAttributesKey } from '../../inventory/part-keys.ts';
import type { Subscription, TopicAttributes } from '../../inventory/resources.ts';
import { placeOf } from '../alarm/place.ts';
import { deliversTo, isConfirmed } from '../base/subscription.ts';
import type { AlarmPath, AlarmTopicPath, Context, Finding, LinkResult, TargetPath } from '../base/link.ts';
import { end, mostSevere, step, steps } from '../base/link.ts';
import { takeRoom } from '../base/room.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { judgeEncryption } from './encryption.ts';
import type { LastAction } from './last-action.ts';
import { lastActionOf } from './last-action.ts';
import { publishRequest } from './policy/publish-request.ts';
import { allowsRequest } from './policy/resource-policy.ts';
import type { Publisher } from './publisher.ts';
import { alarmPublisher, rulePublisher } from './publisher.ts';
import type { TopicFacts, topicReasons } from './reasons.ts';
import { topicFinding } from './reasons.ts';

type Code = keyof typeof topicReasons | keyof typeof unreadableReasons;
type Findings = readonly (Finding<Code> | undefined)[];

/**
 * The SNS topics among the alarm's ALARM actions: whether each can be read from here, exists in the alarm's region, and
 * lets the alarm publish. Subscriptions outlive a topic, so its attributes say whether it is there, too.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html
 */
export function judgeTopics(path: AlarmPath, context: Context): LinkResult<AlarmTopicPath, Code> {
  const topics = [...new Set(path.alarm.alarmActions.filter(isTopic))];
  const results = topics.map((topicArn) => judgeTopicOfAlarm({ ...path, topicArn }, context));
  return { steps: results.flatMap((one) => one.steps), needs: results.flatMap((one) => one.needs) };
}

/** The topic of a rule's target. What EventBridge invokes in its place needs none. */
export function judgeTopicOfRule(path: TargetPath, context: Context): LinkResult<TargetPath, Code> {
  const { topicArn } = path;
  if (topicArn === undefined) return steps(step('none: EventBridge invokes the target itself', path));
  const publisher = rulePublisher(path);
  if (!takeRoom(context)) return notJudged(path, topicArn, publisher);
  const { listing, findings, needs } = judgeTopic(topicArn, publisher, context);
  return { steps: [step(resourceName(topicArn), path, mostSevere([...listing, ...findings]))], needs };
}

function judgeTopicOfAlarm(path: AlarmTopicPath, context: Context): LinkResult<AlarmTopicPath, Code> {
  const publisher = alarmPublisher(path);
  if (!takeRoom(context)) return notJudged(path, path.topicArn, publisher);
  const { listing, findings, needs, facts } = judgeTopic(path.topicArn, publisher, context);
  const subject = resourceName(path.topicArn);
  if (context.options.assurance === 'configured') return { steps: [step(subject, path, mostSevere(listing))], needs };
  const historyKey = alarmHistoryKey(placeOf(path));
  const history = partOf<'alarm-history'>(context.inventory, historyKey);
  const weighted =
    history?.kind === 'present'
      ? withEvidence(findings, lastActionOf(path, history.value), facts)
      : // It may say that the last action failed.
        [...findings, history && unreadable(history.failure)];
  return {
    steps: [step(subject, path, mostSevere([...listing, ...weighted]))],
    needs: history === undefined ? [...needs, historyKey] : needs,
  };
}

/** The end of a path to a topic for which there is no room. */
function notJudged(path: AlarmPath | TargetPath, topicArn: string, publisher: Publisher): LinkResult<never, Code> {
  const topic = resourceName(topicArn);
  return steps(end(topic, path, topicFinding('TOPIC_POLICY_UNCERTAIN', { topic, publisher })));
}

/** What is known of a topic, whatever publishes to it. */
interface JudgedTopic {
  readonly facts: TopicFacts;
  /** From the list of its subscriptions, which every assurance needs. */
  readonly listing: Findings;
  /** From its settings, its policy and its key. */
  readonly findings: Findings;
  readonly needs: readonly PartKey[];
}

function judgeTopic(topicArn: string, publisher: Publisher, context: Context): JudgedTopic {
  const { inventory, options } = context;
  const topic = resourceName(topicArn);
  const facts = { topic, publisher };
  const account = parseArn(topicArn)?.accountId ?? 'unknown';
  // Without a role for that account, what is missing is the owner's permission, and not one of the reader.
  const isRefused = account !== inventory.accountId && options.foreignAccountRoleName === undefined;
  const whyUnreadable = (failure: Failure): Finding<Code> =>
    isRefused && failure.service !== 'snapshot'
      ? topicFinding('TOPIC_IN_OTHER_ACCOUNT', { ...facts, account }, { failure })
      : unreadable(failure);

  const subscriptions = partOf<'subscriptions'>(inventory, subscriptionsKey(topicArn));
  const missing: PartKey[] = subscriptions === undefined ? [subscriptionsKey(topicArn)] : [];
  const listing: (Finding<Code> | undefined)[] = [];
  if (subscriptions?.kind === 'present' && subscriptions.value === null)
    listing.push(topicFinding('TOPIC_GONE', facts));
  if (subscriptions?.kind === 'unreadable') listing.push(whyUnreadable(subscriptions.failure));
  if (options.assurance === 'configured') return { facts, listing, findings: [], needs: missing };

  const findings: (Finding<Code> | undefined)[] = [];
  // PutMetricAlarm refuses such an action: https://github.com/cds-snc/notification-terraform/pull/128
  if (parseArn(topicArn)?.region !== parseArn(publisher.arn)?.region) {
    findings.push(topicFinding('TOPIC_IN_OTHER_REGION', facts));
  }
  findings.push(judgeType(topicArn, subscriptions, facts));
  const key = topicAttributesKey(topicArn);
  const attributes = partOf<'topic-attributes'>(inventory, key);
  if (attributes === undefined) missing.push(key);
  else if (attributes.kind === 'unreadable') findings.push(whyUnreadable(attributes.failure));
  else if (attributes.value === null) findings.push(topicFinding('TOPIC_GONE', facts));
  else if (!takeRoom(context, stepsOf(attributes.value))) findings.push(topicFinding('TOPIC_POLICY_UNCERTAIN', facts));
  else {
    const encryption = judgeEncryption(attributes.value, topicArn, publisher, facts, inventory);
    missing.push(...encryption.needs);
    findings.push(judgePolicy(attributes.value, topicArn, publisher, facts), encryption.finding);
  }
  return { facts, listing, findings, needs: missing };
}

/** In characters of policies. */
const PER_STEP = 1000;
/** The policy of a key may have so many characters. */
const KEY_POLICY_LENGTH = 32_768;

function stepsOf({ policy, kmsMasterKeyId }: TopicAttributes): number {
  return Math.floor((policy.length + (kmsMasterKeyId === undefined ? 0 : KEY_POLICY_LENGTH)) / PER_STEP);
}

/** The doubts that a successful action of the same alarm on the same topic settles. */
const settledByDelivery: ReadonlySet<Code> = new Set([
  'TOPIC_POLICY_UNCERTAIN',
  'TOPIC_KEY_UNCERTAIN',
  'TOPIC_IN_OTHER_ACCOUNT',
  'UNREADABLE',
]);

/** The findings with what the last action shows: a success settles doubts about policy and key, and never a refusal. */
function withEvidence(findings: Findings, action: LastAction, facts: TopicFacts): Findings {
  if (action === 'delivered') return findings.filter((finding) => finding && !settledByDelivery.has(finding.code));
  if (action === 'none') return findings;
  return [...findings, topicFinding('TOPIC_ACTION_FAILED', { ...facts, failed: action.failed })];
}

/**
 * Whether a topic of this type delivers to any of its subscriptions. A FIFO topic takes messages of alarms, which send a
 * message group id.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html#US_SetupSNS
 */
function judgeType(
  topicArn: string,
  subscriptions: Part<readonly Subscription[] | null> | undefined,
  facts: TopicFacts,
): Finding<Code> | undefined {
  const listed = subscriptions?.kind === 'present' ? (subscriptions.value ?? []) : [];
  const confirmed = listed.filter(isConfirmed);
  const reachesNobody = confirmed.length > 0 && !confirmed.some(({ protocol }) => deliversTo(topicArn, protocol));
  return reachesNobody ? topicFinding('TOPIC_TYPE_UNFIT', facts) : undefined;
}

function judgePolicy(
  { policy }: TopicAttributes,
  topicArn: string,
  publisher: Publisher,
  facts: TopicFacts,
): Finding<Code> | undefined {
  const allowed = allowsRequest(policy, publishRequest(publisher, topicArn));
  if (allowed === true) return undefined;
  if (allowed === 'undecided') return topicFinding('TOPIC_POLICY_UNCERTAIN', facts);
  return topicFinding(publisher.service === 'CloudWatch' ? 'TOPIC_REFUSES_ALARM' : 'TOPIC_REFUSES_RULE', facts);
}
