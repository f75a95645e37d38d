import { expect } from 'chai';

import { judge } from '../../src/chain/judge.ts';
import type { UnsatisfiedChain } from '../../src/chain/verdict.ts';
import type { Alarm, MetricAlarm, MetricTransformation } from '../../src/inventory/resources.ts';
import { codeOf, parametersOf, verdictOn } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  PATTERN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  allManagementEvents,
  confirmed,
  filter,
  snapshotOf,
  soundWorld,
  status,
  topicAttributes,
  trail,
} from '../support/worlds/world.ts';

const FAILED = '{ ($.eventName = DeactivateMFADevice) && ($.errorCode = "*") }';
const DONE = '{ ($.eventName = DeactivateMFADevice) && (($.errorCode NOT EXISTS) || ($.errorCode IS NULL)) }';
const NOT_DENIED = '{ ($.eventName = DeactivateMFADevice) && ($.errorCode != AccessDenied) }';
const SECOND_TOPIC = `${TOPIC_ARN}-2`;

/** Two filters with a metric and an alarm each, which notify a topic each. */
const two = (second: string, change: { events?: readonly [number, number]; subscribed?: boolean } = {}): World => {
  const { events: [first, other] = [1, 1], subscribed = true } = change;
  const publishing = (metricName: string) => [{ metricNamespace: 'Security', metricName, metricValue: '1' }];
  return soundWorld({
    filters: {
      [LOG_GROUP_ARN]: [
        filter({ filterName: 'failed', filterPattern: FAILED, metricTransformations: publishing('Failed') }),
        filter({ filterName: 'done', filterPattern: second, metricTransformations: publishing('Done') }),
      ],
    },
    alarms: {
      [`${ACCOUNT} ${REGION}`]: [
        alarm({ alarmName: 'failed', metricName: 'Failed', threshold: first }),
        alarm({ alarmName: 'done', metricName: 'Done', threshold: other, alarmActions: [SECOND_TOPIC] }),
      ],
    },
    subscriptions: {
      [TOPIC_ARN]: [confirmed()],
      [SECOND_TOPIC]: subscribed ? [confirmed({ subscriptionArn: `${SECOND_TOPIC}:1` })] : [],
    },
    topics: { [TOPIC_ARN]: topicAttributes(), [SECOND_TOPIC]: topicAttributes(SECOND_TOPIC) },
  });
};
const covers = { patternMatch: 'covers' };

describe('several filters', () => {
  it('cover a control together that none carries alone, and the verdict lists the chain of each', () => {
    const verdict = verdictOn(snapshotOf(two(DONE)), covers);
    expect(verdict.kind).to.equal('satisfied');
    expect(verdict.chains.map(({ path }) => path.filter?.filterName)).to.deep.equal(['done', 'failed']);
    expect(verdict.chains[0].links.find(({ link }) => link === 'metric filter')?.subject).to.match(/, with failed$/);
  });

  it('do not where the same filter is asked for', () => {
    expect(codeOf(verdictOn(snapshotOf(two(DONE))))).to.equal('FILTER_NARROWER');
  });

  it('that leave a gap do not, and an event that falls through is shown', () => {
    const verdict = verdictOn(snapshotOf(two(NOT_DENIED)), covers);
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['broken', 'FILTERS_LEAVE_GAP']);
    const [nearest] = verdict.chains;
    const event: unknown = JSON.parse((nearest.outcome === 'broken' ? nearest.finding.event : undefined) ?? '{}');
    expect(event).to.include({ eventName: 'DeactivateMFADevice' });
    expect(event).to.satisfy(
      ({ errorCode }: { errorCode?: unknown }) => (errorCode ?? 'AccessDenied') === 'AccessDenied',
    );
  });

  it('of which one reaches nobody do not, and an event that only it catches is shown', () => {
    const verdict = verdictOn(snapshotOf(two(DONE, { subscribed: false })), covers);
    expect(verdict.kind).to.equal('broken');
    const gap = verdict.chains.find(
      (chain) => chain.outcome === 'broken' && chain.finding.code === 'FILTERS_LEAVE_GAP',
    );
    expect(gap?.outcome === 'broken' && gap.finding.sentence).to.match(/^metric filters failed miss /);
  });

  it('may need a number of events together: one less than makes each fire, and one more', () => {
    const asked = (maxEventsToAlarm: number) =>
      verdictOn(snapshotOf(two(DONE, { events: [2, 3] })), { ...covers, maxEventsToAlarm: String(maxEventsToAlarm) });
    expect(asked(4).kind).to.equal('satisfied');
    expect(asked(3).kind).not.to.equal('satisfied');
  });

  it('of which one is not known to reach anybody are not known to cover it', () => {
    const world = {
      ...two(DONE),
      topics: { [TOPIC_ARN]: topicAttributes(), [SECOND_TOPIC]: topicAttributes(SECOND_TOPIC, { policy: '' }) },
    };
    const verdict = verdictOn(snapshotOf(world), covers);
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'FILTERS_UNCERTAIN_TOGETHER']);
  });
});

