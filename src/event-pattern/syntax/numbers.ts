import { compareDecimals, readDecimal } from '../../conditions/event/decimal.ts';

/** The bounds of what `numeric` compares. */
export const GREATEST = '5000000000';
export const LEAST = '-5000000000';

/** So many digits behind the point are compared. */
export const DECIMALS = 6;

/**
 * Whether the number is one that `numeric` certainly compares: "limited to values between -5.0e9 and +5.0e9 inclusive,
 * with 15 digits of precision, or six digits to the right of the decimal point". Later versions of the published engine
 * compare all 64-bit floats. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function isPlainNumber(spelling: string): boolean {
  const [decimal, least, greatest] = [spelling, LEAST, GREATEST].map(readDecimal);
  if (decimal === undefined || least === undefined || greatest === undefined) return false;
  return (
    compareDecimals(decimal, least) >= 0 &&
    compareDecimals(decimal, greatest) <= 0 &&
    BigInt(decimal.digits.length) - decimal.exponent <= DECIMALS
  );
}
