import { type Cursor, doubt, peek, refuse, startsWith, take, takeRun } from './cursor.ts';
import { HINTS } from './hints.ts';
import type { Selector, SelectorStep } from '../../conditions/event/selector.ts';

/** At most three wildcard selectors in a pattern, and one in a selector. */
const MAX_WILDCARDS = 3;

/**
 * Reads `$.name`, `$.['any.name']`, `$.a[0]`, `$.a[*]`, `$.a.*`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (names: letters, digits, `-`, `_`)
 */
export function parseSelector(cursor: Cursor): Selector {
  const start = cursor.position;
  if (!take(cursor, '$')) refuse(cursor, 'a selector that starts with `$.`', HINTS.dollar);
  if (!startsWith(cursor, '.')) doubt(cursor, 'a `.` after `$`', HINTS.dollar);
  const steps: SelectorStep[] = [];
  for (let step = parseStep(cursor); step !== undefined; step = parseStep(cursor)) steps.push(step);
  if (steps.length === 0) refuse(cursor, 'the name of a field after `$.`', HINTS.dollar);
  countWildcards(cursor, steps, start);
  return steps;
}

function parseStep(cursor: Cursor): SelectorStep | undefined {
  if (take(cursor, '.*')) return { kind: 'any-field' };
  if (startsWith(cursor, ".['")) {
    cursor.position += 1;
    return parseBracketName(cursor);
  }
  if (startsWith(cursor, '.["') || startsWith(cursor, '["')) {
    refuse(cursor, "a name, or one in `.['` and `']`", HINTS.doubleQuotedBracket);
  }
  if (startsWith(cursor, '.[')) {
    doubt(cursor, "a name, or one in `['` and `']`", HINTS.quotedKey);
    cursor.position += 1;
    return parseBracket(cursor);
  }
  if (take(cursor, '.')) return { kind: 'field', name: parseName(cursor) };
  if (startsWith(cursor, '[')) return parseBracket(cursor);
  const strange = cursor.position;
  const run = takeRun(cursor, /[^\s.[=!<>()&|}]+/y);
  if (run === '') return undefined;
  doubt(cursor, 'a `.`, an index, or an operator', undefined, strange);
  return { kind: 'field', name: run };
}

function parseName(cursor: Cursor): string {
  const start = cursor.position;
  if (peek(cursor) === '"') refuse(cursor, 'the name of a field', HINTS.quotedKey);
  const name = takeRun(cursor, /[^\s.[=!<>()&|}]*/y);
  if (name === '') doubt(cursor, 'the name of a field', undefined, start);
  else if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    doubt(cursor, 'a name of letters, digits, `-` and `_`', HINTS.quotedKey, start);
  }
  return name;
}

function parseBracket(cursor: Cursor): SelectorStep {
  if (take(cursor, '[*]')) return { kind: 'any-element' };
  const digits = takeRun(cursor, /\[[0-9]+\]/y);
  if (digits !== '') return parseIndex(cursor, digits);
  if (startsWith(cursor, "['")) {
    doubt(cursor, "an index, or `.['` before the name", HINTS.quotedKey);
    return parseBracketName(cursor);
  }
  const start = cursor.position;
  const strange = takeRun(cursor, /\[[^\]]*\]/y);
  if (strange === '') refuse(cursor, 'an index in `[` and `]`');
  doubt(cursor, 'an index of digits, or `*`', undefined, start);
  return { kind: 'field', name: strange };
}

function parseIndex(cursor: Cursor, digits: string): SelectorStep {
  const value = Number(digits.slice(1, -1));
  if (!Number.isSafeInteger(value))
    doubt(cursor, 'an index of a possible size', undefined, cursor.position - digits.length);
  return { kind: 'index', index: value };
}

function parseBracketName(cursor: Cursor): SelectorStep {
  const start = cursor.position;
  cursor.position += 2;
  const close = cursor.text.indexOf("']", cursor.position);
  if (close === -1 || close >= cursor.end) refuse(cursor, "the end of the name, `']`", undefined, start);
  const name = cursor.text.slice(cursor.position, close);
  cursor.position = close + 2;
  if (name === '' || name.includes("'")) doubt(cursor, 'a name without quotes in it', undefined, start);
  return { kind: 'field', name };
}

/**
 * "Only one wildcard selector is allowed in a property selector, and up to three in a compound pattern."
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
function countWildcards(cursor: Cursor, steps: readonly SelectorStep[], start: number): void {
  const own = steps.filter((step) => step.kind === 'any-field' || step.kind === 'any-element').length;
  if (own > 1) refuse(cursor, 'at most one wildcard in a selector', undefined, start);
  cursor.wildcards += own;
  if (cursor.wildcards > MAX_WILDCARDS) {
    refuse(cursor, `at most ${MAX_WILDCARDS} wildcard selectors in a pattern`, undefined, start);
  }
}
