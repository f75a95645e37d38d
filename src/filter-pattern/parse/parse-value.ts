import { type Cursor, doubt, peek, refuse, skipBlanks, startsWith, takeRun } from './cursor.ts';
import { HINTS } from './hints.ts';
import { parseRegex } from './parse-regex.ts';
import type { Numeral, Word } from '../syntax/pattern.ts';
import type { Regex } from '../syntax/regex.ts';

const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
/** What other languages read as a number as well: `.5`, `5.`. Whether AWS does is not known. */
const NUMBER_LIKE = /^[+-]?([0-9]+\.?|[0-9]*\.[0-9]+)([eE][+-]?[0-9]+)?$/;
const KEYWORDS = new Set(['NULL', 'TRUE', 'FALSE', 'IS', 'NOT', 'EXISTS']);

/**
 * Reads a number, a word without quotes, text in double quotes, or a regular expression.
 * "Strings with other characters than alphanumerics and underscores must be in double quotes"; the same page and the
 * patterns that AWS publishes also use `.` and `*` without them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseValue(cursor: Cursor): Word | Numeral | Regex {
  switch (peek(cursor)) {
    case '"':
      return parseQuoted(cursor);
    case "'":
      return parseSingleQuoted(cursor);
    case '%':
      return parseRegex(cursor);
    default:
      return parseBare(cursor);
  }
}

/** True for what the language reads as a number if it has no quotes. */
export function isNumeral(text: string): boolean {
  return NUMBER.test(text);
}

/** True for text that means the same with and without quotes. */
export function isBareWord(text: string): boolean {
  return /^[A-Za-z0-9_.*]+$/.test(text) && !NUMBER_LIKE.test(text) && !KEYWORDS.has(text);
}

/** Escapes are not described; `\"` and `\\` are what the CDK renders and what deployed templates use. */
export function parseQuoted(cursor: Cursor): Word {
  const start = cursor.position;
  cursor.position += 1;
  let text = '';
  for (;;) {
    const character = peek(cursor);
    if (character === '') refuse(cursor, 'a closing `"`', HINTS.unclosedQuote, start);
    cursor.position += 1;
    if (character === '"') return { kind: 'word', text };
    if (character !== '\\') text += character;
    else {
      const escaped = peek(cursor);
      if (escaped !== '"' && escaped !== '\\') doubt(cursor, '`\\"` or `\\\\`', HINTS.escape, cursor.position - 1);
      text += escaped;
      cursor.position += 1;
    }
  }
}

/** Reported as refused by one deployment and never described: https://github.com/hashicorp/terraform-provider-aws/issues/2945 */
function parseSingleQuoted(cursor: Cursor): Word {
  doubt(cursor, 'text in double quotes', HINTS.singleQuotes);
  const text = takeRun(cursor, /'[^']*'/y);
  return text === '' ? { kind: 'word', text: takeRun(cursor, /[^\s()&|}]+/y) } : { kind: 'word', text };
}

function parseBare(cursor: Cursor): Word | Numeral {
  const start = cursor.position;
  const text = takeRun(cursor, /[^\s()&|"}]+/y);
  if (text === '') refuse(cursor, 'a number or text');
  checkCharacters(cursor, text, start);
  if (NUMBER_LIKE.test(text) && !continues(cursor)) {
    if (!isNumeral(text)) doubt(cursor, 'a number', HINTS.numberForm, start);
    return { kind: 'numeral', spelling: text };
  }
  if (KEYWORDS.has(text)) doubt(cursor, 'a number or text', HINTS.keyword, start);
  takeFurtherWords(cursor, start);
  return { kind: 'word', text };
}

/**
 * `@`, `$`, `\` and characters beyond ASCII need quotes (guide of 2020), and a comma was seen to be refused; of other
 * signs AWS says less.
 */
function checkCharacters(cursor: Cursor, text: string, start: number): void {
  if (peek(cursor) === '"') refuse(cursor, 'the end of the word', HINTS.unclosedQuote);
  if (text.startsWith('$')) refuse(cursor, 'a number or text', HINTS.otherSelector, start);
  const forbidden = text.search(/[@$\\,]|[^ -~]/u);
  if (forbidden !== -1) refuse(cursor, 'text in double quotes', signHint(text.charAt(forbidden)), start + forbidden);
  const strange = text.search(/[^A-Za-z0-9_.*]/);
  if (strange !== -1 && !NUMBER_LIKE.test(text))
    doubt(cursor, 'text in double quotes', HINTS.quoteValue, start + strange);
}

function signHint(sign: string): string {
  if (sign === ',') return HINTS.comma;
  return /[\u2018-\u201f]/.test(sign) ? HINTS.curlyQuotes : HINTS.quoteValue;
}

function continues(cursor: Cursor): boolean {
  return /^[ \t\r\n]+[A-Za-z0-9_.*:/'-]/.test(cursor.text.slice(cursor.position, cursor.end));
}

/** A blank inside a value without quotes: whether AWS takes the words together is not known. */
function takeFurtherWords(cursor: Cursor, start: number): void {
  while (continues(cursor)) {
    const before = cursor.position;
    skipBlanks(cursor);
    if (startsWithJoiner(cursor)) {
      cursor.position = before;
      return;
    }
    doubt(cursor, 'text in double quotes, or `&&`, `||` behind the value', HINTS.blankInValue, start);
    const further = takeRun(cursor, /[^\s()&|"}]+/y);
    checkCharacters(cursor, further, cursor.position - further.length);
  }
}

function startsWithJoiner(cursor: Cursor): boolean {
  return ['AND ', 'OR ', 'and ', 'or ', 'And ', 'Or '].some((word) => startsWith(cursor, word));
}
