import { expect } from 'chai';

import { compareQuickly, judge } from '../../src/chain/judge.ts';
import { catalog } from '../../src/controls/catalog.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { codeOf, parametersOf, verdictOn } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  QUERY,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  allManagementEvents,
  compositeAlarm,
  confirmed,
  denied,
  filter,
  keyName,
  logAlarm,
  onlyParts,
  partsIn,
  present,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  topicAttributes,
  trail,
  withAlarms,
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

describe('the parts that a judgement needs', () => {
  const needsOf = (inventory: Inventory, isOver = () => false, raw: Readonly<Record<string, string>> = {}) => {
    const { control, options } = parametersOf(raw);
    // What was compared in time is known when the time is over.
    judge(control, options, inventory);
    const judgement = judge(control, options, inventory, isOver);
    return judgement.kind === 'needs' ? judgement.keys.map(keyName) : judgement.verdict.kind;
  };
  const twice = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [filter(), filter({ filterName: 'mfa-2' })] } }));
  const withoutTopics = (inventory: Inventory) =>
    onlyParts(
      {
        ...inventory,
        parts: {
          ...inventory.parts,
          'alarms-for-metric': { [`${ACCOUNT} ${REGION} ["Security","MfaDeactivated"]`]: present([alarm()]) },
        },
      },
      (kind) => !['topic-attributes', 'alarms'].includes(kind),
    );

  for (const [when, isOver] of [
    ['in time', () => false],
    ['late', () => true],
  ] as const) {
    it(`are each named once, and no listing before the alarms on the metric are known not to do: ${when}`, () => {
      expect(needsOf(withoutTopics(twice), isOver)).to.deep.equal([`topic-attributes ${TOPIC_ARN}`]);
      expect(needsOf(withoutTopics(twice), isOver, { controlId: 'CloudWatch.4' })).not.to.equal('satisfied');
    });

    it(`are all that can be read side by side: ${when}`, () => {
      const inventory = onlyParts(snapshotOf(withSecondTrail([])), (kind) => kind === 'trails');
      expect(needsOf(inventory, isOver)).to.include.members([
        `trail-status ${TRAIL_ARN}`,
        `trail-status ${second.trailArn}`,
      ]);
    });

    it(`are none where a composite alarm acts for an alarm without an action: ${when}`, () => {
      const world = withAlarms(alarm({ alarmActions: [] }), compositeAlarm());
      expect(needsOf(snapshotOf(world), isOver)).to.equal('satisfied');
      expect(needsOf(snapshotOf(withAlarms(alarm({ alarmActions: [] }))), isOver)).to.equal('broken');
    });
  }

  it('are read before a later text of the control counts, so that the same facts give the same words', () => {
    const control = catalog.find(({ id }) => id === 'CloudWatch.4');
    const [text, later] = [...new Set(control?.texts.map(({ pattern }) => pattern))];
    const other = `${TOPIC_ARN}-2`;
    const publishing = (metricName: string) => [{ metricNamespace: 'Security', metricName, metricValue: '1' }];
    const world = soundWorld({
      filters: {
        [LOG_GROUP_ARN]: [
          filter({ filterName: 'a', filterPattern: text ?? '', metricTransformations: publishing('A') }),
          filter({ filterName: 'b', filterPattern: later ?? '', metricTransformations: publishing('B') }),
        ],
      },
      alarms: {
        [`${ACCOUNT} ${REGION}`]: [
          alarm({ alarmName: 'a', metricName: 'A', alarmActions: [other] }),
          alarm({ alarmName: 'b', metricName: 'B' }),
        ],
      },
      subscriptions: { [TOPIC_ARN]: [confirmed()], [other]: [] },
      topics: { [TOPIC_ARN]: topicAttributes(), [other]: topicAttributes(other) },
    });
    const whole = snapshotOf(world);
    const partial = onlyParts(whole, (kind, id) => kind !== 'topic-attributes' || id !== other);
    const raw = { controlId: 'CloudWatch.4' };
    expect(needsOf(whole, () => false, raw)).to.equal('satisfied');
    expect(needsOf(partial, () => false, raw)).to.deep.equal([`topic-attributes ${other}`]);
    expect(verdictOn(whole, raw).control.filterPattern).to.equal(control?.filterPattern);
  });

  it('are none for a text of the control that is satisfied late, and the verdict is that of the control', () => {
    const { control, options } = parametersOf({ controlId: 'CloudWatch.4' });
    const later = control.texts.map(({ pattern }) => pattern).find((pattern) => pattern !== control.filterPattern);
    const world = soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: later ?? '' })] } });
    judge(control, options, snapshotOf(world));
    const judgement = judge(control, options, snapshotOf(world), () => true);
    expect(judgement.kind === 'verdict' && [judgement.verdict.kind, judgement.verdict.control]).to.deep.equal([
      'satisfied',
      control,
    ]);
  });
});

