/** A string, or a number outside of strings. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;

/**
 * A number of a JSON text that is not the one that programs read, since a double does not hold it: 9007199254740993 is read
 * as 9007199254740992, so that both have one digest. This program never writes such a number.
 *
 * @param json - a text that `JSON.parse` takes
 * @returns the first such number as it is written; `undefined` if there is none
 * @see https://www.rfc-editor.org/rfc/rfc7493#section-2.2
 */
export function inexactNumber(json: string): string | undefined {
  for (const [token] of json.matchAll(TOKENS)) {
    if (!token.startsWith('"') && digitsOf(token) !== digitsOf(String(Number(token)))) return token;
  }
  return undefined;
}

/** The digits of a number from the first to the last that is not zero, and where the first one is. */
function digitsOf(text: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const place = digits.length - fraction.length + Number(exponent);
  const significant = digits.replace(/0+$/, '');
  return significant === '' ? `0${whole === '' ? text : ''}` : `${significant} ${place}`;
}
