import type { AlarmMuteRule } from '../../../inventory/resources.ts';
import type { Cron } from './cron.ts';
import { parseCron } from './cron.ts';

/** A time in which a rule mutes, in milliseconds since 1970. */
export interface MuteWindow {
  readonly from: number;
  readonly to: number;
  readonly rules: readonly string[];
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** No mute rule lasts longer. */
const LONGEST_DURATION = 15 * DAY;

/**
 * The times in which a rule mutes, from a moment on. Whether a rule that takes effect within a window of its schedule mutes
 * for the rest of it AWS does not document, so both are meanings. The hour by which a time zone changes in spring and autumn is
 * ignored.
 *
 * @param now - in milliseconds since 1970
 * @param moments - the times around which a schedule that recurs is looked at: now, and when rules begin to apply later
 * @returns the windows under each possible meaning of the schedule; none if it is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html
 */
export function windowsOf(
  rule: AlarmMuteRule,
  now: number,
  moments: readonly number[] = [now],
): readonly (readonly MuteWindow[])[] {
  const duration = parseDuration(rule.duration);
  const offset = offsetOf(rule.timezone ?? 'UTC', now);
  if (duration === undefined || offset === undefined) return [];
  const [begin, end] = [Date.parse(rule.startDate ?? ''), Date.parse(rule.expireDate ?? '')];
  return startsOf(rule.expression, moments, offset).flatMap((starts) => {
    // A rule that has expired is no longer active.
    const windows = starts
      .map((from) => ({ from, to: Number.isNaN(end) ? from + duration : Math.min(from + duration, end) }))
      .filter(({ from, to }) => from < to && to > now)
      .map((window) => ({ ...window, rules: [rule.name] }));
    const whole = windows.filter(({ from }) => !(from < begin));
    const alreadyBegun = windows.filter(({ from, to }) => from < begin && to > begin);
    if (alreadyBegun.length === 0) return [whole];
    return [whole, [...alreadyBegun.map((window) => ({ ...window, from: begin })), ...whole]];
  });
}

/** An ISO 8601 duration such as `P2DT12H`, in milliseconds. */
function parseDuration(text: string): number | undefined {
  const [all, weeks, days, hours, minutes] =
    /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) ?? [];
  if (all === undefined) return undefined;
  const number = (digits: string | undefined) => Number(digits ?? 0);
  const duration = (number(weeks) * 7 + number(days)) * DAY + number(hours) * HOUR + number(minutes) * MINUTE;
  return duration > LONGEST_DURATION ? undefined : duration;
}

/** How far a time zone is ahead of UTC, in milliseconds. */
function offsetOf(timeZone: string, now: number): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    const ahead = Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE;
    return sign === '-' ? -ahead : ahead;
  } catch {
    return undefined;
  }
}

/** When a schedule begins to mute, around some moments: once, or again and again. */
function startsOf(expression: string, moments: readonly number[], offset: number): readonly (readonly number[])[] {
  const [, once] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d)(?::\d\d)?\)$/.exec(expression) ?? [];
  if (once !== undefined) {
    const local = Date.parse(`${once}:00Z`);
    return Number.isNaN(local) ? [] : [[local - offset]];
  }
  const [, cron = ''] = /^cron\(([^()]+)\)$/.exec(expression) ?? [];
  return parseCron(cron).map((meaning) => [
    ...new Set(moments.flatMap((moment) => startsOfCron(meaning, moment, offset))),
  ]);
}

function startsOfCron({ hours, minutes, isDay, horizon }: Cron, around: number, offset: number): readonly number[] {
  const starts: number[] = [];
  const first = Math.floor((around + offset - LONGEST_DURATION) / DAY) * DAY;
  for (let day = first; day <= around + offset + horizon; day += DAY) {
    if (!isDay(new Date(day))) continue;
    for (const hour of hours) for (const minute of minutes) starts.push(day + hour * HOUR + minute * MINUTE - offset);
  }
  return starts;
}