/** A filter with a metric and an alarm of its own, and what becomes of its notifications. */
interface Part {
  readonly pattern: string;
  /** So many events take its alarm to ALARM. With several numbers it has several alarms. */
  readonly events?: readonly number[];
  readonly notifies?: 'somebody' | 'nobody' | 'perhaps somebody';
}

const NOBODY = `${TOPIC_ARN}-nobody`;
const UNCERTAIN = `${TOPIC_ARN}-uncertain`;
const topics = { somebody: TOPIC_ARN, nobody: NOBODY, 'perhaps somebody': UNCERTAIN } as const;

const metricOf = (metricName: string, change: Partial<MetricTransformation> = {}) => [
  { metricNamespace: 'Security', metricName, metricValue: '1', ...change },
];

function partsWorld(parts: Readonly<Record<string, Part>>): World {
  const alarms = Object.entries(parts).flatMap(([name, { events = [1], notifies = 'somebody' }]) =>
    events.map((threshold, index) =>
      alarm({ alarmName: `${name}-${index}`, metricName: name, threshold, alarmActions: [topics[notifies]] }),
    ),
  );
  return soundWorld({
    filters: {
      [LOG_GROUP_ARN]: Object.entries(parts).map(([filterName, { pattern }]) =>
        filter({ filterName, filterPattern: pattern, metricTransformations: metricOf(filterName) }),
      ),
    },
    alarms: { [`${ACCOUNT} ${REGION}`]: alarms },
    subscriptions: { [TOPIC_ARN]: [confirmed()], [NOBODY]: [], [UNCERTAIN]: [confirmed()] },
    topics: {
      [TOPIC_ARN]: topicAttributes(),
      [NOBODY]: topicAttributes(NOBODY),
      [UNCERTAIN]: topicAttributes(UNCERTAIN, { policy: '' }),
    },
  });
}

const inBraces = (condition: string) => `{ ($.eventName = DeactivateMFADevice) && (${condition}) }`;
/** Matches failed calls of every kind: a filter for another control. */
const ANY_FAILED = '{ $.errorCode = "*" }';

