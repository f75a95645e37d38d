import type { Constraint } from './path-trie.ts';

/** Constraints joined by and, or. There is no negation: it has been carried down to the constraints. */
export type Formula =
  | Constraint
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Formula[] }
  /** What has to hold so that a condition is true, or false. */
  | { readonly kind: 'condition'; readonly claims: readonly Claim[]; readonly formula: Formula };

/**
 * That a condition is true or false. For one event and one interpretation it cannot be both, so claims contradict each
 * other even where every constraint may be interpreted in its own way.
 */
export interface Claim {
  /** The text of the condition. */
  readonly condition: string;
  readonly holds: boolean;
}

export const TRUE: Formula = { kind: 'and', operands: [] };
export const FALSE: Formula = { kind: 'or', operands: [] };

export function and(operands: readonly Formula[]): Formula {
  return { kind: 'and', operands };
}

export function or(operands: readonly Formula[]): Formula {
  return { kind: 'or', operands };
}
