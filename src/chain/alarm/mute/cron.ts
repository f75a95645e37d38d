/** When a cron expression begins to mute: on which days, and at which times of such a day. */
export interface Cron {
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly isDay: (date: Date) => boolean;
  /** Within this time, in milliseconds, the expression certainly matches, if it ever does. */
  readonly horizon: number;
}

const DAY = 86_400_000;

/**
 * Within these times every expression matches: one of every month; one of days that not every month has; one that names
 * a month or the fifth Sunday; and one of the 29th of February, also where a century skips it.
 */
const HORIZON = { month: 35 * DAY, longMonth: 65 * DAY, year: 400 * DAY, leapDay: 3000 * DAY };

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

type DayTest = (date: Date) => boolean;

/**
 * Reads the five fields of a cron expression: minute, hour, day of the month, month, day of the week.
 *
 * Where AWS does not document what an expression means, each meaning is given: if days of the month and of the week are
 * both restricted, one of them or both must match.
 *
 * @returns the possible meanings; none if the expression is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 */
export function parseCron(text: string): readonly Cron[] {
  const [minute = '', hour = '', day = '', month = '', weekday, ...more] = text.trim().split(/\s+/);
  if (weekday === undefined || more.length > 0) return [];
  const minutes = numbersIn(minute, { least: 0, most: 59 });
  const hours = numbersIn(hour, { least: 0, most: 23 });
  const ofYear = numbersIn(month, { least: 1, most: 12, names: months });
  const daysOfMonth = parseDaysOfMonth(day);
  const daysOfWeek = parseDaysOfWeek(weekday);
  if (!minutes || !hours || !ofYear || !daysOfMonth) return [];

  const isMonth: DayTest = (date) => ofYear.has(date.getUTCMonth() + 1);
  const times = { minutes: [...minutes], hours: [...hours] };
  const [anyDay, anyWeekday] = [isAny(day), isAny(weekday)];
  return daysOfWeek.flatMap((ofWeek): readonly Cron[] => {
    const isBoth: DayTest = (date) => isMonth(date) && daysOfMonth.test(date) && ofWeek.test(date);
    const isEither: DayTest = (date) => isMonth(date) && (daysOfMonth.test(date) || ofWeek.test(date));
    const horizon = horizonOf(isAny(month), daysOfMonth.latest, ofYear, ofWeek.isRare);
    if (anyDay || anyWeekday) return [{ ...times, isDay: isBoth, horizon }];
    return [
      { ...times, isDay: isBoth, horizon: HORIZON.leapDay },
      { ...times, isDay: isEither, horizon },
    ];
  });
}

function isAny(field: string): boolean {
  return field === '*' || field === '?';
}

function horizonOf(anyMonth: boolean, latestDay: number, ofYear: ReadonlySet<number>, isRare: boolean) {
  const isLate = latestDay > 28;
  if (isLate && ofYear.size === 1 && ofYear.has(2)) return HORIZON.leapDay;
  if (!anyMonth || isRare) return HORIZON.year;
  return isLate ? HORIZON.longMonth : HORIZON.month;
}

/** Days of the month: `*`, `?`, `1,15`, `1-7`, `1/2`, and `L` for the last day. */
function parseDaysOfMonth(field: string): { readonly test: DayTest; readonly latest: number } | undefined {
  if (isAny(field)) return { test: () => true, latest: 0 };
  const items = field.split(',');
  const numeric = items.filter((item) => item.toUpperCase() !== 'L');
  const days = numeric.length === 0 ? new Set<number>() : numbersIn(numeric.join(','), { least: 1, most: 31 });
  if (days === undefined) return undefined;
  const hasLast = numeric.length < items.length;
  return {
    test: (date) => days.has(date.getUTCDate()) || (hasLast && isInLastDays(date, 1)),
    latest: Math.max(0, ...days),
  };
}

interface DaysOfWeek {
  readonly test: DayTest;
  /** Whether not every week, or not every month, has such a day. */
  readonly isRare: boolean;
}

