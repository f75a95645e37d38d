import { CORNERS, type Corner, type Reading } from '../ambiguities/ambiguities.ts';
import { writeEvent } from '../event/event.ts';
import { matchesUnderAll } from '../match/matches.ts';
import type { Pattern } from '../syntax/pattern.ts';
import type { Answer, UniverseName } from './relation.ts';
import { SETTLED_READINGS } from '../ambiguities/settlements.ts';
import { type Budget, BudgetSpent } from './budget.ts';
import { type FoundTexts, newSearch } from './search/possible-kinds.ts';
import { and, conditionsOf, type Formula, formulaOf, or } from './formula/formula.ts';
import type { RegexLanguages } from './languages/regex-language.ts';
import { solve } from './search/solve.ts';
import { universeConstraints } from './formula/universe.ts';
import type { View } from './formula/view.ts';
import { witness } from './search/build-event.ts';

/** Is there an event that all of these match, at least one of those if there are any given, and none of the last? */
export interface EventQuestion {
  readonly all: readonly Pattern[];
  readonly some?: readonly Pattern[];
  readonly none: readonly Pattern[];
  readonly universe: UniverseName;
  /** Steps to spend. */
  readonly budget: number;
}

/**
 * An event, which then answers the question in every reading of the open corners and has been checked to do so; the
 * proof that there is none in any reading; or undecided.
 */
export function decide(question: EventQuestion): Answer {
  const budget: Budget = { left: question.budget };
  const means: Means = { budget, texts: new Map(), regexes: { budget, languages: new Map() } };
  try {
    const event = attempt(question, { known: SETTLED_READINGS, unknown: 'every' }, means);
    if (event.kind === 'event' && answers(question, event.text)) return { kind: 'event', event: event.text };
    return refute(question, SETTLED_READINGS, means);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return { kind: 'undecided', reason: `no answer within ${question.budget} steps` };
  }
}

/** What all searches for one answer share. */
interface Means {
  readonly budget: Budget;
  readonly texts: FoundTexts;
  readonly regexes: RegexLanguages;
}

/** `unwritten`: there may be an event, and none could be written down. */
type Attempt = { readonly kind: 'event'; readonly text: string } | { readonly kind: 'none' | 'unwritten' };

function attempt(question: EventQuestion, readings: Omit<View, 'regexes'>, means: Means): Attempt {
  const view: View = { ...readings, regexes: means.regexes };
  const search = newSearch(means.budget, view.unknown === 'some' ? 'found' : 'none', means.texts);
  const trie = solve(questionFormula(question, view), search);
  if (trie === undefined) return { kind: 'none' };
  const event = witness(trie, search);
  return event === undefined ? { kind: 'unwritten' } : { kind: 'event', text: writeEvent(event) };
}

function questionFormula({ all, some, none, universe }: EventQuestion, view: View): Formula {
  const patterns = [...all, ...(some ?? []), ...none];
  const selectors = patterns.flatMap(conditionsOf).map(({ selector }) => selector);
  const setting = { view, universe, selectors };
  return and([
    ...universeConstraints(universe, selectors),
    ...all.map((pattern) => formulaOf(pattern, true, setting)),
    ...none.map((pattern) => formulaOf(pattern, false, setting)),
    ...(some === undefined ? [] : [or(some.map((pattern) => formulaOf(pattern, true, setting)))]),
  ]);
}

/** Whether the event answers the question in every reading. */
function answers({ all, some, none }: EventQuestion, event: string): boolean {
  return (
    all.every((pattern) => matchesUnderAll(pattern, event).matches === true) &&
    none.every((pattern) => matchesUnderAll(pattern, event).matches === false) &&
    (some === undefined || some.some((pattern) => matchesUnderAll(pattern, event).matches === true))
  );
}

/**
 * Shows that there is no event in any reading, or why that cannot be shown. Looks for one with corners read as may be,
 * and settles a corner only when what was found rests on it: most corners never come up.
 */
function refute(question: EventQuestion, known: Partial<Reading>, means: Means): Answer {
  const found = attempt(question, { known, unknown: 'some' }, means);
  if (found.kind === 'none') return { kind: 'none' };
  const corner = found.kind === 'event' ? restsOn(question, found.text, known) : nextCorner(known);
  if (corner === undefined) return found.kind === 'event' ? unsettled(question, found.text) : unwritten();
  for (const reading of CORNERS[corner].readings) {
    const answer = refute(question, { ...known, [corner]: reading }, means);
    if (answer.kind !== 'none') return answer;
  }
  return { kind: 'none' };
}

/** The first unsettled corner on which it rests whether the event answers the question. */
function restsOn({ all, some, none }: EventQuestion, event: string, known: Partial<Reading>): Corner | undefined {
  for (const pattern of [...all, ...none, ...(some ?? [])]) {
    const { corner } = matchesUnderAll(pattern, event, known);
    if (corner !== undefined) return corner;
  }
  return undefined;
}

/** Whether a number of which nothing could be written down exists rests on these, if on any. */
function nextCorner(known: Partial<Reading>): Corner | undefined {
  return (['numberSpelling', 'digitString', 'numberPrecision'] as const).find((corner) => known[corner] === undefined);
}

function unsettled(question: EventQuestion, event: string): Answer {
  if (answers(question, event)) return { kind: 'event', event };
  const corner = restsOn(question, event, SETTLED_READINGS);
  if (corner === undefined) return unwritten();
  return { kind: 'undecided', reason: `AWS leaves open ${CORNERS[corner].question}` };
}

function unwritten(): Answer {
  return { kind: 'undecided', reason: 'there may be such an event, and none could be written down' };
}
