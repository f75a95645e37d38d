/** How a candidate's events relate to the required ones. `never`: the candidate matches no event at all. */
export type Relation = 'equivalent' | 'broader' | 'narrower' | 'overlapping' | 'disjoint' | 'never' | 'undecided';

/** An event as JSON text, the proof that there is none, or neither. */
export type Answer =
  | { readonly kind: 'event'; readonly event: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly reason: string };

/** Which events there are: CloudTrail's records, the same in the envelope of EventBridge, or any JSON objects. */
export type UniverseName = 'cloudtrail' | 'eventbridge' | 'any-json';

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

/** The relation that follows from the three answers. */
export function comparisonOf({ missed, extra, shared }: Pick<Comparison, 'missed' | 'extra' | 'shared'>): Comparison {
  const relation = relationOf(missed, extra, shared);
  const open = [missed, extra, shared].find(({ kind }) => kind === 'undecided');
  const because = relation === 'undecided' && open?.kind === 'undecided' ? { reason: open.reason } : {};
  return { relation, missed, extra, shared, ...because };
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
