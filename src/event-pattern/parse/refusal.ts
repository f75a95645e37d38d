import type { EventValue, Member } from '../../conditions/event/event.ts';
import type { Places } from '../../conditions/event/read-event.ts';
import type { Issue } from '../../filter-pattern/index.ts';

/** The text of a pattern, with the place of each of its values. */
export interface Source {
  readonly text: string;
  readonly places: Places;
}

/** Thrown inside the parser only. */
export class Refusal extends Error {
  readonly kind: 'invalid' | 'undecided';
  readonly issue: Issue;

  constructor(kind: 'invalid' | 'undecided', issue: Issue) {
    super(issue.expected);
    this.name = 'Refusal';
    this.kind = kind;
    this.issue = issue;
  }
}

/**
 * AWS refuses what is here.
 *
 * @throws Refusal always
 */
export function refuse(source: Source, at: EventValue | Member, expected: string, hint?: string): never {
  throw new Refusal('invalid', issueAt(source, at, expected, hint));
}

/**
 * AWS may accept what is here, and what it would mean is not known.
 *
 * @throws Refusal always
 */
export function doubt(source: Source, at: EventValue | Member, expected: string, hint?: string): never {
  throw new Refusal('undecided', issueAt(source, at, expected, hint));
}

function issueAt({ text, places }: Source, at: EventValue | Member, expected: string, hint?: string): Issue {
  const offset = places.get(at) ?? 0;
  return { offset, found: foundAt(text, offset), expected, ...(hint !== undefined && { hint }) };
}

/** What is at an offset: a whole string, number or word, or one character. */
export function foundAt(text: string, offset: number): string {
  const [found] = /^(?:"(?:[^"\\]|\\.){0,38}"?|[\w.+-]+|[^])/u.exec(text.slice(offset)) ?? ['end of pattern'];
  return found;
}
