import type { AlarmMuteRule } from '../../inventory/resources.ts';
import type { Names } from '../names.ts';
import { redactMembers, redactTime } from '../redact-members.ts';

const TIMES =
  /^(?:cron|at)\((?:[\d*/?,#LW :T-]|\b(?:SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b)*\)$/i;

/** When an alarm is muted, under other names. Only the times stay. */
export function redactMuteRule(rule: AlarmMuteRule, names: Names): AlarmMuteRule {
  const isZone = (zone: string) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone);
  return redactMembers(rule, {
    name: names.text,
    expression: (expression) => (TIMES.test(expression) ? expression : 'redacted'),
    duration: (duration) => (/^P[\dDTHMS]{1,20}$/.test(duration) ? duration : 'redacted'),
    timezone: (timezone) => (isZone(timezone) ? timezone : 'redacted'),
    startDate: redactTime,
    expireDate: redactTime,
  });
}
