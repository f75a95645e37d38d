import { type Budget, spend } from '../budget.ts';
import {
  clausesHold,
  stepsToTry,
  type Clause,
  type FoundText,
  isWritten,
  NO_TEXT,
  type TextRole,
  UNKNOWN_TEXT,
  type WrittenTest,
} from './clause.ts';
import { type GrammarName, numberGrammar, type Sign } from '../languages/number-grammar.ts';
import { isTame, pointsAround } from './number-points.ts';
import { compareDecimals, readDecimal } from '../event/decimal.ts';
import { significandLanguage } from '../languages/significand-language.ts';
import { finiteTexts } from './finite-texts.ts';
import { shortestText } from './shortest-text.ts';

/** A number that no 64-bit float comes near. */
const BEYOND_FLOATS = '1e400';

/** JSON spells numbers in one way, and in a string more is read as one. */
export type NumberDomain = 'number' | 'digits';

/**
 * A number, by its spelling, that satisfies all clauses: those on its value and those on its text together. Tries one
 * number from each class that the values can tell apart in several spellings, then short spellings that satisfy what is
 * said of the text. That there is none is said only where the values alone, the texts alone, or all of finitely many
 * texts prove it, for the negative numbers and for the others.
 *
 * @throws BudgetSpent
 */
export function findNumber(clauses: readonly Clause[], domain: NumberDomain, budget: Budget): FoundText {
  const role: TextRole = domain === 'number' ? 'number' : 'string';
  if (domain === 'number' && clauses.some(asksForLetters)) return NO_TEXT;
  const steps = stepsToTry(clauses);
  const constants = constantsOf(clauses);
  const points: string[] = [];
  const tried = new Set<string>();
  const isRight = (text: string): boolean => {
    if (tried.has(text)) return false;
    tried.add(text);
    spend(budget, steps);
    return clausesHold(clauses, text, role);
  };
  // Most clauses are satisfied by one of the first points, so the others are worked out only when they are needed.
  for (const point of pointsAround(constants)) {
    if (!tried.has(point)) points.push(point);
    if (isRight(point)) return { kind: 'text', text: point };
  }
  for (const text of otherSpellings(points, clauses, domain)) if (isRight(text)) return { kind: 'text', text };
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
  const role: TextRole = domain === 'number' ? 'number' : 'string';
  const values = clauses.filter((clause) => clause.every(({ kind }) => kind === 'compared'));
  const reachable = points.filter((point) => sign === (point.startsWith('-') ? 'negative' : 'other') || point === '0');
  const satisfied = reachable.filter((point) => clausesHold(values, point, role));
  if (isComplete(values) && satisfied.length === 0) return NO_TEXT;

  const written = clauses.filter((clause) => clause.every(isWritten));
  const interpretations = new Set(written.flat().map((test) => test.as));
  const [interpretation = 'source', ...others] = interpretations;
  if (others.length > 0) return UNKNOWN_TEXT;
  const grammar = grammarOf(domain, interpretation);
  const isDouble = interpretation === 'double' && domain === 'number';
  if (isDouble && mayBeInfinite(clauses, written, sign)) return UNKNOWN_TEXT;
  const tests = [...written, spelledAs(grammar, sign)];
  if (shortestText(tests, budget).kind === 'none') return NO_TEXT;
  const { texts, complete } = finiteTexts(tests, budget);
  for (const text of texts) {
    if (isSpelling(domain)(text) && clausesHold(clauses, text, role)) return { kind: 'text', text };
  }
  // As a 64-bit float, one text belongs to many numbers. Where no constant lies so near to it that only an exact comparison
  // tells them apart, all of them compare like the text; what lies near to a constant was tried among the points.
  const comparesLikeText = !isDouble || constantsOf(clauses).every(isTame);
  if (complete && comparesLikeText) return NO_TEXT;
  if (comparesLikeText && isOneOf(satisfied, values) && satisfied.every((point) => hasNoSpelling(point, tests, budget)))
    return NO_TEXT;
  for (const text of [...points.flatMap(shiftedSpellings), ...texts.flatMap(withExponents)]) {
    spend(budget);
    if (isSpelling(domain)(text) && clausesHold(clauses, text, role)) return { kind: 'text', text };
  }
  return UNKNOWN_TEXT;
}

