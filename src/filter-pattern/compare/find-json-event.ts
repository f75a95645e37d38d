import { AMBIGUITIES, type Ambiguity, type Interpretations } from '../ambiguities/ambiguities.ts';
import { writeEvent } from '../../conditions/event/event.ts';
import { jsonMatchTree, readDocument } from '../match/match-json.ts';
import { askedAmbiguity, evaluateUnderAll, type Match, type MatchTree } from '../match/match-tree.ts';
import { conditionsOf } from '../syntax/expression.ts';
import { printSelector } from '../print/print.ts';
import type { JsonPattern } from '../syntax/pattern.ts';
import type { Memory } from './memory.ts';
import type { Answer, UniverseName } from '../../conditions/relation.ts';
import { SETTLED_INTERPRETATIONS } from '../ambiguities/settlements.ts';
import { type Budget, BudgetSpent } from '../../conditions/budget.ts';
import { newSearch, newTextOutcomes, type TextOutcomes } from '../../conditions/search/possible-kinds.ts';
import { formulaOf } from './formula/pattern-formula.ts';
import type { RegexLanguages } from './languages/regex-language.ts';
import { solve } from '../../conditions/search/solve.ts';
import { universeConstraints } from '../../conditions/formula/universe.ts';
import type { View } from './formula/view.ts';
import { buildEvent } from '../../conditions/search/build-event.ts';
import type { Selector } from '../../conditions/event/selector.ts';
import { and, type Formula, or } from '../../conditions/formula/formula.ts';
import {
  NO_READINGS,
  type Readings,
  type Statement,
  type StatementAnswer,
} from '../../conditions/formula/statement.ts';

/** Is there an event that all of these match, at least one of those if there are any given, and none of the last? */
export interface JsonEventQuestion {
  readonly all: readonly Asked[];
  readonly some?: readonly Asked[];
  readonly none: readonly Asked[];
  readonly universe: UniverseName;
  /** What else is known of all events there are. */
  readonly given?: readonly Formula[];
  /** Steps to spend. */
  readonly budget: number;
}

/** A pattern of this language, or a statement of another one. */
export type Asked = JsonPattern | Statement;

/**
 * An event, which then answers the question in every interpretation of the ambiguities and has been checked to do so; the
 * proof that there is none in any interpretation; or undecided.
 *
 * @throws only what is a defect: a budget that is spent is an answer
 */
export function findJsonEvent(question: JsonEventQuestion, memory: Memory): Answer {
  const budget: Budget = { left: question.budget };
  const means: SearchMeans = { budget, memory, texts: newTextOutcomes(), regexes: { budget, languages: new Map() } };
  try {
    const event = attempt(question, NOTHING_ASSUMED, 'every', means);
    if (event.kind === 'event' && answersQuestion(question, event.text)) return { kind: 'event', event: event.text };
    return proveNone(question, NOTHING_ASSUMED, means);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return { kind: 'undecided', reason: `no answer within ${question.budget} steps` };
  }
}

/** What is taken for known of what AWS leaves open: in this language, and by statements of others. */
interface Assumed {
  readonly interpretations: Partial<Interpretations>;
  readonly readings: Readings;
}

const NOTHING_ASSUMED: Assumed = { interpretations: SETTLED_INTERPRETATIONS, readings: NO_READINGS };

/** What all searches for one answer share. */
interface SearchMeans {
  readonly budget: Budget;
  readonly memory: Memory;
  readonly texts: TextOutcomes;
  readonly regexes: RegexLanguages;
}

/** `unwritten`: there may be an event, and none could be written down. */
type Attempt = { readonly kind: 'event'; readonly text: string } | { readonly kind: 'none' | 'unwritten' };

