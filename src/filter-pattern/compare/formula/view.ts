import { type Corner, CORNERS, LIKELY_READING, type Reading } from '../../ambiguities/ambiguities.ts';
import type { Ask } from '../../match/match-tree.ts';
import type { RegexLanguages } from '../languages/regex-language.ts';

/**
 * How a search reads the corners that AWS leaves open. Those not in `known` count in every reading, condition by
 * condition (`every`: what is found holds however AWS reads them), or in some reading (`some`: what is not found is
 * found in no reading, though conditions may have been read in different ways).
 */
export interface View {
  readonly known: Partial<Reading>;
  readonly unknown: 'every' | 'some';
  /** The automata of regular expressions, the same in all searches of one question. */
  readonly regexes: RegexLanguages;
}

const TABLE: { readonly [Name in Corner]: { readonly readings: readonly Reading[Name][] } } = CORNERS;

/** The readings of one corner that count. */
export function readingsOf<Name extends Corner>(view: View, corner: Name): readonly Reading[Name][] {
  const known = view.known[corner];
  return known === undefined ? TABLE[corner].readings : [known];
}

/** What a question comes to: under each combination of readings that counts, true or false. */
export function outcomes(known: Partial<Reading>, question: (ask: Ask) => boolean): ReadonlySet<boolean> {
  let asked: Corner | undefined;
  const answer = question((corner) => {
    const reading = known[corner];
    if (reading === undefined) asked ??= corner;
    return reading ?? LIKELY_READING[corner];
  });
  if (asked === undefined) return new Set([answer]);
  const corner: Corner = asked;
  const all = CORNERS[corner].readings.map((reading) => outcomes({ ...known, [corner]: reading }, question));
  return new Set(all.flatMap((set) => [...set]));
}

/** Whether a question, or its denial, counts as answered yes. */
export function counts(view: View, wanted: boolean, question: (ask: Ask) => boolean): boolean {
  const answers = outcomes(view.known, question);
  return view.unknown === 'some' ? answers.has(wanted) : !answers.has(!wanted);
}
