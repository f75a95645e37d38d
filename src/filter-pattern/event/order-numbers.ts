import { compareDecimals, type Decimal, readDecimal } from '../../conditions/event/decimal.ts';
import type { Interpret } from '../ambiguities/interpret.ts';
import type { OrderOperator } from '../../conditions/event/order.ts';
import { compareDoubles, orderSatisfies } from '../../conditions/event/order.ts';

/** Negative, zero or positive, as the left number is less than, equal to or greater than the right one. */
export function orderNumbers(left: string, right: string, interpret: Interpret): number {
  const exact = Math.sign(compareDecimals(readNumeral(left), readNumeral(right)));
  const rounded = compareDoubles(Number(left), Number(right));
  return exact === rounded || interpret('numberPrecision') === 'exact' ? exact : rounded;
}

export function isInOrder(operator: OrderOperator, left: string, right: string, interpret: Interpret): boolean {
  return orderSatisfies(operator, orderNumbers(left, right, interpret));
}

function readNumeral(spelling: string): Decimal {
  const value = readDecimal(spelling);
  if (value === undefined) throw new Error('a numeral that is not a number', { cause: spelling });
  return value;
}