describe('filters that may cover a control together', () => {
  const verdictWith = (world: World, maxEventsToAlarm = 1) =>
    verdictOn(snapshotOf(world), { ...covers, maxEventsToAlarm: String(maxEventsToAlarm) });
  const outcomeOf = (parts: Readonly<Record<string, Part>>, maxEventsToAlarm?: number) => {
    const { kind, chains } = verdictWith(partsWorld(parts), maxEventsToAlarm);
    return kind === 'satisfied' ? chains.map(({ path }) => path.filter?.filterName) : kind;
  };
  /** What the verdict says of several filters. */
  const ofSeveral = (world: World, maxEventsToAlarm?: number) =>
    verdictWith(world, maxEventsToAlarm)
      .chains.filter((chain): chain is UnsatisfiedChain => chain.outcome !== 'satisfied')
      .filter(({ finding }) => finding.code.startsWith('FILTERS_'));

  describe('are not spoken of', () => {
    const rows: readonly (readonly [claim: string, parts: Readonly<Record<string, Part>>, kind: string])[] = [
      ['where there is one filter', { whole: { pattern: PATTERN, notifies: 'perhaps somebody' } }, 'undecided'],
      [
        'where all have the same pattern',
        { one: { pattern: DONE, notifies: 'perhaps somebody' }, other: { pattern: DONE } },
        'broken',
      ],
      [
        'where all but one are meant for other controls, and they leave a gap',
        { done: { pattern: NOT_DENIED }, any: { pattern: '{ $.errorCode = "Other*" }' } },
        'broken',
      ],
      [
        'where all but one are meant for other controls, and these notify nobody',
        { done: { pattern: DONE }, any: { pattern: ANY_FAILED, notifies: 'nobody' } },
        'broken',
      ],
      [
        'where none of them notifies anybody',
        { done: { pattern: DONE, notifies: 'nobody' }, failed: { pattern: FAILED, notifies: 'nobody' } },
        'broken',
      ],
    ];
    for (const [claim, parts, kind] of rows) {
      it(claim, () => {
        expect(ofSeveral(partsWorld(parts))).to.deep.equal([]);
        expect(outcomeOf(parts)).to.equal(kind);
      });
    }
  });

  it('are undecided where a filter for another control would close the gap, and may notify nobody', () => {
    const parts = { done: { pattern: DONE }, any: { pattern: ANY_FAILED, notifies: 'perhaps somebody' } } as const;
    expect(ofSeveral(partsWorld(parts)).map(({ finding }) => finding.code)).to.deep.equal([
      'FILTERS_UNCERTAIN_TOGETHER',
    ]);
  });

  it('leave a gap that is told of all of them, and of which no more has to be read, whatever they notify', () => {
    const parts = { done: { pattern: NOT_DENIED }, failed: { pattern: FAILED, notifies: 'nobody' } } as const;
    const narrow = { ...parts, failed: { ...parts.failed, pattern: inBraces('$.errorCode = Throttling') } };
    const [gap] = ofSeveral(partsWorld(narrow));
    expect(gap?.finding.sentence).to.match(/^metric filters done, failed miss /);
    const { subscriptions, ...read } = snapshotOf(partsWorld(narrow)).parts;
    const { control, options } = parametersOf(covers);
    expect(subscriptions).not.to.equal(undefined);
    expect(judge(control, options, { ...snapshotOf(partsWorld(narrow)), parts: read }).kind).to.equal('verdict');
  });

  it('are judged once what becomes of their alarms is read', () => {
    const parts = { done: { pattern: DONE }, failed: { pattern: FAILED } };
    const { subscriptions, ...read } = snapshotOf(partsWorld(parts)).parts;
    const { control, options } = parametersOf(covers);
    const judgement = judge(control, options, { ...snapshotOf(partsWorld(parts)), parts: read });
    expect(judgement).to.deep.equal({ kind: 'needs', keys: [{ kind: 'subscriptions', topicArn: TOPIC_ARN }] });
    expect(Object.keys(subscriptions ?? {})).to.include(TOPIC_ARN);
  });

  it('are told of in a chain up to the filters, which names no single one, and says what is in doubt', () => {
    const world = partsWorld({ done: { pattern: DONE }, failed: { pattern: FAILED, notifies: 'perhaps somebody' } });
    const [chain] = ofSeveral(world);
    expect(chain?.path).to.deep.equal({ trail: world.trails[0], logGroupArn: LOG_GROUP_ARN });
    expect(chain?.links.map(({ link, state, subject }) => [link, state, subject])).to.deep.equal([
      ['trail', 'holds', 'main (all regions, eu-west-1)'],
      ['log group', 'holds', '/aws/cloudtrail/main'],
      ['metric filter', 'undecided', 'done, failed'],
    ]);
    expect(chain?.finding.sentence).to.include('the policy of SNS topic security-alerts-uncertain');
  });

  it('are told of with the doubt of the chain that gets furthest, in whichever order they are listed', () => {
    const world = partsWorld({ done: { pattern: DONE, notifies: 'perhaps somebody' }, failed: { pattern: FAILED } });
    const inDoubt = { [TOPIC_ARN]: [confirmed({ protocol: 'carrier-pigeon' })], [UNCERTAIN]: [confirmed()] };
    const doubtful = { ...world, subscriptions: inDoubt };
    const [listed = []] = Object.values(doubtful.filters);
    const turned = { ...doubtful, filters: { [LOG_GROUP_ARN]: [...(listed ?? [])].reverse() } };
    const [chain] = ofSeveral(doubtful);
    expect(chain?.finding.sentence).to.include('carrier-pigeon');
    expect(ofSeveral(turned)).to.deep.equal([chain]);
  });

  it('are told of in the first log group by its trail, in whichever order trails and filters are listed', () => {
    const world = partsWorld({
      done: { pattern: NOT_DENIED },
      failed: { pattern: inBraces('$.errorCode = Throttling') },
    });
    const [first] = world.trails;
    const second = { ...trail(), name: 'a-second', trailArn: `${TRAIL_ARN}-2` };
    const twice: World = {
      ...world,
      trails: first === undefined ? [] : [second, first],
      statuses: { ...world.statuses, [second.trailArn]: status() },
      selectors: { ...world.selectors, [second.trailArn]: allManagementEvents },
    };
    const [listed = []] = Object.values(twice.filters);
    const turned = {
      ...twice,
      trails: [...twice.trails].reverse(),
      filters: { [LOG_GROUP_ARN]: [...(listed ?? [])].reverse() },
    };
    expect(ofSeveral(twice).map(({ path }) => path.trail?.trailArn)).to.deep.equal([TRAIL_ARN]);
    expect(ofSeveral(turned)).to.deep.equal(ofSeveral(twice));
  });

  it('are named after the first of those with the same pattern', () => {
    const narrow = { pattern: inBraces('$.errorCode = Throttling') };
    const parts = { 'b-failed': narrow, 'a-failed': narrow, done: { pattern: NOT_DENIED } };
    expect(ofSeveral(partsWorld(parts))[0]?.finding.sentence).to.match(/^metric filters a-failed, done miss /);
  });

  describe('count the events that they need', () => {
    it('of the alarm that notifies somebody, and not of one that does not', () => {
      const world = partsWorld({ failed: { pattern: FAILED }, done: { pattern: DONE, events: [1, 3] } });
      const quietFirst: World = {
        ...world,
        alarms: {
          [`${ACCOUNT} ${REGION}`]: (world.alarms[`${ACCOUNT} ${REGION}`] as readonly MetricAlarm[]).map((one) =>
            one.alarmName === 'done-0' ? { ...one, alarmActions: [NOBODY] } : one,
          ),
        },
      };
      expect(verdictWith(world, 2).kind).to.equal('satisfied');
      expect(verdictWith(quietFirst, 2).kind).not.to.equal('satisfied');
      expect(verdictWith(quietFirst, 3).kind).to.equal('satisfied');
      const failedTwice = (listed: readonly Alarm[] = []) =>
        listed.map((one) => (one.alarmName === 'failed-0' ? { ...one, threshold: 2 } : one));
      const place = `${ACCOUNT} ${REGION}`;
      const alarms = { [place]: failedTwice(quietFirst.alarms[place]) };
      expect(verdictWith({ ...quietFirst, alarms }, 3).kind).to.equal('undecided');
      expect(verdictWith({ ...quietFirst, alarms }, 4).kind).to.equal('satisfied');
    });

    for (const events of [
      [1, 3],
      [3, 1],
    ]) {
      it(`by the alarm of a filter that needs the fewest: ${events.join(' and ')}`, () => {
        const parts = { failed: { pattern: FAILED, events: [2] }, done: { pattern: DONE, events } };
        expect(outcomeOf(parts, 2)).to.deep.equal(['done', 'failed']);
        expect(outcomeOf(parts, 3)).to.deep.equal(['done', 'failed']);
      });
    }

    it('only of filters that are needed to cover the control', () => {
      const costly = { events: [2] };
      const parts = {
        failed: { pattern: FAILED },
        done: { pattern: DONE },
        b: { ...costly, pattern: inBraces('$.userAgent = b') },
        c: { ...costly, pattern: inBraces('$.userAgent = c') },
      };
      expect(outcomeOf(parts, 2)).to.deep.equal(['done', 'failed']);
      expect(outcomeOf(parts, 3)).to.deep.equal(['done', 'failed']);
      expect(outcomeOf({ ...parts, done: { ...costly, pattern: DONE } }, 2)).to.deep.equal(['done', 'failed']);
    });

    it('once for filters that publish the same to the metric of one alarm, and else for each', () => {
      const parts = { failed: { pattern: FAILED, events: [3] }, done: { pattern: DONE, events: [3] } };
      expect(outcomeOf(parts, 4)).to.equal('undecided');
      expect(outcomeOf(parts, 5)).to.deep.equal(['done', 'failed']);
      // One event in each of two periods, whichever of the filters matches it.
      const shared = (one: Partial<MetricTransformation>, other: Partial<MetricTransformation> = one): World => ({
        ...partsWorld(parts),
        filters: {
          [LOG_GROUP_ARN]: [
            filter({ filterName: 'failed', filterPattern: FAILED, metricTransformations: metricOf('shared', one) }),
            filter({ filterName: 'done', filterPattern: DONE, metricTransformations: metricOf('shared', other) }),
          ],
        },
        alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ metricName: 'shared', evaluationPeriods: 2 })] },
      });
      expect(verdictWith(shared({})).kind).to.equal('broken');
      expect(verdictWith(shared({}), 2).kind).to.equal('satisfied');
      expect(verdictWith(shared({ metricValue: '1' }, { metricValue: '2' }), 2).kind).to.equal('undecided');
      expect(verdictWith(shared({ metricValue: '1' }, { metricValue: '2' }), 3).kind).to.equal('satisfied');
    });

    it('however many filters need one event, and try few combinations of the others', () => {
      const many = (count: number, events: readonly number[]) =>
        Object.fromEntries(
          Array.from({ length: count }, (_, index) => [
            `p${index}`,
            { pattern: inBraces(`$.userAgent = "${index}"`), events },
          ]),
        );
      const costly = { failed: { pattern: FAILED, events: [2] }, done: { pattern: DONE, events: [2] } };
      const names = [...Object.keys(many(9, [1])), 'done', 'failed'].sort();
      expect(outcomeOf({ ...many(9, [1]), ...costly }, 3)).to.deep.equal(names);
      const beyond = { failed: costly.failed, done: { pattern: DONE, events: [3] } };
      expect(outcomeOf({ ...many(40, [3]), ...beyond }, 3)).to.equal('undecided');
    });
  });

  it('are each shown with the names of the others, at the link of the filter alone', () => {
    const { chains } = verdictWith(
      partsWorld({
        failed: { pattern: FAILED },
        absent: { pattern: inBraces('$.errorCode NOT EXISTS') },
        null: { pattern: inBraces('$.errorCode IS NULL') },
      }),
    );
    const subjects = chains.map(({ links }) =>
      links.filter(({ subject }) => subject.includes('with')).map(({ subject }) => subject),
    );
    expect(subjects).to.deep.equal([
      [`absent ${inBraces('$.errorCode NOT EXISTS')}, with failed, null`],
      [`failed ${FAILED}, with absent, null`],
      [`null ${inBraces('$.errorCode IS NULL')}, with absent, failed`],
    ]);
  });

  it('may have one name in two log groups', () => {
    const other = `${LOG_GROUP_ARN}-2`;
    const second = { ...trail(), name: 'second', trailArn: `${TRAIL_ARN}-2`, cloudWatchLogsLogGroupArn: other };
    const world = partsWorld({ failed: { pattern: FAILED }, done: { pattern: DONE } });
    const named = (pattern: string, metricName: string) =>
      filter({ filterName: 'mfa', filterPattern: pattern, metricTransformations: metricOf(metricName) });
    const { chains, kind } = verdictWith({
      ...world,
      trails: [trail(), second],
      statuses: { [TRAIL_ARN]: status(), [second.trailArn]: status() },
      selectors: { [TRAIL_ARN]: allManagementEvents, [second.trailArn]: allManagementEvents },
      filters: { [LOG_GROUP_ARN]: [named(FAILED, 'failed')], [other]: [named(DONE, 'done')] },
    });
    expect(kind).to.equal('satisfied');
    expect(chains.map(({ links }) => links.find(({ link }) => link === 'metric filter')?.subject)).to.deep.equal([
      `mfa ${FAILED}`,
      `mfa ${DONE}`,
    ]);
  });
});
