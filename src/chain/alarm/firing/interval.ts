import type { Trivalent } from '../../../filter-pattern/index.ts';

/** The values that something may take: everything between two ends. An open end is approached but not reached. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowOpen?: boolean;
  readonly highOpen?: boolean;
}

export const anyValue: Interval = { low: -Infinity, high: Infinity };

export const zero: Interval = { low: 0, high: 0 };

export function exactly(value: number): Interval {
  return { low: value, high: value };
}

/** The value of an interval that holds exactly one. */
export function onlyValue({ low, high }: Interval): number | undefined {
  return low === high ? low : undefined;
}

/** The least interval around both. */
export function hull(a: Interval, b: Interval): Interval {
  const lower = a.low < b.low || (a.low === b.low && !a.lowOpen) ? a : b;
  const higher = a.high > b.high || (a.high === b.high && !a.highOpen) ? a : b;
  return {
    low: lower.low,
    high: higher.high,
    ...(lower.lowOpen ? { lowOpen: true } : {}),
    ...(higher.highOpen ? { highOpen: true } : {}),
  };
}

/** The least interval around some values. */
export function around(values: readonly [number, ...number[]]): Interval {
  return { low: Math.min(...values), high: Math.max(...values) };
}

// The functions below treat open ends as closed ones: a result may be a little too wide, but never too narrow.

export function plus(a: Interval, b: Interval): Interval {
  return { low: a.low + b.low, high: a.high + b.high };
}

export function negated({ low, high }: Interval): Interval {
  return { low: -high, high: -low };
}

export function times(a: Interval, b: Interval): Interval {
  const product = (x: number, y: number) => (x === 0 || y === 0 ? 0 : x * y);
  return around([product(a.low, b.low), product(a.low, b.high), product(a.high, b.low), product(a.high, b.high)]);
}

/** One divided by every value of an interval except 0; `undefined` if the interval holds only 0. */
export function inverse({ low, high }: Interval): Interval | undefined {
  if (low === 0 && high === 0) return undefined;
  if (low > 0 || high < 0) return { low: 1 / high, high: 1 / low };
  if (low === 0) return { low: 1 / high, high: Infinity };
  if (high === 0) return { low: -Infinity, high: 1 / low };
  return anyValue;
}

/** The values of a function that never decreases. */
export function increasing(compute: (value: number) => number, { low, high }: Interval): Interval {
  return { low: compute(low), high: compute(high) };
}

export function absolute(values: Interval): Interval {
  const { low, high } = values;
  if (low >= 0) return values;
  if (high <= 0) return negated(values);
  return { low: 0, high: Math.max(-low, high) };
}

export function holdsZero({ low, high }: Interval): boolean {
  return low <= 0 && high >= 0;
}

/** Whether every pair of values of two intervals, or no pair, satisfies a comparison. */
export function compareIntervals(a: Interval, operator: '<' | '<=' | '==', b: Interval): Trivalent {
  switch (operator) {
    case '<':
      return a.high < b.low ? true : a.low >= b.high ? false : 'undecided';
    case '<=':
      return a.high <= b.low ? true : a.low > b.high ? false : 'undecided';
    case '==': {
      const same = onlyValue(a) !== undefined && onlyValue(a) === onlyValue(b);
      return same ? true : a.high < b.low || b.high < a.low ? false : 'undecided';
    }
  }
}
