import { piecesLanguage } from '../../../conditions/languages/word-language.ts';
import type { Language } from '../../../conditions/languages/language.ts';
import { foldedUnit } from '../../syntax/texts.ts';

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
