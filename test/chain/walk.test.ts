import { expect } from 'chai';

import type { Context } from '../../src/chain/base/link.ts';
import { linkNames } from '../../src/chain/base/link.ts';
import { routes } from '../../src/chain/routes.ts';
import { newTrunk, walk, walkTo } from '../../src/chain/walk.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { parametersOf } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  allManagementEvents,
  confirmed,
  denied,
  filter,
  keyName,
  onlyParts,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  topicAttributes,
  trail,
} from '../support/worlds/world.ts';

const SECOND_TOPIC = `${TOPIC_ARN}-2`;
const second = trail({ name: 'second', trailArn: `${TRAIL_ARN}-2` });

/** Two trails to one log group with two filters, and an alarm with two topics on their metric. */
const forked: World = soundWorld({
  trails: [trail(), second],
  statuses: { [TRAIL_ARN]: status(), [second.trailArn]: status() },
  selectors: { [TRAIL_ARN]: allManagementEvents, [second.trailArn]: allManagementEvents },
  filters: { [LOG_GROUP_ARN]: [filter(), filter({ filterName: 'mfa-2' })] },
  alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ alarmActions: [TOPIC_ARN, SECOND_TOPIC] })] },
  subscriptions: { [TOPIC_ARN]: [confirmed()], [SECOND_TOPIC]: [] },
  topics: { [TOPIC_ARN]: topicAttributes(), [SECOND_TOPIC]: topicAttributes(SECOND_TOPIC) },
});

const contextOf = (inventory: Inventory, change: Partial<Context> = {}): Context => ({
  ...parametersOf(),
  inventory,
  alarms: 'direct',
  filters: 'alone',
  isOver: () => false,
  ...change,
});

describe('routes', () => {
  it('have their links in the order of the list of links, and no link is on none of them', () => {
    const links = Object.values(routes).map((route) => route.map(({ name }) => name));
    for (const names of links) expect(names).to.deep.equal(linkNames.filter((name) => names.includes(name)));
    expect(new Set(links.flat())).to.deep.equal(new Set(linkNames));
  });
});

describe('walking a route', () => {
  it('follows every combination of trail, filter, alarm and topic as a chain of its own', () => {
    const { chains, needs } = walk(contextOf(snapshotOf(forked)));
    const paths = chains.map(({ path }) => `${path.trail?.name} ${path.filter?.filterName} ${path.topicArn}`).sort();
    const expected = ['main', 'second'].flatMap((trailName) =>
      ['mfa', 'mfa-2'].flatMap((filterName) =>
        [TOPIC_ARN, SECOND_TOPIC].map((topicArn) => `${trailName} ${filterName} ${topicArn}`),
      ),
    );
    expect(paths).to.deep.equal(expected.sort());
    expect(needs).to.deep.equal([]);
  });

  it('has for each chain the links that it passed, in order, and none beyond its end', () => {
    const { chains } = walk(contextOf(snapshotOf(forked)));
    const route = routes['metric-filter'].map(({ name }) => name);
    for (const { links, outcome } of chains) {
      const names = links.map(({ link }) => link);
      expect(names).to.deep.equal(route.slice(0, names.length));
      if (outcome === 'satisfied') expect(names).to.have.lengthOf(route.length);
    }
  });

  it('goes on past what is undecided, and a certain break beyond it decides the chain', () => {
    const inventory = replacing(
      snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: [] } })),
      'trail-status',
      TRAIL_ARN,
      denied('cloudtrail', 'GetTrailStatus'),
    );
    const [chain] = walk(contextOf(inventory)).chains;
    expect(chain?.outcome).to.equal('broken');
    expect(chain?.links.map(({ state }) => state)).to.include.members(['undecided', 'broken']);
  });

  it('leaves a path at the first doubt where only certain ones are followed', () => {
    const inventory = replacing(
      snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: [] } })),
      'trail-status',
      TRAIL_ARN,
      denied('cloudtrail', 'GetTrailStatus'),
    );
    const [chain] = walk(contextOf(inventory, { follows: 'certain' })).chains;
    expect(chain?.outcome).to.equal('undecided');
    expect(chain?.links.map(({ link }) => link)).to.deep.equal(['trail']);
  });

  it('finds the same chains that hold where only certain paths are followed', () => {
    const holding = (follows: Pick<Context, 'follows'>) =>
      walk(contextOf(snapshotOf(forked), follows)).chains.filter(({ outcome }) => outcome === 'satisfied');
    expect(holding({})).to.have.lengthOf(4);
    expect(holding({ follows: 'certain' })).to.deep.equal(holding({}));
  });

  it('gives the same over every kind of alarms when it shares a trunk, and looks at the filters once', () => {
    let looks = 0;
    const inventory = snapshotOf(forked);
    const parts = { ...inventory.parts };
    Object.defineProperty(parts, 'event-selectors', {
      get: () => {
        looks += 1;
        return inventory.parts['event-selectors'];
      },
    });
    const counted = { ...inventory, parts };
    const trunk = newTrunk();
    for (const alarms of ['direct', 'all'] as const) {
      const context = contextOf(counted, { alarms });
      expect(walk(context, ['metric-filter'], trunk)).to.deep.equal(walk(contextOf(inventory, { alarms })));
    }
    const ofTwo = looks;
    walk(contextOf(counted), ['metric-filter'], newTrunk());
    expect(ofTwo).to.be.greaterThan(0);
    expect(looks).to.equal(2 * ofTwo);
  });

  it('needs side by side what is known to be needed: a turn for each part that depends on another', () => {
    const whole = snapshotOf(soundWorld());
    const known = new Set<string>();
    const turns: string[][] = [];
    for (;;) {
      const partial = onlyParts(whole, (kind, id) => known.has(`${kind} ${id}`));
      const { needs } = walk(contextOf(partial));
      if (needs.length === 0) break;
      turns.push([...new Set(needs.map(({ kind }) => kind))].sort());
      for (const key of needs) {
        known.add(keyName(key));
        // The listing answers for a single metric.
        if (key.kind === 'alarms-for-metric') known.add(`alarms ${ACCOUNT} ${REGION}`);
      }
    }
    expect(turns.length).to.be.at.most(5);
    expect(turns[0]).to.deep.equal(['trails']);
    expect(turns[1]).to.include.members(['event-selectors', 'metric-filters', 'trail-status']);
  });

  it('up to a link keeps the paths open that lead beyond it', () => {
    const { open, ended } = walkTo('metric-filter', 'metric filter', contextOf(snapshotOf(forked)));
    expect(open.map(({ links }) => links.at(-1)?.link)).to.deep.equal(Array(4).fill('metric filter'));
    expect(open.every(({ path }) => path.filter !== undefined && path.alarm === undefined)).to.equal(true);
    expect(ended).to.deep.equal([]);
  });

  it('ends a path where nothing beyond can be followed', () => {
    const { open, ended } = walkTo('metric-filter', 'metric filter', contextOf(snapshotOf(soundWorld({ trails: [] }))));
    expect(open).to.deep.equal([]);
    expect(ended.map(({ outcome, links }) => [outcome, links.map(({ link }) => link)])).to.deep.equal([
      ['broken', ['trail']],
    ]);
  });
});
