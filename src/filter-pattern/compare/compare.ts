import { sameUpToOrder } from '../print/canonical.ts';
import type { Issue } from '../syntax/issue.ts';
import { parse } from '../parse/parse.ts';
import type { Pattern } from '../syntax/pattern.ts';
import type { Answer, Relation, UniverseName } from './relation.ts';
import { findEvent } from './find-event.ts';

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

/** Far more than any pattern in use needs; about a second. */
const DEFAULT_BUDGET = 300_000;

/**
 * Compares what patterns mean. `missed`, `extra` and `shared` are each an event that holds in every interpretation of what AWS
 * leaves open, the proof that there is none in any interpretation, or undecided. The relation follows from the three; to ask
 * whether the required events are covered, only `missed` is needed.
 *
 * Throws a TypeError when no event satisfies the required pattern and the premises together: such a control is a mistake.
 */
export function compare(question: Question): Comparison {
  const { candidates, required, premises, universe = 'cloudtrail', budget = DEFAULT_BUDGET } = question;
  const needed = premises === undefined ? [required] : [required, premises];
  const limits = { universe, budget: Math.floor(budget / 3) };
  const same = candidates.map((candidate) => sameUpToOrder(candidate, required));
  const none: Answer = { kind: 'none' };
  const missed = same.includes(true) ? none : findEvent({ all: needed, none: candidates, ...limits });
  const extra = same.every((is) => is) ? none : findEvent({ all: [], some: candidates, none: [required], ...limits });
  const shared = findEvent({ all: needed, some: candidates, none: [], ...limits });
  if (missed.kind === 'none' && shared.kind === 'none') {
    throw new TypeError('no event satisfies the required pattern, or not together with the premises');
  }
  const relation = relationOf(missed, extra, shared);
  const open = [missed, extra, shared].find(({ kind }) => kind === 'undecided');
  const because = relation === 'undecided' && open?.kind === 'undecided' ? { reason: open.reason } : {};
  return { relation, missed, extra, shared, ...because };
}

/** Whether some event matches the pattern, be it in one interpretation only; true also where that cannot be told. */
export function isSatisfiable(pattern: Pattern): boolean {
  return findEvent({ all: [pattern], none: [], universe: 'cloudtrail', budget: DEFAULT_BUDGET }).kind !== 'none';
}

function relationOf(missed: Answer, extra: Answer, shared: Answer): Relation {
  if (extra.kind === 'none' && shared.kind === 'none') return 'never';
  if (missed.kind === 'none' && extra.kind === 'none') return 'equivalent';
  if (missed.kind === 'none' && extra.kind === 'event') return 'broader';
  if (missed.kind !== 'event') return 'undecided';
  if (extra.kind === 'none') return shared.kind === 'event' ? 'narrower' : 'undecided';
  if (extra.kind !== 'event' || shared.kind === 'undecided') return 'undecided';
  return shared.kind === 'none' ? 'disjoint' : 'overlapping';
}

/** The same for texts. Throws a TypeError when the required text or the premises are no pattern we can read. */
export function compareTexts(candidate: string, required: string, premises?: string): TextComparison {
  const parsed = parse(candidate);
  const requirement = {
    required: readPatternText(required, 'required pattern'),
    ...(premises !== undefined && { premises: readPatternText(premises, 'premises') }),
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

function readPatternText(text: string, role: string): Pattern {
  const result = parse(text);
  if (result.kind === 'parsed') return result.pattern;
  throw new TypeError(`the ${role} cannot be read: expected ${result.issue.expected}`);
}
