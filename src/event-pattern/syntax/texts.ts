import type { TextMatch } from './pattern.ts';

/** A text cut at its wildcards: one piece means that there is none. */
export interface Pieces {
  readonly pieces: readonly string[];
  readonly ignoreCase: boolean;
}

/** What every kind of text match comes down to. */
export function piecesOfMatch(match: TextMatch): Pieces {
  switch (match.kind) {
    case 'prefix':
      return { pieces: [match.text, ''], ignoreCase: match.ignoreCase };
    case 'suffix':
      return { pieces: ['', match.text], ignoreCase: match.ignoreCase };
    case 'equals':
      return { pieces: [match.text], ignoreCase: true };
    case 'wildcard':
      return { pieces: wildcardPieces(match.text), ignoreCase: false };
  }
}

function wildcardPieces(text: string): readonly string[] {
  const pieces = [''];
  for (let index = 0; index < text.length; index += 1) {
    if (text.charAt(index) === '*') {
      pieces.push('');
      continue;
    }
    if (text.charAt(index) === '\\') index += 1;
    pieces.push((pieces.pop() ?? '') + text.charAt(index));
  }
  return pieces;
}

/**
 * The text with one case for each letter, as Event Ruler folds it: character by character, to the lower and the upper case
 * of the root locale. Only for texts whose letters are well-behaved; see {@link hasPlainCase}.
 * https://github.com/aws/event-ruler/blob/main/src/main/software/amazon/event/ruler/input/EqualsIgnoreCaseParser.java
 */
export function foldedUnit(unit: string): string {
  return hasPlainCase(unit) ? unit.toLowerCase() : unit;
}

/** Whether each letter has one lower and one upper case of one unit, each the other of the other: not so ß, ſ or the Kelvin sign. */
export function hasPlainCase(text: string): boolean {
  return text.split('').every((unit) => {
    const [lower, upper] = [unit.toLowerCase(), unit.toUpperCase()];
    return (
      lower === upper ||
      (lower.length === 1 && upper.length === 1 && lower.toUpperCase() === upper && upper.toLowerCase() === lower)
    );
  });
}
