import type { Inventory } from '../../model.ts';
import type { InventoryReader } from '../../reader.ts';
import { snapshotReader } from '../../snapshot-reader.ts';
import type { DeclaredAccount } from '../declaration.ts';
import { layOnto } from './lay-onto.ts';

/** Answers what an account will hold after a deployment. */
export function ontoReader(base: Inventory, account: DeclaredAccount): InventoryReader {
  const { known, certain, places } = layOnto(base, account);
  return { ...snapshotReader(known), certain: snapshotReader(certain), places };
}
