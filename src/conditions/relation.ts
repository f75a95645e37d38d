/** How a candidate's events stand to the required ones. `never`: the candidate matches no event at all. */
export type Relation = 'equivalent' | 'broader' | 'narrower' | 'overlapping' | 'disjoint' | 'never' | 'undecided';

/** An event as JSON text, the proof that there is none, or neither. */
export type Answer =
  | { readonly kind: 'event'; readonly event: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly reason: string };

/** Which events there are: CloudTrail's records, or any JSON objects. */
export type UniverseName = 'cloudtrail' | 'any-json';
