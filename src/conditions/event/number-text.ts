/**
 * How a number becomes text. `source`: the spelling in the event. `plain`: written out without an exponent. `double`: as a
 * JVM prints a number with a point or an exponent.
 */
export type SpellingInterpretation = 'source' | 'plain' | 'double';

/**
 * The text that a quoted value or one with asterisks is compared with, for a number as JSON spells it. Quoted text is
 * compared with the number's own spelling, by what the live service answered in 2019 for 123, 12.34 and 12.0:
 * https://github.com/cfchou/metric_filter_parser/tree/b8a3eb1e503691682c1dfcd00bb0e298f60e1c02/e2e
 */
export function numberText(spelling: string, interpretation: SpellingInterpretation): string {
  switch (interpretation) {
    case 'source':
      return spelling;
    case 'plain':
      return plainText(spelling);
    case 'double':
      return doubleText(spelling);
  }
}

/** True when the interpretations of `numberSpelling` differ about this number. */
export function isSpellingOpen(spelling: string): boolean {
  return plainText(spelling) !== spelling || doubleText(spelling) !== spelling;
}

/**
 * A longer run of zeros than any pattern can tell from a longer one, since a pattern has at most 1,024 characters. So
 * `1e999999999` is never written out.
 */
const MAX_ZEROS = 2048;

/** Written out without exponent; digits behind the point stay. */
function plainText(spelling: string): string {
  const [, minus = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(spelling) ?? [];
  const digits = whole + fraction;
  const shift = Math.max(-MAX_ZEROS - digits.length, Math.min(MAX_ZEROS, Number(exponent)));
  const point = whole.length + shift;
  const padded = digits.padEnd(point, '0').padStart(digits.length - Math.min(point - 1, 0), '0');
  const places = Math.max(0, padded.length - Math.max(point, 1));
  const before = padded.slice(0, padded.length - places).replace(/^0+(?=\d)/, '');
  const sign = /[1-9]/.test(digits) ? minus : '';
  return `${sign}${before}${places > 0 ? `.${padded.slice(padded.length - places)}` : ''}`;
}

/**
 * As a JVM prints it: whole numbers digit by digit, others as a 64-bit float, with an exponent below 0.001 and from ten
 * million on. https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/Double.html#toString(double)
 */
function doubleText(spelling: string): string {
  if (!/[.eE]/.test(spelling)) return spelling === '-0' ? '0' : spelling;
  const value = Number(spelling);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}Infinity`;
  if (size === 0) return `${sign}0.0`;
  const [mantissa = '', power = ''] = size.toExponential().split('e');
  if (size < 1e-3 || size >= 1e7)
    return `${sign}${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(power)}`;
  return `${sign}${Number.isInteger(size) ? `${size}.0` : size}`;
}
