import { expect } from 'chai';

import { assess, assessAll } from '../../src/assessment/assess.ts';
import { catalog } from '../../src/controls/catalog.ts';
import { parse as parseRule } from '../../src/event-pattern/index.ts';
import { parse } from '../../src/filter-pattern/index.ts';
import type { Inventory, PartKey } from '../../src/inventory/model.ts';
import type { InventoryReader } from '../../src/inventory/reader.ts';
import type { EventSelectors, MetricAlarm, MetricFilter } from '../../src/inventory/resources.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { EVENT_BUS_ARN, EVENT_TOPIC_ARN, eventRule, eventWorld } from '../support/worlds/event-world.ts';
import { hostileEventPatterns } from '../support/hostile-event-patterns.ts';
import { hostileRanges } from '../support/hostile-patterns.ts';
import { codeOf, parametersOf } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TRAIL_ARN,
  alarm,
  allManagementEvents,
  filter,
  snapshotOf,
  soundWorld,
} from '../support/worlds/world.ts';

const everyControl = catalog.map(({ id }) => parametersOf({ controlId: id }));
const everyId = catalog.map(({ id }) => id);

/** Words of several controls, so that each filter looks as if it were meant for them. */
const words = ['DeactivateMFADevice', 'CreateTrail', 'ConsoleLogin', 'DisableKey', 'CreateVpc', 'DeleteBucketPolicy'];

const on = (metricName: string) => [{ metricNamespace: 'Security', metricName, metricValue: '1' }];

/** A hundred filters that are hard to compare, and filters that carry controls, which come last by name. */
function attacked(sound: readonly MetricFilter[], change: Partial<World> = {}): Inventory {
  const hostile = hostileRanges(100, words).map((filterPattern, index) =>
    filter({ filterName: `a-${index}`, filterPattern, metricTransformations: on(`Hostile${index}`) }),
  );
  const names = [...hostile, ...sound].map(({ metricTransformations: [one] }) => one?.metricName ?? '');
  return snapshotOf(
    soundWorld({
      filters: { [LOG_GROUP_ARN]: [...hostile, ...sound] },
      alarms: { [`${ACCOUNT} ${REGION}`]: names.map((name) => alarm({ alarmName: name, metricName: name })) },
      ...change,
    }),
  );
}

const soundFilter = (id: string, filterPattern: string): MetricFilter =>
  filter({ filterName: `z-${id}`, filterPattern, metricTransformations: on(id) });

/** A clock that runs only where it is looked at: before each comparison. The time is over after so many looks. */
function clock(looks: number) {
  let looked = 0;
  return {
    isOver: () => {
      looked += 1;
      return looked > looks;
    },
    looked: () => looked,
  };
}

