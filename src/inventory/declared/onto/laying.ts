import type { Inventory, PartKind, PartValues } from '../../model.ts';
import type { Collected } from '../collect/collected.ts';
import type { DeclaredAccount } from '../declaration.ts';
import type { Changes } from './changes.ts';
import type { Draft } from './draft.ts';
import { idOf } from './draft.ts';

/** What is laid over an account, and how far that is done. */
export interface Laying {
  /** The account before the deployment. */
  readonly base: Inventory;
  readonly account: DeclaredAccount;
  readonly changes: Changes;
  /** What the deployment puts in the account. */
  readonly collected: Collected;
  readonly draft: Draft;
}

/** The parts of one kind that the deployment declares, by id. */
export function declaredParts<K extends PartKind>({ collected }: Laying, kind: K): ReadonlyMap<string, PartValues[K]> {
  const parts = new Map<string, PartValues[K]>();
  for (const { key, part } of collected.known) {
    if (key.kind === kind && part.kind === 'present' && !parts.has(idOf(key)))
      parts.set(idOf(key), part.value as PartValues[K]);
  }
  return parts;
}
