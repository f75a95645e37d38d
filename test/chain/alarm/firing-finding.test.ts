import { expect } from 'chai';

import type { MetricAlarm } from '../../../src/inventory/resources.ts';
import { alarmLink, findingsIn, ownFilterOf, publishing, withFilters } from '../../support/alarm-link.ts';
import { alarm, snapshotOf, withAlarms } from '../../support/worlds/world.ts';

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
