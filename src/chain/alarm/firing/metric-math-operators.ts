import type { Datapoint } from './datapoint.ts';
import { certain, either, missing } from './datapoint.ts';
import type { Interval } from './interval.ts';
import { exactly, holds, inverse, negated, only, plus, times } from './interval.ts';
import type { BinaryOperator } from './metric-math.ts';
import type { Moment, Series } from './series.ts';

/** What an expression stands for: a number, a time series, or several of either. */
export type MathValue =
  | { readonly kind: 'scalar'; readonly value: Interval }
  | { readonly kind: 'series'; readonly series: Series }
  | { readonly kind: 'list'; readonly items: readonly MathValue[] };

/** The values of an operation; none if the datapoint is dropped, as AWS does with a division by zero. */
type Operation = (a: Interval, b: Interval) => Interval | undefined;

/**
 * One operator of metric math, applied to numbers, series and lists.
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
    applied(operation, pointOf(left, moment), pointOf(right, moment), left.kind === right.kind);
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

function pointOf(value: Exclude<MathValue, { readonly kind: 'list' }>, moment: Moment): Datapoint {
  return value.kind === 'scalar' ? certain(value.value) : value.series(moment);
}

/**
 * A datapoint of two. A value that is missing beside another series' is 0. Beside a number alone it is 0 by the same
 * words, or there is no datapoint: AWS does not say, so both are reckoned with.
 */
function applied(operation: Operation, a: Datapoint, b: Datapoint, bothSeries: boolean): Datapoint {
  const zero = exactly(0);
  const outcomes: Datapoint[] = [];
  const add = (x: Interval, y: Interval) => {
    const values = operation(x, y);
    // A divisor that may be zero may drop the datapoint.
    const dropped = values === undefined || operation(x, zero) === undefined ? mayBeZero(y) : false;
    outcomes.push(values ? { values, mayBeMissing: dropped } : missing);
  };
  if (a.values && b.values) add(a.values, b.values);
  if (a.mayBeMissing && b.values) add(zero, b.values);
  if (b.mayBeMissing && a.values) add(a.values, zero);
  if (bothSeries ? a.mayBeMissing && b.mayBeMissing : a.mayBeMissing || b.mayBeMissing) outcomes.push(missing);
  return outcomes.reduce(either);
}

function mayBeZero({ low, high }: Interval): boolean {
  return low <= 0 && high >= 0;
}

const comparison =
  (holdsOf: (a: Interval, b: Interval) => boolean | undefined): Operation =>
  (a, b) =>
    truth(holdsOf(a, b));

function truth(holding: boolean | undefined): Interval {
  return holding === undefined ? { low: 0, high: 1 } : exactly(holding ? 1 : 0);
}

/** Anything but 0 is true. */
function isTrue(values: Interval): boolean | undefined {
  if (only(values) === 0) return false;
  return mayBeZero(values) ? undefined : true;
}

const negation = (holding: boolean | undefined) => (holding === undefined ? undefined : !holding);

const operations: Readonly<Record<BinaryOperator, Operation>> = {
  '+': plus,
  '-': (a, b) => plus(a, negated(b)),
  '*': times,
  '/': (a, b) => {
    const by = inverse(b);
    return by && times(a, by);
  },
  '^': (a, b) => {
    const [base, exponent] = [only(a), only(b)];
    const power = base === undefined || exponent === undefined ? NaN : base ** exponent;
    return Number.isFinite(power) ? exactly(power) : { low: -Infinity, high: Infinity };
  },
  '<': comparison((a, b) => holds(a, '<', b)),
  '<=': comparison((a, b) => holds(a, '<=', b)),
  '>': comparison((a, b) => holds(b, '<', a)),
  '>=': comparison((a, b) => holds(b, '<=', a)),
  '==': comparison((a, b) => holds(a, '==', b)),
  '!=': comparison((a, b) => negation(holds(a, '==', b))),
  AND: comparison((a, b) => {
    const [x, y] = [isTrue(a), isTrue(b)];
    return x === false || y === false ? false : x && y;
  }),
  OR: comparison((a, b) => {
    const [x, y] = [isTrue(a), isTrue(b)];
    return x === true || y === true ? true : x === false && y === false ? false : undefined;
  }),
};
