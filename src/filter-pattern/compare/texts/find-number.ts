import { type Budget, spend } from '../budget.ts';
import {
  clausesHold,
  type Clause,
  type FoundText,
  isWritten,
  NO_TEXT,
  type Role,
  UNKNOWN_TEXT,
  type WrittenTest,
} from './clause.ts';
import { type GrammarName, numberGrammar, type Sign } from '../languages/number-grammar.ts';
import { isTame, pointsAround } from './number-points.ts';
import { finiteTexts } from './finite-texts.ts';
import { shortestText } from './shortest-text.ts';

/** JSON spells numbers in one way, and in a string more is read as one. */
export type NumberDomain = 'number' | 'digits';

/**
 * A number, by its spelling, that satisfies all clauses: those on its value and those on its text together. Tries one
 * number from each class that the values can tell apart in several spellings, then short spellings that satisfy what is
 * said of the text. That there is none is said only where the values alone, the texts alone, or all of finitely many
 * texts prove it, for the negative numbers and for the others. Throws BudgetSpent.
 */
export function findNumber(clauses: readonly Clause[], domain: NumberDomain, budget: Budget): FoundText {
  const role: Role = domain === 'number' ? 'number' : 'string';
  if (domain === 'number' && clauses.some(asksForLetters)) return NO_TEXT;
  const points = pointsAround(constantsOf(clauses));
  for (const text of spellings(points, clauses, domain)) {
    spend(budget);
    if (clausesHold(clauses, text, role)) return { kind: 'text', text };
  }
  const results = (['other', 'negative'] as const).map((sign) => findOfSign(clauses, domain, points, sign, budget));
  return (
    results.find(({ kind }) => kind === 'text') ??
    (results.every(({ kind }) => kind === 'none') ? NO_TEXT : UNKNOWN_TEXT)
  );
}

function findOfSign(
  clauses: readonly Clause[],
  domain: NumberDomain,
  points: readonly string[],
  sign: Sign,
  budget: Budget,
): FoundText {
  const role: Role = domain === 'number' ? 'number' : 'string';
  const values = clauses.filter((clause) => clause.every(({ kind }) => kind === 'compared'));
  const reachable = points.filter((point) => sign === (point.startsWith('-') ? 'negative' : 'other') || point === '0');
  if (isComplete(values) && !reachable.some((point) => clausesHold(values, point, role))) return NO_TEXT;

  const written = clauses.filter((clause) => clause.every(isWritten));
  const interpretations = new Set(written.flat().map((test) => test.as));
  const [interpretation = 'source', ...others] = interpretations;
  if (others.length > 0) return UNKNOWN_TEXT;
  const grammar = grammarOf(domain, interpretation);
  if (interpretation === 'double' && domain === 'number' && takesInfinity(written)) return UNKNOWN_TEXT;
  const tests = [...written, spelledAs(grammar, sign)];
  if (shortestText(tests, budget).kind === 'none') return NO_TEXT;
  const { texts, complete } = finiteTexts(tests, budget);
  for (const text of texts) {
    if (isSpelling(domain)(text) && clausesHold(clauses, text, role)) return { kind: 'text', text };
  }
  // Read as a 64-bit float, one text belongs to many numbers; the text itself is only one of them.
  const onlyThese = complete && (interpretation !== 'double' || texts.every((text) => /^-?\d+$/.test(text)));
  return onlyThese ? NO_TEXT : UNKNOWN_TEXT;
}

function spelledAs(grammar: GrammarName, sign: Sign): readonly WrittenTest[] {
  return [{ kind: 'written', language: numberGrammar(grammar, sign), as: 'source', wanted: true }];
}

function grammarOf(domain: NumberDomain, interpretation: WrittenTest['as']): GrammarName {
  if (domain === 'digits') return 'loose';
  return interpretation === 'plain' ? 'plain' : 'json';
}

/** The one text of a number that is no spelling of one, in the interpretation of 64-bit floats. */
function takesInfinity(written: readonly Clause[]): boolean {
  return ['1e400', '-1e400'].some((text) => clausesHold(written, text, 'number'));
}

/** With exact numbers only, or with constants for which 64-bit floats make no difference, the points are all classes. */
function isComplete(values: readonly Clause[]): boolean {
  return values.flat().every((test) => test.kind !== 'compared' || test.precision === 'exact' || isTame(test.with));
}

function constantsOf(clauses: readonly Clause[]): readonly string[] {
  return clauses.flat().flatMap((test) => (test.kind === 'compared' ? [test.with] : []));
}

/** True if every test of the clause wants one text that is no number in any interpretation. */
function asksForLetters(clause: Clause): boolean {
  return clause.every(
    (test) =>
      test.kind === 'written' &&
      test.wanted &&
      test.language.only !== undefined &&
      !/^-?[0-9I]/.test(test.language.only),
  );
}

function* spellings(points: readonly string[], clauses: readonly Clause[], domain: NumberDomain): Iterable<string> {
  yield* points;
  for (const point of points) yield* spellingsOf(point);
  // Where the spelling of numbers is not settled, the search comes back with it settled.
  if (clauses.every((clause) => clause.length === 1)) {
    yield* new Set(suggestionsOf(clauses).filter(isSpelling(domain)));
  }
}

function suggestionsOf(clauses: readonly Clause[]): readonly string[] {
  const texts = clauses.flat().flatMap((test) => (test.kind === 'written' ? test.language.suggestions : []));
  return texts.flatMap((text) => [text, `${text}0`, `0${text}`, `1${text}`, `${text}.0`]);
}

/** Other ways to write the same number. */
function spellingsOf(point: string): readonly string[] {
  const more = point.includes('e')
    ? []
    : point.includes('.')
      ? [`${point}0`, `${point}00`]
      : [`${point}.0`, `${point}.00`];
  return [...more, ...(point.includes('e') ? [] : [`${point}e0`, `${point}E0`, ...shifted(point)])];
}

/** 12.5 as 1.25e1. */
function shifted(point: string): readonly string[] {
  const [, sign = '', first = '', rest = '', fraction = ''] = /^(-?)(\d)(\d*)(?:\.(\d+))?$/.exec(point) ?? [];
  const digits = `${rest}${fraction}`;
  return first === '' || digits === ''
    ? []
    : [`${sign}${first}.${digits}e${rest.length}`, `${sign}${first}.${digits}E${rest.length}`];
}

function isSpelling(domain: NumberDomain): (text: string) => boolean {
  const grammar =
    domain === 'number'
      ? /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
      : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
  return (text) => grammar.test(text);
}