function attempt(question: JsonEventQuestion, assumed: Assumed, unknown: View['unknown'], means: SearchMeans): Attempt {
  const known = assumed.interpretations;
  const view: View = {
    known,
    unknown,
    regexes: means.regexes,
    predicates: known === SETTLED_INTERPRETATIONS ? means.memory.predicates[unknown] : new Map(),
    regexPredicates: new Map(),
  };
  const search = newSearch(means.budget, view.unknown === 'some' ? 'found' : 'none', means.texts);
  const trie = solve(questionFormula(question, view, assumed.readings), search);
  if (trie === undefined) return { kind: 'none' };
  const event = buildEvent(trie, search, question.universe);
  return event === undefined ? { kind: 'unwritten' } : { kind: 'event', text: writeEvent(event) };
}

/** What a question is about, whatever is assumed. */
interface Subject {
  readonly selectors: readonly Selector[];
  readonly constraints: readonly Formula[];
}

const subjects = new WeakMap<JsonEventQuestion, Subject>();

function subjectOf(question: JsonEventQuestion): Subject {
  const known = subjects.get(question);
  if (known !== undefined) return known;
  const { all, some, none, universe } = question;
  const selectors = distinctSelectors([...all, ...(some ?? []), ...none]);
  const subject = { selectors, constraints: universeConstraints(universe, selectors) };
  subjects.set(question, subject);
  return subject;
}

function questionFormula(question: JsonEventQuestion, view: View, readings: Readings): Formula {
  const { all, some, none, universe, given = [] } = question;
  const { selectors, constraints } = subjectOf(question);
  const setting = { view, universe, selectors };
  const asked = (one: Asked, wanted: boolean) =>
    one.kind === 'statement' ? one.formula(wanted, view.unknown, readings) : formulaOf(one, wanted, setting);
  return and([
    ...constraints,
    ...given,
    ...all.map((one) => asked(one, true)),
    ...none.map((one) => asked(one, false)),
    ...(some === undefined ? [] : [or(some.map((one) => asked(one, true)))]),
  ]);
}

/** The selectors of what is asked, each once. */
function distinctSelectors(asked: readonly Asked[]): readonly Selector[] {
  const selectors = asked.flatMap((one) =>
    one.kind === 'statement' ? one.selectors : conditionsOf(one.expression).map(({ selector }) => selector),
  );
  return [...new Map(selectors.map((selector) => [printSelector(selector), selector])).values()];
}

/** Whether the event answers the question under every interpretation. */
function answersQuestion(question: JsonEventQuestion, event: string): boolean {
  return checkEvent(question, event, NOTHING_ASSUMED).kind === 'right';
}

/**
 * What an event is to a question under the interpretations that `known` leaves open. `open`: the answer depends on this
 * ambiguity. `doubtful`: it depends on what a statement leaves open. `wrong`: it does not answer the question under any of them; `asked` is an ambiguity that was interpreted.
 */
type EventCheck =
  | { readonly kind: 'right' }
  | { readonly kind: 'open'; readonly ambiguity: Ambiguity }
  | { readonly kind: 'doubtful'; readonly reason: string; readonly doubt: StatementAnswer['doubt'] }
  | { readonly kind: 'wrong'; readonly asked: Ambiguity | undefined };

function checkEvent(
  { all, some, none }: JsonEventQuestion,
  event: string,
  { interpretations: known, readings }: Assumed,
): EventCheck {
  const document = readDocument(event);
  const [allTrees, noneTrees, someTrees] = [all, none, some ?? []].map((asked) =>
    asked.map((one) => (one.kind === 'statement' ? one : jsonMatchTree(one, document))),
  ) as [AskedTree[], AskedTree[], AskedTree[]];
  const matchOf = (tree: AskedTree): Match & StatementAnswer =>
    tree.kind === 'statement' ? tree.holds(event, readings) : evaluateUnderAll(tree, known);
  const [allMatches, noneMatches, someMatches] = [allTrees, noneTrees, someTrees].map((trees) =>
    trees.map(matchOf),
  ) as [(Match & StatementAnswer)[], (Match & StatementAnswer)[], (Match & StatementAnswer)[]];
  const isRight =
    allMatches.every(({ matches }) => matches === true) &&
    noneMatches.every(({ matches }) => matches === false) &&
    (some === undefined || someMatches.some(({ matches }) => matches === true));
  if (isRight) return { kind: 'right' };
  const matches = [...allMatches, ...noneMatches, ...someMatches];
  const open = matches.find(({ ambiguity }) => ambiguity !== undefined);
  if (open?.ambiguity !== undefined) return { kind: 'open', ambiguity: open.ambiguity };
  const doubtful = matches.find(({ reason }) => reason !== undefined);
  if (doubtful?.reason !== undefined) return { kind: 'doubtful', reason: doubtful.reason, doubt: doubtful.doubt };
  const asked = [...allTrees, ...noneTrees, ...someTrees].map((tree) =>
    tree.kind === 'statement' ? undefined : askedAmbiguity(tree, known),
  );
  return { kind: 'wrong', asked: asked.find((ambiguity) => ambiguity !== undefined) };
}

