import { piecesOf, type StarInterpretation } from '../event/stars.ts';
import type { Language } from './language.ts';

const DEAD = -1;

/** The texts that satisfy a word with asterisks. */
export function wordLanguage(word: string, interpretation: StarInterpretation): Language {
  const pieces = word.includes('*') ? piecesOf(word, interpretation) : [word];
  return piecesLanguage(pieces, { once: interpretation === 'leftmost', suggestion: word });
}

/**
 * The texts that consist of the pieces in their order, with any text between them. One chain of states, as many as the word has characters: the first
 * piece letter by letter, each further piece by Knuth, Morris and Pratt's search, the last one at the end of the text.
 * The tables for a walk are made when it begins: most words are compared without one.
 *
 * @param once - pieces are searched once, from the left
 * @param suggestion - a text that is worth a try, besides the pieces in a row
 */
export function piecesLanguage(
  all: readonly string[],
  { once: searchedOnce = false, suggestion }: { readonly once?: boolean; readonly suggestion?: string } = {},
): Language {
  const pieces = all.filter((piece, index) => piece !== '' || index === 0 || index === all.length - 1);
  const last = pieces.at(-1) ?? '';
  const once = searchedOnce && pieces.length > 1 && last !== '';
  const walk = lazily(() => (pieces.length === 1 ? exactly(last) : searching(pieces, once)));
  const units = lazily(() => [...new Set(pieces.join('').split(''))].map((character) => character.charCodeAt(0)));
  const classes = lazily(() => new Map(units().map((unit, index) => [unit, index + 1])));
  return {
    key: JSON.stringify([once, ...pieces]),
    ...(pieces.length === 1 && { only: last }),
    suggestions:
      pieces.length === 1
        ? [last]
        : [pieces.join(''), ...(suggestion === undefined ? [] : [suggestion]), pieces.join('-')],
    start: 0,
    next: (state, unit) => walk().next(state, unit),
    accepts: (state) => walk().accepts(state),
    isDead: (state) => state === DEAD,
    isFull: (state) => walk().isFull(state),
    cuts: () => units().flatMap((unit) => [unit, unit + 1]),
    classOf: (unit) => classes().get(unit) ?? 0,
  };
}

/** Works something out when it is first needed. */
function lazily<Value extends object>(compute: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= compute());
}

type Walk = Pick<Language, 'next' | 'accepts' | 'isFull'>;

function exactly(text: string): Walk {
  return {
    next: (state, unit) => (state !== DEAD && text.charCodeAt(state) === unit ? state + 1 : DEAD),
    accepts: (state) => state === text.length,
    isFull: () => false,
  };
}

/** A state is the place in the joined pieces up to which the text has got. */
function searching(pieces: readonly string[], once: boolean): Walk {
  const first = pieces[0] ?? '';
  const rest = pieces.slice(1);
  const starts = startsOf(pieces);
  const failures = rest.map(failureTable);
  const text = pieces.join('');
  const end = text.length;
  const open = rest.at(-1) === '';
  const stageAt = stagesOf(pieces);

  const next = (state: number, unit: number): number => {
    if (state === DEAD) return DEAD;
    if (state < first.length) return text.charCodeAt(state) === unit ? state + 1 : DEAD;
    if (open && state === end) return end;
    if (state === end && once) return DEAD;
    const stage = state === end ? rest.length - 1 : (stageAt[state] ?? 0) - 1;
    const start = starts[stage + 1] ?? 0;
    return start + advance(rest[stage] ?? '', failures[stage] ?? [], state - start, unit);
  };
  return {
    next,
    accepts: (state) => state === end,
    isFull: (state) => open && state === end,
  };
}

function startsOf(pieces: readonly string[]): readonly number[] {
  let start = 0;
  return pieces.map((piece) => {
    start += piece.length;
    return start - piece.length;
  });
}

/** The piece that each character of the joined pieces belongs to. */
function stagesOf(pieces: readonly string[]): readonly number[] {
  return pieces.flatMap((piece, stage) => piece.split('').map(() => stage));
}

/** For each length: the longest shorter beginning of the piece that such a match also ends with. */
function failureTable(piece: string): readonly number[] {
  const table = [0, 0];
  for (let length = 2; length <= piece.length; length += 1) {
    table.push(advance(piece, table, table[length - 1] ?? 0, piece.charCodeAt(length - 1)));
  }
  return table;
}

function advance(piece: string, failures: readonly number[], matched: number, unit: number): number {
  let length = matched;
  while (length > 0 && (length === piece.length || piece.charCodeAt(length) !== unit)) length = failures[length] ?? 0;
  return piece.charCodeAt(length) === unit ? length + 1 : 0;
}