describe('an account with a hundred filters that are hard to compare', function () {
  // It computes for some seconds, on a machine that may do other things as well.
  this.timeout(120_000);

  it('has patterns that AWS accepts, nearly as long as it allows', () => {
    const patterns = hostileRanges(100, words);
    expect(new Set(patterns)).to.have.lengthOf(100);
    expect(Math.min(...patterns.map(({ length }) => length))).to.be.greaterThan(960);
    expect(Math.max(...patterns.map(({ length }) => length))).to.be.at.most(1024);
    expect(patterns.filter((pattern) => parse(pattern).kind !== 'parsed')).to.deep.equal([]);
  });

  it('gets an answer from all seventeen controls when the time is over at once', async () => {
    const { verdicts } = await assessAll(snapshotReader(attacked([])), everyControl, () => true);
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(everyId.map(() => 'undecided'));
  });

  it('gets the chain of each published text after a few comparisons for each control', async () => {
    const sound = catalog.map(({ id, filterPattern }) => soundFilter(id, filterPattern));
    const { verdicts } = await assessAll(snapshotReader(attacked(sound)), everyControl, clock(150).isOver);
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(everyId.map(() => 'satisfied'));
  });

  it('gets the chain of each filter that means the same in other words after a few comparisons more', async () => {
    const sound = catalog.map(({ id, filterPattern }) => {
      const inside = filterPattern.replace(/^\{|\}$/g, '');
      return soundFilter(id, `{ ($.eventVersion = * || $.eventVersion NOT EXISTS) && (${inside}) }`);
    });
    const { verdicts } = await assessAll(snapshotReader(attacked(sound)), everyControl, clock(250).isOver);
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(everyId.map(() => 'satisfied'));
  });

  it('gets the chain of a filter in a log group after one of hard filters', async () => {
    const other = `${LOG_GROUP_ARN}-2`;
    const [first] = soundWorld().trails;
    if (first === undefined) throw new Error('no trail');
    const trailArn = `${TRAIL_ARN}-2`;
    const inventory = attacked([], {
      trails: [first, { ...first, trailArn, name: 'main-2', cloudWatchLogsLogGroupArn: other }],
      statuses: { ...soundWorld().statuses, [trailArn]: soundWorld().statuses[TRAIL_ARN] ?? null },
      selectors: { ...soundWorld().selectors, [trailArn]: allManagementEvents },
    });
    const pattern = '{ ($.eventName = "DeactivateMFADevice") || ($.eventName = DeactivateMFADevice) }';
    const withSound = {
      ...inventory,
      parts: {
        ...inventory.parts,
        'metric-filters': {
          ...inventory.parts['metric-filters'],
          [other]: { kind: 'present', value: [soundFilter('mfa', pattern)] } as const,
        },
        alarms: {
          [`${ACCOUNT} ${REGION}`]: {
            kind: 'present',
            value: [alarm({ alarmName: 'mfa', metricName: 'mfa' })],
          } as const,
        },
        'mute-rules': { [`${ACCOUNT} ${REGION} mfa`]: { kind: 'present', value: [] } as const },
        'alarm-history': { [`${ACCOUNT} ${REGION} mfa`]: { kind: 'present', value: [] } as const },
        'metric-publishers': {
          [`${ACCOUNT} ${REGION} ["Security","mfa"]`]: { kind: 'present', value: [] } as const,
        },
      },
    };
    const { verdict } = await assess(snapshotReader(withSound), parametersOf(), clock(20).isOver);
    expect(verdict.kind).to.equal('satisfied');
  });

  it('is asked only for the parts of the chain that holds when the time is over', async () => {
    const [sound] = catalog.map(({ id, filterPattern }) => soundFilter(id, filterPattern));
    if (sound === undefined) throw new Error('no control');
    const reader = snapshotReader(attacked([sound]));
    const keys: PartKey[] = [];
    const noting: InventoryReader = {
      describe: () => reader.describe(),
      read: (some) => {
        keys.push(...some);
        return reader.read(some);
      },
    };
    const { verdict } = await assess(noting, parametersOf(), () => true);
    expect(verdict.kind).to.equal('satisfied');
    const alarms = keys.flatMap((key) => (key.kind === 'mute-rules' ? [key.alarmName] : []));
    expect(alarms).to.deep.equal(sound.metricTransformations.map(({ metricName }) => metricName));
  });

  it('is broken for certain when the time is over if no alarm of any filter has an action', async () => {
    const inventory = attacked([], {
      alarms: {
        [`${ACCOUNT} ${REGION}`]: Array.from({ length: 100 }, (_, index) =>
          alarm({ alarmName: `a-${index}`, metricName: `Hostile${index}`, alarmActions: [] }),
        ),
      },
    });
    const { verdict } = await assess(snapshotReader(inventory), parametersOf(), () => true);
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['broken', 'ALARM_WITHOUT_ACTION']);
  });

  it('is compared no further when the time is over, whatever is asked', async () => {
    const { isOver, looked } = clock(30);
    let after = 0;
    const { verdict } = await assess(snapshotReader(attacked([])), parametersOf({ patternMatch: 'covers' }), () => {
      const over = isOver();
      after += over ? 1 : 0;
      return over;
    });
    expect(verdict.kind).to.equal('undecided');
    expect(looked() - after).to.equal(30);
  });
});