describe('an undecided verdict', () => {
  const theirs = trail({ name: 'theirs', trailArn: TRAIL_ARN.replace(ACCOUNT, OTHER_ACCOUNT) });
  const foreign = (change: Partial<World> = {}): World =>
    soundWorld({
      trails: [theirs],
      statuses: { [theirs.trailArn]: status(), [TRAIL_ARN]: status() },
      selectors: { [theirs.trailArn]: allManagementEvents, [TRAIL_ARN]: allManagementEvents },
      topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy: '' }) },
      ...change,
    });
  const onlyForeign = (inventory: Inventory) => {
    const verdict = verdictOn(inventory);
    return verdict.kind === 'undecided' ? verdict.onlyForeign : verdict.kind;
  };

  it('is one of another account only if every chain in doubt runs through a trail of that account', () => {
    expect(onlyForeign(snapshotOf(foreign()))).to.equal(true);
    expect(onlyForeign(snapshotOf(foreign({ trails: [trail()] })))).to.equal(false);
    expect(onlyForeign(snapshotOf(foreign({ trails: [theirs, trail()] })))).to.equal(false);
    expect(onlyForeign(snapshotOf(foreign({ trails: [trail(), theirs] })))).to.equal(false);
  });

  it('is one of another account also next to a trail of this account that is certainly broken', () => {
    const statuses = { [theirs.trailArn]: status(), [TRAIL_ARN]: status({ isLogging: false }) };
    expect(onlyForeign(snapshotOf(foreign({ trails: [theirs, trail()], statuses })))).to.equal(true);
  });

  it('is one of this account where its trails cannot be read', () => {
    const unread = replacing(snapshotOf(soundWorld()), 'trails', 'account', denied('cloudtrail', 'DescribeTrails'));
    expect(onlyForeign(unread)).to.equal(false);
    expect(verdictOn(unread).trails).to.deep.equal([]);
  });
});

describe('the trails of a verdict', () => {
  it('are all that have an ARN, in the order of their ARNs', () => {
    for (const trails of [
      [trail(), second],
      [second, trail()],
      [second, trail({ name: 'nameless', trailArn: '' }), trail()],
    ]) {
      const { statuses, selectors, ...world } = withSecondTrail([]);
      const { trails: listed } = verdictOn(
        snapshotOf({
          ...world,
          trails,
          statuses: { ...statuses, '': status() },
          selectors: { ...selectors, '': allManagementEvents },
        }),
      );
      expect(listed.map(({ trailArn }) => trailArn)).to.deep.equal([TRAIL_ARN, second.trailArn]);
    }
  });
});

describe('a log alarm whose query cannot be read', () => {
  const raw = { acceptedRoutes: 'log-alarm' };
  const unread = logAlarm({ alarmName: 'unread' }, { queryString: 'fields @message | filter (' });
  const outcomeOf = (...alarms: readonly ReturnType<typeof logAlarm>[]) => {
    const verdict = verdictOn(snapshotOf(withAlarms(...alarms)), raw);
    return [verdict.kind, codeOf(verdict)];
  };
  const off = logAlarm({ actionsEnabled: false });

  it('does not hide that a log alarm with the right query is broken', () => {
    const [kind, code] = outcomeOf(off);
    expect(kind).to.equal('broken');
    expect(outcomeOf(off, unread)).to.deep.equal(['broken', code]);
  });

  it('leaves it undecided next to a log alarm with another query', () => {
    const narrower = logAlarm({}, { queryString: `${QUERY} and errorCode = "AccessDenied"` });
    expect(outcomeOf(narrower)[0]).to.equal('broken');
    expect(outcomeOf(narrower, unread)[0]).to.equal('undecided');
  });
});

describe('what is compared in few steps before a judgement', () => {
  const narrow = (name: string) => `{ ($.eventName = DeactivateMFADevice) && ($.requestID != "judge-${name}") }`;
  const worldWith = (name: string) =>
    snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: narrow(name) })] } }));
  const late = (inventory: Inventory) => {
    const { control, options } = parametersOf();
    const judgement = judge(control, options, inventory, () => true);
    return judgement.kind === 'verdict' ? codeOf(judgement.verdict) : judgement.kind;
  };
  // What the trail records is compared before.
  beforeEach(() => verdictOn(snapshotOf(soundWorld())));

  it('is known when the time is over', () => {
    expect(late(worldWith('unknown'))).to.equal('FILTER_NOT_COMPARED');
    compareQuickly([parametersOf()], worldWith('known'));
    expect(late(worldWith('known'))).to.equal('FILTER_NARROWER');
  });

  it('is nothing if the time is over already', () => {
    compareQuickly([parametersOf()], worldWith('over'), () => true);
    expect(late(worldWith('over'))).to.equal('FILTER_NOT_COMPARED');
  });

  it('is nothing for a control that no metric filter may satisfy', () => {
    compareQuickly([parametersOf({ acceptedRoutes: 'eventbridge' })], worldWith('other-route'));
    expect(late(worldWith('other-route'))).to.equal('FILTER_NOT_COMPARED');
  });

  it('ends when the time is over', () => {
    let asked = 0;
    compareQuickly([parametersOf()], worldWith('ends'), () => {
      asked += 1;
      return asked > 1;
    });
    expect(late(worldWith('ends'))).to.equal('FILTER_NOT_COMPARED');
  });
});
