import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { Inventory } from '../../inventory/model.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import { parseSnapshot, snapshotReader } from '../../inventory/snapshot-reader.ts';
import { samplesFolder } from '../samples.ts';
import { readText } from '../terminal/read-file.ts';

/** An account to judge: what to call it, and how to read it. */
export interface Source {
  /** Where it comes from, for errors. */
  readonly name: string;
  /** What to head it with. */
  readonly title: string;
  /** Where it is known before the account is opened. */
  readonly accountId?: string;
  readonly open: () => Promise<InventoryReader>;
}

/** The sample accounts, each named by its story. */
export async function sampleSources(): Promise<readonly Source[]> {
  const names = await readdir(samplesFolder);
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => fileSource(join(samplesFolder, name)));
}

/** A saved inventory. */
export function fileSource(path: string): Source {
  return {
    name: path,
    title: basename(path, '.json').replace(/^\d+-/, '').replaceAll('-', ' '),
    open: async () => snapshotReader(await readSnapshot(path)),
  };
}

/** What a snapshot holds, whole as it is. */
export async function readSnapshot(path: string): Promise<Inventory> {
  return parseSnapshot(await readText(path));
}
