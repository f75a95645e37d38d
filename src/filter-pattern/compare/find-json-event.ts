import { AMBIGUITIES, type Ambiguity, type Interpretations } from '../ambiguities/ambiguities.ts';
import { writeEvent } from '../event/event.ts';
import { matchesUnderAll } from '../match/matches.ts';
import { conditionsOf } from '../syntax/expression.ts';
import type { JsonPattern } from '../syntax/pattern.ts';
import type { Answer, UniverseName } from './relation.ts';
import { SETTLED_INTERPRETATIONS } from '../ambiguities/settlements.ts';
import { type Budget, BudgetSpent } from './budget.ts';
import { type TextOutcomes, newSearch } from './search/possible-kinds.ts';
import { and, type Formula, formulaOf, or } from './formula/formula.ts';
import type { RegexLanguages } from './languages/regex-language.ts';
import { solve } from './search/solve.ts';
import { universeConstraints } from './formula/universe.ts';
import type { View } from './formula/view.ts';
import { buildEvent } from './search/build-event.ts';

/** Is there an event that all of these match, at least one of those if there are any given, and none of the last? */
export interface JsonEventQuestion {
  readonly all: readonly JsonPattern[];
  readonly some?: readonly JsonPattern[];
  readonly none: readonly JsonPattern[];
  readonly universe: UniverseName;
  /** Steps to spend. */
  readonly budget: number;
}

/**
 * An event, which then answers the question in every interpretation of the ambiguities and has been checked to do so; the
 * proof that there is none in any interpretation; or undecided.
 */
export function findJsonEvent(question: JsonEventQuestion): Answer {
  const budget: Budget = { left: question.budget };
  const means: SearchMeans = { budget, texts: new Map(), regexes: { budget, languages: new Map() } };
  try {
    const event = attempt(question, { known: SETTLED_INTERPRETATIONS, unknown: 'every' }, means);
    if (event.kind === 'event' && answersQuestion(question, event.text)) return { kind: 'event', event: event.text };
    return proveNone(question, SETTLED_INTERPRETATIONS, means);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return { kind: 'undecided', reason: `no answer within ${question.budget} steps` };
  }
}

/** What all searches for one answer share. */
interface SearchMeans {
  readonly budget: Budget;
  readonly texts: TextOutcomes;
  readonly regexes: RegexLanguages;
}

/** `unwritten`: there may be an event, and none could be written down. */
type Attempt = { readonly kind: 'event'; readonly text: string } | { readonly kind: 'none' | 'unwritten' };

function attempt(question: JsonEventQuestion, interpretations: Omit<View, 'regexes'>, means: SearchMeans): Attempt {
  const view: View = { ...interpretations, regexes: means.regexes };
  const search = newSearch(means.budget, view.unknown === 'some' ? 'found' : 'none', means.texts);
  const trie = solve(questionFormula(question, view), search);
  if (trie === undefined) return { kind: 'none' };
  const event = buildEvent(trie, search);
  return event === undefined ? { kind: 'unwritten' } : { kind: 'event', text: writeEvent(event) };
}

function questionFormula({ all, some, none, universe }: JsonEventQuestion, view: View): Formula {
  const patterns = [...all, ...(some ?? []), ...none];
  const selectors = patterns.flatMap(({ expression }) => conditionsOf(expression)).map(({ selector }) => selector);
  const setting = { view, universe, selectors };
  return and([
    ...universeConstraints(universe, selectors),
    ...all.map((pattern) => formulaOf(pattern, true, setting)),
    ...none.map((pattern) => formulaOf(pattern, false, setting)),
    ...(some === undefined ? [] : [or(some.map((pattern) => formulaOf(pattern, true, setting)))]),
  ]);
}

/** Whether the event answers the question in every interpretation. */
function answersQuestion({ all, some, none }: JsonEventQuestion, event: string): boolean {
  return (
    all.every((pattern) => matchesUnderAll(pattern, event).matches === true) &&
    none.every((pattern) => matchesUnderAll(pattern, event).matches === false) &&
    (some === undefined || some.some((pattern) => matchesUnderAll(pattern, event).matches === true))
  );
}

/**
 * Shows that there is no event in any interpretation, or why that cannot be shown. Looks for one with ambiguities read as may be,
 * and settles an ambiguity only when what was found rests on it: most ambiguities never come up.
 */
function proveNone(question: JsonEventQuestion, known: Partial<Interpretations>, means: SearchMeans): Answer {
  const found = attempt(question, { known, unknown: 'some' }, means);
  if (found.kind === 'none') return { kind: 'none' };
  const ambiguity = found.kind === 'event' ? ambiguityBehind(question, found.text, known) : nextAmbiguity(known);
  if (ambiguity === undefined)
    return found.kind === 'event' ? undecidedByAmbiguity(question, found.text) : notWritten();
  for (const interpretation of AMBIGUITIES[ambiguity].interpretations) {
    const answer = proveNone(question, { ...known, [ambiguity]: interpretation }, means);
    if (answer.kind !== 'none') return answer;
  }
  return { kind: 'none' };
}

/** The first unsettled ambiguity on which it rests whether the event answers the question. */
function ambiguityBehind(
  { all, some, none }: JsonEventQuestion,
  event: string,
  known: Partial<Interpretations>,
): Ambiguity | undefined {
  for (const pattern of [...all, ...none, ...(some ?? [])]) {
    const { ambiguity } = matchesUnderAll(pattern, event, known);
    if (ambiguity !== undefined) return ambiguity;
  }
  return undefined;
}

/** Whether a number of which nothing could be written down exists rests on these, if on any. */
function nextAmbiguity(known: Partial<Interpretations>): Ambiguity | undefined {
  return (['numberSpelling', 'digitString', 'numberPrecision'] as const).find(
    (ambiguity) => known[ambiguity] === undefined,
  );
}

function undecidedByAmbiguity(question: JsonEventQuestion, event: string): Answer {
  if (answersQuestion(question, event)) return { kind: 'event', event };
  const ambiguity = ambiguityBehind(question, event, SETTLED_INTERPRETATIONS);
  if (ambiguity === undefined) return notWritten();
  return { kind: 'undecided', reason: `AWS does not document ${AMBIGUITIES[ambiguity].question}` };
}

function notWritten(): Answer {
  return { kind: 'undecided', reason: 'such an event may exist, but none was found' };
}
