import type { Alarm } from '../../inventory/resources.ts';
import { isTooLongSilent } from './silence.ts';
import type { Finding } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';
import { alarmReasons } from './reasons.ts';

const alarmFinding = findingsOf(alarmReasons);

type StateFinding = Finding<'ALARM_ALREADY_IN_ALARM' | 'ALARM_NOT_EVALUATED' | 'ALARM_UNCERTAIN'>;

/**
 * What the present state of an alarm says about the next event. An alarm acts when it goes into ALARM, so one that has
 * been there for long is silent. An alarm that CloudWatch does not evaluate does not act either.
 *
 * An inventory that was saved before these fields were read holds no state, so nothing is said about it.
 *
 * @param readAt - when the state was read (ISO 8601)
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html#alarm-evaluation-state
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
 */
export function stateFindings(alarm: Alarm, readAt: string): readonly StateFinding[] {
  return [...evaluationFindings(alarm, readAt), ...inAlarmFindings(alarm, readAt)];
}

function evaluationFindings(alarm: Alarm, readAt: string): readonly StateFinding[] {
  const { alarmName, evaluationState } = alarm;
  const notEvaluated = (why: string) => [alarmFinding('ALARM_NOT_EVALUATED', { alarm: alarmName, why })];
  const uncertain = (why: string) => [alarmFinding('ALARM_UNCERTAIN', { alarm: alarmName, why })];
  switch (evaluationState) {
    case undefined:
      return mayWarmUp(alarm, readAt) ? uncertain('its warm-up period may not be over') : [];
    case 'IN_WARM_UP':
      return notEvaluated('it is in its warm-up period');
    case 'EVALUATION_ERROR':
      return notEvaluated('its evaluation state is EVALUATION_ERROR, so its settings have an error');
    case 'EVALUATION_FAILURE':
      return uncertain('its evaluation state is EVALUATION_FAILURE, a temporary problem of CloudWatch');
    default:
      return uncertain(`its evaluation state is ${evaluationState}`);
  }
}

/** A warm-up period begins when the alarm is created, which is at the latest when its settings were last changed. */
function mayWarmUp(alarm: Alarm, readAt: string): boolean {
  const { stateValue, warmUpConfiguration, alarmConfigurationUpdatedTimestamp: changedAt } = alarm;
  if (warmUpConfiguration === undefined) return false;
  if (stateValue !== undefined && stateValue !== 'INSUFFICIENT_DATA') return false;
  const { warmUpPeriodDurationInMinutes: minutes } = warmUpConfiguration;
  if (minutes === undefined || changedAt === undefined) return true;
  return Date.parse(changedAt) + minutes * 60_000 > Date.parse(readAt);
}

function inAlarmFindings(alarm: Alarm, readAt: string): readonly StateFinding[] {
  const { alarmName, stateValue, stateTransitionedTimestamp: since } = alarm;
  const uncertain = (why: string) => [alarmFinding('ALARM_UNCERTAIN', { alarm: alarmName, why })];
  switch (stateValue) {
    case undefined:
    case 'OK':
    case 'INSUFFICIENT_DATA':
      return [];
    case 'ALARM':
      if (since === undefined) return uncertain('it is in ALARM, and since when is not known');
      return isInAlarmForLong(alarm, readAt)
        ? [alarmFinding('ALARM_ALREADY_IN_ALARM', { alarm: alarmName, since })]
        : [];
    default:
      return uncertain(`its state is ${stateValue}`);
  }
}

/** Whether an alarm has been in ALARM for longer than it may be silent. */
export function isInAlarmForLong({ stateValue, stateTransitionedTimestamp: since }: Alarm, readAt: string): boolean {
  if (stateValue !== 'ALARM' || since === undefined) return false;
  return isTooLongSilent((Date.parse(readAt) - Date.parse(since)) / 1000);
}
