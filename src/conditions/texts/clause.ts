import { compareDecimals, type Decimal, readDecimal } from '../event/decimal.ts';
import { numberText, type SpellingInterpretation } from '../event/number-text.ts';
import { languageIncludes, type Language } from '../languages/language.ts';
import type { OrderOperator } from '../event/order.ts';
import { compareDoubles, orderSatisfies } from '../event/order.ts';

/** What one condition, in one interpretation, says about the text of a string or the spelling of a number. */
export type TextTest = WrittenTest | ComparedTest | ConstantTest;

/** The text is in the language, or is not. Of a number, the text as that interpretation writes it. */
export interface WrittenTest {
  readonly kind: 'written';
  readonly language: Language;
  readonly as: SpellingInterpretation;
  readonly wanted: boolean;
}

/** The text is a number that compares so, or it is not. */
export interface ComparedTest {
  readonly kind: 'compared';
  readonly operator: '=' | OrderOperator;
  readonly with: string;
  readonly precision: 'exact' | 'double';
  readonly wanted: boolean;
}

export interface ConstantTest {
  readonly kind: 'constant';
  readonly holds: boolean;
}

/** Holds if one of its tests does. Several tests are the interpretations of one condition, none of them settled. */
export type Clause = readonly TextTest[];

/** `string`: the text is a string's. `number`: it is a number as JSON spells it. */
export type TextRole = 'string' | 'number';

/** What it takes to try one text, in steps of the budget. */
export function stepsToTry(clauses: readonly Clause[]): number {
  return 1 + Math.floor(clauses.length / CLAUSES_PER_STEP);
}

/** So many clauses are tried on a text in the time of one step. */
const CLAUSES_PER_STEP = 8;

export function clausesHold(clauses: readonly Clause[], text: string, role: TextRole): boolean {
  return clauses.every((clause) => clause.some((test) => testHoldsFor(test, text, role)));
}

function testHoldsFor(test: TextTest, text: string, role: TextRole): boolean {
  switch (test.kind) {
    case 'constant':
      return test.holds;
    case 'written':
      return languageIncludes(test.language, role === 'string' ? text : numberText(text, test.as)) === test.wanted;
    case 'compared':
      return comparisonHolds(test, text) === test.wanted;
  }
}

function comparisonHolds(test: ComparedTest, text: string): boolean {
  const [left, right] = [numberIn(text), constantOf(test)];
  if (left.decimal === undefined || right.decimal === undefined) return false;
  const order =
    test.precision === 'exact'
      ? compareDecimals(left.decimal, right.decimal)
      : compareDoubles(left.double, right.double);
  return orderSatisfies(test.operator, order);
}

interface ReadNumber {
  readonly text: string;
  readonly decimal: Decimal | undefined;
  readonly double: number;
}

/** The number that was read last: one text is compared with many constants in a row. */
let lastNumber: ReadNumber = readNumber('');

function numberIn(text: string): ReadNumber {
  if (lastNumber.text !== text) lastNumber = readNumber(text);
  return lastNumber;
}

const constants = new WeakMap<ComparedTest, ReadNumber>();

function constantOf(test: ComparedTest): ReadNumber {
  const known = constants.get(test);
  if (known !== undefined) return known;
  const number = readNumber(test.with);
  constants.set(test, number);
  return number;
}

function readNumber(text: string): ReadNumber {
  return { text, decimal: readDecimal(text), double: Number(text) };
}

/** The clauses without what is settled already; undefined if one of them cannot hold. */
export function simplified(clauses: readonly Clause[]): readonly Clause[] | undefined {
  const open: Clause[] = [];
  for (const clause of clauses) {
    if (clause.some((test) => test.kind === 'constant' && test.holds)) continue;
    const tests = clause.filter((test) => test.kind !== 'constant');
    if (tests.length === 0) return undefined;
    open.push(tests);
  }
  return clausesContradict(open) ? undefined : open;
}

/** True if one language is wanted by one clause and not wanted by another. Forty conditions and their denial end here. */
function clausesContradict(clauses: readonly Clause[]): boolean {
  const wanted = new Map<string, boolean>();
  for (const [test, ...others] of clauses) {
    if (test?.kind !== 'written' || others.length > 0) continue;
    const key = `${test.as} ${test.language.key}`;
    if ((wanted.get(key) ?? test.wanted) !== test.wanted) return true;
    wanted.set(key, test.wanted);
  }
  return false;
}

const keys = new WeakMap<Clause, string>();

/** Equal keys mean equal clauses. */
export function clauseKey(clause: Clause): string {
  let key = keys.get(clause);
  if (key === undefined) {
    key = clause.map(testKey).join(' | ');
    keys.set(clause, key);
  }
  return key;
}

export function testKey(test: TextTest): string {
  return test.kind === 'written' ? `${test.wanted} ${test.as} ${test.language.key}` : JSON.stringify(test);
}

/** What came of the search for a text. `unknown`: there may be one, and none was found. */
export type FoundText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none' | 'unknown' };

export const NO_TEXT: FoundText = { kind: 'none' };
export const UNKNOWN_TEXT: FoundText = { kind: 'unknown' };

export function isWritten(test: TextTest): test is WrittenTest {
  return test.kind === 'written';
}
