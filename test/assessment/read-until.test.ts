import { expect } from 'chai';

import { emptyInventory, readUntil } from '../../src/assessment/read-until.ts';
import type { Inventory, PartKey } from '../../src/inventory/model.ts';
import { partOf } from '../../src/inventory/model.ts';
import { subscriptionsKey, trailsKey } from '../../src/inventory/part-keys.ts';
import type { InventoryReader } from '../../src/inventory/reader.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { READ_AT, TOPIC_ARN, snapshotOf, soundWorld } from '../support/worlds/world.ts';

const account = snapshotReader(snapshotOf(soundWorld()));
const silent: InventoryReader = { describe: () => account.describe(), read: () => Promise.resolve([]) };

/** Needs the trails first, and the subscriptions after them. */
const ask = (inventory: Inventory) => {
  const [trails, subscriptions] = [
    partOf<'trails'>(inventory, trailsKey),
    partOf<'subscriptions'>(inventory, subscriptionsKey(TOPIC_ARN)),
  ];
  if (trails === undefined) return { kind: 'needs', keys: [trailsKey] } as const;
  if (subscriptions === undefined) return { kind: 'needs', keys: [subscriptionsKey(TOPIC_ARN)] } as const;
  return { kind: 'answer', trails: trails.kind, subscriptions: subscriptions.kind } as const;
};

const errorOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('reading until there is an answer', () => {
  it('reads what is needed turn by turn, and counts the turns', async () => {
    const { answer, inventory, turns } = await readUntil(account, await emptyInventory(account), ask);
    expect(answer).to.deep.equal({ kind: 'answer', trails: 'present', subscriptions: 'present' });
    expect(turns).to.equal(2);
    expect(inventory.readAt).to.equal(READ_AT);
    expect(Object.keys(inventory.parts)).to.have.members(['trails', 'subscriptions']);
  });

  it('asks the reader only for parts that are not known', async () => {
    const asked: string[] = [];
    const reader: InventoryReader = {
      describe: () => account.describe(),
      read: (keys) => {
        asked.push(...keys.map(({ kind }) => kind));
        return account.read(keys);
      },
    };
    const both: readonly PartKey[] = [trailsKey, subscriptionsKey(TOPIC_ARN)];
    await readUntil(reader, await emptyInventory(reader), (known) =>
      partOf<'subscriptions'>(known, subscriptionsKey(TOPIC_ARN)) === undefined
        ? { kind: 'needs', keys: partOf<'trails'>(known, trailsKey) === undefined ? [trailsKey] : both }
        : { kind: 'done' },
    );
    expect(asked).to.deep.equal(['trails', 'subscriptions']);
  });

  it('throws, and names the part, if the reader gives no answer', async () => {
    const message = await errorOf(readUntil(silent, await emptyInventory(silent), ask));
    expect(message).to.equal('the reader gave no answer for trails account');
  });

  it('throws if the question needs only what is read already', async () => {
    const message = await errorOf(
      readUntil(account, await emptyInventory(account), () => ({ kind: 'needs', keys: [trailsKey] }) as const),
    );
    expect(message).to.equal('the parts that are needed are read: trails account');
  });
});