/**
 * Days of the week: `*`, `?`, `SUN`, `MON-FRI`, `0,6`, `SUN#4` for the fourth Sunday of the month, `FRIL` for the last
 * Friday. AWS allows `L` and `-` without saying what `FRI-L` means: the last Friday, or the days from Friday to the end
 * of the week, which is Saturday or Sunday.
 *
 * @returns the possible meanings; none if the field is not understood
 */
function parseDaysOfWeek(field: string): readonly DaysOfWeek[] {
  if (isAny(field)) return [{ test: () => true, isRare: false }];
  let meanings: readonly DaysOfWeek[] = [{ test: () => false, isRare: false }];
  for (const item of field.split(',')) {
    const ofItem = parseWeekdayItem(item.toUpperCase());
    meanings = meanings.flatMap((one) =>
      ofItem.map((other) => ({
        test: (date: Date) => one.test(date) || other.test(date),
        isRare: one.isRare || other.isRare,
      })),
    );
  }
  return meanings;
}

function parseWeekdayItem(item: string): readonly DaysOfWeek[] {
  const [, nthName, nth] = /^(\w+)#([1-5])$/.exec(item) ?? [];
  if (nthName !== undefined) {
    const day = weekdayOf(nthName);
    const position = Number(nth);
    const test: DayTest = (date) => date.getUTCDay() === day && Math.ceil(date.getUTCDate() / 7) === position;
    return day === undefined ? [] : [{ test, isRare: true }];
  }
  const [, lastName, dash] = /^([A-Z]{3}|[0-7])(-?)L$/.exec(item) ?? [];
  if (lastName !== undefined) {
    const day = weekdayOf(lastName);
    if (day === undefined) return [];
    const last: DaysOfWeek = { test: (date) => date.getUTCDay() === day && isInLastDays(date, 7), isRare: true };
    return dash === '' ? [last] : [last, daysFrom(day, 6), daysFrom(day, 7)];
  }
  // A range may end with Sunday, which is 0 or 7.
  const numbers = numbersIn(item.replace(/-(SUN|0)$/, '-7'), { least: 0, most: 7, names: weekdays });
  if (numbers === undefined || item.includes('/')) return [];
  return [{ test: (date) => [0, 7].some((week) => numbers.has(date.getUTCDay() + week)), isRare: false }];
}

function daysFrom(first: number, last: number): DaysOfWeek {
  const isInside = (day: number) => day >= first && day <= last;
  return { test: (date) => isInside(date.getUTCDay()) || isInside(date.getUTCDay() + 7), isRare: false };
}

function weekdayOf(name: string): number | undefined {
  const day = weekdays.includes(name) ? weekdays.indexOf(name) : /^[0-7]$/.test(name) ? Number(name) : undefined;
  return day === 7 ? 0 : day;
}

/** Whether a day is one of the last days of its month. */
function isInLastDays(date: Date, days: number): boolean {
  return new Date(date.getTime() + days * DAY).getUTCMonth() !== date.getUTCMonth();
}

interface Field {
  readonly least: number;
  readonly most: number;
  /** What the least number and those after it are also called. */
  readonly names?: readonly string[];
}

/** The numbers that a field means: `*`, `5`, `1-7`, `JAN`, `0/30`, `10-40/10`, and lists of these. */
function numbersIn(field: string, { least, most, names = [] }: Field): ReadonlySet<number> | undefined {
  const numbers = new Set<number>();
  const numberOf = (text: string) => {
    const name = names.indexOf(text.toUpperCase());
    if (name >= 0) return least + name;
    return /^\d+$/.test(text) ? Number(text) : NaN;
  };
  for (const item of field.split(',')) {
    const [, low, high, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
    if (low === undefined || (low === '*' && high !== undefined)) return undefined;
    const by = step === undefined ? 1 : Number(step);
    const from = low === '*' ? least : numberOf(low);
    const to = high !== undefined ? numberOf(high) : low === '*' || step !== undefined ? most : from;
    const isValid = from >= least && to <= most && from <= to && by >= 1;
    if (!isValid) return undefined;
    for (let value = from; value <= to; value += by) numbers.add(value);
  }
  return numbers;
}
