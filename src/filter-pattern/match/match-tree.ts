import { type Corner, CORNERS, LIKELY_READING, type Reading } from '../ambiguities/ambiguities.ts';

/** Asks how an open corner is to be read. Whoever answers learns which corners matter. */
export type Ask = <Name extends Corner>(corner: Name) => Reading[Name];

/** A pattern tried on one event: tests joined by and, or. There is no negation, and the tests share their readings. */
export type Trial = Test | { readonly kind: 'and' | 'or'; readonly operands: readonly Trial[] };

export interface Test {
  readonly kind: 'test';
  readonly holds: (ask: Ask) => boolean;
}

export type Trivalent = true | false | 'undecided';

export interface Match {
  readonly matches: Trivalent;
  /** The open corner on which an undecided answer rests. */
  readonly corner?: Corner;
}

/** The outcome of a trial when every corner is answered. */
export function holds(trial: Trial, ask: Ask): boolean {
  switch (trial.kind) {
    case 'and':
      return trial.operands.every((operand) => holds(operand, ask));
    case 'or':
      return trial.operands.some((operand) => holds(operand, ask));
    case 'test':
      return trial.holds(ask);
  }
}

/**
 * The outcome of a trial under all readings together: exactly the answers of `holds`, without trying the corners that
 * cannot change it. Reads one corner after the other, and goes on only where a test is still open.
 */
export function holdsUnderAll(trial: Trial, known: Partial<Reading> = {}): Match {
  const outcome = evaluate(trial, known);
  if (outcome.kind === 'certain') return { matches: outcome.holds };
  const { corner } = outcome;
  let first: Match | undefined;
  for (const reading of CORNERS[corner].readings) {
    const match = holdsUnderAll(trial, { ...known, [corner]: reading });
    if (match.matches === 'undecided') return match;
    if (first !== undefined && first.matches !== match.matches) return { matches: 'undecided', corner };
    first ??= match;
  }
  if (first === undefined) throw new Error('a corner without readings', { cause: corner });
  return first;
}

/** Open: both answers are possible, as far as this test or these operands alone can tell. */
type Outcome =
  { readonly kind: 'certain'; readonly holds: boolean } | { readonly kind: 'open'; readonly corner: Corner };

function evaluate(trial: Trial, known: Partial<Reading>): Outcome {
  switch (trial.kind) {
    case 'and':
      return evaluateGroup(trial.operands, known, false);
    case 'or':
      return evaluateGroup(trial.operands, known, true);
    case 'test':
      return evaluateTest(trial, known);
  }
}

/** `decisive` is the answer that one operand forces on the group: false for and, true for or. */
function evaluateGroup(operands: readonly Trial[], known: Partial<Reading>, decisive: boolean): Outcome {
  let open: Outcome | undefined;
  for (const operand of operands) {
    const outcome = evaluate(operand, known);
    if (outcome.kind === 'open') open ??= outcome;
    else if (outcome.holds === decisive) return outcome;
  }
  return open ?? { kind: 'certain', holds: !decisive };
}

function evaluateTest(test: Test, known: Partial<Reading>): Outcome {
  let asked: Corner | undefined;
  const held = test.holds((corner) => {
    const reading = known[corner];
    if (reading === undefined) asked ??= corner;
    return reading ?? LIKELY_READING[corner];
  });
  if (asked === undefined) return { kind: 'certain', holds: held };
  const corner: Corner = asked;
  const outcomes = CORNERS[corner].readings.map((reading) => evaluateTest(test, { ...known, [corner]: reading }));
  const same = outcomes.every((outcome) => outcome.kind === 'certain' && outcome.holds === held);
  return same ? { kind: 'certain', holds: held } : { kind: 'open', corner };
}
