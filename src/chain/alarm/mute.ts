import type { AlarmMuteRule } from '../../inventory/resources.ts';

/** A mute rule may silence an alarm for so long at a stretch: a night, a day of maintenance. */
const LONGEST_MUTE_HOURS = 24;

/** What mute rules make of an alarm's actions, from a moment on. */
export type Muting =
  | { readonly kind: 'never' }
  /** For so long at a stretch, at most. */
  | { readonly kind: 'at times'; readonly hours: number }
  | { readonly kind: 'for long'; readonly hours: number; readonly rules: string }
  | { readonly kind: 'undecided'; readonly why: string };

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** No mute rule lasts longer. */
const LONGEST_DURATION = 15 * DAY;
/**
 * Within this time every cron expression comes round: one of every month; one of days that not every month has; one that
 * names a month; and one of the 29th of February, also where a century skips it.
 */
const HORIZON = { month: 35 * DAY, longMonth: 65 * DAY, year: 400 * DAY, leapDay: 3000 * DAY };

interface Window {
  readonly from: number;
  readonly to: number;
  readonly rules: readonly string[];
}

/**
 * How long some mute rules together silence an alarm at a stretch, now or later. While a rule is active the alarm
 * changes its state and its actions are not taken; a matching event in that time is heard of only if the alarm is still
 * in ALARM when the rule ends.
 *
 * The hour by which a time zone changes in spring and autumn is left out of account.
 *
 * @param rules - the rules that target the alarm
 * @param readAt - the moment from which on it counts
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html
 */
export function mutingBy(rules: readonly AlarmMuteRule[], readAt: string): Muting {
  const now = Date.parse(readAt);
  const windows: Window[] = [];
  for (const rule of rules) {
    if (rule.expireDate !== undefined && Date.parse(rule.expireDate) <= now) continue;
    const own = windowsOf(rule, now);
    if (own === undefined)
      return { kind: 'undecided', why: `the schedule of mute rule ${rule.name} is not understood` };
    windows.push(...own);
  }
  const stretches = merged(windows).map(({ from, to, rules: names }) => ({ length: to - Math.max(from, now), names }));
  const [longest] = stretches.filter(({ length }) => length > 0).sort((a, b) => b.length - a.length);
  if (longest === undefined) return { kind: 'never' };
  const hours = Math.round((longest.length / HOUR) * 10) / 10;
  if (longest.length <= LONGEST_MUTE_HOURS * HOUR) return { kind: 'at times', hours };
  return { kind: 'for long', hours, rules: [...new Set(longest.names)].sort().join(', ') };
}

/** The windows of a rule that are not over; `undefined` if its schedule is not understood. */
function windowsOf(rule: AlarmMuteRule, now: number): readonly Window[] | undefined {
  const duration = durationOf(rule.duration);
  const offset = offsetOf(rule.timezone ?? 'UTC', now);
  const starts = offset === undefined ? undefined : startsOf(rule.expression, now, offset);
  if (duration === undefined || starts === undefined) return undefined;
  const [begin, end] = [Date.parse(rule.startDate ?? ''), Date.parse(rule.expireDate ?? '')];
  return starts
    .filter((from) => !(from < begin) && !(from >= end) && from + duration > now)
    .map((from) => ({ from, to: from + duration, rules: [rule.name] }));
}

/** An ISO 8601 duration such as `P2DT12H`, in milliseconds. */
function durationOf(text: string): number | undefined {
  const [all, weeks, days, hours, minutes] =
    /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text) ?? [];
  if (all === undefined) return undefined;
  const number = (digits: string | undefined) => Number(digits ?? 0);
  return (number(weeks) * 7 + number(days)) * DAY + number(hours) * HOUR + number(minutes) * MINUTE;
}

/** By how much a time zone is ahead of UTC, in milliseconds. */
function offsetOf(timeZone: string, now: number): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
    const ahead = Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE;
    return sign === '-' ? -ahead : ahead;
  } catch {
    return undefined;
  }
}

