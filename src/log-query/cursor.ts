import type { Issue } from '../filter-pattern/index.ts';

/** A place in a text that is being read. */
export interface Cursor {
  readonly text: string;
  at: number;
}

/** Thrown while a query is read, and caught where reading began. */
export class UnreadError extends Error {
  readonly issue: Issue;

  constructor(issue: Issue) {
    super(issue.expected);
    this.issue = issue;
  }
}

/**
 * Refuses what is at a place.
 *
 * @throws UnreadError, always
 */
export function refuse(cursor: Cursor, expected: string, hint?: string, at = cursor.at): never {
  const found = /^(?:[@\w.]+\(?|\S)/.exec(cursor.text.slice(at))?.[0] ?? 'end of pattern';
  throw new UnreadError({ offset: at, found, expected, ...(hint === undefined ? {} : { hint }) });
}

/** Takes white space and comments, which begin with `#` and end with the line. */
export function skipBlank(cursor: Cursor): void {
  cursor.at += /^(?:\s|#[^\n]*)*/.exec(cursor.text.slice(cursor.at))?.[0].length ?? 0;
}

/** Takes what the pattern finds here, after white space; undefined if it finds nothing. The pattern begins with `^`. */
export function take(cursor: Cursor, pattern: RegExp): string | undefined {
  skipBlank(cursor);
  const found = pattern.exec(cursor.text.slice(cursor.at))?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

/** Takes a word of the language, if it is here. */
export function takeWord(cursor: Cursor, word: string): boolean {
  return take(cursor, new RegExp(`^${word}(?![\\w@.])`)) !== undefined;
}
