import { queryFor } from '../../../chain/log-alarm/query-for.ts';
import { logGroupName, parseArn } from '../../../inventory/arn.ts';
import { partOf } from '../../../inventory/model.ts';
import { alarmsKey, logTransformersKey } from '../../../inventory/part-keys.ts';
import { freeName } from '../../../report/free-name.ts';
import { baseNames, shorten } from '../names.ts';
import type { ChangeOf } from '../plan.ts';
import type { Fix, PlanFix } from './task.ts';
import { noCommand } from './task.ts';
import { findTopicCandidates } from './topics.ts';
import { tryTopics } from './try-topics.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const MOST_NAME_CHARACTERS = 64;

/**
 * Adds a log alarm on the log group of the trail. PutLogAlarm overwrites an alarm of the same name, so the new one gets a
 * free name. It notifies a topic that works already, or a new one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutLogAlarm.html
 */
export const addLogAlarm: PlanFix = (chain, task): Fix => {
  const { control, inventory } = task;
  const { logGroupArn } = chain.path;
  if (logGroupArn === undefined) throw new Error('a log alarm is missing on a path without a log group');
  const { partition = 'aws', region = '', accountId = '' } = parseArn(logGroupArn) ?? {};
  if (accountId !== inventory.accountId) return noCommand('the log group belongs to another account');
  if (task.planned.has('create-log-alarm')) return noCommand('one log alarm is planned already');
  const queryString = queryFor(control);
  if (queryString === undefined) return noCommand('the required pattern cannot be written as a query');
  const key = alarmsKey(accountId, region);
  const alarms = partOf<'alarms'>(inventory, key);
  if (alarms === undefined) return { kind: 'needs', keys: [key] };
  if (alarms.kind === 'unreadable') return noCommand('the alarms, whose names are taken, are not known');
  // An account without a log alarm was not asked for this, and the judge asks of the one that is added.
  const transformers = logTransformersKey(logGroupArn);
  const known = partOf<'log-transformers'>(inventory, transformers);
  if (known === undefined) return { kind: 'needs', keys: [transformers] };
  if (known.kind === 'unreadable') return noCommand('whether the log group transforms its events is not known');
  const alarmName = freeName(`${baseNames(control).watch}-log`, (name) =>
    alarms.value.some((alarm) => alarm.alarmName === name),
  );
  const topics = findTopicCandidates(chain, logGroupArn, task, alarms.value);
  if (topics.kind !== 'topics') return topics;
  const alarmOn = (topicArn: string): ChangeOf<'create-log-alarm'> => ({
    kind: 'create-log-alarm',
    alarmName,
    alarmArn: `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${alarmName}`,
    description:
      `${control.id}: ${control.title}. Counts ${control.filterPattern} in ${logGroupName(logGroupArn)}`.slice(0, 1024),
    logGroupArn,
    queryString,
    roleName: shorten(`LogAlarm-${region}-${alarmName}`, MOST_NAME_CHARACTERS),
    topicArn,
  });
  const fix = tryTopics(topics.candidates, [], alarmOn, task);
  return fix.kind === 'silent' ? noCommand('no log alarm that can be added reaches a topic') : fix;
};
