import type { Datapoint } from '../datapoint.ts';
import { certain, either, missing } from '../datapoint.ts';
import type { Interval } from '../interval.ts';
import { holdsZero, hull, increasing, onlyValue, zero } from '../interval.ts';
import type { MathValue } from './metric-math-operators.ts';
import { datapointAt } from './metric-math-operators.ts';
import type { Moment } from '../series.ts';

/** `FILL(value, filler)`: a missing datapoint takes the value of the filler. */
export function fillMissing(value: MathValue, filler: MathValue): MathValue | string {
  if (filler.kind === 'list') return 'FILL of its metric math has a list as its filler';
  if (value.kind === 'list') {
    const items = value.items.map((item) => fillMissing(item, filler));
    const reason = items.find((item) => typeof item === 'string');
    return reason ?? { kind: 'list', items: items.filter((item) => typeof item !== 'string') };
  }
  const series = (moment: Moment): Datapoint => {
    const { values, mayBeMissing } = datapointAt(value, moment);
    const instead = datapointAt(filler, moment);
    if (values === undefined) return instead;
    return mayBeMissing ? either(certain(values), instead) : certain(values);
  };
  return { kind: 'series', series };
}

/**
 * `IF(condition, value, other)`.
 *
 * Where the condition is missing, the datapoint is dropped. Where it is a series and true, a missing `value` is 0. Where
 * it is false, an `other` that is left out is dropped; a missing `other` is 0 next to a series `value`, and is dropped
 * next to a number. For a condition of the form `TS > S` AWS documents both, so both are possible. Where the condition is
 * a number, the chosen series is used as it is.
 *
 * @param isComparisonWithNumber - whether the condition has the form `TS > S`
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#using-IF-expressions
 */
export function conditional(
  condition: MathValue,
  value: MathValue,
  other: MathValue | undefined,
  isComparisonWithNumber: boolean,
): MathValue | string {
  if ([condition, value, other].some((one) => one?.kind === 'list')) {
    return 'IF over a list, in its metric math, is not computed';
  }
  const isFixed = condition.kind === 'scalar';
  const whenTrue = (moment: Moment) => {
    const taken = datapointAt(value, moment);
    return isFixed ? taken : zeroIfMissing(taken);
  };
  const whenFalse = (moment: Moment) => {
    if (other === undefined) return missing;
    const taken = datapointAt(other, moment);
    if (isFixed) return taken;
    if (isComparisonWithNumber) return either(taken, zeroIfMissing(taken));
    return value.kind === 'scalar' ? taken : zeroIfMissing(taken);
  };
  const series = (moment: Moment): Datapoint => {
    const { values, mayBeMissing } = datapointAt(condition, moment);
    const outcomes: Datapoint[] = mayBeMissing ? [missing] : [];
    if (values !== undefined && onlyValue(values) !== 0) outcomes.push(whenTrue(moment));
    if (values !== undefined && holdsZero(values)) outcomes.push(whenFalse(moment));
    return outcomes.reduce(either);
  };
  return { kind: 'series', series };
}

function zeroIfMissing({ values, mayBeMissing }: Datapoint): Datapoint {
  if (!mayBeMissing) return { ...(values ? { values } : {}), mayBeMissing };
  return certain(values ? hull(values, zero) : zero);
}

/**
 * SUM, AVG, MIN or MAX across several series. In a sum and an average a missing value is 0. For MIN and MAX, and where
 * no series has a value, AWS does not say: a missing value is left out, or it is 0.
 */
export function aggregate(name: string, items: readonly MathValue[]): MathValue | string {
  if (items.length === 0) return `${name} of its metric math has no argument`;
  const isSum = name === 'SUM' || name === 'AVG';
  const divisor = name === 'AVG' ? items.length : 1;
  const series = (moment: Moment): Datapoint => {
    const datapoints = items.map((item) => datapointAt(item, moment));
    const mayBeMissing = datapoints.every((one) => one.mayBeMissing);
    if (isSum) {
      const total = datapoints.map(zeroWhereMissing).reduce((a, b) => merge(name, a, b));
      return { values: increasing((value) => value / divisor, total), mayBeMissing };
    }
    const present = datapoints.flatMap(({ values }) => (values ? [values] : []));
    const isCertain = datapoints.every((one) => !one.mayBeMissing);
    const values = isCertain
      ? present.reduce((a, b) => merge(name, a, b))
      : datapoints.map(zeroWhereMissing).reduce(hull);
    return { values, mayBeMissing };
  };
  return { kind: 'series', series };
}

function zeroWhereMissing({ values, mayBeMissing }: Datapoint): Interval {
  if (values === undefined) return zero;
  return mayBeMissing ? hull(values, zero) : values;
}

function merge(name: string, a: Interval, b: Interval): Interval {
  switch (name) {
    case 'MIN':
      return { low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) };
    case 'MAX':
      return { low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) };
    default:
      return { low: a.low + b.low, high: a.high + b.high };
  }
}
