import type { RouteName } from '../../../chain/base/link.ts';
import { isTopic, parseArn } from '../../../inventory/arn.ts';
import { addAlarm } from './alarm.ts';
import { addEventRule } from './event-rule.ts';
import { addLogAlarm } from './log-alarm.ts';
import type { PlanFix } from './task.ts';
import { changes } from './task.ts';

/** What notifies the topic on each route. */
const adders: Readonly<Record<RouteName, PlanFix>> = {
  'metric-filter': addAlarm,
  eventbridge: addEventRule,
  'log-alarm': addLogAlarm,
};

/** Adds what notifies a topic on the route of the chain: an alarm, a rule, or a log alarm. */
export const addNotifier: PlanFix = (chain, task) => adders[chain.route](chain, task);

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
  if (!isOwn || !notifiesChosen || !alarm.alarmActions.every(isTopic)) return addNotifier(chain, task);
  return changes({ kind: 'enable-alarm-actions', alarmArn: alarm.alarmArn, alarmName: alarm.alarmName });
};
