import { type Cursor, doubt, peek, refuse, startsWith, take, takeRun } from './cursor.ts';
import { HINTS } from './hints.ts';
import type {
  CharacterSet,
  ClassMember,
  Regex,
  RegexItem,
  RegexSequence,
  Repetition,
  Shorthand,
} from '../syntax/regex.ts';

/** "There is a limit of 2 regex for each filter pattern when creating a delimited or JSON filter pattern." */
const MAX_REGEXES = 2;
const ALPHANUMERIC = /[A-Za-z0-9]/;
/** The blank is not in AWS's list, but in its example `%^starting|^initializing|^shutting down%`. */
const SYMBOL = /[:_#=@/;, -]/;
const OPERATOR = /[\^$?[\]{}|\\*+.]/;
const SUPPORTED = 'a letter, a digit, one of `:_#=@/;,-`, or an operator of `^$?[]{}|\\*+.`';

/**
 * Reads `%...%`. Refused: parentheses, characters beyond ASCII, and every sign that is not on AWS's list.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseRegex(cursor: Cursor): Regex {
  cursor.regexes += 1;
  if (cursor.regexes > MAX_REGEXES) refuse(cursor, `at most ${MAX_REGEXES} regular expressions in a pattern`);
  const start = cursor.position;
  const text = takeRun(cursor, /%(?:\\[^]|[^%\\])*%/y);
  if (text === '') refuse(cursor, 'a closing `%`');
  const inside: Cursor = { ...cursor, position: start + 1, end: start + text.length - 1 };
  const alternatives: RegexSequence[] = [];
  do alternatives.push(parseSequence(inside));
  while (take(inside, '|'));
  cursor.doubt = inside.doubt;
  return { kind: 'regex', alternatives };
}

function parseSequence(cursor: Cursor): RegexSequence {
  const items: RegexItem[] = [];
  while (peek(cursor) !== '' && peek(cursor) !== '|') items.push(parseItem(cursor));
  if (items.length === 0) doubt(cursor, 'a character', HINTS.emptyRegex);
  return items;
}

function parseItem(cursor: Cursor): RegexItem {
  if (take(cursor, '^')) return anchor(cursor, 'start');
  if (take(cursor, '$')) return anchor(cursor, 'end');
  const of = parseSet(cursor);
  const repetition = parseRepetition(cursor, of);
  if (/[?*+{]/.test(peek(cursor))) doubt(cursor, 'a character', HINTS.regexQuantifier);
  return repetition;
}

function anchor(cursor: Cursor, kind: 'start' | 'end'): RegexItem {
  if (/[?*+{]/.test(peek(cursor))) doubt(cursor, 'a character', HINTS.regexQuantifier);
  return { kind };
}

function parseSet(cursor: Cursor): CharacterSet {
  if (take(cursor, '.')) return { kind: 'any' };
  if (take(cursor, '[')) return parseClass(cursor);
  if (take(cursor, '\\')) return parseEscape(cursor);
  if (/[?*+{]/.test(peek(cursor))) doubt(cursor, 'a character before it', HINTS.regexQuantifier);
  else if (/[}\]]/.test(peek(cursor))) doubt(cursor, 'a character', HINTS.regexLiteral);
  return { kind: 'character', code: takeCharacter(cursor) };
}

/** Moves past one character, and returns its code. */
function takeCharacter(cursor: Cursor): number {
  const character = peek(cursor);
  if (character === '(' || character === ')') refuse(cursor, 'no parentheses', HINTS.regexParentheses);
  const supported = ALPHANUMERIC.test(character) || SYMBOL.test(character) || OPERATOR.test(character);
  if (!supported) refuse(cursor, SUPPORTED, HINTS.regexCharacter);
  cursor.position += 1;
  return character.charCodeAt(0);
}

/** Behind the backslash. */
function parseEscape(cursor: Cursor): { readonly kind: 'character'; readonly code: number } | Shorthand {
  const start = cursor.position - 1;
  const letter = takeRun(cursor, /[dDsSwW]/y) as Shorthand['letter'] | '';
  if (letter !== '') return { kind: 'shorthand', letter };
  const hexadecimal = takeRun(cursor, /x[0-9A-Fa-f]{2}/y);
  if (hexadecimal !== '') return { kind: 'character', code: hexadecimalCode(cursor, hexadecimal, start) };
  const character = peek(cursor);
  if (character === '%' || ALPHANUMERIC.test(character)) doubt(cursor, 'an operator', HINTS.regexEscape, start);
  if (character !== '%') return { kind: 'character', code: takeCharacter(cursor) };
  cursor.position += 1;
  return { kind: 'character', code: 0x25 };
}

/** Whether a code beyond ASCII means a character or a byte of one is not documented. */
function hexadecimalCode(cursor: Cursor, escape: string, start: number): number {
  const code = parseInt(escape.slice(1), 16);
  if (code > 0x7f) doubt(cursor, 'a code up to `\\x7f`', undefined, start);
  return code;
}

/** Behind `[`. Operators are ordinary characters in a class, as in every dialect; `[` among them does not everywhere. */
function parseClass(cursor: Cursor): CharacterSet {
  const start = cursor.position - 1;
  const negated = take(cursor, '^');
  const members: ClassMember[] = [];
  if (startsWith(cursor, ']')) doubt(cursor, 'a character', HINTS.regexLiteral);
  while (!take(cursor, ']')) {
    if (peek(cursor) === '') refuse(cursor, 'a closing `]`', undefined, start);
    members.push(parseMember(cursor));
  }
  return { kind: 'class', negated, members };
}

function parseMember(cursor: Cursor): ClassMember {
  const start = cursor.position;
  if (startsWith(cursor, '[')) doubt(cursor, 'a character', HINTS.regexLiteral);
  const first = parseClassCharacter(cursor);
  if (!/^-[^\]]/.test(cursor.text.slice(cursor.position, cursor.end)))
    return first.kind === 'shorthand' ? first : range(first.code, first.code);
  cursor.position += 1;
  const last = parseClassCharacter(cursor);
  if (first.kind === 'shorthand' || last.kind === 'shorthand' || first.code > last.code) {
    doubt(cursor, 'a range from a character to a later one', undefined, start);
    return range(0, 0);
  }
  if (/^-[^\]]/.test(cursor.text.slice(cursor.position, cursor.end)))
    doubt(cursor, '`]` or a character', HINTS.regexLiteral);
  return range(first.code, last.code);
}

