import { isTopic, parseArn } from '../../inventory/arn.ts';
import { partOf } from '../../inventory/model.ts';
import { muteRulesKey } from '../../inventory/part-keys.ts';
import type { Alarm } from '../../inventory/resources.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import type { AlarmPath, Context, Finding, LinkResult } from '../base/link.ts';
import { findingsOf, mostSevere, step, steps } from '../base/link.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { mutingBy } from './mute/mute.ts';
import { placeOf } from './place.ts';
import { alarmReasons } from './reasons.ts';

const alarmFinding = findingsOf(alarmReasons);

export type AlarmCode = keyof typeof alarmReasons | keyof typeof unreadableReasons;

/**
 * Whether an alarm has an action that reaches an SNS topic when it goes into ALARM.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
export function actionFindings(alarm: Alarm, { options }: Context): readonly (Finding<AlarmCode> | undefined)[] {
  const { alarmName, alarmActions, actionsEnabled } = alarm;
  if (alarmActions.length === 0) return [alarmFinding('ALARM_WITHOUT_ACTION', { alarm: alarmName })];
  const withoutTopic = alarmActions.some(isTopic)
    ? undefined
    : alarmFinding('ALARM_WITHOUT_SNS_ACTION', { alarm: alarmName, actions: servicesOf(alarmActions) });
  if (options.assurance === 'configured' || actionsEnabled === true) return [withoutTopic];
  const notEnabled =
    actionsEnabled === false
      ? alarmFinding('ALARM_ACTIONS_DISABLED', { alarm: alarmName })
      : alarmFinding('ALARM_UNCERTAIN', { alarm: alarmName, why: 'whether its actions are enabled is not known' });
  return [withoutTopic, notEnabled];
}

/** The services that an alarm's actions use: `lambda, ssm`. */
function servicesOf(actions: readonly string[]): string {
  return [...new Set(actions.map((action) => parseArn(action)?.service ?? action))].sort(byCodeUnit).join(', ');
}

/**
 * The step over an alarm that acts. Its mute rules are read only if the alarm would notify without them.
 *
 * A rule that mutes at times is mentioned, but breaks nothing: whoever made it knows when nobody is notified.
 */
export function stepOver<C extends string>(
  subject: string,
  path: AlarmPath,
  findings: readonly (Finding<C> | undefined)[],
  { options, inventory }: Context,
): LinkResult<AlarmPath, C | AlarmCode> {
  const finding: Finding<C | AlarmCode> | undefined = mostSevere(findings);
  if (options.assurance === 'configured' || finding?.outcome === 'broken') return steps(step(subject, path, finding));
  const { alarmName: alarm } = path.alarm;
  const key = muteRulesKey(placeOf(path));
  const rules = partOf<'mute-rules'>(inventory, key);
  if (rules === undefined) return { steps: [step(subject, path, finding)], needs: [key] };
  const stepWith = (muted: Finding<AlarmCode>) =>
    steps(step(subject, path, mostSevere<C | AlarmCode>([finding, muted])));
  if (rules.kind === 'unreadable') return stepWith(unreadable(rules.failure));
  const muting = mutingBy(rules.value, inventory.readAt);
  switch (muting.kind) {
    case 'never':
      return steps(step(subject, path, finding));
    case 'at-times':
      return steps(step(`${subject} (muted at times, for up to ${muting.hours} hours)`, path, finding));
    case 'for-long':
      return stepWith(alarmFinding('ALARM_MUTED', { alarm, rule: muting.rules, hours: muting.hours }));
    case 'undecided':
      return stepWith(alarmFinding('ALARM_UNCERTAIN', { alarm, why: muting.why }));
  }
}
