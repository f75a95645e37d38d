import { compareDecimals, type Decimal, readDecimal } from './decimal.ts';
import type { OrderOperator } from './pattern.ts';
import type { Ask } from './trial.ts';

/** Negative, zero or positive, as the left number is less than, equal to or greater than the right one. */
export function orderNumbers(left: string, right: string, ask: Ask): number {
  const exact = Math.sign(compareDecimals(decimal(left), decimal(right)));
  const [leftDouble, rightDouble] = [Number(left), Number(right)];
  const rounded = leftDouble === rightDouble ? 0 : leftDouble < rightDouble ? -1 : 1;
  return exact === rounded || ask('numberPrecision') === 'exact' ? exact : rounded;
}

export function isInOrder(operator: OrderOperator, left: string, right: string, ask: Ask): boolean {
  const order = orderNumbers(left, right, ask);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function decimal(spelling: string): Decimal {
  const value = readDecimal(spelling);
  if (value === undefined) throw new Error('a numeral that is no number', { cause: spelling });
  return value;
}