function range(from: number, to: number): ClassMember {
  return { kind: 'range', from, to };
}

function parseClassCharacter(cursor: Cursor): { readonly kind: 'character'; readonly code: number } | Shorthand {
  return take(cursor, '\\') ? parseEscape(cursor) : { kind: 'character', code: takeCharacter(cursor) };
}

function parseRepetition(cursor: Cursor, of: CharacterSet): Repetition {
  const bounds = (min: number, max: number): Repetition => ({ kind: 'repetition', of, min, max });
  if (take(cursor, '?')) return bounds(0, 1);
  if (take(cursor, '*')) return bounds(0, Infinity);
  if (take(cursor, '+')) return bounds(1, Infinity);
  const start = cursor.position;
  const braces = takeRun(cursor, /\{\d*(?:,\d*)?\}/y);
  if (braces === '') return bounds(1, 1);
  const [, low = '', comma = '', high = ''] = /^\{(\d*)(,?)(\d*)\}$/.exec(braces) ?? [];
  const min = Number(low);
  const max = comma === '' ? min : high === '' ? Infinity : Number(high);
  if ((low === '' && high === '') || min > max) doubt(cursor, '`{m}`, `{m,}`, `{,n}` or `{m,n}`', undefined, start);
  return bounds(min, max);
}
