import { expect } from 'chai';
import fc from 'fast-check';

import { assess, assessAll } from '../../src/assessment/assess.ts';
import { catalog } from '../../src/controls/catalog.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import type { InventoryReader } from '../../src/inventory/reader.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { arbitraryInventory } from '../support/worlds/arbitrary-world.ts';
import { parametersOf } from '../support/judging.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  alarm,
  denied,
  filter,
  replacing,
  snapshotOf,
  soundWorld,
} from '../support/worlds/world.ts';

const everyControl = catalog.map(({ id }) => parametersOf({ controlId: id }));

/** A reader that notes the kinds of parts of each turn. */
function noting(inventory: Inventory): { readonly reader: InventoryReader; readonly turns: string[][] } {
  const reader = snapshotReader(inventory);
  const turns: string[][] = [];
  const read: InventoryReader['read'] = (keys) => {
    turns.push(keys.map(({ kind }) => kind));
    return reader.read(keys);
  };
  return { reader: { describe: () => reader.describe(), read }, turns };
}

/** A number of filters that fit, each on a metric with an alarm of its own. */
const withMetrics = (count: number) => {
  const names = Array.from({ length: count }, (_, index) => `Metric${index}`);
  return snapshotOf(
    soundWorld({
      filters: {
        [LOG_GROUP_ARN]: names.map((metricName) =>
          filter({
            filterName: metricName,
            metricTransformations: [{ metricNamespace: 'Security', metricName, metricValue: '1' }],
          }),
        ),
      },
      alarms: { [`${ACCOUNT} ${REGION}`]: names.map((metricName) => alarm({ alarmName: metricName, metricName })) },
    }),
  );
};

describe('assessing an account', () => {
  it('judges no control again that has a verdict while others need more', async () => {
    const { reader, turns } = noting(snapshotOf(soundWorld()));
    const parameters = parametersOf({ assurance: 'configured' });
    const judgedIn: number[] = [];
    const watched = {
      ...parameters,
      get control() {
        judgedIn.push(turns.length);
        return parameters.control;
      },
    };
    const { verdicts } = await assessAll(reader, [watched, parametersOf()]);
    const alone = noting(snapshotOf(soundWorld()));
    await assess(alone.reader, parameters);
    expect(turns.length).to.be.greaterThan(alone.turns.length);
    expect(verdicts[0]?.kind).to.equal('satisfied');
    // At the end it is asked whether another route is to be looked for.
    expect(Math.max(...judgedIn.filter((turn) => turn < turns.length))).to.equal(alone.turns.length);
  });

  it('asks for the alarms of few metrics one by one', async () => {
    const { reader, turns } = noting(withMetrics(4));
    await assess(reader, parametersOf());
    const kinds = turns.flat();
    expect(kinds.filter((kind) => kind === 'alarms-for-metric')).to.have.lengthOf(4);
    expect(kinds).not.to.include('alarms');
  });

  it('asks for the listing of all alarms from five metrics on', async () => {
    const { reader, turns } = noting(withMetrics(5));
    const { verdict } = await assess(reader, parametersOf());
    const kinds = turns.flat();
    expect(kinds.filter((kind) => kind === 'alarms')).to.have.lengthOf(1);
    expect(kinds).not.to.include('alarms-for-metric');
    expect(verdict.chains).to.have.lengthOf(5);
  });

  it('asks for many metrics one by one if the listing cannot be read', async () => {
    const inventory = replacing(
      withMetrics(6),
      'alarms',
      `${ACCOUNT} ${REGION}`,
      denied('cloudwatch', 'DescribeAlarms'),
    );
    const { reader, turns } = noting(inventory);
    const { verdict } = await assess(reader, parametersOf());
    expect(turns.flat().filter((kind) => kind === 'alarms-for-metric')).to.have.lengthOf(6);
    expect(verdict.kind).to.equal('undecided');
  });

  it('under several controls reads each part once, in as many turns as the slowest control alone', async () => {
    const { reader, turns } = noting(withMetrics(1));
    const { verdicts } = await assessAll(reader, everyControl);
    const alone = await Promise.all(everyControl.map((control) => assess(snapshotReader(withMetrics(1)), control)));
    expect(verdicts).to.deep.equal(alone.map(({ verdict }) => verdict));
    // A broken account is also asked for its rules and for its log alarms, once the verdicts are there.
    const ofVerdicts = Math.max(...alone.map((one) => one.turns));
    expect(turns.slice(ofVerdicts).flat()).to.have.members(['alarms', 'event-rules']);
    expect(turns.flat().filter((kind) => kind === 'trails')).to.have.lengthOf(1);
  });

  it('gives the same verdicts under several controls as under each of them alone', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInventory, async (inventory) => {
        const some = everyControl.slice(0, 5);
        const { verdicts } = await assessAll(snapshotReader(inventory), some);
        for (const [index, control] of some.entries()) {
          const { verdict } = await assess(snapshotReader(inventory), control);
          expect(verdicts[index]?.kind).to.equal(verdict.kind);
          expect(verdicts[index]?.chains[0]).to.deep.equal(verdict.chains[0]);
        }
      }),
      { numRuns: 40 },
    );
  });
});
