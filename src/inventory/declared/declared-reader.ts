import type { Inventory } from '../model.ts';
import type { InventoryReader } from '../reader.ts';
import { snapshotReader } from '../snapshot-reader.ts';
import type { DeclaredAccount } from './declaration.ts';
import { declaredInventory, unreadablePart } from './inventory.ts';

/** Answers from what a plan or a template declares of an account. */
export function declaredReader(account: DeclaredAccount): InventoryReader {
  const { known, certain, places } = declaredInventory(account);
  const said = (inventory: Inventory) => saying(account, snapshotReader(inventory));
  return { ...said(known), certain: said(certain), places };
}

/** The same reader, which says of what it does not hold that the file does not declare it. */
function saying({ source }: DeclaredAccount, reader: InventoryReader): InventoryReader {
  return {
    ...reader,
    read: async (keys) =>
      (await reader.read(keys)).map((read) =>
        read.part.kind === 'unreadable' && read.part.failure.error === 'NotInSnapshot'
          ? unreadablePart(read.key, `${source} does not declare it`)
          : read,
      ),
  };
}
