import {
  type Ambiguity,
  AMBIGUITIES,
  LIKELY_INTERPRETATIONS,
  type Interpretations,
} from '../../ambiguities/ambiguities.ts';
import type { Interpret } from '../../ambiguities/interpret.ts';
import type { RegexLanguages } from '../languages/regex-language.ts';

/**
 * How a search reads the ambiguities that AWS does not document. Those not in `known` count in every interpretation, condition by
 * condition (`every`: what is found holds however AWS reads them), or in some interpretation (`some`: what is not found is
 * found in no interpretation, though conditions may have been read in different ways).
 */
export interface View {
  readonly known: Partial<Interpretations>;
  readonly unknown: 'every' | 'some';
  /** The automata of regular expressions, the same in all searches of one question. */
  readonly regexes: RegexLanguages;
}

const TABLE: { readonly [Name in Ambiguity]: { readonly interpretations: readonly Interpretations[Name][] } } =
  AMBIGUITIES;

/** The interpretations of one ambiguity that count. */
export function countedInterpretations<Name extends Ambiguity>(
  view: View,
  ambiguity: Name,
): readonly Interpretations[Name][] {
  const known = view.known[ambiguity];
  return known === undefined ? TABLE[ambiguity].interpretations : [known];
}

/** What a question comes to: under each combination of interpretations that counts, true or false. */
export function outcomes(
  known: Partial<Interpretations>,
  question: (interpret: Interpret) => boolean,
): ReadonlySet<boolean> {
  let asked: Ambiguity | undefined;
  const answer = question((ambiguity) => {
    const interpretation = known[ambiguity];
    if (interpretation === undefined) asked ??= ambiguity;
    return interpretation ?? LIKELY_INTERPRETATIONS[ambiguity];
  });
  if (asked === undefined) return new Set([answer]);
  const ambiguity: Ambiguity = asked;
  const all = AMBIGUITIES[ambiguity].interpretations.map((interpretation) =>
    outcomes({ ...known, [ambiguity]: interpretation }, question),
  );
  return new Set(all.flatMap((set) => [...set]));
}

/** Whether a question, or its denial, counts as answered yes. */
export function countsAs(view: View, wanted: boolean, question: (interpret: Interpret) => boolean): boolean {
  const answers = outcomes(view.known, question);
  return view.unknown === 'some' ? answers.has(wanted) : !answers.has(!wanted);
}
