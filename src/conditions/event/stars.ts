/**
 * How the asterisks of a word are read. `literal`: only one at either end is a wildcard. `leftmost`: the pieces between
 * them are searched once, from the left.
 */
export type StarInterpretation = 'glob' | 'literal' | 'leftmost';

/**
 * Whether text satisfies a word with asterisks, as a whole. Upper and lower case differ.
 * "You can use the asterisk (*) as a wildcard to match text before or after a string":
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function matchesWord(word: string, text: string, interpretation: StarInterpretation): boolean {
  return matchesPieces(piecesOf(word, interpretation), text, interpretation);
}

/** The same for the pieces between the asterisks: one piece means that there is none. */
export function matchesPieces(
  pieces: readonly string[],
  text: string,
  interpretation: StarInterpretation = 'glob',
): boolean {
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = text.indexOf(piece, position);
    if (at === -1) return false;
    position = at + piece.length;
  }
  // The last piece has to end the text. The leftmost search does not look further when its first hit does not.
  const end = text.length - last.length;
  if (end < position) return false;
  return interpretation === 'leftmost' && last !== '' ? text.indexOf(last, position) === end : text.endsWith(last);
}

/** True when the interpretations of `innerStar` differ about some text: an asterisk inside the word, or before a last piece. */
export function isStarOpen(word: string): boolean {
  return word.slice(1, -1).includes('*') || (word.length > 1 && word.startsWith('*') && !word.endsWith('*'));
}

/** The texts between the wildcards. One piece means that there is no wildcard. */
export function piecesOf(word: string, interpretation: StarInterpretation): readonly string[] {
  if (interpretation !== 'literal') return word.split('*');
  const opens = word.startsWith('*');
  const closes = word.length > 1 && word.endsWith('*');
  const inner = word.slice(opens ? 1 : 0, closes ? -1 : undefined);
  return [...(opens ? [''] : []), inner, ...(closes ? [''] : [])];
}
