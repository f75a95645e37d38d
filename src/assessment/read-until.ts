import type { Inventory, PartKey } from '../inventory/model.ts';
import { distinctKeys, partName, partOf, withParts } from '../inventory/model.ts';
import type { InventoryReader } from '../inventory/reader.ts';

/** The parts without which there is no answer. */
export interface Needs {
  readonly kind: 'needs';
  readonly keys: readonly PartKey[];
}

/** An answer, and what it took. */
export interface Answered<A> {
  readonly answer: A;
  /** All that was read, enough to ask again. */
  readonly inventory: Inventory;
  /** How often the reader was asked: the number of dependent round trips. */
  readonly turns: number;
}

/**
 * Asks a question of an inventory, reads the parts that the question needs, each once, and asks again until there is an
 * answer.
 *
 * @param reader - reads the parts of one turn side by side
 * @param start - what is known already
 * @param ask - the question: an answer, or what it needs. It must need a part only if the inventory does not have it.
 * @throws Error if the reader gives no answer for a part, or the question needs nothing that is missing: the loop would
 *   not end; and what the reader throws
 */
export async function readUntil<A extends { readonly kind: string }>(
  reader: InventoryReader,
  start: Inventory,
  ask: (inventory: Inventory) => A | Needs,
): Promise<Answered<Exclude<A, Needs>>> {
  let inventory = start;
  for (let turns = 0; ; turns += 1) {
    const answer = ask(inventory);
    if (!isNeeds(answer)) return { answer: answer as Exclude<A, Needs>, inventory, turns };
    const known = inventory;
    const missing = distinctKeys(answer.keys).filter((key) => partOf(known, key) === undefined);
    if (missing.length === 0) throw new Error(`the parts that are needed are read: ${namesOf(answer.keys)}`);
    inventory = withParts(inventory, await reader.read(missing));
    const read = inventory;
    const unanswered = missing.filter((key) => partOf(read, key) === undefined);
    if (unanswered.length > 0) throw new Error(`the reader gave no answer for ${namesOf(unanswered)}`);
  }
}

/** The inventory of a reader before anything is read. */
export async function emptyInventory(reader: InventoryReader): Promise<Inventory> {
  return { ...(await reader.describe()), parts: {} };
}

function isNeeds(answer: { readonly kind: string }): answer is Needs {
  return answer.kind === 'needs';
}

function namesOf(keys: readonly PartKey[]): string {
  return keys.map(partName).join(', ');
}
