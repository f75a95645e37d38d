import { judge } from '../chain/judge.ts';
import type { Verdict } from '../chain/verdict.ts';
import type { Inventory } from '../inventory/model.ts';
import { partOf, withParts } from '../inventory/model.ts';
import type { InventoryReader } from '../inventory/reader.ts';
import type { Parameters } from '../parameters/parameters.ts';

export interface Assessment {
  readonly verdict: Verdict;
  /** All that was read, enough to judge again. */
  readonly inventory: Inventory;
  /** How often the reader was asked: the number of dependent round trips. */
  readonly turns: number;
}

/**
 * Reads what the judgement needs, and judges, until there is a verdict.
 *
 * @throws what the reader throws: a fault that may pass makes no verdict
 */
export async function assess(reader: InventoryReader, { control, options }: Parameters): Promise<Assessment> {
  let inventory: Inventory = { ...(await reader.describe()), parts: {} };
  for (let turns = 0; ; turns += 1) {
    const judgement = judge(control, options, inventory);
    if (judgement.kind === 'verdict') return { verdict: judgement.verdict, inventory, turns };
    inventory = withParts(inventory, await reader.read(judgement.keys));
    const unanswered = judgement.keys.find((key) => partOf(inventory, key) === undefined);
    if (unanswered) throw new Error(`the reader gave no answer for ${JSON.stringify(unanswered)}`);
  }
}
