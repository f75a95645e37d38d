/** The values that something may take: everything between two ends, which are reached or only approached. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowOpen?: boolean;
  readonly highOpen?: boolean;
}

export const anything: Interval = { low: -Infinity, high: Infinity };

export function exactly(value: number): Interval {
  return { low: value, high: value };
}

/** The one value that an interval holds, if it holds one only. */
export function only({ low, high }: Interval): number | undefined {
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

// What follows takes open ends for closed ones: the result may be a little too wide, never too narrow.

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

/** One divided by every value of an interval but 0; `undefined` if it holds nothing else. */
export function inverse({ low, high }: Interval): Interval | undefined {
  if (low === 0 && high === 0) return undefined;
  if (low > 0 || high < 0) return { low: 1 / high, high: 1 / low };
  if (low === 0) return { low: 1 / high, high: Infinity };
  if (high === 0) return { low: -Infinity, high: 1 / low };
  return anything;
}

/** The values of a function that never falls. */
export function rising(of: (value: number) => number, { low, high }: Interval): Interval {
  return { low: of(low), high: of(high) };
}

export function absolute(values: Interval): Interval {
  const { low, high } = values;
  if (low >= 0) return values;
  if (high <= 0) return negated(values);
  return { low: 0, high: Math.max(-low, high) };
}

/** Whether every value, or no value, holds up to a comparison; `undefined` if it depends. */
export function holds(a: Interval, operator: '<' | '<=' | '==', b: Interval): boolean | undefined {
  switch (operator) {
    case '<':
      return a.high < b.low ? true : a.low >= b.high ? false : undefined;
    case '<=':
      return a.high <= b.low ? true : a.low > b.high ? false : undefined;
    case '==': {
      const same = only(a) !== undefined && only(a) === only(b);
      return same ? true : a.high < b.low || b.high < a.low ? false : undefined;
    }
  }
}
