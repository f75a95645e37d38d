/** The values that one datapoint may take, depending on how much traffic there is: an interval, its ends open or not. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowOpen?: boolean;
  readonly highOpen?: boolean;
}

/** What goes into a metric in one period, and how it is summed up. */
export interface Samples {
  /** Matching events in the period, each publishing `value`. */
  readonly events: number;
  readonly value: number;
  /** What the filter publishes for log events that do not match; none if absent. */
  readonly defaultValue?: number;
  /** Whether it is certain that at least one default is among the samples. */
  readonly defaultsCertain: boolean;
}

/** The statistics of which AWS says enough to compute them. */
export type Statistic = 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'SampleCount' | 'percentile';

/**
 * The values that a statistic may have over one period: the events' values, and any number of defaults.
 *
 * How many defaults a period holds is not known: they come with traffic. A percentile of samples that differ lies
 * somewhere between them, since CloudWatch does not document how it interpolates.
 *
 * @returns `undefined` if there is no sample at all
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function valuesOf(statistic: Statistic, samples: Samples): Interval | undefined {
  const { events, value, defaultValue, defaultsCertain } = samples;
  if (defaultValue === undefined) return events === 0 ? undefined : withoutDefaults(statistic, events, value);
  if (events === 0) return onlyDefaults(statistic, defaultValue);
  const alone = withoutDefaults(statistic, events, value);
  const among = amongDefaults(statistic, events, value, defaultValue);
  return defaultsCertain ? among : hull(alone, among);
}

function withoutDefaults(statistic: Statistic, events: number, value: number): Interval {
  if (statistic === 'Sum') return exactly(events * value);
  return exactly(statistic === 'SampleCount' ? events : value);
}

/** At least one default and nothing else: a period with traffic in which nothing matches. */
function onlyDefaults(statistic: Statistic, defaultValue: number): Interval {
  switch (statistic) {
    case 'Sum':
      return multiples(defaultValue);
    case 'SampleCount':
      return { low: 1, high: Infinity };
    case 'Average':
    case 'Minimum':
    case 'Maximum':
    case 'percentile':
      return exactly(defaultValue);
  }
}

/** Some events, and at least one default. */
function amongDefaults(statistic: Statistic, events: number, value: number, defaultValue: number): Interval {
  switch (statistic) {
    case 'Sum': {
      const { low, high } = multiples(defaultValue);
      return { low: events * value + low, high: events * value + high };
    }
    case 'SampleCount':
      return { low: events + 1, high: Infinity };
    case 'Average': {
      // One default pulls the average furthest from the default; the more there are, the nearer it comes to it.
      const furthest = (events * value + defaultValue) / (events + 1);
      if (value === defaultValue) return exactly(value);
      return value > defaultValue
        ? { low: defaultValue, lowOpen: true, high: furthest }
        : { low: furthest, high: defaultValue, highOpen: true };
    }
    case 'Minimum':
      return exactly(Math.min(value, defaultValue));
    case 'Maximum':
      return exactly(Math.max(value, defaultValue));
    case 'percentile':
      return { low: Math.min(value, defaultValue), high: Math.max(value, defaultValue) };
  }
}

/** One, two, or any number of times a value. */
function multiples(value: number): Interval {
  if (value === 0) return exactly(0);
  return value > 0 ? { low: value, high: Infinity } : { low: -Infinity, high: value };
}

function exactly(value: number): Interval {
  return { low: value, high: value };
}

function hull(a: Interval, b: Interval): Interval {
  const lower = a.low < b.low || (a.low === b.low && !a.lowOpen) ? a : b;
  const higher = a.high > b.high || (a.high === b.high && !a.highOpen) ? a : b;
  return {
    low: lower.low,
    high: higher.high,
    ...(lower.lowOpen ? { lowOpen: true } : {}),
    ...(higher.highOpen ? { highOpen: true } : {}),
  };
}

/** Whether a datapoint breaches the threshold: whatever its value, whatever its value not, or depending on it. */
export type Breach = 'always' | 'never' | 'depends';

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
 * Holds an interval of values against a threshold.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function breach(values: Interval, operator: ComparisonOperator, threshold: number): Breach {
  const { above, atThreshold } = operators[operator];
  const breaches = (value: number, open: boolean) => {
    if (value === threshold) return open ? undefined : atThreshold;
    return value > threshold === above;
  };
  // An open end is not reached: what counts is the side of the threshold on which the values next to it lie.
  const low = breaches(values.low, values.lowOpen ?? false) ?? above;
  const high = breaches(values.high, values.highOpen ?? false) ?? !above;
  if (low && high) return 'always';
  return low || high ? 'depends' : 'never';
}
