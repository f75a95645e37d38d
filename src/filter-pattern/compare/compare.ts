import { patternKey, sameUpToOrder } from '../print/canonical.ts';
import type { Issue } from '../syntax/issue.ts';
import { parse } from '../parse/parse.ts';
import type { Pattern } from '../syntax/pattern.ts';
import { type Answer, type Comparison, comparisonOf, type UniverseName } from '../../conditions/relation.ts';
import { findEvent } from './find-event.ts';
import { type Memory, newMemory } from './memory.ts';

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

export type TextComparison = Comparison | { readonly relation: 'invalid'; readonly issue: Issue };

/** Far more than any pattern in use needs. A step takes about 3 µs, so the worst question takes about half a second. */
export const DEFAULT_BUDGET = 150_000;

/** What comparisons remember if the caller has no memory of its own. */
const MEMORY = newMemory();

/**
 * Compares what patterns mean. `missed`, `extra` and `shared` are each an event that holds under every interpretation of
 * what AWS does not document, the proof that there is none under any interpretation, or undecided. The relation follows
 * from the three; to ask whether the required events are covered, only `missed` is needed.
 *
 * @param memory - what earlier comparisons have worked out; it makes this one faster and changes no answer
 * @throws TypeError if no event satisfies the required pattern and the premises together: such a control is a mistake
 */
export function compare(question: Question, memory: Memory = MEMORY): Comparison {
  const { candidates, required, premises, universe = 'cloudtrail', budget = DEFAULT_BUDGET } = question;
  const needed = premises === undefined ? [required] : [required, premises];
  const limits = { universe, budget: Math.floor(budget / 3) };
  const same = candidates.map((candidate) => sameUpToOrder(candidate, required));
  const allSame = same.length > 0 && !same.includes(false);
  const missed = same.includes(true) ? NO_EVENT : findEvent({ all: needed, none: candidates, ...limits }, memory);
  const extra = allSame ? NO_EVENT : findEvent({ all: [], some: candidates, none: [required], ...limits }, memory);
  const shared = allSame
    ? requiredEvent(needed, limits, memory)
    : findEvent({ all: needed, some: candidates, none: [], ...limits }, memory);
  if (missed.kind === 'none' && shared.kind === 'none') {
    throw new TypeError('no event satisfies the required pattern, or not together with the premises');
  }
  return comparisonOf({ missed, extra, shared });
}

const NO_EVENT: Answer = { kind: 'none' };

/** An event that all of these match. Every candidate that equals the required pattern needs it, so it is remembered. */
function requiredEvent(
  all: readonly Pattern[],
  limits: { readonly universe: UniverseName; readonly budget: number },
  memory: Memory,
): Answer {
  const key = JSON.stringify([limits.universe, limits.budget, ...all.map(patternKey)]);
  const known = memory.shared.get(key);
  if (known !== undefined) return known;
  const answer = findEvent({ all, none: [], ...limits }, memory);
  memory.shared.set(key, answer, answer.kind === 'event' ? answer.event.length : 0);
  return answer;
}

/** Whether some event matches the pattern, under one interpretation at least; true also where that is not determined. */
export function isSatisfiable(pattern: Pattern): boolean {
  const question = { all: [pattern], none: [], universe: 'cloudtrail' as const, budget: DEFAULT_BUDGET };
  return findEvent(question, MEMORY).kind !== 'none';
}

/**
 * The same for texts.
 *
 * @param budget - steps that may be spent. What few steps decide, many decide in the same way.
 * @throws TypeError if the required text or the premises cannot be read, or if no event satisfies them
 */
export function compareTexts(
  candidate: string,
  required: string,
  premises?: string,
  memory: Memory = MEMORY,
  budget = DEFAULT_BUDGET,
): TextComparison {
  const parsed = parse(candidate);
  const requirement = {
    required: readPatternText(required, 'required pattern', memory),
    ...(premises !== undefined && { premises: readPatternText(premises, 'premises', memory) }),
  };
  switch (parsed.kind) {
    case 'parsed':
      return compare({ candidates: [parsed.pattern], ...requirement, budget }, memory);
    case 'invalid':
      return { relation: 'invalid', issue: parsed.issue };
    case 'undecided': {
      const reason = parsed.issue.hint ?? `expected ${parsed.issue.expected}`;
      const open: Answer = { kind: 'undecided', reason };
      return { relation: 'undecided', missed: open, extra: open, shared: open, reason };
    }
  }
}

/** Remembered, because every candidate is compared with the same few patterns. */
function readPatternText(text: string, role: string, { parsed }: Memory): Pattern {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const result = parse(text);
  if (result.kind !== 'parsed') throw new TypeError(`the ${role} cannot be read: expected ${result.issue.expected}`);
  parsed.set(text, result.pattern);
  return result.pattern;
}
