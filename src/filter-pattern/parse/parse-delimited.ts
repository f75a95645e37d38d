import { type Cursor, doubt, tokenAt, peek, refuse, skipBlanks, startsWith, take, takeRun } from './cursor.ts';
import { HINTS } from './hints.ts';
import { parseRegex } from './parse-regex.ts';
import { isNumeral, parseQuoted } from './parse-value.ts';
import type { DelimitedPattern, Field, Numeral, Word, WordExpression, WordTest } from '../syntax/pattern.ts';
import type { Regex } from '../syntax/regex.ts';

/**
 * Reads the fields of a space-delimited pattern, between its brackets: `[ip, ..., status = 4* && status != 404, ]`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parseDelimited(cursor: Cursor): DelimitedPattern {
  skipBlanks(cursor);
  if (peek(cursor) === '') return { kind: 'delimited', fields: [] };
  const fields: Field[] = [];
  do {
    skipBlanks(cursor);
    fields.push(parseField(cursor, fields));
    skipBlanks(cursor);
  } while (take(cursor, ','));
  if (peek(cursor) !== '') refuse(cursor, '`,`, `&&`, `||` or `]`');
  return { kind: 'delimited', fields };
}

function parseField(cursor: Cursor, before: readonly Field[]): Field {
  if (startsWith(cursor, '...')) return parseEllipsis(cursor, before);
  if (peek(cursor) === ',' || peek(cursor) === '') return { kind: 'word' };
  const start = cursor.position;
  const name = parseName(cursor);
  if (before.some((field) => field.kind === 'word' && field.name === name)) {
    doubt(cursor, 'another name', 'two fields of the same name', start);
  }
  skipBlanks(cursor);
  if (!/[=!<>~]/.test(peek(cursor))) return { kind: 'word', name };
  return { kind: 'word', name, test: parseTests(cursor, name) };
}

function parseEllipsis(cursor: Cursor, before: readonly Field[]): Field {
  if (before.some(({ kind }) => kind === 'ellipsis')) refuse(cursor, 'the name of a field', HINTS.oneEllipsis);
  cursor.position += 3;
  return { kind: 'ellipsis' };
}

/** The CDK takes letters, digits, `-` and `_`: https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-logs/lib/pattern.ts */
function parseName(cursor: Cursor): string {
  const start = cursor.position;
  const name = takeRun(cursor, /[^\s,=!<>~&|"%]+/y);
  if (name === '') refuse(cursor, 'the name of a field, `...` or `,`');
  if (!/^[A-Za-z0-9_-]+$/.test(name)) doubt(cursor, 'a name of letters, digits, `-` and `_`', undefined, start);
  return name;
}

/** Tests joined by `&&`, which binds tighter, and `||`. The cursor is after the name of the field. */
function parseTests(cursor: Cursor, name: string): WordExpression {
  const either: WordExpression[] = [];
  let all: WordExpression[] = [parseTest(cursor)];
  for (;;) {
    skipBlanks(cursor);
    const joined = take(cursor, '&&') ? 'and' : take(cursor, '||') ? 'or' : undefined;
    if (joined === undefined) break;
    if (joined === 'or') {
      either.push(joinTests('and', all));
      all = [];
    }
    parseOwnName(cursor, name);
    all.push(parseTest(cursor));
  }
  return joinTests('or', [...either, joinTests('and', all)]);
}

function joinTests(kind: 'and' | 'or', operands: readonly WordExpression[]): WordExpression {
  const [first, ...rest] = operands;
  return first !== undefined && rest.length === 0 ? first : { kind, operands };
}

/** Refused where it is another field's name: https://github.com/awsdocs/amazon-cloudwatch-logs-user-guide/issues/21 */
function parseOwnName(cursor: Cursor, name: string): void {
  skipBlanks(cursor);
  if (peek(cursor) === '(') refuse(cursor, `\`${name}\``, HINTS.fieldParentheses);
  const start = cursor.position;
  if (takeRun(cursor, /[^\s,=!<>~&|"%]+/y) !== name) refuse(cursor, `\`${name}\``, HINTS.otherField, start);
}

function parseTest(cursor: Cursor): WordTest {
  skipBlanks(cursor);
  const start = cursor.position;
  const operator = takeRun(cursor, /[=!<>~]+/y);
  skipBlanks(cursor);
  const valueStart = cursor.position;
  switch (operator) {
    case '=':
    case '!=':
      return { kind: 'equality', operator, value: parseValue(cursor) };
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const value = parseValue(cursor);
      if (value.kind !== 'numeral') return refuse(cursor, 'a number', HINTS.orderNumber, valueStart);
      return { kind: 'ordering', operator, value };
    }
    default:
      return refuse(
        cursor,
        '`=`, `!=`, `<`, `<=`, `>` or `>=`',
        operator === '==' ? HINTS.doubleEquals : undefined,
        start,
      );
  }
}

function parseValue(cursor: Cursor): Word | Numeral | Regex {
  if (peek(cursor) === '"') return parseQuoted(cursor);
  if (peek(cursor) === '%') return parseRegex(cursor);
  const start = cursor.position;
  const text = takeRun(cursor, /[^\s,&|"]+/y);
  if (text === '') refuse(cursor, 'a number or text');
  if (isNumeral(text)) return { kind: 'numeral', spelling: text };
  const strange = text.search(/[^A-Za-z0-9_.*-]/);
  if (strange !== -1) doubt(cursor, 'text in double quotes', HINTS.quoteValue, start + strange);
  takeFurtherWords(cursor, start);
  return { kind: 'word', text };
}

/** A blank inside a value without quotes: whether AWS takes the words together is not known. */
function takeFurtherWords(cursor: Cursor, start: number): void {
  for (;;) {
    skipBlanks(cursor);
    if (/^[,&|]?$/.test(peek(cursor))) return;
    doubt(cursor, 'text in double quotes', HINTS.blankInValue, start);
    if (takeRun(cursor, /[^\s,&|"]+/y) === '') refuse(cursor, `\`,\` or \`]\` and not ${tokenAt(cursor)}`);
  }
}
