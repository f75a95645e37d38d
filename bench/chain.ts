import { readFileSync } from 'node:fs';

import { assess } from '../src/assessment/assess.ts';
import { judge } from '../src/chain/judge.ts';
import { parseSnapshot, snapshotReader } from '../src/inventory/snapshot-reader.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import type { BenchRow } from './table.ts';
import { perSecond } from './table.ts';

/** How fast a whole account is judged, and in how many turns it is read. */
export async function benchChain(): Promise<readonly BenchRow[]> {
  const text = readFileSync('events/accounts/1-everything-right.json', 'utf8');
  const inventory = parseSnapshot(text);
  const parsed = parseParameters(undefined);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
  const { parameters } = parsed;
  const { control, options } = parameters;

  const judgements = await perSecond(() => judge(control, options, inventory));
  const parses = await perSecond(() => parseSnapshot(text));
  const { turns } = await assess(snapshotReader(inventory), parameters);
  const ratio = (judgements / parses).toFixed(1);
  return [
    {
      name: 'judgements of the satisfied account',
      value: judgements,
      unit: '1/s',
      note: `${ratio} × reading its snapshot`,
    },
    { name: 'loop turns for the satisfied account', value: turns, unit: 'turns', note: 'dependent round trips' },
  ];
}
