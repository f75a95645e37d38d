import { compareDecimals, type Decimal, readDecimal } from '../../conditions/event/decimal.ts';
import type { OrderOperator } from '../syntax/pattern.ts';
import type { Interpret } from '../ambiguities/interpret.ts';

/** Negative, zero or positive, as the left number is less than, equal to or greater than the right one. */
export function orderNumbers(left: string, right: string, interpret: Interpret): number {
  const exact = Math.sign(compareDecimals(readNumeral(left), readNumeral(right)));
  const rounded = compareDoubles(Number(left), Number(right));
  return exact === rounded || interpret('numberPrecision') === 'exact' ? exact : rounded;
}

export function isInOrder(operator: OrderOperator, left: string, right: string, interpret: Interpret): boolean {
  return orderSatisfies(operator, orderNumbers(left, right, interpret));
}

/** Negative, zero or positive, as for exact numbers. */
export function compareDoubles(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Whether a comparison that came out negative, zero or positive is what the operator asks for. */
export function orderSatisfies(operator: '=' | OrderOperator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0;
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

function readNumeral(spelling: string): Decimal {
  const value = readDecimal(spelling);
  if (value === undefined) throw new Error('a numeral that is no number', { cause: spelling });
  return value;
}
