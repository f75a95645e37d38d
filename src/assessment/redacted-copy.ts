import type { Chain } from '../chain/verdict.ts';
import { catalog } from '../controls/catalog.ts';
import type { Inventory } from '../inventory/model.ts';
import type { InventoryReader } from '../inventory/reader.ts';
import { parseParameters } from '../parameters/parameters.ts';
import { redact } from '../redaction/redact.ts';
import { assess } from './assess.ts';

/** What the copy is asked, beside every control of the catalog with the default settings. */
const questions: readonly Readonly<Record<string, unknown>>[] = [
  ...catalog.map(({ id }) => ({ controlId: id })),
  { assurance: 'configured' },
  { patternMatch: 'covers' },
  { patternMatch: 'covers', maxEventsToAlarm: 5, maxAlarmDelayMinutes: 1440 },
];

/** Makes a reader that answers from an inventory. */
type ReaderOf = (inventory: Inventory) => InventoryReader;

/**
 * The account under other names, held against the original: a report with it must show what was seen.
 *
 * @param readerOf - makes a reader that answers from an inventory
 * @throws Error that names the question to which the two get different answers
 */
export async function redactedCopy(inventory: Inventory, readerOf: ReaderOf): Promise<Inventory> {
  const copy = redact(inventory);
  for (const raw of questions) {
    const [seen, shown] = [await outlineOf(readerOf(inventory), raw), await outlineOf(readerOf(copy), raw)];
    if (seen === shown) continue;
    throw new Error(
      `under other names this account would be judged otherwise with ${JSON.stringify(raw)}, so nothing is written: ` +
        'take the snapshot without `--redact`, and replace by hand what is not to be seen',
    );
  }
  return copy;
}

/** The verdict without its words: every chain, link by link, with the reason codes. */
async function outlineOf(reader: InventoryReader, raw: Readonly<Record<string, unknown>>): Promise<string> {
  const parsed = parseParameters(raw);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
  const { verdict } = await assess(reader, parsed.parameters);
  const chains: readonly Chain[] = verdict.chains;
  return JSON.stringify([
    verdict.kind,
    chains.map(({ outcome, links }) => [
      outcome,
      links.map(({ link, state, finding }) => [link, state, finding?.code]),
    ]),
  ]);
}
