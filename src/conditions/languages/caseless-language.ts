import type { Language } from './language.ts';
import { piecesLanguage } from './word-language.ts';

/** The texts that consist of the pieces, with any text between them, in upper and lower case. */
export function caselessLanguage(pieces: readonly string[]): Language {
  const folded = pieces.map((piece) => piece.split('').map(foldedUnit).join(''));
  const units = new Set(folded.join('').split(''));
  const inner = piecesLanguage(folded);
  /** Only letters of the pieces are folded: all other letters are treated as the same. */
  const fold = (unit: number): number => {
    const lower = foldedUnit(String.fromCharCode(unit));
    return units.has(lower) ? lower.charCodeAt(0) : unit;
  };
  const cases = [...units].flatMap((unit) => [unit, unit.toUpperCase()]).map((unit) => unit.charCodeAt(0));
  return {
    key: `caseless ${inner.key}`,
    suggestions: [...new Set([...pieces, ...inner.suggestions])],
    start: inner.start,
    next: (state, unit) => inner.next(state, fold(unit)),
    accepts: inner.accepts,
    isDead: inner.isDead,
    isFull: inner.isFull,
    cuts: () => [...new Set(cases)].flatMap((unit) => [unit, unit + 1]),
    classOf: (unit) => inner.classOf(fold(unit)),
  };
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
