import { expect } from 'chai';

import { judge } from '../../src/chain/judge.ts';
import { catalog } from '../../src/controls/catalog.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { codeOf, parametersOf, verdictOn } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  allManagementEvents,
  denied,
  filter,
  partsIn,
  present,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  trail,
} from '../support/worlds/world.ts';

const second = trail({ name: 'second', trailArn: `${TRAIL_ARN}-2`, cloudWatchLogsLogGroupArn: `${LOG_GROUP_ARN}-2` });
const withSecondTrail = (filters: World['filters'][string]): World =>
  soundWorld({
    trails: [trail(), second],
    statuses: { [TRAIL_ARN]: status(), [second.trailArn]: status() },
    selectors: { [TRAIL_ARN]: allManagementEvents, [second.trailArn]: allManagementEvents },
    filters: { ...soundWorld().filters, [`${LOG_GROUP_ARN}-2`]: filters },
  });
/** A filter that publishes to a metric of its own. Who publishes to the metric of the chain may change its alarm. */
const unreadFilter = filter({
  filterName: 'unread',
  filterPattern: '{ $.eventName = }',
  metricTransformations: [{ metricNamespace: 'Security', metricName: 'Unread', metricValue: '1' }],
});
const kindOf = (inventory: Inventory, raw: Readonly<Record<string, string>> = {}) => verdictOn(inventory, raw).kind;

describe('judging', () => {
  it('is satisfied by one chain, whatever the others are', () => {
    expect(kindOf(snapshotOf(withSecondTrail([])))).to.equal('satisfied');
    const verdict = verdictOn(snapshotOf(withSecondTrail([])));
    expect(verdict.chains.map(({ path }) => path.trail?.name)).to.deep.equal(['main']);
  });

  it('is broken only if every chain is certainly broken', () => {
    const off = { ...withSecondTrail([]), subscriptions: { [TOPIC_ARN]: [] } };
    expect(kindOf(snapshotOf(off))).to.equal('broken');
    const unread = replacing(
      snapshotOf(off),
      'metric-filters',
      `${LOG_GROUP_ARN}-2`,
      denied('logs', 'DescribeMetricFilters'),
    );
    const verdict = verdictOn(unread);
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'UNREADABLE']);
  });

  it('shows the nearest chain first: the one that gets furthest', () => {
    const world = { ...withSecondTrail([]), subscriptions: { [TOPIC_ARN]: [] } };
    expect(verdictOn(snapshotOf(world)).chains.map((chain) => chain.path.trail?.name)).to.deep.equal([
      'main',
      'second',
    ]);
  });

  it('needs the listing of all alarms only if no chain holds through those directly on the metric', () => {
    const { control, options } = parametersOf();
    const needsOf = (world: World): readonly string[] => {
      const { alarms, ...parts } = snapshotOf(world).parts;
      const listed = alarms?.[`${ACCOUNT} ${REGION}`];
      const direct = listed?.kind === 'present' ? listed.value.filter((one) => one.kind === 'metric-alarm') : [];
      const id = `${ACCOUNT} ${REGION} ["Security","MfaDeactivated"]`;
      const inventory = { ...snapshotOf(world), parts: { ...parts, 'alarms-for-metric': { [id]: present(direct) } } };
      const judgement = judge(control, options, inventory);
      return judgement.kind === 'needs' ? judgement.keys.map(({ kind }) => kind) : [];
    };
    expect(needsOf(soundWorld())).to.deep.equal([]);
    expect(
      needsOf(soundWorld({ alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ actionsEnabled: false })] } })),
    ).to.deep.equal(['alarms']);
  });
});

describe('a control with several texts', () => {
  const raw = { controlId: 'CloudWatch.4' };
  const control = catalog.find(({ id }) => id === raw.controlId);
  const texts = control === undefined ? [] : [...new Set(control.texts.map(({ pattern }) => pattern))];
  const withText = (filterPattern: string, change: Partial<World> = {}): World =>
    soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ filterPattern })] }, ...change });
  const off = { alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ actionsEnabled: false })] } };

  it('has more than one', () => {
    expect(texts.length).to.be.greaterThan(1);
  });

  for (const text of texts) {
    it(`is satisfied by each of them, and broken where the alarm of its filter is off: ${text.slice(0, 70)}`, () => {
      expect(kindOf(snapshotOf(withText(text)), raw)).to.equal('satisfied');
      const verdict = verdictOn(snapshotOf(withText(text, off)), raw);
      expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['broken', 'ALARM_ACTIONS_DISABLED']);
      expect(verdict.chains).to.have.lengthOf(1);
    });

    it(`is broken by the alarm also next to a filter that cannot be read: ${text.slice(0, 70)}`, () => {
      const world = withText(text, {
        ...off,
        filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: text }), unreadFilter] },
      });
      const verdict = verdictOn(snapshotOf(world), raw);
      expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['broken', 'ALARM_ACTIONS_DISABLED']);
    });
  }

  it('reports the filter that is nearest to one of them once', () => {
    const narrow = texts.map((text) => `{ (${text.replace(/^\{|\}$/g, '')}) && ($.userAgent = console) }`);
    for (const filterPattern of narrow) {
      const verdict = verdictOn(snapshotOf(withText(filterPattern)), raw);
      expect(verdict.chains.map(({ path }) => path.filter?.filterName)).to.deep.equal(['mfa']);
      expect(codeOf(verdict)).to.equal('FILTER_NARROWER');
    }
  });
});

describe('more facts never undo a chain that holds:', () => {
  const satisfied = snapshotOf(withSecondTrail([filter({ filterName: 'second' })]));

  for (const [kind, id] of partsIn(satisfied)) {
    if (!id.includes('-2')) continue;
    it(`${kind} ${id} may be unreadable`, () => {
      expect(kindOf(satisfied)).to.equal('satisfied');
      expect(kindOf(replacing(satisfied, kind, id, denied('cloudtrail', 'DescribeTrails')))).to.equal('satisfied');
    });
  }

  const added = [
    [
      'a trail that is off',
      { ...withSecondTrail([]), statuses: { [TRAIL_ARN]: status(), [second.trailArn]: status({ isLogging: false }) } },
    ],
    [
      'a trail without a log group',
      soundWorld({ ...withSecondTrail([]), trails: [trail(), { ...second, cloudWatchLogsLogGroupArn: '' }] }),
    ],
    ['a trail to a log group that is gone', withSecondTrail(null)],
    ['a filter that cannot be read', withSecondTrail([unreadFilter])],
  ] as const satisfies readonly (readonly [string, World])[];
  for (const [what, world] of added) {
    it(`${what} may be added`, () => {
      expect(kindOf(snapshotOf(world))).to.equal('satisfied');
    });
  }
});

describe('no control is satisfied by a filter', () => {
  for (const { id, filterPattern } of catalog) {
    it(`that asks for the events of another service: ${id}`, () => {
      const inner = filterPattern.trim().replace(/^\{|\}$/g, '');
      const elsewhere = `{ (${inner}) && ($.eventSource = "other.amazonaws.com") }`;
      const world = soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: elsewhere })] } });
      expect(kindOf(snapshotOf(world), { controlId: id })).to.equal('broken');
    });

    it(`that asks for the events of another account: ${id}`, () => {
      const inner = filterPattern.trim().replace(/^\{|\}$/g, '');
      const elsewhere = `{ (${inner}) && ($.recipientAccountId = "444455556666") }`;
      const world = soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: elsewhere })] } });
      expect(kindOf(snapshotOf(world), { controlId: id })).to.equal('broken');
    });
  }
});
