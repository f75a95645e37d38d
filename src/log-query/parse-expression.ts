import type { Cursor } from './cursor.ts';
import { refuse, skipBlank, take, takeWord } from './cursor.ts';
import { nonEmpty, parseLike, takeString } from './parse-like.ts';
import type { QueryExpression, QueryField, QueryTextTest, TextsCondition } from './query.ts';

/** Deeper nesting than this is not read. */
const MOST_DEPTH = 50;

/**
 * Takes the condition of a `filter` command.
 *
 * @throws UnreadError
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html
 */
export function parseExpression(cursor: Cursor, depth = 0): QueryExpression {
  const operands = [parseOperand(cursor, depth)];
  let joiner: 'and' | 'or' | undefined;
  for (;;) {
    skipBlank(cursor);
    const from = cursor.at;
    const next = takeWord(cursor, 'and') ? 'and' : takeWord(cursor, 'or') ? 'or' : undefined;
    if (next === undefined) break;
    if (joiner !== undefined && joiner !== next) {
      refuse(
        cursor,
        `\`${joiner}\``,
        'AWS does not document which of `and` and `or` binds first: use parentheses',
        from,
      );
    }
    joiner = next;
    operands.push(parseOperand(cursor, depth));
  }
  const [only] = operands;
  return joiner === undefined && only !== undefined ? only : { kind: joiner ?? 'and', operands };
}

function parseOperand(cursor: Cursor, depth: number): QueryExpression {
  if (depth > MOST_DEPTH) refuse(cursor, `at most ${MOST_DEPTH} levels of \`not\` and parentheses`);
  if (takeWord(cursor, 'not')) {
    skipBlank(cursor);
    if (!/^(?:\(|not\b|ispresent\b)/.test(cursor.text.slice(cursor.at))) refuse(cursor, '`(` after `not`');
    return { kind: 'not', operand: parseOperand(cursor, depth + 1) };
  }
  if (take(cursor, /^\(/) !== undefined) {
    const inner = parseExpression(cursor, depth + 1);
    if (take(cursor, /^\)/) === undefined) refuse(cursor, '`and`, `or` or `)`');
    return inner;
  }
  if (take(cursor, /^ispresent\s*\(/) !== undefined) {
    const field = parseField(cursor);
    if (take(cursor, /^\)/) === undefined) refuse(cursor, '`)`');
    return { kind: 'present', field };
  }
  return parseCondition(cursor);
}

function parseCondition(cursor: Cursor): TextsCondition {
  const field = parseField(cursor);
  skipBlank(cursor);
  const from = cursor.at;
  if (take(cursor, /^=~/) !== undefined || takeWord(cursor, 'like')) {
    return onMessage({ kind: 'texts', operator: 'like', wanted: true, field, tests: parseLike(cursor) }, cursor, from);
  }
  const isNegated = takeWord(cursor, 'not');
  if (isNegated && takeWord(cursor, 'like')) {
    return onMessage({ kind: 'texts', operator: 'like', wanted: false, field, tests: parseLike(cursor) }, cursor, from);
  }
  // The page about `filter` also writes `IN`. It says of no other word that capital letters do not matter.
  if (takeWord(cursor, 'in') || takeWord(cursor, 'IN')) {
    return onMessage(
      { kind: 'texts', operator: 'in', wanted: !isNegated, field, tests: parseList(cursor) },
      cursor,
      from,
    );
  }
  const operator = isNegated ? undefined : take(cursor, /^(?:!=|=)(?![=~<>])/);
  if (operator === undefined) refuse(cursor, '`=`, `!=`, `in` or `like`', undefined, from);
  return onMessage(
    { kind: 'texts', operator: '=', wanted: operator === '=', field, tests: [exactly(parseText(cursor))] },
    cursor,
    from,
  );
}

/** What is asked of the whole record must not depend on how its JSON is spelt. */
function onMessage(condition: TextsCondition, cursor: Cursor, at: number): TextsCondition {
  const { field, tests } = condition;
  const isSpelling = ({ text, start, end }: QueryTextTest) => start || end || !/^[A-Za-z][\w.-]*$/.test(text);
  if (field.kind === 'message' && tests.some(isSpelling)) {
    refuse(cursor, 'a field of the record', 'how the JSON of a record is spelt is not known', at);
  }
  return condition;
}

function parseList(cursor: Cursor): readonly QueryTextTest[] {
  if (take(cursor, /^\[/) === undefined) refuse(cursor, '`[`');
  const tests = [exactly(parseText(cursor))];
  while (take(cursor, /^,/) !== undefined) tests.push(exactly(parseText(cursor)));
  if (take(cursor, /^\]/) === undefined) refuse(cursor, '`,` or `]`');
  return tests;
}

function exactly(text: string): QueryTextTest {
  return { text, start: true, end: true, ignoreCase: false };
}

function parseText(cursor: Cursor): string {
  const text = takeString(cursor);
  if (text !== undefined) return nonEmpty(text, cursor);
  const isName = /^[A-Za-z_]/.test(cursor.text.slice(cursor.at));
  return refuse(cursor, 'a text in quotes', isName ? 'a word without quotes is the name of a field' : undefined);
}

/**
 * Takes the name of a field. Of the fields that CloudWatch Logs adds only `@message` is computed.
 *
 * @throws UnreadError
 */
export function parseField(cursor: Cursor): QueryField {
  skipBlank(cursor);
  const from = cursor.at;
  const quoted = take(cursor, /^`[^`]+`/);
  const name = quoted?.slice(1, -1) ?? take(cursor, /^@?[A-Za-z_][\w.]*(?![\w(@-])/);
  if (name === '@message') return { kind: 'message' };
  const [first, ...rest] = name?.split('.') ?? [];
  const isPath = first !== undefined && [first, ...rest].every((one) => one !== '' && !one.startsWith('@'));
  if (!isPath) return refuse(cursor, 'a field of the record or `@message`', undefined, from);
  return { kind: 'field', names: [first, ...rest] };
}
