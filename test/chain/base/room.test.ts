import { expect } from 'chai';

import { judge } from '../../../src/chain/judge.ts';
import type { Context, TopicPath } from '../../../src/chain/base/link.ts';
import { MOST_STEPS, newRoom, takeRoom } from '../../../src/chain/base/room.ts';
import { judgeSubscribers } from '../../../src/chain/subscriber/subscriber.ts';
import { judgeTopics } from '../../../src/chain/topic/topic.ts';
import type { Alarm, MetricAlarm, MetricDataQuery } from '../../../src/inventory/resources.ts';
import { findingsIn, withFilters } from '../../support/alarm-link.ts';
import { codeOf, parametersOf, verdictOn } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  LOG_GROUP_ARN,
  TOPIC_ARN,
  alarm,
  compositeAlarm,
  confirmed,
  filter,
  snapshotOf,
  soundWorld,
  topicAttributes,
  trail,
  withAlarms,
} from '../../support/worlds/world.ts';

const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => one(index));

/** An alarm on the metric that nothing takes to ALARM. */
const silent = (alarmName: string): MetricAlarm => alarm({ alarmName, unit: 'Bytes' });

/** The same alarm on metric math in the place of one metric. */
function onMath(one: MetricAlarm, metrics: readonly MetricDataQuery[]): MetricAlarm {
  const ofMetric = ['namespace', 'metricName', 'statistic', 'period'];
  const rest = Object.fromEntries(Object.entries(one).filter(([name]) => !ofMetric.includes(name)));
  return { ...(rest as unknown as MetricAlarm), metrics };
}

/** So many filters on one metric, so many alarms on it: a path for each pair. */
const crossed = (filters: number, ...alarms: readonly Alarm[]): World => ({
  ...withAlarms(...alarms),
  filters: { [LOG_GROUP_ARN]: many(filters, (index) => filter({ filterName: `mfa-${index}` })) },
});

describe('an account with more paths than are followed', function () {
  // It follows as many as it may, on a machine that may do other things as well.
  this.timeout(60_000);

  // One path more than there are steps.
  const filters = 100;
  const alarms = many(MOST_STEPS / filters + 1, (index) => silent(`alarm-${String(index).padStart(3, '0')}`));

  it('is broken as long as all are followed', () => {
    const verdict = verdictOn(snapshotOf(crossed(2, ...alarms)));
    expect([verdict.kind, codeOf(verdict), verdict.chains.length]).to.deep.equal([
      'broken',
      'ALARM_NEVER_FIRES',
      2 * alarms.length,
    ]);
  });

  it('is undecided for what is not followed, in memory that does not grow with it', () => {
    const verdict = verdictOn(snapshotOf(crossed(filters, ...alarms)));
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'ALARM_NOT_COMPUTED']);
    expect(verdict.chains.length).to.be.at.most(MOST_STEPS + filters);
  });

  it('is satisfied by a chain that is followed', () => {
    const verdict = verdictOn(snapshotOf(crossed(filters, alarm({ alarmName: 'a-sound-one' }), ...alarms)));
    expect(verdict.kind).to.equal('satisfied');
  });

  it('is followed for few paths when the time is over', () => {
    const { control, options } = parametersOf();
    const judged = judge(control, options, snapshotOf(crossed(filters, ...alarms)), () => true);
    const verdict = judged.kind === 'verdict' ? judged.verdict : undefined;
    expect(verdict?.kind).to.equal('undecided');
    expect(verdict?.chains.length).to.be.below(MOST_STEPS / 10);
  });

  it('counts what composite alarms name among the steps', () => {
    const [children, composites] = [many(100, (index) => silent(`alarm-${index}`)), 100];
    const alarmRule = children.map(({ alarmName }) => `ALARM("${alarmName}")`).join(' AND ');
    const above = many(composites, (index) => compositeAlarm({ alarmName: `composite-${index}`, alarmRule }));
    const quiet = children.map((child) => ({ ...child, alarmActions: [] }));
    const verdict = verdictOn(snapshotOf(withAlarms(...quiet, ...above)));
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'ALARM_NOT_COMPUTED']);
    expect(verdict.chains.length).to.be.below((children.length * composites) / 2);
  });

  it('counts the length of metric math among the steps', () => {
    const metric = { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [] };
    const first: MetricDataQuery = { id: 'm0', returnData: false, metricStat: { metric, period: 300, stat: 'Sum' } };
    const mathAlarm = (index: number): Alarm => {
      const long = many(9, (at) => ({
        id: `e${at}`,
        expression: `m0${' '.repeat(2000)}* 0`,
        returnData: at === 8,
      }));
      return onMath(alarm({ alarmName: `math-${index}` }), [first, ...long]);
    };
    const verdict = verdictOn(snapshotOf(withAlarms(...many(200, mathAlarm))));
    expect(verdict.kind).to.equal('undecided');
    expect(verdict.chains.length).to.be.below(200);
  });
});

