import { compareDecimals, type Decimal, readDecimal } from './decimal.ts';
import type { OrderOperator } from '../syntax/pattern.ts';
import type { Ask } from '../match/match-tree.ts';

/** Negative, zero or positive, as the left number is less than, equal to or greater than the right one. */
export function orderNumbers(left: string, right: string, ask: Ask): number {
  const exact = Math.sign(compareDecimals(decimal(left), decimal(right)));
  const rounded = compareDoubles(Number(left), Number(right));
  return exact === rounded || ask('numberPrecision') === 'exact' ? exact : rounded;
}

export function isInOrder(operator: OrderOperator, left: string, right: string, ask: Ask): boolean {
  return satisfies(operator, orderNumbers(left, right, ask));
}

/** Negative, zero or positive, as for exact numbers. */
export function compareDoubles(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Whether a comparison that came out negative, zero or positive is what the operator asks for. */
export function satisfies(operator: '=' | OrderOperator, order: number): boolean {
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

function decimal(spelling: string): Decimal {
  const value = readDecimal(spelling);
  if (value === undefined) throw new Error('a numeral that is no number', { cause: spelling });
  return value;
}
