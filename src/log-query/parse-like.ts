import type { Cursor } from './cursor.ts';
import { refuse, take } from './cursor.ts';
import type { QueryTextTest } from './query.ts';

/** More texts than this are not written out. */
const MOST_TEXTS = 64;

/**
 * Takes what follows `like`: a text in quotes, which may be anywhere, or a regular expression between slashes. Of those only
 * plain ones are read: texts, `^`, `$`, `|`, groups, and `(?i)` at the beginning.
 *
 * @throws UnreadError
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html
 */
export function parseLike(cursor: Cursor): readonly QueryTextTest[] {
  const text = takeString(cursor);
  if (text === undefined) return parseRegex(cursor);
  if (isOpenInQuotes(text)) {
    refuse(cursor, 'a text in which no character may stand for others', OPEN_HINT, cursor.at - text.length - 2);
  }
  return [{ text: nonEmpty(text, cursor), start: false, end: false, ignoreCase: false }];
}

const OPEN_HINT = 'AWS does not document what `%`, `*` and `^` mean in quotes: use `/.../`';

/** Whether a text in quotes after `like` may be more than a text. A dot stands for itself at least. */
export function isOpenInQuotes(text: string): boolean {
  return /[%*^$+?|()[\]{}]/.test(text);
}

/** Takes a text in single or double quotes, if there is one here. */
export function takeString(cursor: Cursor): string | undefined {
  const quoted = take(cursor, /^(?:"[^"]*"|'[^']*')/);
  if (quoted === undefined) return undefined;
  if (quoted.includes('\\')) refuse(cursor, 'a text without a backslash', undefined, cursor.at - quoted.length);
  return quoted.slice(1, -1);
}

export function nonEmpty(text: string, cursor: Cursor): string {
  return text === '' ? refuse(cursor, 'a text that is not empty', undefined, cursor.at - 2) : text;
}

function parseRegex(cursor: Cursor): readonly QueryTextTest[] {
  const whole = take(cursor, /^\/(?:[^/\\]|\\.)+\//) ?? refuse(cursor, 'a text in quotes or a regular expression');
  const from = cursor.at - whole.length + 1;
  const inner: Cursor = { text: cursor.text.slice(0, cursor.at - 1), at: from };
  const ignoreCase = /^\^?\(\?i\)/.test(whole.slice(1));
  const isAnchored = ignoreCase && whole.startsWith('/^');
  if (ignoreCase) inner.at += isAnchored ? 5 : 4;
  const pieces = alternatives(inner, 0);
  if (inner.at < inner.text.length) refuseRegex(inner);
  if (isAnchored && pieces.length > 1) refuse(cursor, 'one text after `^(?i)`', undefined, from);
  return pieces.map((one) => {
    const test = { ...one, start: one.start || isAnchored, ignoreCase };
    if (test.text === '' || (ignoreCase && !/^[ -~]*$/.test(test.text))) refuse(cursor, PLAIN, undefined, from);
    return test;
  });
}

const PLAIN = 'a regular expression of plain texts, `^`, `$`, `|` and groups';

function refuseRegex(inner: Cursor): never {
  const found = inner.text.charAt(inner.at);
  return refuse(inner, PLAIN, found === '.' ? '`.` stands for any character; `\\.` is a dot' : undefined);
}

type Piece = Omit<QueryTextTest, 'ignoreCase'>;

function alternatives(inner: Cursor, depth: number): readonly Piece[] {
  if (depth > 5) refuseRegex(inner);
  const all = [...sequence(inner, depth)];
  while (inner.text.charAt(inner.at) === '|') {
    inner.at += 1;
    all.push(...sequence(inner, depth));
  }
  if (all.length > MOST_TEXTS) refuse(inner, `at most ${MOST_TEXTS} texts`);
  return all;
}

function sequence(inner: Cursor, depth: number): readonly Piece[] {
  let pieces: readonly Piece[] = [{ text: '', start: false, end: false }];
  for (; inner.at < inner.text.length;) {
    const next = inner.text.charAt(inner.at);
    if (next === '|' || next === ')') break;
    const added = item(inner, next, depth);
    pieces = pieces.flatMap((left) => added.map((right) => joined(left, right, inner)));
    if (pieces.length > MOST_TEXTS) refuse(inner, `at most ${MOST_TEXTS} texts`);
  }
  return pieces;
}

function item(inner: Cursor, next: string, depth: number): readonly Piece[] {
  const from = inner.at;
  inner.at += 1;
  if (next === '^' || next === '$') return [{ text: '', start: next === '^', end: next === '$' }];
  if (next === '(') {
    if (inner.text.startsWith('?:', inner.at)) inner.at += 2;
    const group = alternatives(inner, depth + 1);
    if (inner.text.charAt(inner.at) !== ')') refuseRegex(inner);
    inner.at += 1;
    return unrepeated(inner, group);
  }
  if (next === '\\' && /[^A-Za-z0-9]/.test(inner.text.charAt(inner.at))) {
    inner.at += 1;
    return unrepeated(inner, [{ text: inner.text.charAt(inner.at - 1), start: false, end: false }]);
  }
  if (/[\\.*+?[\]{}]/.test(next)) {
    inner.at = from;
    refuseRegex(inner);
  }
  return unrepeated(inner, [{ text: next, start: false, end: false }]);
}

function unrepeated(inner: Cursor, pieces: readonly Piece[]): readonly Piece[] {
  return /[*+?{]/.test(inner.text.charAt(inner.at)) ? refuseRegex(inner) : pieces;
}

/** An anchor holds only at its end of the text. */
function joined(left: Piece, right: Piece, inner: Cursor): Piece {
  if ((right.start && left.text !== '') || (left.end && right.text !== '')) refuse(inner, PLAIN);
  return { text: left.text + right.text, start: left.start || right.start, end: left.end || right.end };
}
