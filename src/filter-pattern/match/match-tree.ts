import {
  AMBIGUITIES,
  type Ambiguity,
  type Interpretations,
  LIKELY_INTERPRETATIONS,
} from '../ambiguities/ambiguities.ts';
import type { Interpret } from '../ambiguities/interpret.ts';

/**
 * A pattern applied to one event: tests that are joined by and, or. There is no negation, and all tests share their
 * interpretations.
 */
export type MatchTree = MatchTest | { readonly kind: 'and' | 'or'; readonly operands: readonly MatchTree[] };

export interface MatchTest {
  readonly kind: 'test';
  readonly passes: (interpret: Interpret) => boolean;
}

export type Trivalent = true | false | 'undecided';

export interface Match {
  readonly matches: Trivalent;
  /** The ambiguity that an undecided answer depends on. */
  readonly ambiguity?: Ambiguity;
}

/** Whether the event matches under one interpretation of every ambiguity. */
export function evaluate(tree: MatchTree, interpret: Interpret): boolean {
  switch (tree.kind) {
    case 'and':
      return tree.operands.every((operand) => evaluate(operand, interpret));
    case 'or':
      return tree.operands.some((operand) => evaluate(operand, interpret));
    case 'test':
      return tree.passes(interpret);
  }
}

/**
 * Whether the event matches under all interpretations together. The answers are exactly those of `evaluate`, but
 * ambiguities that cannot change the answer are not tried. Interprets one ambiguity after the other, and goes on only
 * where a test is still open.
 *
 * @param known - the ambiguities that have one interpretation only
 * @throws Error if an ambiguity has no interpretations, which is a defect
 */
export function evaluateUnderAll(tree: MatchTree, known: Partial<Interpretations> = {}): Match {
  const outcome = outcomeOf(tree, known);
  if (outcome.kind === 'certain') return { matches: outcome.passes };
  const { ambiguity } = outcome;
  let first: Match | undefined;
  for (const interpretation of AMBIGUITIES[ambiguity].interpretations) {
    const match = evaluateUnderAll(tree, { ...known, [ambiguity]: interpretation });
    if (match.matches === 'undecided') return match;
    if (first !== undefined && first.matches !== match.matches) return { matches: 'undecided', ambiguity };
    first ??= match;
  }
  if (first === undefined) throw new Error('an ambiguity without interpretations', { cause: ambiguity });
  return first;
}

/** The first ambiguity outside of `known` that some test asks about, whether or not the answer depends on it. */
export function askedAmbiguity(tree: MatchTree, known: Partial<Interpretations>): Ambiguity | undefined {
  if (tree.kind !== 'test') {
    for (const operand of tree.operands) {
      const asked = askedAmbiguity(operand, known);
      if (asked !== undefined) return asked;
    }
    return undefined;
  }
  let asked: Ambiguity | undefined;
  tree.passes((ambiguity) => {
    if (known[ambiguity] === undefined) asked ??= ambiguity;
    return known[ambiguity] ?? LIKELY_INTERPRETATIONS[ambiguity];
  });
  return asked;
}

/** Open: both answers are possible, as far as this test or these operands alone can show. */
type Outcome =
  { readonly kind: 'certain'; readonly passes: boolean } | { readonly kind: 'open'; readonly ambiguity: Ambiguity };

function outcomeOf(tree: MatchTree, known: Partial<Interpretations>): Outcome {
  switch (tree.kind) {
    case 'and':
      return outcomeOfGroup(tree.operands, known, false);
    case 'or':
      return outcomeOfGroup(tree.operands, known, true);
    case 'test':
      return outcomeOfTest(tree, known);
  }
}

/** `decisive` is the answer of one operand that decides the group: false for and, true for or. */
function outcomeOfGroup(operands: readonly MatchTree[], known: Partial<Interpretations>, decisive: boolean): Outcome {
  let open: Outcome | undefined;
  for (const operand of operands) {
    const outcome = outcomeOf(operand, known);
    if (outcome.kind === 'open') open ??= outcome;
    else if (outcome.passes === decisive) return outcome;
  }
  return open ?? { kind: 'certain', passes: !decisive };
}

function outcomeOfTest(test: MatchTest, known: Partial<Interpretations>): Outcome {
  let asked: Ambiguity | undefined;
  const passes = test.passes((ambiguity) => {
    const interpretation = known[ambiguity];
    if (interpretation === undefined) asked ??= ambiguity;
    return interpretation ?? LIKELY_INTERPRETATIONS[ambiguity];
  });
  if (asked === undefined) return { kind: 'certain', passes };
  const ambiguity: Ambiguity = asked;
  const outcomes = AMBIGUITIES[ambiguity].interpretations.map((interpretation) =>
    outcomeOfTest(test, { ...known, [ambiguity]: interpretation }),
  );
  const same = outcomes.every((outcome) => outcome.kind === 'certain' && outcome.passes === passes);
  return same ? { kind: 'certain', passes } : { kind: 'open', ambiguity };
}
