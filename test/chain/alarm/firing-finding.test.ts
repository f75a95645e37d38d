import { expect } from 'chai';

import { firingFinding, firingsOn } from '../../../src/chain/alarm/firing-finding.ts';
import type { MetricAlarm } from '../../../src/inventory/resources.ts';
import { alarmLink, findingsIn, ownFilterOf, publishing, withFilters } from '../../support/alarm-link.ts';
import { contextOf } from '../../support/judging.ts';
import { alarm, filter, snapshotOf, soundWorld, withAlarms } from '../../support/worlds/world.ts';

describe('an alarm with settings', () => {
  const hourly = (evaluationPeriods: number, more: Partial<MetricAlarm> = {}) =>
    alarm({ period: 3600, evaluationPeriods, datapointsToAlarm: 1, ...more });
  const rows: readonly (readonly [
    claim: string,
    one: MetricAlarm,
    expected: string,
    raw?: Readonly<Record<string, unknown>>,
  ])[] = [
    ['a sliding window of an hour holds', hourly(1), 'holds'],
    ['an explicit sliding window of an hour holds', hourly(1, { evaluationWindow: 'SlidingWindow' }), 'holds'],
    ['a sliding window of a day holds', alarm({ period: 86_400 }), 'holds'],
    ['one of two hours holds', hourly(2), 'holds'],
    ['one of 24 hours stays in ALARM for no more than a day', hourly(24), 'holds'],
    ['one of 25 hours stays in ALARM for more than a day', hourly(25), 'ALARM_STAYS_IN_ALARM'],
    [
      'one of 168 hours stays in ALARM for a week, however much delay is allowed',
      hourly(168),
      'ALARM_STAYS_IN_ALARM',
      { maxAlarmDelayMinutes: 240 },
    ],
    [
      'a period of two days stays in ALARM for as long',
      alarm({ period: 172_800 }),
      'ALARM_STAYS_IN_ALARM',
      { maxAlarmDelayMinutes: 240 },
    ],
    [
      'two of three days stays in ALARM for two days',
      alarm({ period: 86_400, evaluationPeriods: 3, datapointsToAlarm: 2 }),
      'ALARM_STAYS_IN_ALARM',
      { maxAlarmDelayMinutes: 240, maxEventsToAlarm: 2 },
    ],
    ['a wall clock window of five minutes holds', alarm({ evaluationWindow: 'WallClockWindow' }), 'holds'],
    [
      'a wall clock window of an hour may take a little longer than an hour',
      hourly(1, { evaluationWindow: 'WallClockWindow' }),
      'ALARM_UNCERTAIN',
    ],
    [
      'a wall clock window of an hour holds where two hours are allowed',
      hourly(1, { evaluationWindow: 'WallClockWindow' }),
      'holds',
      { maxAlarmDelayMinutes: 120 },
    ],
    [
      'a wall clock window of a day is too slow',
      alarm({ period: 86_400, evaluationWindow: 'WallClockWindow' }),
      'ALARM_TOO_SLOW',
    ],
    [
      'a wall clock window with a period that AWS does not support is undecided',
      alarm({ period: 600, evaluationWindow: 'WallClockWindow' }),
      'ALARM_UNCERTAIN',
    ],
    ['an unknown kind of window is undecided', alarm({ evaluationWindow: '$unknown' }), 'ALARM_UNCERTAIN'],
    ['an unknown treatment of missing data is undecided', alarm({ treatMissingData: 'later' }), 'ALARM_UNCERTAIN'],
    [
      'an unknown setting for few samples is undecided',
      alarm({ extendedStatistic: 'p99', evaluateLowSampleCountPercentile: 'sometimes' }),
      'ALARM_UNCERTAIN',
    ],
    ['more datapoints than periods are undecided', alarm({ datapointsToAlarm: 2 }), 'ALARM_UNCERTAIN'],
    ['no evaluation periods are undecided', alarm({ evaluationPeriods: 0 }), 'ALARM_UNCERTAIN'],
  ];
  for (const [claim, one, expected, raw] of rows) {
    it(claim, () => {
      expect(findingsIn(withAlarms(one), raw)).to.deep.equal([`mfa-alarm: ${expected}`]);
    });
  }

  it('leaves it undecided whether actions are enabled where AWS does not say', () => {
    const rest = Object.fromEntries(
      Object.entries(alarm()).filter(([name]) => name !== 'actionsEnabled'),
    ) as unknown as MetricAlarm;
    expect(findingsIn(withAlarms(rest))).to.deep.equal(['mfa-alarm: ALARM_UNCERTAIN']);
    expect(findingsIn(withAlarms(rest), { assurance: 'configured' })).to.deep.equal(['mfa-alarm: holds']);
  });

  it('says that a default value keeps an average from the threshold, not that no number of events would do', () => {
    const world = withFilters([publishing({ defaultValue: 0 })], [], alarm({ statistic: 'Average' }));
    const { steps } = alarmLink(ownFilterOf(world), snapshotOf(world));
    expect(steps[0]?.finding?.code).to.equal('ALARM_NEVER_FIRES');
    expect(steps[0]?.finding?.sentence).to.contain('the default value 0, which other log events publish');
    expect(steps[0]?.finding?.sentence).not.to.contain('no number of events');
  });
});

