import { isTopic, logGroupName, parseArn } from '../../inventory/arn.ts';
import type { Alarm } from '../../inventory/resources.ts';
import { partOf } from '../../inventory/model.ts';
import { newFilter } from './fix-filter.ts';
import { freeName } from '../../report/free-name.ts';
import { baseNames } from './names.ts';
import type { Change, ChangeOf } from './plan.ts';
import type { Reach } from './reach.ts';
import { judgeBeyondAlarm } from './reach.ts';
import type { Fix, PlanFix, Task } from './task.ts';
import { noCommand, changes } from './task.ts';
import type { Metric, TopicCandidate } from './topics.ts';
import { metricOf, findTopicCandidates } from './topics.ts';
import { alarmsKey } from '../../inventory/part-keys.ts';

/**
 * Enables the actions of an alarm again, if all that it does then is to notify, and no other topic is chosen.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html
 */
export const enableActions: PlanFix = (chain, task) => {
  const { alarm, logGroupArn = '' } = chain.path;
  if (alarm === undefined) throw new Error('the actions are disabled on a path without an alarm');
  const isOwn = parseArn(logGroupArn)?.accountId === task.inventory.accountId;
  const { topicArn } = task.choices;
  const notifiesChosen = topicArn === undefined || alarm.alarmActions.includes(topicArn);
  if (!isOwn || !notifiesChosen || !alarm.alarmActions.every(isTopic)) return addAlarm(chain, task);
  return changes({ kind: 'enable-alarm-actions', alarmArn: alarm.alarmArn, alarmName: alarm.alarmName });
};

/**
 * Adds an alarm. PutMetricAlarm overwrites an alarm of the same name, so the new alarm gets a free name. It watches the
 * metric of the filter that fits, or, where an alarm on that metric would not work, the metric of a new filter. It
 * notifies a topic that works already, or a new one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const addAlarm: PlanFix = (chain, task): Fix => {
  const { logGroupArn, filter } = chain.path;
  if (logGroupArn === undefined || filter === undefined)
    throw new Error('an alarm is missing on a path without a filter');
  const { accountId, region } = parseArn(logGroupArn) ?? {};
  if (region === undefined || accountId !== task.inventory.accountId) {
    return noCommand('the log group belongs to another account');
  }
  if (task.planned.has('create-alarm')) return noCommand('one alarm is planned already');
  const allKey = alarmsKey(accountId, region);
  const alarms = partOf<'alarms'>(task.inventory, allKey);
  if (alarms === undefined) return { kind: 'needs', keys: [allKey] };
  if (alarms.kind === 'unreadable') return noCommand('the alarms, whose names are taken, are not known');

  const topics = findTopicCandidates(chain, logGroupArn, task, alarms.value);
  if (topics.kind !== 'topics') return topics;
  const alarmOn = (metric: Metric, topicArn: string) => newAlarm(metric, topicArn, logGroupArn, alarms.value, task);

  const present = metricOf(filter);
  const onPresent = present && tryTopics(topics.candidates, [], (topicArn) => alarmOn(present, topicArn), task);
  if (onPresent && onPresent.kind !== 'silent') return onPresent;
  const added = newFilter(logGroupArn, task);
  if (added.kind !== 'create-metric-filter') return added;
  const onAdded = tryTopics(topics.candidates, [added], (topicArn) => alarmOn(added, topicArn), task);
  return onAdded.kind === 'silent'
    ? noCommand('no alarm that can be added fires soon enough and reaches a topic')
    : onAdded;
};

/** The period of the alarm, unless the delay that is allowed is too short for it. */
const SECONDS_IF_THERE_IS_TIME = 300;
const SECONDS_AT_LEAST = 60;

function newAlarm(
  { namespace, metricName }: Metric,
  topicArn: string,
  logGroupArn: string,
  alarms: readonly Alarm[],
  { control, options }: Task,
): ChangeOf<'create-alarm'> {
  const { partition = 'aws', region = '', accountId = '' } = parseArn(logGroupArn) ?? {};
  const alarmName = freeName(baseNames(control).watch, (name) => alarms.some((alarm) => alarm.alarmName === name));
  return {
    kind: 'create-alarm',
    alarmName,
    alarmArn: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${alarmName}`,
    description:
      `${control.id}: ${control.title}. Watches ${logGroupName(logGroupArn)} for ${control.filterPattern}`.slice(
        0,
        1024,
      ),
    namespace,
    metricName,
    period:
      options.maxAlarmDelayMinutes * 60 < 2 * SECONDS_IF_THERE_IS_TIME ? SECONDS_AT_LEAST : SECONDS_IF_THERE_IS_TIME,
    topicArn,
  };
}

/**
 * Tries each topic under a new alarm: the first under which the chain holds, or else that lacks a subscriber only. A
 * topic that the user chose and that certainly does not work is a question, since an alarm on it would be useless.
 */
function tryTopics(
  candidates: readonly TopicCandidate[],
  before: readonly Change[],
  alarmFor: (topicArn: string) => ChangeOf<'create-alarm'>,
  task: Task,
): Fix | { readonly kind: 'silent' } {
  const tried = candidates.map((one) => {
    const all = [...before, ...one.before, alarmFor(one.topicArn)];
    return { ...one, all, reach: judgeBeyondAlarm(alarmFor(one.topicArn), all, task) };
  });
  const needed = tried.flatMap(({ reach }) => (reach.kind === 'needs' ? reach.keys : []));
  if (needed.length > 0) return { kind: 'needs', keys: needed };
  const isOwn = (topicArn: string) => parseArn(topicArn)?.accountId === task.inventory.accountId;
  const best =
    tried.find(({ reach }) => reach.kind === 'holds') ??
    tried.find(({ reach, topicArn }) => reach.kind === 'breaks' && reach.link === 'subscriber' && isOwn(topicArn));
  const encrypted = tried.find((one) => one.before.some((change) => 'kmsMasterKeyId' in change));
  if (best) return changes(...best.all.map((change) => withReason(change, encrypted?.reach)));
  const chosen = tried.filter(({ isChosen }) => isChosen);
  for (const { reach, topicArn } of chosen) {
    if (reach.kind !== 'breaks' || reach.link === 'alarm') continue;
    const { outcome, sentence } = reach.finding;
    if (outcome === 'undecided') return changes(...before, alarmFor(topicArn));
    return { kind: 'asks', question: `${topicArn} cannot be used: ${sentence}; give the ARN of another topic` };
  }
  return tried.length === 0 ? noCommand('no topic comes into question') : { kind: 'silent' };
}

/** Says of a new topic that is not encrypted why the key of a topic next to it cannot be used. */
function withReason(change: Change, withKey: Reach | undefined): Change {
  if (change.kind !== 'create-topic' || change.kmsMasterKeyId !== undefined) return change;
  return withKey?.kind === 'breaks' ? { ...change, notEncrypted: withKey.finding.sentence } : change;
}
