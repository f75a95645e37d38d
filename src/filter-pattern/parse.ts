import { type Cursor, doubt, refuse, Refusal, skipBlanks } from './cursor.ts';
import { HINTS } from './hints.ts';
import { END, type Issue } from './issue.ts';
import { joinHint, parseExpression } from './parse-expression.ts';
import type { Pattern } from './pattern.ts';

export type ParseResult =
  | { readonly kind: 'parsed'; readonly pattern: Pattern }
  /** AWS certainly refuses the text. */
  | { readonly kind: 'invalid'; readonly issue: Issue }
  /** AWS may accept the text, but what it would mean is not known; also the kinds of pattern not read yet. */
  | { readonly kind: 'undecided'; readonly issue: Issue };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html: length 0 to 1024. */
const MAX_LENGTH = 1024;

/**
 * Reads the text of a filter pattern. A result, never an exception, for any text.
 *
 * "JSON patterns are enclosed in braces":
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parse(text: string): ParseResult {
  const characters = Array.from(text);
  if (characters.length > MAX_LENGTH) {
    const offset = characters.slice(0, MAX_LENGTH).join('').length;
    const issue = { offset, found: `${characters.length} characters`, expected: `at most ${MAX_LENGTH} characters` };
    return { kind: 'invalid', issue };
  }
  const trimmed = text.trim();
  return trimmed.startsWith('{') ? parseBraced(text) : parseOtherKind(text, trimmed);
}

function parseBraced(text: string): ParseResult {
  const open = text.indexOf('{');
  const last = text.trimEnd().length - 1;
  if (text.charAt(last) !== '}') {
    const issue = { offset: last + 1, found: END, expected: '`}`', hint: HINTS.unclosedBrace };
    return { kind: 'invalid', issue };
  }
  const cursor: Cursor = { text, end: last, position: open + 1, doubt: undefined, wildcards: 0, regexes: 0 };
  try {
    noteOuterBlanks(cursor, open, last);
    const pattern = parseInside(cursor);
    if (cursor.doubt !== undefined) return { kind: 'undecided', issue: cursor.doubt };
    return pattern === undefined ? emptyBraces(open) : { kind: 'parsed', pattern };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'invalid', issue: error.issue };
    throw error;
  }
}

/** Refused by the service in 2019, never described: https://github.com/cfchou/metric_filter_parser (e2e) */
function noteOuterBlanks(cursor: Cursor, open: number, last: number): void {
  if (open > 0) doubt(cursor, '`{` as the first character', HINTS.outerBlanks, 0);
  if (last < cursor.text.length - 1) doubt(cursor, '`}` as the last character', HINTS.outerBlanks, last + 1);
}

function parseInside(cursor: Cursor): Pattern | undefined {
  skipBlanks(cursor);
  if (cursor.position >= cursor.end) return undefined;
  const expression = parseExpression(cursor);
  if (cursor.position < cursor.end) refuse(cursor, '`&&`, `||` or `}`', joinHint(cursor));
  return { kind: 'json', expression };
}

/** Whether `{}` is a pattern is not described. */
function emptyBraces(open: number): ParseResult {
  return { kind: 'undecided', issue: { offset: open + 1, found: '}', expected: 'a condition' } };
}

function parseOtherKind(text: string, trimmed: string): ParseResult {
  const offset = text.length - text.trimStart().length;
  if (trimmed.startsWith('$')) {
    const found = trimmed.split(/\s/, 1)[0] ?? '$';
    return { kind: 'invalid', issue: { offset, found, expected: '`{`', hint: HINTS.braces } };
  }
  const found = trimmed === '' ? END : (trimmed.split(/\s/, 1)[0] ?? trimmed);
  return { kind: 'undecided', issue: { offset, found, expected: '`{`: other kinds of pattern are not read yet' } };
}
