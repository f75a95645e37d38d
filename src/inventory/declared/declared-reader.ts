import type { InventoryReader } from '../reader.ts';
import { snapshotReader } from '../snapshot-reader.ts';
import type { DeclaredAccount } from './declaration.ts';
import { declaredInventory } from './inventory.ts';

/** Answers from what a plan or a template declares of an account. */
export function declaredReader(account: DeclaredAccount): InventoryReader {
  const { known, certain, places } = declaredInventory(account);
  return { ...snapshotReader(known), certain: snapshotReader(certain), places };
}