type AskedTree = MatchTree | Statement;

/**
 * Shows that there is no event under any interpretation, or why that cannot be shown. Looks for an event for which each
 * condition may be interpreted in its own way. Where one is found, the ambiguity that it depends on is interpreted in one
 * way after the other, for all conditions alike: most ambiguities never come up.
 */
function proveNone(question: JsonEventQuestion, assumed: Assumed, means: SearchMeans): Answer {
  const known = assumed.interpretations;
  const found = attempt(question, assumed, 'some', means);
  if (found.kind === 'none') return { kind: 'none' };
  const check = found.kind === 'event' ? checkEvent(question, found.text, assumed) : undefined;
  if (found.kind === 'event' && check?.kind === 'right') return answerWith(question, found.text);
  if (check?.kind === 'doubtful') {
    const { name = '', readings = [] } = check.doubt ?? {};
    const ways = readings.map((reading) => ({ ...assumed, readings: { ...assumed.readings, [name]: reading } }));
    return proveNoneInAll(question, ways, means) ?? { kind: 'undecided', reason: check.reason };
  }
  const ambiguity =
    check === undefined
      ? nextAmbiguity(known)
      : check.kind === 'open'
        ? check.ambiguity
        : check.kind === 'wrong'
          ? check.asked
          : undefined;
  if (ambiguity === undefined) return NOT_FOUND;
  const ways = AMBIGUITIES[ambiguity].interpretations.map((interpretation) => {
    return { ...assumed, interpretations: { ...known, [ambiguity]: interpretation } };
  });
  return proveNoneInAll(question, ways, means) ?? NOT_FOUND;
}

/** The first answer that is not the proof, or the proof; undefined if there is nothing to prove it in. */
function proveNoneInAll(question: JsonEventQuestion, ways: readonly Assumed[], means: SearchMeans): Answer | undefined {
  let answer: Answer | undefined;
  for (const way of ways) {
    answer = proveNone(question, way, means);
    if (answer.kind !== 'none') return answer;
  }
  return answer;
}

/** Whether a number exists of which no spelling was found may depend on these ambiguities, and on no others. */
function nextAmbiguity(known: Partial<Interpretations>): Ambiguity | undefined {
  return (['numberSpelling', 'digitString', 'numberPrecision'] as const).find(
    (ambiguity) => known[ambiguity] === undefined,
  );
}

/** The answer where the event is right under some interpretations: under all of them, or it is undecided. */
function answerWith(question: JsonEventQuestion, event: string): Answer {
  const check = checkEvent(question, event, NOTHING_ASSUMED);
  switch (check.kind) {
    case 'right':
      return { kind: 'event', event };
    case 'open':
      return { kind: 'undecided', reason: `AWS does not document ${AMBIGUITIES[check.ambiguity].question}` };
    case 'doubtful':
      return { kind: 'undecided', reason: check.reason };
    case 'wrong':
      return NOT_FOUND;
  }
}

const NOT_FOUND: Answer = { kind: 'undecided', reason: 'such an event may exist, but none was found' };
