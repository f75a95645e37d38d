import { ANYTHING, intersection, type Predicate } from './predicate.ts';
import type { SelectorStep, WildcardStep } from '../event/selector.ts';

/** What is asked of an event, path by path. Never changed: a constraint makes a new trie that shares all other paths. */
export interface Trie {
  readonly own: Predicate;
  readonly fields: ReadonlyMap<string, Trie>;
  readonly elements: ReadonlyMap<number, Trie>;
  readonly needs: readonly Need[];
}

/** What is asked of some or of every field or element, whichever they are. */
export interface Need {
  readonly of: 'some' | 'every';
  readonly step: WildcardStep['kind'];
  readonly rest: readonly SelectorStep[];
  readonly predicate: Predicate;
}

/** One thing that is asked: of what a path finds, or of some or every field or element there. */
export type Constraint =
  | { readonly kind: 'at'; readonly path: readonly SelectorStep[]; readonly predicate: Predicate }
  | { readonly kind: 'need'; readonly path: readonly SelectorStep[]; readonly need: Need };

export const EMPTY_TRIE: Trie = { own: ANYTHING, fields: new Map(), elements: new Map(), needs: [] };

/** The trie with more constraints, whose paths hold no wildcard. Whatever lies on several of the paths is copied once. */
export function constrain(trie: Trie, constraints: readonly Constraint[]): Trie {
  const made: Made | undefined = constraints.length > 1 ? new Set() : undefined;
  let constrained = trie;
  for (const constraint of constraints) constrained = changeAt(constrained, constraint, 0, made);
  return constrained;
}

/** The trie of an element or field with what is asked of every one of them, or of some one. */
export function constrainAll(trie: Trie, needs: readonly Need[]): Trie {
  if (needs.length === 0) return trie;
  return constrain(
    trie,
    needs.map(({ rest, predicate }) => ({ kind: 'at', path: rest, predicate })),
  );
}

/** Tries, and maps in them, that were made for one call and that nobody else knows: these may be changed. */
type Made = Set<object>;

interface Draft {
  own: Predicate;
  fields: Trie['fields'];
  elements: Trie['elements'];
  needs: readonly Need[];
}

function draftOf(trie: Trie, made: Made | undefined): Draft {
  if (made?.has(trie) === true) return trie;
  const { own, fields, elements, needs } = trie;
  const draft: Draft = { own, fields, elements, needs };
  made?.add(draft);
  return draft;
}

function withChild<K>(children: ReadonlyMap<K, Trie>, key: K, child: Trie, made?: Made): ReadonlyMap<K, Trie> {
  const own = made?.has(children) === true ? (children as Map<K, Trie>) : new Map(children);
  made?.add(own);
  return own.set(key, child);
}

function changeAt(trie: Trie, constraint: Constraint, depth: number, made: Made | undefined): Trie {
  const step = constraint.path[depth];
  const draft = draftOf(trie, made);
  switch (step?.kind) {
    case undefined:
      if (constraint.kind === 'at') draft.own = intersection(trie.own, constraint.predicate);
      else draft.needs = [...trie.needs, constraint.need];
      return draft;
    case 'field': {
      const child = changeAt(trie.fields.get(step.name) ?? EMPTY_TRIE, constraint, depth + 1, made);
      draft.fields = withChild(trie.fields, step.name, child, made);
      return draft;
    }
    case 'index': {
      const child = changeAt(trie.elements.get(step.index) ?? EMPTY_TRIE, constraint, depth + 1, made);
      draft.elements = withChild(trie.elements, step.index, child, made);
      return draft;
    }
    case 'any-field':
    case 'any-element':
      throw new Error('a path with two wildcards', { cause: constraint.path });
  }
}
