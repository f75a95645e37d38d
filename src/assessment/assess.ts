import { judge } from '../chain/judge.ts';
import type { Verdict } from '../chain/verdict.ts';
import type { Inventory } from '../inventory/model.ts';
import type { InventoryReader } from '../inventory/reader.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { emptyInventory, readUntil } from './read-until.ts';

export interface Assessment {
  readonly verdict: Verdict;
  /** All that was read, enough to judge again. */
  readonly inventory: Inventory;
  /** How often the reader was asked: the number of dependent round trips. */
  readonly turns: number;
}

/**
 * Judges an account on what a reader reads of it, and reads no more than the judgement needs.
 *
 * @throws what the reader throws: a transient fault gives no verdict
 */
export async function assess(reader: InventoryReader, { control, options }: Parameters): Promise<Assessment> {
  const { answer, inventory, turns } = await readUntil(reader, await emptyInventory(reader), (known) =>
    judge(control, options, known),
  );
  return { verdict: answer.verdict, inventory, turns };
}
