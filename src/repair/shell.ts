/** The characters that no POSIX shell gives a meaning, wherever they stand in a word. */
const PLAIN_WORD = /^[\w@%+:,./-]+$/;

/**
 * A text as one word of a POSIX shell: within single quotes every character stands for itself.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function word(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
