import type { Inventory } from '../../model.ts';
import type { Origin } from '../../origin.ts';
import type { InventoryReader } from '../../reader.ts';
import { snapshotReader } from '../../snapshot-reader.ts';
import type { DeclaredAccount } from '../declaration.ts';
import { layOnto } from './lay-onto.ts';
import { whyMayDelete } from './stack-update.ts';

/** Answers what an account will hold after a deployment. */
export function ontoReader(base: Inventory, account: DeclaredAccount): InventoryReader {
  const { known, certain, places } = layOnto(base, account);
  return { ...snapshotReader(known), certain: snapshotReader(certain), places };
}

/** What a deployment is taken for, where its files do not say it. */
export function assumedOf(base: Inventory, account: DeclaredAccount): Pick<Origin, 'assumed'> {
  if (account.saysDeletions || whyMayDelete(base, account) !== undefined) return {};
  return {
    assumed: [
      `${account.source} is taken for a new stack, which deletes nothing; say \`--new-stack\`, or \`--previous-template\` if it updates one`,
    ],
  };
}
