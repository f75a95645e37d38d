import { readFileSync } from 'node:fs';

import { assess } from '../src/assessment/assess.ts';
import type { PartKey } from '../src/inventory/model.ts';
import type { InventoryReader } from '../src/inventory/reader.ts';
import { parseSnapshot, snapshotReader } from '../src/inventory/snapshot-reader.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import type { BenchRow } from './table.ts';

/** Why a part is read, and in how many calls where it has one page and no more than a page needs. */
const reads: Readonly<Record<string, { readonly calls: number; readonly reason: string }>> = {
  trails: { calls: 2, reason: 'which trails there are, here and elsewhere' },
  'trail-status': { calls: 1, reason: 'whether it logs and delivers' },
  'event-selectors': { calls: 1, reason: 'which events it lets through' },
  'log-group': { calls: 1, reason: 'whether its class supports metric filters' },
  'metric-filters': { calls: 1, reason: 'what its filters mean' },
  'alarms-for-metric': { calls: 1, reason: 'which alarms watch the metric' },
  'metric-publishers': { calls: 1, reason: 'whether filters of other log groups publish to the metric' },
  'mute-rules': { calls: 1, reason: 'whether a mute rule silences the alarm' },
  'alarm-history': { calls: 1, reason: 'whether its last notification succeeded' },
  subscriptions: { calls: 1, reason: 'who is subscribed and confirmed' },
  'topic-attributes': { calls: 1, reason: 'whether the alarm may publish' },
  'subscription-attributes': { calls: 1, reason: 'whether a filter policy lets its message through' },
};

/** How many calls and turns a compliant evaluation takes under each assurance, with the reason for each call. */
export async function benchCalls(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  let baseline: number | undefined;
  for (const assurance of ['configured', 'working'] as const) {
    const asked: PartKey[] = [];
    const { turns, verdict } = await assess(counting(asked), parametersOf(assurance));
    if (verdict.kind !== 'satisfied') throw new Error(`the account is ${verdict.kind} under ${assurance}`);
    const calls = asked.map(({ kind }) => ({ kind, ...known(kind) }));
    const total = calls.reduce((sum, one) => sum + one.calls, 0);
    baseline ??= total;
    const ratio = `${(total / baseline).toFixed(1)} × configured, in ${turns} turns of at most 5`;
    rows.push({ name: `calls of a compliant evaluation, ${assurance}`, value: total, unit: 'calls', note: ratio });
    rows.push(
      ...calls.map(({ kind, calls: value, reason }) => ({ name: `  ${kind}`, value, unit: 'calls', note: reason })),
    );
  }
  return rows;
}

function known(kind: string) {
  const read = reads[kind];
  if (read === undefined) throw new Error(`a compliant evaluation reads ${kind}, and no reason is given for it`);
  return read;
}

/** Answers from the sample account in which everything is right, and notes what it is asked for. */
function counting(asked: PartKey[]): InventoryReader {
  const reader = snapshotReader(parseSnapshot(readFileSync('events/accounts/1-everything-right.json', 'utf8')));
  return {
    describe: () => reader.describe(),
    read: (keys) => {
      asked.push(...keys);
      return reader.read(keys);
    },
  };
}

function parametersOf(assurance: 'configured' | 'working') {
  const parsed = parseParameters({ assurance });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
  return parsed.parameters;
}
