import { type BoundedMap, newBoundedMap } from '../../conditions/bounded-map.ts';
import type { PredicatePair } from '../../conditions/formula/predicate.ts';
import type { Pattern } from '../syntax/pattern.ts';
import type { Answer } from '../../conditions/relation.ts';

/**
 * What comparisons have worked out and the next one may need again. Nothing in it changes an answer: whatever is found
 * here takes as many steps of the budget as it took to work out.
 */
export interface Memory {
  /** What conditions ask for in the two views that every question begins with, by the texts of the conditions. */
  readonly predicates: Readonly<Record<'every' | 'some', BoundedMap<PredicatePair>>>;
  /** An event that required patterns match, by the keys of the patterns. */
  readonly shared: BoundedMap<Answer>;
  /** Required patterns and premises, by their texts. */
  readonly parsed: BoundedMap<Pattern>;
}

/** In characters of conditions: about 400 conditions at 10 kB each, which is more than all controls and filters of an account have. */
const PREDICATES_WEIGHT = 60_000;
/** In characters of patterns and events. */
const SHARED_WEIGHT = 2_000_000;

/** In characters of patterns. */
const PARSED_WEIGHT = 50_000;

export function newMemory(): Memory {
  return {
    predicates: { every: newBoundedMap(PREDICATES_WEIGHT), some: newBoundedMap(PREDICATES_WEIGHT) },
    shared: newBoundedMap(SHARED_WEIGHT),
    parsed: newBoundedMap(PARSED_WEIGHT),
  };
}
