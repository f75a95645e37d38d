import { expect } from 'chai';

import { readEverything } from '../../src/assessment/read-everything.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { LOG_GROUP_ARN, denied, replacing, snapshotOf, soundWorld } from '../support/worlds/world.ts';

const transformersRead = async (inventory: Inventory) =>
  (await readEverything(snapshotReader(inventory))).parts['log-transformers'];

describe('what is read for a snapshot', () => {
  it('has the transformers of a log group with filters, also where no log alarm asks for them', async () => {
    const inventory = snapshotOf(
      soundWorld({ transformers: { [LOG_GROUP_ARN]: { ofLogGroup: true, ofAccount: false } } }),
    );
    expect(await transformersRead(inventory)).to.deep.equal({
      [LOG_GROUP_ARN]: { kind: 'present', value: { ofLogGroup: true, ofAccount: false } },
    });
  });

  it('says that they were refused', async () => {
    const refused = replacing(
      snapshotOf(soundWorld()),
      'log-transformers',
      LOG_GROUP_ARN,
      denied('logs', 'GetTransformer'),
    );
    expect((await transformersRead(refused))?.[LOG_GROUP_ARN]?.kind).to.equal('unreadable');
  });

  it('asks for none of a log group that is not there, or whose filters are refused', async () => {
    const missing = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: null } }));
    expect(await transformersRead(missing)).to.equal(undefined);
    const inventory = snapshotOf(soundWorld());
    const refused = replacing(inventory, 'metric-filters', LOG_GROUP_ARN, denied('logs', 'DescribeMetricFilters'));
    expect(await transformersRead(refused)).to.equal(undefined);
  });
});
