import type { Clause } from '../texts/clause.ts';

/** What a selector finds, as far as conditions can tell without looking at texts. */
const KINDS = ['string', 'number', 'true', 'false', 'object', 'array', 'missing', 'null', 'broken'] as const;

export type Kind = (typeof KINDS)[number];

/** A set of kinds, one bit each. */
export type KindSet = number;

export function kindSet(...kinds: readonly Kind[]): KindSet {
  return kinds.reduce((set, kind) => set | (1 << KINDS.indexOf(kind)), 0);
}

export const ANY_KIND: KindSet = kindSet(...KINDS);
export const PRESENT: KindSet = ANY_KIND & ~kindSet('missing', 'broken');
export const CONTAINER: KindSet = kindSet('object', 'array');

/** What is asked of the one thing that a selector finds: of which kind it is, and what holds if it is a text or a number. */
export interface Predicate {
  readonly kinds: KindSet;
  readonly string: readonly Clause[];
  readonly number: readonly Clause[];
}

export const ANYTHING: Predicate = { kinds: ANY_KIND, string: [], number: [] };

export function ofKinds(kinds: KindSet): Predicate {
  return { ...ANYTHING, kinds };
}

export function intersection(left: Predicate, right: Predicate): Predicate {
  return {
    kinds: left.kinds & right.kinds,
    string: right.string.length === 0 ? left.string : [...left.string, ...right.string],
    number: right.number.length === 0 ? left.number : [...left.number, ...right.number],
  };
}

/** A predicate for a condition to be true, and the one for it to be false, as far as they were needed. */
export interface PredicatePair {
  wanted?: Predicate;
  unwanted?: Predicate;
}