describe('what is said of an alarm that may not go into ALARM as wanted', () => {
  const firings = firingsOn({ filter: filter(), otherFilters: [] });
  type Raw = Readonly<Record<string, unknown>>;
  type Kind = 'on-metric' | 'on-math';
  const said = (change: Partial<MetricAlarm>, raw: Raw = {}, kind: Kind = 'on-metric', extraSeconds?: number) => {
    const context = contextOf(snapshotOf(soundWorld()), raw);
    return firingFinding({ kind, alarm: alarm(change) }, firings, context, extraSeconds)?.sentence;
  };
  const NEVER = 'alarm mfa-alarm does not go into ALARM:';
  const UNCERTAIN = 'it is not determined whether alarm mfa-alarm goes into ALARM on an event:';
  const NOT_COMPUTED = 'it is not determined how alarm mfa-alarm reacts to the metric:';

  const rows: readonly (readonly [change: Partial<MetricAlarm>, sentence: string])[] = [
    [{ statistic: 'Maximum', threshold: 2 }, `${NEVER} no number of events takes its Maximum across 2`],
    [
      { treatMissingData: 'breaching' },
      'alarm mfa-alarm is in ALARM while nothing happens: missing data counts as breaching, and the filter publishes nothing while nothing happens',
    ],
    [
      { treatMissingData: 'ignore' },
      'alarm mfa-alarm notifies once and not again: it keeps its state while data is missing, so it stays in ALARM after the first event',
    ],
    [{ treatMissingData: 'later' }, `${UNCERTAIN} it treats missing data as later`],
    [{ threshold: 5 }, 'alarm mfa-alarm goes into ALARM only after 5 events, and at most 1 are allowed'],
    [
      { period: 3600, evaluationPeriods: 26, datapointsToAlarm: 1 },
      'alarm mfa-alarm notifies once and not again: by its evaluation periods it stays in ALARM for 26 hours after an event, and at most 24 are allowed',
    ],
    [
      { period: 86_400, evaluationWindow: 'WallClockWindow' },
      'alarm mfa-alarm takes at least 1440 minutes to go into ALARM, and 60 are allowed',
    ],
    [
      { period: 3600, evaluationWindow: 'WallClockWindow' },
      `${UNCERTAIN} it may take up to 62 minutes, and at most 60 are allowed`,
    ],
  ];
  for (const [change, sentence] of rows) {
    it(`says: ${sentence}`, () => {
      expect(said(change)).to.equal(sentence);
    });
  }

  it('says of metric math that it is not determined how it reacts', () => {
    const metrics = [{ id: 'e1', expression: 'SELECT COUNT(x) FROM y' }];
    expect(said({ metrics }, {}, 'on-math')).to.match(new RegExp(`^${NOT_COMPUTED} \\S+`));
    expect(said({ metrics }, { assurance: 'configured' }, 'on-math')).to.match(new RegExp(`^${NOT_COMPUTED} \\S+`));
  });

  it('says why it is not followed', () => {
    const candidate = { kind: 'not-followed', alarm: alarm(), why: 'it is on a PromQL query' } as const;
    expect(firingFinding(candidate, firings, contextOf(snapshotOf(soundWorld())))?.sentence).to.equal(
      `${NOT_COMPUTED} it is on a PromQL query`,
    );
  });

  it('asks under the assurance `configured` only whether it is known what it watches', () => {
    const configured = { assurance: 'configured' };
    expect(said({ threshold: 5 }, configured)).to.equal(undefined);
    expect(said({ statistic: 'Mode' }, configured)).to.equal(undefined);
    const { namespace = '', metricName = '' } = alarm();
    const metricStat = { metric: { namespace, metricName, dimensions: [] }, period: 300, stat: 'Sum' };
    expect(said({ metrics: [{ id: 'm1', metricStat }], threshold: 5 }, configured, 'on-math')).to.equal(undefined);
  });

  it('allows as many minutes as are asked for, with the time for which its actions wait', () => {
    const within = (maxAlarmDelayMinutes: number) => said({}, { maxAlarmDelayMinutes }, 'on-metric', 180);
    expect(within(5)).to.equal(undefined);
    expect(within(4)).to.equal(`${UNCERTAIN} it may take up to 5 minutes, and at most 4 are allowed`);
    expect(within(3)).to.equal('alarm mfa-alarm takes at least 4 minutes to go into ALARM, and 3 are allowed');
  });

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html */
  it('may be back in OK before its actions are taken, where these wait for longer than it stays in ALARM', () => {
    // It stays in ALARM for a period of five minutes, and it takes up to two until CloudWatch has seen the event.
    expect(said({}, {}, 'on-metric', 180)).to.equal(undefined);
    expect(said({}, {}, 'on-metric', 181)).to.equal(
      `${NOT_COMPUTED} it may leave ALARM before actions are taken, since they wait 181 seconds for a suppressor`,
    );
  });

  it('is computed once for each alarm', () => {
    const one = alarm();
    expect(firings.firingOf(one)).to.equal(firings.firingOf(one));
  });
});