/** When a schedule begins to mute, around now: once, or again and again. */
function startsOf(expression: string, now: number, offset: number): readonly number[] | undefined {
  const [, once] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d)(?::\d\d)?\)$/.exec(expression) ?? [];
  if (once !== undefined) {
    const local = Date.parse(`${once}:00Z`);
    return Number.isNaN(local) ? undefined : [local - offset];
  }
  const [, cron] = /^cron\(([^()]+)\)$/.exec(expression) ?? [];
  const fields = cron === undefined ? undefined : cronOf(cron);
  if (fields === undefined) return undefined;
  const first = Math.ceil((now + offset - LONGEST_DURATION) / MINUTE) * MINUTE;
  const starts: number[] = [];
  for (let day = Math.floor(first / DAY) * DAY; day <= now + offset + fields.horizon; day += DAY) {
    if (!fields.day(new Date(day))) continue;
    for (const hour of fields.hours) {
      for (const minute of fields.minutes) starts.push(day + hour * HOUR + minute * MINUTE - offset);
    }
  }
  return starts;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The five fields of a cron expression, with `*`, `-`, `,` and English names.
 *
 * @returns `undefined` if there is anything else, or if days of the month and of the week are both given, of which AWS
 *   does not say whether one or both must fit
 */
function cronOf(text: string) {
  const [minute, hour, day, month, weekday, ...more] = text.trim().split(/\s+/);
  if (weekday === undefined || more.length > 0) return undefined;
  const minutes = numbersOf(minute, 0, 59, []);
  const hours = numbersOf(hour, 0, 23, []);
  const days = numbersOf(day, 1, 31, []);
  const ofYear = numbersOf(month, 1, 12, ['', ...months]);
  const ofWeek = numbersOf(weekday, 0, 7, weekdays);
  if (!minutes || !hours || !days || !ofYear || !ofWeek || (day !== '*' && weekday !== '*')) return undefined;
  return {
    minutes,
    hours,
    horizon: horizonOf(month, day === '*' ? undefined : days, ofYear),
    day: (date: Date) =>
      ofYear.has(date.getUTCMonth() + 1) &&
      days.has(date.getUTCDate()) &&
      [0, 7].some((week) => ofWeek.has(date.getUTCDay() + week)),
  };
}

function horizonOf(month: string | undefined, days: ReadonlySet<number> | undefined, ofYear: ReadonlySet<number>) {
  const isLate = days !== undefined && Math.max(...days) > 28;
  if (month === '*') return isLate ? HORIZON.longMonth : HORIZON.month;
  return isLate && ofYear.size === 1 && ofYear.has(2) ? HORIZON.leapDay : HORIZON.year;
}

/** The numbers that one field of a cron expression stands for. */
function numbersOf(
  field: string | undefined,
  least: number,
  most: number,
  names: readonly string[],
): ReadonlySet<number> | undefined {
  const numbers = new Set<number>();
  const number = (text: string) =>
    names.includes(text.toUpperCase()) ? names.indexOf(text.toUpperCase()) : Number(text);
  for (const item of (field ?? '').split(',')) {
    const [low = '', high = low, ...more] = item === '*' ? [String(least), String(most)] : item.split('-');
    const [from, to] = [number(low), number(high)];
    const valid =
      /^\w+$/.test(low) && /^\w+$/.test(high) && more.length === 0 && from >= least && to <= most && from <= to;
    if (!valid) return undefined;
    for (let value = from; value <= to; value += 1) numbers.add(value);
  }
  return numbers;
}

/**
 * Windows that touch or overlap as one, and so those that hardly pause: in a pause of less than a tenth of the window
 * after it, next to no event falls.
 */
function merged(windows: readonly Window[]): readonly Window[] {
  const result: Window[] = [];
  for (const window of [...windows].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    const pause = (window.to - window.from) / 10;
    if (last === undefined || window.from - last.to >= Math.max(pause, 1)) result.push(window);
    else {
      const to = Math.max(last.to, window.to);
      result.splice(-1, 1, { from: last.from, to, rules: [...last.rules, ...window.rules] });
    }
  }
  return result;
}
