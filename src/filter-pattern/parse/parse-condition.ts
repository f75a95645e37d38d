import { type Cursor, doubt, peek, refuse, skipBlanks, takeRun } from './cursor.ts';
import { HINTS } from './hints.ts';
import { parseSelector } from './parse-selector.ts';
import { parseValue } from './parse-value.ts';
import type { AbsenceTest, Condition, State, StateTest } from '../syntax/pattern.ts';
import type { Selector } from '../../conditions/event/selector.ts';

const OPERATORS = '`=`, `!=`, `<`, `<=`, `>`, `>=`, `IS` or `NOT EXISTS`';

/**
 * Reads one condition: a selector, then an operator and a value, `IS NULL`, `IS TRUE`, `IS FALSE` or `NOT EXISTS`.
 * "The IS NOT and EXISTS operators aren't currently supported": https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseCondition(cursor: Cursor): Condition {
  const selector = parseSelector(cursor);
  skipBlanks(cursor);
  const start = cursor.position;
  const operator = takeRun(cursor, /[=!<>~]+/y) || takeRun(cursor, /[A-Za-z]+/y);
  for (const parseRest of Object.values(FORMS)) {
    const condition = parseRest(cursor, { selector, operator, start });
    if (condition !== undefined) return condition;
  }
  return refuse(cursor, OPERATORS, operatorHint(operator, selector), start);
}

/** What comes before the rest of a condition: the selector, and the operator or keyword with its offset. */
interface ConditionStart {
  readonly selector: Selector;
  readonly operator: string;
  readonly start: number;
}

/** For each kind of condition, the reader of what follows the operator; undefined if the operator is not its own. */
const FORMS: {
  readonly [Kind in Condition['kind']]: (
    cursor: Cursor,
    start: ConditionStart,
  ) => Extract<Condition, { readonly kind: Kind }> | undefined;
} = {
  equality: (cursor, { selector, operator }) => {
    if (operator !== '=' && operator !== '!=') return undefined;
    skipBlanks(cursor);
    return { kind: 'equality', selector, operator, value: parseValue(cursor) };
  },
  ordering: (cursor, { selector, operator }) => {
    if (operator !== '<' && operator !== '<=' && operator !== '>' && operator !== '>=') return undefined;
    skipBlanks(cursor);
    const valueStart = cursor.position;
    const value = parseValue(cursor);
    if (value.kind !== 'numeral') return refuse(cursor, 'a number', HINTS.orderNumber, valueStart);
    return { kind: 'ordering', selector, operator, value };
  },
  state: (cursor, start) => (start.operator.toUpperCase() === 'IS' ? parseState(cursor, start) : undefined),
  absence: (cursor, start) => (start.operator.toUpperCase() === 'NOT' ? parseAbsence(cursor, start) : undefined),
};

function operatorHint(operator: string, selector: Selector): string | undefined {
  if (operator.includes('~')) return HINTS.regexOperator;
  switch (operator.toUpperCase()) {
    case '==':
    case '===':
      return HINTS.doubleEquals;
    case '<>':
    case '!==':
    case '=!':
    case '!':
      return HINTS.notEquals;
    case 'EXISTS':
      return endsInKeyword(selector) ? HINTS.lostBlank : HINTS.exists;
    case 'IN':
    case 'LIKE':
    case 'CONTAINS':
    case 'MATCHES':
    case 'STARTSWITH':
    case 'ENDSWITH':
      return HINTS.wordOperator;
    case 'NOTEXISTS':
    case 'ISNULL':
    case 'ISTRUE':
    case 'ISFALSE':
      return HINTS.lostBlank;
    default:
      return /[=!<>~]/.test(operator) || !endsInKeyword(selector) ? undefined : HINTS.lostBlank;
  }
}

function parseState(cursor: Cursor, { selector, operator: word, start }: ConditionStart): StateTest {
  skipInnerBlank(cursor);
  const stateStart = cursor.position;
  const state = takeRun(cursor, /[A-Za-z]+/y);
  const upper = state.toUpperCase();
  if (upper === 'NOT') refuse(cursor, '`NULL`, `TRUE` or `FALSE`', HINTS.isNot, stateStart);
  if (!isState(upper) || /[\w$.*-]/.test(peek(cursor)))
    refuse(cursor, '`NULL`, `TRUE` or `FALSE`', undefined, stateStart);
  if (word !== 'IS' || state !== upper) doubt(cursor, `\`IS ${upper}\``, HINTS.keywordCase, start);
  return { kind: 'state', selector, state: upper };
}

function isState(word: string): word is State {
  return word === 'NULL' || word === 'TRUE' || word === 'FALSE';
}

function parseAbsence(cursor: Cursor, { selector, operator: word, start }: ConditionStart): AbsenceTest {
  skipInnerBlank(cursor);
  const existsStart = cursor.position;
  const exists = takeRun(cursor, /[A-Za-z]+/y);
  const wrong = exists.toUpperCase() !== 'EXISTS' || /[\w$.*-]/.test(peek(cursor));
  if (wrong) refuse(cursor, '`EXISTS`', isState(exists.toUpperCase()) ? HINTS.isNot : HINTS.not, existsStart);
  if (word !== 'NOT' || exists !== 'EXISTS') doubt(cursor, '`NOT EXISTS`', HINTS.keywordCase, start);
  return { kind: 'absence', selector };
}

/** AWS prints one blank. It does not say whether more are allowed. */
function skipInnerBlank(cursor: Cursor): void {
  const start = cursor.position;
  skipBlanks(cursor);
  if (cursor.text.slice(start, cursor.position).length > 1) doubt(cursor, 'one blank', HINTS.keywordBlanks, start);
}

/** `$.aNOT EXISTS`: the blank is missing, so the keyword became part of the name. */
function endsInKeyword(selector: Selector): boolean {
  const last = selector.at(-1);
  return last?.kind === 'field' && /(?:NOT|IS)$/i.test(last.name);
}
