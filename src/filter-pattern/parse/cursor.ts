import { HINTS } from './hints.ts';
import { END, type Issue } from '../syntax/issue.ts';

/**
 * The state of parsing. `end` is the offset of the closing brace. `doubt` is the first thing met that AWS may accept but
 * whose meaning is not known; parsing goes on behind it, because a certain mistake further on is worth more.
 */
export interface Cursor {
  readonly text: string;
  readonly end: number;
  position: number;
  doubt: Issue | undefined;
  wildcards: number;
  regexes: number;
}

/** Thrown inside the parser only: AWS certainly refuses the text. `parse` turns it into a result. */
export class Refusal extends Error {
  readonly issue: Issue;

  constructor(issue: Issue) {
    super(issue.expected);
    this.name = 'Refusal';
    this.issue = issue;
  }
}

/** The character at the cursor; the empty string at the end. */
export function peek(cursor: Cursor): string {
  return cursor.position < cursor.end ? cursor.text.charAt(cursor.position) : '';
}

export function startsWith(cursor: Cursor, token: string): boolean {
  return cursor.position + token.length <= cursor.end && cursor.text.startsWith(token, cursor.position);
}

/** Moves past `token` if it comes next. */
export function take(cursor: Cursor, token: string): boolean {
  const there = startsWith(cursor, token);
  if (there) cursor.position += token.length;
  return there;
}

/** Moves past the longest run that `expression` (sticky) matches, and returns it; empty when nothing matches. */
export function takeRun(cursor: Cursor, expression: RegExp): string {
  expression.lastIndex = cursor.position;
  const run = expression.exec(cursor.text.slice(0, cursor.end))?.[0] ?? '';
  cursor.position += run.length;
  return run;
}

/** Blanks, tabs and line breaks, which are free between tokens (multi-line patterns: AWS Quick Start logging.template). */
export function skipBlanks(cursor: Cursor): void {
  takeRun(cursor, /[ \t\r\n]+/y);
  const offset = cursor.position;
  if (takeRun(cursor, /\s+/y) !== '') doubt(cursor, 'a blank', HINTS.otherBlanks, offset);
}

/** The word, number or sign at the cursor, for a message. */
export function tokenAt(cursor: Cursor, offset = cursor.position): string {
  if (offset >= cursor.end)
    return offset < cursor.text.length ? visibleCharacter(cursor.text.codePointAt(offset) ?? 0) : END;
  const rest = cursor.text.slice(offset, cursor.end);
  const word = /^[\w$.*'-]+|^[=!<>~&|]+/u.exec(rest)?.[0];
  return word ?? visibleCharacter(rest.codePointAt(0) ?? 0);
}

/** One character; one that cannot be seen as `U+00A0`. */
function visibleCharacter(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  const unseen = character !== ' ' && /[\s\p{C}]/u.test(character);
  return unseen ? `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}` : character;
}

export function refuse(cursor: Cursor, expected: string, hint?: string, offset = cursor.position): never {
  throw new Refusal(issueAt(cursor, expected, hint, offset));
}

/** Notes what cannot be placed, and lets parsing go on. */
export function doubt(cursor: Cursor, expected: string, hint?: string, offset = cursor.position): void {
  cursor.doubt ??= issueAt(cursor, expected, hint, offset);
}

function issueAt(cursor: Cursor, expected: string, hint: string | undefined, offset: number): Issue {
  return { offset, found: tokenAt(cursor, offset), expected, ...(hint !== undefined && { hint }) };
}
