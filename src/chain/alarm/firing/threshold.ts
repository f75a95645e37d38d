import type { Datapoint } from './datapoint.ts';
import type { Moment } from './series.ts';

/** What a datapoint may be to an alarm: several may be possible at once. */
export interface Outcomes {
  readonly breaching: boolean;
  readonly within: boolean;
  readonly missing: boolean;
}

/** What the datapoint of each kind of period is to an alarm. */
export type OutcomesAt = (moment: Moment) => Outcomes;

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
 * Compares a datapoint with the threshold of an alarm.
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
  // An open end is not reached, so the values next to it decide: they lie on the inner side of the end.
  const atLow = breaches(values.low, values.lowOpen ?? false) ?? above;
  const atHigh = breaches(values.high, values.highOpen ?? false) ?? !above;
  return { breaching: atLow || atHigh, within: !atLow || !atHigh, missing: mayBeMissing };
}

export function certainlyBreaches({ breaching, within, missing }: Outcomes): boolean {
  return breaching && !within && !missing;
}

export function isCertainlyMissing({ breaching, within, missing }: Outcomes): boolean {
  return missing && !breaching && !within;
}
