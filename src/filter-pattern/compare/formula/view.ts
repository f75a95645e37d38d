import {
  type Ambiguity,
  AMBIGUITIES,
  LIKELY_INTERPRETATIONS,
  type Interpretations,
} from '../../ambiguities/ambiguities.ts';
import type { Interpret } from '../../ambiguities/interpret.ts';
import type { RegexLanguages } from '../languages/regex-language.ts';
import type { PredicatePair } from '../../../conditions/formula/predicate.ts';

/**
 * How a search interprets the ambiguities. `every`: each condition must hold under every interpretation that `known` leaves
 * open, so what is found holds whatever AWS does. `some`: each condition must hold under some interpretation, and two
 * conditions may use different ones, so what is not found exists under no interpretation.
 */
export interface View {
  readonly known: Partial<Interpretations>;
  readonly unknown: 'every' | 'some';
  /** The automata of regular expressions, the same in all searches of one question. */
  readonly regexes: RegexLanguages;
  /** What conditions without regular expressions ask for in this view. */
  readonly predicates: PredicateMemory;
  /** What the others ask for. Their automata belong to one question. */
  readonly regexPredicates: PredicateMemory;
}

/** Predicates by the texts of their conditions. */
export interface PredicateMemory {
  readonly get: (condition: string) => PredicatePair | undefined;
  readonly set: (condition: string, pair: PredicatePair, weight: number) => void;
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

/** Whether a question, or its denial, counts as answered yes. */
export function countsAs(view: View, wanted: boolean, question: (interpret: Interpret) => boolean): boolean {
  return view.unknown === 'some' ? canBe(wanted, view.known, question) : !canBe(!wanted, view.known, question);
}

/** Whether the question has this answer under some interpretation. */
function canBe(answer: boolean, known: Partial<Interpretations>, question: (interpret: Interpret) => boolean): boolean {
  let asked: Ambiguity | undefined;
  const likely = question((ambiguity) => {
    const interpretation = known[ambiguity];
    if (interpretation === undefined) asked ??= ambiguity;
    return interpretation ?? LIKELY_INTERPRETATIONS[ambiguity];
  });
  if (likely === answer) return true;
  if (asked === undefined) return false;
  const ambiguity: Ambiguity = asked;
  return AMBIGUITIES[ambiguity].interpretations.some((interpretation) =>
    canBe(answer, { ...known, [ambiguity]: interpretation }, question),
  );
}
