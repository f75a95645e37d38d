import { compareDecimals, readDecimal } from '../../conditions/event/decimal.ts';
import type { EventValue } from '../../conditions/event/event.ts';
import { isPlainNumber } from '../syntax/numbers.ts';
import type { NumericBound } from '../syntax/pattern.ts';
import { doubt, refuse, type Source } from './refusal.ts';

const OPERATORS = ['=', '<', '<=', '>', '>='] as const;

/** The bounds of `numeric`: an operator and a number, or a lower bound and an upper one behind it. */
export function parseNumeric(source: Source, value: EventValue): readonly NumericBound[] {
  if (value.kind !== 'array') return refuse(source, value, 'an array, such as [">", 0, "<=", 5]');
  const [operator, number, upperOperator, upperNumber, more] = value.elements;
  if (operator === undefined || number === undefined) return refuse(source, value, 'an operator and a number');
  const lower = boundOf(source, operator, number);
  if (upperOperator === undefined) return [lower];
  if (!lower.operator.startsWith('>')) refuse(source, upperOperator, '`]`', 'the lower bound comes first');
  if (upperNumber === undefined) return refuse(source, value, 'an operator and a number');
  const upper = boundOf(source, upperOperator, upperNumber);
  if (!upper.operator.startsWith('<')) refuse(source, upperOperator, '`<` or `<=`');
  if (more !== undefined) refuse(source, more, '`]`');
  const order = compareDecimals(decimalOf(lower), decimalOf(upper));
  if (order >= 0) refuse(source, upperNumber, `a number greater than ${lower.spelling}`);
  return [lower, upper];
}

function boundOf(source: Source, operator: EventValue, number: EventValue): NumericBound {
  const known = OPERATORS.find((one) => operator.kind === 'string' && operator.text === one);
  if (known === undefined) return refuse(source, operator, '`=`, `<`, `<=`, `>` or `>=`, as a string');
  if (number.kind !== 'number') return refuse(source, number, 'a number');
  if (!isPlainNumber(number.spelling)) {
    doubt(source, number, 'a number from -5000000000 to 5000000000 with at most 6 decimals');
  }
  return { operator: known, spelling: number.spelling };
}

function decimalOf({ spelling }: NumericBound): NonNullable<ReturnType<typeof readDecimal>> {
  const decimal = readDecimal(spelling);
  if (decimal === undefined) throw new Error('a JSON number that is not a number', { cause: spelling });
  return decimal;
}
