import type { Trivalent } from '../../../../filter-pattern/index.ts';
import { not } from '../../../base/trivalent.ts';
import type { Datapoint } from '../datapoint.ts';
import { certain, either, missing } from '../datapoint.ts';
import type { Interval } from '../interval.ts';
import {
  anyValue,
  compareIntervals,
  exactly,
  holdsZero,
  inverse,
  negated,
  onlyValue,
  plus,
  times,
  zero,
} from '../interval.ts';
import type { BinaryOperator } from './metric-math.ts';
import type { Moment, Series } from '../series.ts';

/** What an expression means: a number, a time series, or several of either. */
export type MathValue =
  | { readonly kind: 'scalar'; readonly value: Interval }
  | { readonly kind: 'series'; readonly series: Series }
  | { readonly kind: 'list'; readonly items: readonly MathValue[] };

/** The values of an operation; `undefined` if AWS drops the datapoint, as it does after a division by zero. */
type Operation = (a: Interval, b: Interval) => Interval | undefined;

/**
 * Applies one operator of metric math to numbers, series and lists.
 *
 * @returns the value, or why it is not computed
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-arithmetic
 */
export function operate(operator: BinaryOperator, left: MathValue, right: MathValue): MathValue | string {
  if (left.kind === 'list' || right.kind === 'list') return operateOnLists(operator, left, right);
  const operation = operations[operator];
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    const value = operation(left.value, right.value);
    return value ? { kind: 'scalar', value } : 'its metric math divides by zero';
  }
  const series = (moment: Moment): Datapoint =>
    combine(operation, datapointAt(left, moment), datapointAt(right, moment), left.kind === right.kind);
  return { kind: 'series', series };
}

function operateOnLists(operator: BinaryOperator, left: MathValue, right: MathValue): MathValue | string {
  if (left.kind === 'list' && right.kind === 'list') return 'its metric math computes with two lists';
  const items = left.kind === 'list' ? left.items : right.kind === 'list' ? right.items : [];
  const results = items.map((item) =>
    left.kind === 'list' ? operate(operator, item, right) : operate(operator, left, item),
  );
  const reason = results.find((one) => typeof one === 'string');
  return reason ?? { kind: 'list', items: results.filter((one) => typeof one !== 'string') };
}

/**
 * The datapoint of a value at a moment. A number is present at every moment.
 *
 * @throws Error if the value is a list
 */
export function datapointAt(value: MathValue, moment: Moment): Datapoint {
  if (value.kind === 'list') throw new Error('a list has no single datapoint');
  return value.kind === 'scalar' ? certain(value.value) : value.series(moment);
}

/**
 * The datapoint of an operation on two. "Missing values in a time series are treated as 0", so a value that is missing
 * next to another one is 0. Where no series has a value, AWS does not say whether there is a datapoint: both are possible.
 */
function combine(operation: Operation, a: Datapoint, b: Datapoint, areBothSeries: boolean): Datapoint {
  const outcomes: Datapoint[] = [];
  const add = (x: Interval, y: Interval) => {
    const values = operation(x, y);
    // A divisor that may be zero may drop the datapoint.
    const mayBeDropped = (values === undefined || operation(x, zero) === undefined) && holdsZero(y);
    outcomes.push(values ? { values, mayBeMissing: mayBeDropped } : missing);
  };
  if (a.values && b.values) add(a.values, b.values);
  if (a.mayBeMissing && b.values) add(zero, b.values);
  if (b.mayBeMissing && a.values) add(a.values, zero);
  if (a.mayBeMissing && b.mayBeMissing) add(zero, zero);
  // A number is never missing, so next to a number only the series counts.
  const hasNoValue = areBothSeries ? a.mayBeMissing && b.mayBeMissing : a.mayBeMissing || b.mayBeMissing;
  if (hasNoValue) outcomes.push(missing);
  return outcomes.reduce(either);
}

const comparison =
  (compare: (a: Interval, b: Interval) => Trivalent): Operation =>
  (a, b) =>
    truthValue(compare(a, b));

function truthValue(truth: Trivalent): Interval {
  return truth === 'undecided' ? { low: 0, high: 1 } : exactly(truth ? 1 : 0);
}

/** Every value except 0 is true. */
function isTrue(values: Interval): Trivalent {
  if (onlyValue(values) === 0) return false;
  return holdsZero(values) ? 'undecided' : true;
}

const operations: Readonly<Record<BinaryOperator, Operation>> = {
  '+': plus,
  '-': (a, b) => plus(a, negated(b)),
  '*': times,
  '/': (a, b) => {
    const by = inverse(b);
    return by && times(a, by);
  },
  '^': (a, b) => {
    const [base, exponent] = [onlyValue(a), onlyValue(b)];
    const power = base === undefined || exponent === undefined ? NaN : base ** exponent;
    return Number.isFinite(power) ? exactly(power) : anyValue;
  },
  '<': comparison((a, b) => compareIntervals(a, '<', b)),
  '<=': comparison((a, b) => compareIntervals(a, '<=', b)),
  '>': comparison((a, b) => compareIntervals(b, '<', a)),
  '>=': comparison((a, b) => compareIntervals(b, '<=', a)),
  '==': comparison((a, b) => compareIntervals(a, '==', b)),
  '!=': comparison((a, b) => not(compareIntervals(a, '==', b))),
  AND: comparison((a, b) => both(isTrue(a), isTrue(b))),
  OR: comparison((a, b) => not(both(not(isTrue(a)), not(isTrue(b))))),
};

function both(a: Trivalent, b: Trivalent): Trivalent {
  if (a === false || b === false) return false;
  return a === 'undecided' ? a : b;
}