describe('when the time is over', () => {
  const notIn = (fact: string) => `compared in no other test but for ${fact}`;

  it('the event selectors of a trail are undecided', async () => {
    const selectors: EventSelectors = {
      eventSelectors: [],
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: 'eventCategory', equals: ['Management'] },
            { field: 'eventSource', notEquals: [notIn('selectors')] },
          ],
        },
      ],
    };
    const inventory = snapshotOf(soundWorld({ selectors: { [TRAIL_ARN]: selectors } }));
    const over = await assess(snapshotReader(inventory), parametersOf(), () => true);
    expect([over.verdict.kind, codeOf(over.verdict)]).to.deep.equal(['undecided', 'TRAIL_SELECTORS_UNCERTAIN']);
    const { verdict } = await assess(snapshotReader(inventory), parametersOf());
    expect(verdict.kind).to.equal('satisfied');
  });

  it('the regions of a single-region trail are undecided', async () => {
    const [trail] = soundWorld().trails;
    if (trail === undefined) throw new Error('no trail');
    const filterPattern = `{ $.awsRegion = "us-west-2" && $.eventName = "${notIn('regions')}" }`;
    const inventory = snapshotOf(
      soundWorld({
        trails: [{ ...trail, isMultiRegionTrail: false }],
        filters: { [LOG_GROUP_ARN]: [filter({ filterPattern })] },
      }),
    );
    const own = parametersOf({ filterPattern });
    const over = await assess(snapshotReader(inventory), own, () => true);
    expect([over.verdict.kind, codeOf(over.verdict)]).to.deep.equal(['undecided', 'TRAIL_REGIONS_UNCERTAIN']);
    const { verdict } = await assess(snapshotReader(inventory), own);
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['broken', 'TRAIL_MISSES_REGIONS']);
  });

  it('the dimensions of an alarm are undecided', async () => {
    const filterPattern = `{ $.eventName = "${notIn('dimensions')}" && $.userAgent = * }`;
    const withDimensions = filter({
      filterPattern,
      metricTransformations: [
        { metricNamespace: 'Security', metricName: 'M', metricValue: '1', dimensions: { Name: '$.eventName' } },
      ],
    });
    const watching = alarm({ metricName: 'M', dimensions: [{ name: 'Name', value: notIn('dimensions') }] });
    const parameters = parametersOf({ filterPattern });
    const withAlarms = (...alarms: readonly MetricAlarm[]) =>
      snapshotReader(
        snapshotOf(
          soundWorld({ filters: { [LOG_GROUP_ARN]: [withDimensions] }, alarms: { [`${ACCOUNT} ${REGION}`]: alarms } }),
        ),
      );
    // Everything but the dimensions is compared and remembered.
    await assess(withAlarms(), parameters);
    const over = await assess(withAlarms(watching), parameters, () => true);
    expect([over.verdict.kind, codeOf(over.verdict)]).to.deep.equal(['undecided', 'ALARM_NOT_COMPUTED']);
    const { verdict } = await assess(withAlarms(watching), parameters);
    expect(verdict.kind).to.equal('satisfied');
  });
});

describe('an account with three hundred EventBridge rules that are hard to compare', () => {
  const rules = hostileEventPatterns(300).map((eventPattern, index) => eventRule({ name: `r-${index}`, eventPattern }));
  const inventory = snapshotOf(
    eventWorld({
      eventRules: { [EVENT_BUS_ARN]: rules },
      eventRuleTargets: Object.fromEntries(
        rules.map(({ name }) => [`${EVENT_BUS_ARN} ${name}`, [{ id: '1', arn: EVENT_TOPIC_ARN }]]),
      ),
    }),
  );
  const byRules = parametersOf({ acceptedRoutes: 'eventbridge' });

  it('has patterns that AWS accepts', () => {
    const texts = rules.map(({ eventPattern = '' }) => eventPattern);
    expect(new Set(texts)).to.have.lengthOf(300);
    expect(Math.max(...texts.map(({ length }) => length))).to.be.at.most(4096);
    expect(texts.filter((text) => parseRule(text).kind !== 'parsed')).to.deep.equal([]);
  });

  it('gets an answer, and compares no rule more, when the time is over', async function () {
    this.timeout(60_000);
    const { isOver, looked } = clock(3);
    let after = 0;
    const { verdict } = await assess(snapshotReader(inventory), byRules, () => {
      const over = isOver();
      after += over ? 1 : 0;
      return over;
    });
    expect([verdict.kind, verdict.chains.length]).to.deep.equal(['undecided', 300]);
    expect(looked() - after).to.equal(3);
  });
});
