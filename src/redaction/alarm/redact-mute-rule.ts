import type { AlarmMuteRule } from '../../inventory/resources.ts';
import type { Names } from '../names.ts';

/** When an alarm is muted, under other names. Only the times stay. */
export function redactMuteRule({ name, expression, timezone, ...rule }: AlarmMuteRule, names: Names): AlarmMuteRule {
  const isTimes =
    /^(?:cron|at)\((?:[\d*/?,#LW :T-]|\b(?:SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b)*\)$/i;
  const isZone = timezone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(timezone ?? '');
  return {
    ...rule,
    name: names.text(name),
    expression: isTimes.test(expression) ? expression : 'redacted',
    duration: /^P[\dDTHMS]{1,20}$/.test(rule.duration) ? rule.duration : 'redacted',
    ...(timezone === undefined ? {} : { timezone: isZone ? timezone : 'redacted' }),
  };
}
