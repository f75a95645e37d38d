import { sameUpToOrder } from './canonical.ts';
import type { Issue } from './issue.ts';
import { parse } from './parse.ts';
import type { Pattern } from './pattern.ts';
import type { Answer, Relation } from './relation.ts';

/** Candidates are judged together: an event counts as caught when one of them matches it. */
export interface Question {
  readonly candidates: readonly Pattern[];
  readonly required: Pattern;
  /** What every required event also satisfies. */
  readonly premises?: Pattern;
  /** Which events there are: CloudTrail's records (default), or any JSON objects. */
  readonly universe?: UniverseName;
  /** Steps that may be spent. The same question with the same budget always gets the same answer. */
  readonly budget?: number;
}

export type UniverseName = 'cloudtrail' | 'any-json';

export interface Comparison {
  readonly relation: Relation;
  /** Required, and no candidate matches it. */
  readonly missed: Answer;
  /** Not required, and a candidate matches it. */
  readonly extra: Answer;
  /** Required, and a candidate matches it. */
  readonly shared: Answer;
  /** Why the relation is undecided. */
  readonly reason?: string;
}

export type TextComparison = Comparison | { readonly relation: 'invalid'; readonly issue: Issue };

export function compare(question: Question): Comparison {
  const reason = 'only patterns of the same conditions are compared yet';
  const open: Answer = { kind: 'undecided', reason };
  const [candidate] = question.candidates;
  const same =
    question.candidates.length === 1 && candidate !== undefined && sameUpToOrder(candidate, question.required);
  if (!same) return { relation: 'undecided', missed: open, extra: open, shared: open, reason };
  return { relation: 'equivalent', missed: { kind: 'none' }, extra: { kind: 'none' }, shared: open };
}

/** The same for texts. Throws a TypeError when the required text or the premises are no pattern we can read. */
export function compareTexts(candidate: string, required: string, premises?: string): TextComparison {
  const parsed = parse(candidate);
  const requirement = {
    required: readable(required, 'required pattern'),
    ...(premises !== undefined && { premises: readable(premises, 'premises') }),
  };
  switch (parsed.kind) {
    case 'parsed':
      return compare({ candidates: [parsed.pattern], ...requirement });
    case 'invalid':
      return { relation: 'invalid', issue: parsed.issue };
    case 'undecided': {
      const reason = parsed.issue.hint ?? `expected ${parsed.issue.expected}`;
      const open: Answer = { kind: 'undecided', reason };
      return { relation: 'undecided', missed: open, extra: open, shared: open, reason };
    }
  }
}

function readable(text: string, role: string): Pattern {
  const result = parse(text);
  if (result.kind === 'parsed') return result.pattern;
  throw new TypeError(`the ${role} cannot be read: expected ${result.issue.expected}`);
}