/** Whether the values, compared exactly, admit these points and no others: each is a constant. */
function isOneOf(points: readonly string[], values: readonly Clause[]): boolean {
  const isExact = values.flat().every((test) => test.kind !== 'compared' || test.precision === 'exact');
  const constants = constantsOf(values).map(readDecimal);
  return (
    isExact &&
    points.every((point) => {
      const decimal = readDecimal(point);
      return constants.some((constant) => constant && decimal && compareDecimals(constant, decimal) === 0);
    })
  );
}

/** Whether no text of these tests has the digits of the number. */
function hasNoSpelling(point: string, tests: readonly (readonly WrittenTest[])[], budget: Budget): boolean {
  const digits: WrittenTest = { kind: 'written', language: significandLanguage(point), as: 'source', wanted: true };
  return shortestText([...tests, [digits]], budget).kind === 'none';
}

function spelledAs(grammar: GrammarName, sign: Sign): readonly WrittenTest[] {
  return [{ kind: 'written', language: numberGrammar(grammar, sign), as: 'source', wanted: true }];
}

function grammarOf(domain: NumberDomain, interpretation: WrittenTest['as']): GrammarName {
  if (domain === 'digits') return 'loose';
  return interpretation === 'plain' ? 'plain' : 'json';
}

/**
 * Whether a number beyond the 64-bit floats may satisfy all clauses: its text is then `Infinity`, which spells no number.
 * One such number was tried; it stands for all of them unless a constant lies beyond the floats as well.
 */
function mayBeInfinite(clauses: readonly Clause[], written: readonly Clause[], sign: Sign): boolean {
  const takesInfinity = clausesHold(written, sign === 'negative' ? `-${BEYOND_FLOATS}` : BEYOND_FLOATS, 'number');
  return takesInfinity && !constantsOf(clauses).every(isTame);
}

/** With exact numbers only, or with constants for which 64-bit floats make no difference, the points are all classes. */
function isComplete(values: readonly Clause[]): boolean {
  return values.flat().every((test) => test.kind !== 'compared' || test.precision === 'exact' || isTame(test.with));
}

function constantsOf(clauses: readonly Clause[]): readonly string[] {
  return clauses.flat().flatMap((test) => (test.kind === 'compared' ? [test.with] : []));
}

/** True if every test of the clause wants one text that is not a number in any interpretation. */
function asksForLetters(clause: Clause): boolean {
  return clause.every(
    (test) =>
      test.kind === 'written' &&
      test.wanted &&
      test.language.only !== undefined &&
      !/^-?[0-9I]/.test(test.language.only),
  );
}

function* otherSpellings(
  points: readonly string[],
  clauses: readonly Clause[],
  domain: NumberDomain,
): Iterable<string> {
  for (const point of points) yield* spellingsOf(point);
  if (domain === 'number') yield* [BEYOND_FLOATS, `-${BEYOND_FLOATS}`];
  // Where the spelling of numbers is not settled, the search comes back with it settled.
  if (clauses.every((clause) => clause.length === 1)) {
    yield* new Set(suggestionsOf(clauses).filter(isSpelling(domain)));
  }
}

function suggestionsOf(clauses: readonly Clause[]): readonly string[] {
  const texts = clauses.flat().flatMap((test) => (test.kind === 'written' ? test.language.suggestions : []));
  return texts.flatMap((text) => [text, `${text}0`, `0${text}`, `1${text}`, `${text}.0`]);
}

/** Powers of ten, small and great ones, of the number that a text without exponent spells. */
function withExponents(text: string): readonly string[] {
  return /[eE]/.test(text) ? [] : ['e-1', 'e1', 'e-3', 'e3', 'e-9', 'e9', 'e-400', 'e400'].map((power) => text + power);
}

/** 12 as 0.12e2 and 120e-1, with up to six zeros: rare, but some patterns match no other spelling. */
function shiftedSpellings(point: string): readonly string[] {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(point) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits === '') return [];
  return [0, 1, 2, 3, 4, 5, 6].flatMap((zeros) => [
    `${sign}0.${'0'.repeat(zeros)}${digits}e${zeros + digits.length - fraction.length}`,
    ...(zeros === 0 ? [] : [`${sign}${digits}${'0'.repeat(zeros)}e${-zeros - fraction.length}`]),
  ]);
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
