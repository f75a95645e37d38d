import type { Interval } from './interval.ts';
import { around, exactly, hull } from './interval.ts';
import type { Statistic } from './statistic.ts';

/** What goes into a metric in one period. */
export interface Samples {
  /** Matching events in the period, each publishing `value`. */
  readonly events: number;
  readonly value: number;
  /** What else may be published in the period, each value any number of times: defaults, and what other filters publish. */
  readonly background: readonly number[];
  /** Whether it is certain that at least one of those is among the samples. */
  readonly backgroundCertain: boolean;
}

/** One datapoint, as far as it is known: no values means that it is missing. */
export interface Datapoint {
  readonly values?: Interval;
  readonly mayBeMissing: boolean;
}

export const missing: Datapoint = { mayBeMissing: true };

export function certain(values: Interval): Datapoint {
  return { values, mayBeMissing: false };
}

/** Either of two datapoints. */
export function either(a: Datapoint, b: Datapoint): Datapoint {
  const values = a.values && b.values ? hull(a.values, b.values) : (a.values ?? b.values);
  return { ...(values ? { values } : {}), mayBeMissing: a.mayBeMissing || b.mayBeMissing };
}

/**
 * The datapoint that a statistic makes of the samples of one period.
 *
 * How many background samples a period holds is not known: they come with traffic. A percentile of samples that differ
 * lies somewhere between them, since CloudWatch does not document how it interpolates.
 *
 * @returns `undefined` if AWS does not say what the statistic makes of a value
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function datapointOf(statistic: Statistic, samples: Samples): Datapoint | undefined {
  if (samples.events === 0 && samples.background.length === 0) return missing;
  const own = samples.events === 0 ? undefined : statistic.sample(samples.value);
  const others = [...new Set(samples.background.map((value) => statistic.sample(value)))];
  if (own === 'open' || others.includes('open')) return undefined;
  const background = others.filter((value) => typeof value === 'number');
  const left: Samples = {
    events: own === undefined ? 0 : samples.events,
    value: own ?? 0,
    background,
    backgroundCertain: samples.backgroundCertain && !others.includes(undefined),
  };
  const none = noneLeft(statistic, samples);
  if (left.events === 0 && background.length === 0) return none;
  const values = statistic.trims === 'none' ? valuesOf(statistic, left) : trimmed(statistic, left);
  const some: Datapoint = { values, mayBeMissing: statistic.trims === 'share' };
  return left.events > 0 || left.backgroundCertain ? some : either(some, none);
}

/** Without a sample there is no datapoint; where samples were left out, a count or sum of those left may be 0 as well. */
function noneLeft({ base, extended }: Statistic, { events, backgroundCertain }: Samples): Datapoint {
  const leftOut = events > 0 || backgroundCertain;
  const counts = base === 'SampleCount' || base === 'Sum';
  return extended && leftOut && counts ? { values: exactly(0), mayBeMissing: true } : missing;
}

/** What a statistic that leaves out, or levels, a share of the samples may come to. */
function trimmed({ base }: Statistic, samples: Samples): Interval {
  const all = extremes(samples);
  if (base === 'Average') return all;
  if (base === 'SampleCount') return { low: 0, high: samples.background.length > 0 ? Infinity : samples.events };
  const most = samples.background.length > 0 ? Infinity : samples.events;
  return { low: all.low < 0 ? -Infinity : 0, high: all.high > 0 ? all.high * most : 0 };
}

function extremes({ events, value, background }: Samples): Interval {
  const [first, ...rest] = events > 0 ? [value, ...background] : background;
  if (first === undefined) throw new Error('a statistic was asked of no samples');
  return around([first, ...rest]);
}

/** The values of a plain statistic over the samples, of which there is at least one. */
function valuesOf({ base }: Statistic, samples: Samples): Interval {
  const { events, value, background } = samples;
  const all = extremes(samples);
  // With no event there is a datapoint only if there is at least one background sample.
  const withBackground = samples.backgroundCertain || events === 0;
  const [least, most] = [Math.min(...background), Math.max(...background)];
  switch (base) {
    case 'Sum': {
      if (background.length === 0) return exactly(events * value);
      const low = least < 0 ? -Infinity : withBackground ? least : 0;
      const high = most > 0 ? Infinity : withBackground ? most : 0;
      return { low: events * value + low, high: events * value + high };
    }
    case 'SampleCount': {
      const low = events + (background.length > 0 && withBackground ? 1 : 0);
      return { low, high: background.length > 0 ? Infinity : events };
    }
    case 'Minimum':
      return {
        low: all.low,
        high: withBackground && background.length > 0 ? Math.min(high(events, value), most) : value,
      };
    case 'Maximum':
      return {
        low: withBackground && background.length > 0 ? Math.max(low(events, value), least) : value,
        high: all.high,
      };
    case 'Average':
      return average(samples, withBackground);
    case 'percentile':
      return all;
  }
}

/** The events' value as a bound from above, or no bound if there are none. */
const high = (events: number, value: number) => (events > 0 ? value : Infinity);
const low = (events: number, value: number) => (events > 0 ? value : -Infinity);

/**
 * The more background samples there are, the nearer the average comes to them, and it never gets there; one alone
 * leaves it nearest to the events' value.
 */
function average(samples: Samples, withBackground: boolean): Interval {
  const { events, value, background } = samples;
  if (events === 0) return extremes(samples);
  if (background.length === 0) return exactly(value);
  const [least, most] = [Math.min(...background), Math.max(...background)];
  const beside = (other: number) => (withBackground ? (events * value + other) / (events + 1) : value);
  const lower = least < value ? { low: least, lowOpen: true } : { low: beside(least) };
  const upper = most > value ? { high: most, highOpen: true } : { high: beside(most) };
  return { ...lower, ...upper };
}

/** What a datapoint may be to an alarm. */
export interface Outcomes {
  readonly breaching: boolean;
  readonly within: boolean;
  readonly missing: boolean;
}

const operators = {
  GreaterThanOrEqualToThreshold: { above: true, atThreshold: true },
  GreaterThanThreshold: { above: true, atThreshold: false },
  LessThanOrEqualToThreshold: { above: false, atThreshold: true },
  LessThanThreshold: { above: false, atThreshold: false },
} as const;
export type ComparisonOperator = keyof typeof operators;

export function isComparisonOperator(name: string | undefined): name is ComparisonOperator {
  return name !== undefined && Object.hasOwn(operators, name);
}

/**
 * Holds a datapoint against a threshold.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function outcomesOf(
  { values, mayBeMissing }: Datapoint,
  operator: ComparisonOperator,
  threshold: number,
): Outcomes {
  if (values === undefined) return { breaching: false, within: false, missing: true };
  const { above, atThreshold } = operators[operator];
  const breaches = (value: number, open: boolean) => {
    if (value === threshold) return open ? undefined : atThreshold;
    return value > threshold === above;
  };
  // An open end is not reached: what counts is the side of the threshold on which the values next to it lie.
  const atLow = breaches(values.low, values.lowOpen ?? false) ?? above;
  const atHigh = breaches(values.high, values.highOpen ?? false) ?? !above;
  return { breaching: atLow || atHigh, within: !atLow || !atHigh, missing: mayBeMissing };
}