describe('a link that has no room left', () => {
  const world = soundWorld({
    filters: { [LOG_GROUP_ARN]: [filter()] },
    topics: { [TOPIC_ARN]: topicAttributes() },
    subscriptions: { [TOPIC_ARN]: [confirmed()] },
  });
  const context: Context = {
    ...parametersOf(),
    inventory: snapshotOf(world),
    alarms: 'all',
    filters: 'alone',
    isOver: () => false,
  };
  const path = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: filter(), alarm: alarm() };
  const full = { taken: MOST_STEPS };
  const codesOf = ({ steps }: ReturnType<typeof judgeTopics>) => steps.map(({ finding }) => finding?.code ?? 'holds');

  it('leaves a topic undecided', () => {
    expect(codesOf(judgeTopics(path, { ...context, room: newRoom() }))).to.deep.equal(['holds']);
    expect(codesOf(judgeTopics(path, { ...context, room: full }))).to.deep.equal(['TOPIC_POLICY_UNCERTAIN']);
  });

  it('leaves a topic undecided whose policy is too long for the rest of the room', () => {
    const { policy } = topicAttributes();
    const long = soundWorld({ topics: { [TOPIC_ARN]: { policy: `${policy}${' '.repeat(2000)}` } } });
    const room = { taken: MOST_STEPS - 1 };
    const judged = judgeTopics(path, { ...context, inventory: snapshotOf(long), room });
    expect(codesOf(judged)).to.deep.equal(['TOPIC_POLICY_UNCERTAIN']);
  });

  it('leaves subscribers undecided', () => {
    const toTopic: TopicPath = { ...path, topicArn: TOPIC_ARN };
    const codes = (of: Context) => judgeSubscribers(toTopic, of).steps.map(({ finding }) => finding?.code ?? 'holds');
    expect(codes({ ...context, room: newRoom() })).to.deep.equal(['holds']);
    expect(codes({ ...context, room: full })).to.deep.equal(['SUBSCRIBER_FILTER_UNCERTAIN']);
  });

  it('has room for few steps once the time is over', () => {
    const room = newRoom();
    const taken = many(MOST_STEPS, () => takeRoom({ room, isOver: () => true })).filter(Boolean).length;
    expect(taken)
      .to.be.greaterThan(100)
      .and.below(MOST_STEPS / 10);
  });
});

describe('metric math and publishers without end', () => {
  it('are not computed where expressions are too deep for the stack', () => {
    const metric = { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [] };
    const first: MetricDataQuery = { id: 'e0', returnData: false, metricStat: { metric, period: 300, stat: 'Sum' } };
    const expressions = many(90, (index) => ({
      id: `e${index + 1}`,
      expression: many(200, () => `e${index}`).join(' - '),
      returnData: index === 89,
    }));
    const verdict = verdictOn(snapshotOf(withAlarms(onMath(alarm(), [first, ...expressions]))));
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'ALARM_NOT_COMPUTED']);
  });

  it('are a doubt where more than a thousand filters publish to the metric', () => {
    const others = (count: number) => many(count, (index) => filter({ filterName: `other-${index}` }));
    expect(findingsIn(withFilters([filter()], others(999)))).to.deep.equal(['mfa-alarm: holds']);
    expect(findingsIn(withFilters([filter()], others(1000)))).to.deep.equal(['mfa-alarm: ALARM_UNCERTAIN']);
  });
});
