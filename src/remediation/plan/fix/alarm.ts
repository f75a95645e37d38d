import { logGroupName, parseArn } from '../../../inventory/arn.ts';
import type { Alarm } from '../../../inventory/resources.ts';
import { partOf } from '../../../inventory/model.ts';
import { newFilter } from './filter.ts';
import { freeName } from '../../../report/free-name.ts';
import { baseNames } from '../names.ts';
import type { ChangeOf } from '../plan.ts';
import type { Fix, PlanFix, FixTask } from './task.ts';
import { noCommand } from './task.ts';
import type { Metric } from './topics.ts';
import { metricOf, findTopicCandidates } from './topics.ts';
import { tryTopics } from './try-topics.ts';
import { alarmsKey } from '../../../inventory/part-keys.ts';

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
  { control, options }: FixTask,
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
