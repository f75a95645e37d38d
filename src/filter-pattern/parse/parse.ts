import { type Cursor, doubt, refuse, Refusal, skipBlanks } from './cursor.ts';
import { HINTS } from './hints.ts';
import { END, type Issue } from '../syntax/issue.ts';
import { parseDelimited } from './parse-delimited.ts';
import { joinHint, parseExpression } from './parse-expression.ts';
import { parseTerms } from './parse-terms.ts';
import type { Pattern } from '../syntax/pattern.ts';

export type ParseResult =
  | { readonly kind: 'parsed'; readonly pattern: Pattern }
  /** AWS certainly refuses the text. */
  | { readonly kind: 'invalid'; readonly issue: Issue }
  /** AWS may accept the text, but what it would mean is not known. `pattern` is what it most likely means, if that is known. */
  | { readonly kind: 'undecided'; readonly issue: Issue; readonly pattern?: Pattern };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html: length 0 to 1024. */
const MAX_LENGTH = 1024;

/**
 * Reads the text of a filter pattern. A result, never an exception, for any text.
 *
 * JSON patterns are enclosed in braces, space-delimited ones in brackets; the empty text matches every event, and any
 * other is a list of terms: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parse(text: string): ParseResult {
  const characters = Array.from(text);
  if (characters.length > MAX_LENGTH) {
    const offset = characters.slice(0, MAX_LENGTH).join('').length;
    const issue = { offset, found: `${characters.length} characters`, expected: `at most ${MAX_LENGTH} characters` };
    return { kind: 'invalid', issue };
  }
  if (text.length > MAX_LENGTH) {
    const issue = {
      offset: MAX_LENGTH,
      found: `${text.length} UTF-16 units`,
      expected: `at most ${MAX_LENGTH} characters`,
    };
    return { kind: 'undecided', issue };
  }
  if (text === '') return { kind: 'parsed', pattern: { kind: 'everything' } };
  if (/^[\s(]*\$[.[]/.test(text)) return withoutBraces(text);
  switch (text.trimStart().charAt(0)) {
    case '{':
      return parseEnclosed(text, '}', HINTS.unclosedBrace, parseJson);
    case '[':
      return parseEnclosed(text, ']', HINTS.unclosedBracket, parseDelimited);
    default:
      return parseUnstructured(text);
  }
}

/** "If a filter pattern starts with '{' it must end with '}'", and so with brackets. */
function parseEnclosed(text: string, close: string, hint: string, inside: (cursor: Cursor) => Pattern): ParseResult {
  const open = text.length - text.trimStart().length;
  const last = text.trimEnd().length - 1;
  if (text.charAt(last) !== close) {
    return { kind: 'invalid', issue: { offset: last + 1, found: END, expected: `\`${close}\``, hint } };
  }
  return readWith(beginCursor(text, open + 1, last), (cursor) => {
    noteOuterBlanks(cursor, open, last);
    return inside(cursor);
  });
}

function beginCursor(text: string, position: number, end: number): Cursor {
  return { text, end, position, doubt: undefined, wildcards: 0, regexes: 0 };
}

function readWith(cursor: Cursor, read: (cursor: Cursor) => Pattern): ParseResult {
  try {
    const pattern = read(cursor);
    return cursor.doubt === undefined
      ? { kind: 'parsed', pattern }
      : { kind: 'undecided', issue: cursor.doubt, pattern };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'invalid', issue: error.issue };
    throw error;
  }
}

/** Refused by the service in 2019, never described: https://github.com/cfchou/metric_filter_parser (e2e) */
function noteOuterBlanks(cursor: Cursor, open: number, last: number): void {
  const { text } = cursor;
  if (open > 0) doubt(cursor, `\`${text.charAt(open)}\` as the first character`, HINTS.outerBlanks, 0);
  if (last < text.length - 1)
    doubt(cursor, `\`${text.charAt(last)}\` as the last character`, HINTS.outerBlanks, last + 1);
}

function parseJson(cursor: Cursor): Pattern {
  skipBlanks(cursor);
  if (cursor.position >= cursor.end) {
    // Whether `{}` is a pattern is not described.
    doubt(cursor, 'a condition');
    return { kind: 'json', expression: { kind: 'and', operands: [] } };
  }
  const expression = parseExpression(cursor);
  if (cursor.position < cursor.end) refuse(cursor, '`&&`, `||` or `}`', joinHint(cursor));
  return { kind: 'json', expression };
}

function withoutBraces(text: string): ParseResult {
  const offset = text.length - text.trimStart().length;
  const found = text.trim().split(/\s/, 1)[0] ?? '$';
  return { kind: 'invalid', issue: { offset, found, expected: '`{`', hint: HINTS.braces } };
}

function parseUnstructured(text: string): ParseResult {
  const trimmed = text.trim();
  const start = text.length - text.trimStart().length;
  return readWith(beginCursor(text, start, start + trimmed.length), (cursor) => {
    if (trimmed !== text)
      doubt(cursor, 'no blanks around the pattern', HINTS.outerBlanks, start > 0 ? 0 : trimmed.length);
    return trimmed === '' ? { kind: 'everything' } : parseTerms(cursor);
  });
}
