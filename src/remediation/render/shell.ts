/** The characters that no POSIX shell gives a meaning, wherever they stand in a word. */
const PLAIN_WORD = /^[\w@%+:,./-]+$/;

/** What would steer a terminal on which the script is read, or turn the direction of what is read there. */
const MARK = /([^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}])/u;

/**
 * A text as one word of a POSIX shell: within single quotes every character stands for itself, and what is not to be on a
 * terminal is made by `printf` from its bytes.
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
