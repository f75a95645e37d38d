import { type Cursor, doubt, peek, refuse, skipBlanks, takeRun } from './cursor.ts';
import { HINTS } from './hints.ts';
import { parseSelector } from './parse-selector.ts';
import { parseValue } from './parse-value.ts';
import type { Condition, Selector, State } from '../syntax/pattern.ts';

const OPERATORS = '`=`, `!=`, `<`, `<=`, `>`, `>=`, `IS` or `NOT EXISTS`';

/**
 * Reads one condition: a selector with an operator and a value, `IS NULL`, `IS TRUE`, `IS FALSE` or `NOT EXISTS`.
 * "The IS NOT and EXISTS operators aren't currently supported": https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseCondition(cursor: Cursor): Condition {
  const selector = parseSelector(cursor);
  skipBlanks(cursor);
  const start = cursor.position;
  const operator = takeRun(cursor, /[=!<>~]+/y);
  if (operator === '') return parseKeyword(cursor, selector);
  skipBlanks(cursor);
  switch (operator) {
    case '=':
    case '!=':
      return { kind: 'equality', selector, operator, value: parseValue(cursor) };
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const valueStart = cursor.position;
      const value = parseValue(cursor);
      if (value.kind !== 'numeral') return refuse(cursor, 'a number', HINTS.orderNumber, valueStart);
      return { kind: 'ordering', selector, operator, value };
    }
    default:
      return refuse(cursor, OPERATORS, operatorHint(operator), start);
  }
}

function operatorHint(operator: string): string | undefined {
  if (operator.includes('~')) return HINTS.regexOperator;
  if (operator === '==' || operator === '===') return HINTS.doubleEquals;
  if (operator === '<>' || operator === '!==' || operator === '=!' || operator === '!') return HINTS.notEquals;
  return undefined;
}

function parseKeyword(cursor: Cursor, selector: Selector): Condition {
  const start = cursor.position;
  const word = takeRun(cursor, /[A-Za-z]+/y);
  switch (word.toUpperCase()) {
    case 'IS':
      return parseState(cursor, selector, word, start);
    case 'NOT':
      return parseAbsence(cursor, selector, word, start);
    case 'EXISTS':
      return refuse(cursor, OPERATORS, endsInKeyword(selector) ? HINTS.lostBlank : HINTS.exists, start);
    case 'IN':
    case 'LIKE':
    case 'CONTAINS':
    case 'MATCHES':
    case 'STARTSWITH':
    case 'ENDSWITH':
      return refuse(cursor, OPERATORS, HINTS.wordOperator, start);
    case 'NOTEXISTS':
    case 'ISNULL':
    case 'ISTRUE':
    case 'ISFALSE':
      return refuse(cursor, OPERATORS, HINTS.lostBlank, start);
    default:
      return refuse(cursor, OPERATORS, endsInKeyword(selector) ? HINTS.lostBlank : undefined, start);
  }
}

function parseState(cursor: Cursor, selector: Selector, word: string, start: number): Condition {
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

function parseAbsence(cursor: Cursor, selector: Selector, word: string, start: number): Condition {
  skipInnerBlank(cursor);
  const existsStart = cursor.position;
  const exists = takeRun(cursor, /[A-Za-z]+/y);
  const wrong = exists.toUpperCase() !== 'EXISTS' || /[\w$.*-]/.test(peek(cursor));
  if (wrong) refuse(cursor, '`EXISTS`', isState(exists.toUpperCase()) ? HINTS.isNot : HINTS.not, existsStart);
  if (word !== 'NOT' || exists !== 'EXISTS') doubt(cursor, '`NOT EXISTS`', HINTS.keywordCase, start);
  return { kind: 'absence', selector };
}

/** One blank is what AWS prints; of more it says nothing. */
function skipInnerBlank(cursor: Cursor): void {
  const start = cursor.position;
  skipBlanks(cursor);
  if (cursor.text.slice(start, cursor.position).length > 1) doubt(cursor, 'one blank', HINTS.keywordBlanks, start);
}

/** `$.aNOT EXISTS`: the name has swallowed the keyword. */
function endsInKeyword(selector: Selector): boolean {
  const last = selector.at(-1);
  return last?.kind === 'field' && /(?:NOT|IS)$/i.test(last.name);
}
