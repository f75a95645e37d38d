import type { Inventory, Part, PartKey, PartKind, PartValues } from '../../model.ts';
import { partId } from '../../model.ts';

/** An inventory that is being changed: the parts of each kind by id. */
export interface Draft {
  readonly get: <K extends PartKind>(kind: K, id: string) => Part<PartValues[K]> | undefined;
  readonly put: <K extends PartKind>(kind: K, id: string, value: PartValues[K]) => void;
  /** Takes a part out, so that it is not known. */
  readonly remove: (kind: PartKind, id: string) => void;
  readonly ids: (kind: PartKind) => readonly string[];
  /** Notes why a part is not certain. */
  readonly doubt: (kind: PartKind, id: string, why: string) => void;
  /** What is known, and the same with every doubtful part unreadable. */
  readonly finish: () => { readonly known: Inventory; readonly certain: Inventory };
}

/** Begins with an inventory as it is. */
export function draftOf(base: Inventory): Draft {
  const parts = new Map<PartKind, Map<string, Part<unknown>>>();
  const doubts = new Map<PartKind, Map<string, string>>();
  for (const [kind, byId] of Object.entries(base.parts) as [PartKind, Readonly<Record<string, Part<unknown>>>][]) {
    parts.set(kind, new Map(Object.entries(byId).filter(([, part]) => !isNotHeld(part))));
  }

  function inventoryOf(all: ReadonlyMap<PartKind, ReadonlyMap<string, Part<unknown>>>): Inventory {
    const entries = [...all].map(([kind, byId]) => [kind, Object.fromEntries(byId)] as const);
    return { ...base, parts: Object.fromEntries(entries) };
  }

  return {
    get: <K extends PartKind>(kind: K, id: string) => parts.get(kind)?.get(id) as Part<PartValues[K]> | undefined,
    put: (kind, id, value) => {
      const byId = parts.get(kind) ?? new Map<string, Part<unknown>>();
      parts.set(kind, byId.set(id, { kind: 'present', value }));
    },
    remove: (kind, id) => {
      parts.get(kind)?.delete(id);
    },
    ids: (kind) => [...(parts.get(kind)?.keys() ?? [])],
    doubt: (kind, id, why) => {
      const byId = doubts.get(kind) ?? new Map<string, string>();
      doubts.set(kind, byId);
      if (!byId.has(id)) byId.set(id, why);
    },
    finish: () => {
      const certain = new Map([...parts].map(([kind, byId]) => [kind, new Map(byId)] as const));
      for (const [kind, byId] of doubts) {
        const ofKind = certain.get(kind) ?? new Map<string, Part<unknown>>();
        certain.set(kind, ofKind);
        for (const [id, why] of byId) {
          ofKind.set(id, { kind: 'unreadable', failure: { service: 'file', operation: kind, error: why } });
        }
      }
      return { known: inventoryOf(parts), certain: inventoryOf(certain) };
    },
  };
}

/** A part that was asked for, and that the snapshot does not hold, is as one that was not asked for. */
function isNotHeld(part: Part<unknown>): boolean {
  return part.kind === 'unreadable' && part.failure.error === 'NotInSnapshot';
}

/** The value of a part that was read; `undefined` for one that was not, or cannot be. */
export function valueOf<T>(part: Part<T> | undefined): T | undefined {
  return part?.kind === 'present' ? part.value : undefined;
}

/** The id of a part. */
export function idOf(key: PartKey): string {
  return partId(key);
}
