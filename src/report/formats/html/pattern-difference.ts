/** A piece of a filter pattern, and whether the other pattern lacks it. */
export interface PatternPiece {
  readonly text: string;
  readonly differs: boolean;
}

/** The most pieces of one pattern that are compared; a longer pattern is shown without marks. */
const MAX_PIECES = 400;

/**
 * Compares two filter patterns piece by piece for showing them next to each other. Quotation marks around a value,
 * blanks, and parentheses around a whole pattern are not differences for a reader, so they are never marked.
 *
 * This compares text. Whether the patterns mean the same is decided elsewhere.
 *
 * @returns the pieces of both patterns, in order; joined, they are the patterns
 */
export function patternDifference(
  required: string,
  found: string,
): { readonly required: readonly PatternPiece[]; readonly found: readonly PatternPiece[] } {
  const [left, right] = [piecesOf(required), piecesOf(found)];
  if (left.length > MAX_PIECES || right.length > MAX_PIECES) {
    return { required: [{ text: required, differs: false }], found: [{ text: found, differs: false }] };
  }
  const common = longestCommonPieces(left.map(essenceOf), right.map(essenceOf));
  return { required: marked(left, common.left), found: marked(right, common.right) };
}

function marked(pieces: readonly string[], common: ReadonlySet<number>): readonly PatternPiece[] {
  return pieces.map((text, at) => ({ text, differs: essenceOf(text) !== '' && !common.has(at) }));
}

/** Values in quotes, regular expressions, selectors, operators, punctuation and blanks, each a piece. */
function piecesOf(pattern: string): readonly string[] {
  return (
    pattern.match(/"(?:[^"\\]|\\.)*"|%[^%]*%|&&|\|\||[<>!]?=|[<>]|\s+|[(){}[\],]|[^\s(){}[\],"%<>!=&|]+|./gsu) ?? []
  );
}

/** What counts of a piece: nothing of blanks and brackets, and a value without its quotation marks. */
function essenceOf(piece: string): string {
  if (/^(\s+|[(){}])$/u.test(piece)) return '';
  return /^"(.*)"$/su.exec(piece)?.[1] ?? piece;
}

/** The places of a longest common subsequence, by dynamic programming: as many steps as the lengths multiplied. */
function longestCommonPieces(
  left: readonly string[],
  right: readonly string[],
): { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> } {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const common = { left: new Set<number>(), right: new Set<number>() };
  for (let row = 0, column = 0; row < left.length && column < right.length;) {
    if (left[row] === right[column]) {
      common.left.add(row);
      common.right.add(column);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return common;
}
