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

/** The trie with one constraint more. The path holds no wildcard. */
export function constrain(trie: Trie, constraint: Constraint): Trie {
  return changeAt(trie, constraint.path, 0, (found) =>
    constraint.kind === 'at'
      ? { ...found, own: intersection(found.own, constraint.predicate) }
      : { ...found, needs: [...found.needs, constraint.need] },
  );
}

/** The trie of an element or field with what is asked of every one of them, or of some one. */
export function constrainAll(trie: Trie, needs: readonly Need[]): Trie {
  return needs.reduce((found, { rest, predicate }) => constrain(found, { kind: 'at', path: rest, predicate }), trie);
}

function changeAt(trie: Trie, path: readonly SelectorStep[], depth: number, change: (found: Trie) => Trie): Trie {
  const step = path[depth];
  if (step === undefined) return change(trie);
  switch (step.kind) {
    case 'field': {
      const child = changeAt(trie.fields.get(step.name) ?? EMPTY_TRIE, path, depth + 1, change);
      return { ...trie, fields: new Map(trie.fields).set(step.name, child) };
    }
    case 'index': {
      const child = changeAt(trie.elements.get(step.index) ?? EMPTY_TRIE, path, depth + 1, change);
      return { ...trie, elements: new Map(trie.elements).set(step.index, child) };
    }
    case 'any-field':
    case 'any-element':
      throw new Error('a path with two wildcards', { cause: path });
  }
}
