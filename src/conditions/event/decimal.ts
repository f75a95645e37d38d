/**
 * An exact decimal: sign × 0.digits × 10^exponent. `digits` begins and ends with a digit that is not 0; zero has none.
 * Nothing is ever written out, so that `1e999999999` costs no more than `1`.
 */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: bigint;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** The value of a number as JSON or a pattern spells it, leading zeros and a plus included; undefined for other text. */
export function readDecimal(spelling: string): Decimal | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(spelling) ?? [];
  const digits = whole + fraction;
  if (digits === '') return undefined;
  const significant = digits.replace(/^0+/, '');
  if (significant === '') return { sign: 0, digits: '', exponent: 0n };
  const leadingZeros = digits.length - significant.length;
  return {
    sign: sign === '-' ? -1 : 1,
    digits: withoutTrailingZeros(significant),
    exponent: BigInt(exponent) + BigInt(whole.length - leadingZeros),
  };
}

/** Negative, zero or positive, as `left` is less than, equal to or greater than `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  if (left.sign !== right.sign || left.sign === 0) return left.sign - right.sign;
  return left.sign * compareMagnitudes(left, right);
}

function compareMagnitudes(left: Decimal, right: Decimal): number {
  if (left.exponent !== right.exponent) return left.exponent < right.exponent ? -1 : 1;
  if (left.digits === right.digits) return 0;
  return left.digits < right.digits ? -1 : 1;
}

/** A loop, because a regular expression for it takes quadratic time on a long run of inner zeros. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits.charAt(end - 1) === '0') end -= 1;
  return digits.slice(0, end);
}
