/** The characters that have no special meaning for a POSIX shell anywhere in a word. */
const PLAIN_WORD = /^[\w@%+:,./-]+$/;

/** What would steer a terminal on which the script is read, or turn the direction of what is read there. */
const MARK = /([^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}])/u;

/**
 * Writes a text as one word of a POSIX shell. Within single quotes every character is literal; `printf` writes control
 * characters from their bytes.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function word(text: string): string {
  if (PLAIN_WORD.test(text)) return text;
  const pieces = text.split(MARK).map((piece, index) => (index % 2 === 1 ? byPrintf(piece) : quoted(piece)));
  return pieces.join('') || "''";
}

function quoted(piece: string): string {
  return piece === '' ? '' : `'${piece.replaceAll("'", `'\\''`)}'`;
}

function byPrintf(mark: string): string {
  const bytes = [...new TextEncoder().encode(mark)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`);
  return `"$(printf '${bytes.join('')}')"`;
}

/**
 * A value as a literal of a JMESPath query.
 *
 * @see https://jmespath.org/specification.html#literal-expressions
 */
export function literal(value: string | number | undefined | readonly string[]): string {
  return `\`${JSON.stringify(value ?? null).replaceAll('`', '\\`')}\``;
}
