import { expect } from 'chai';

import { isInAlarmForLong, stateFindings } from '../../../src/chain/alarm/alarm-state.ts';
import type { MetricAlarm } from '../../../src/inventory/resources.ts';
import { findingsIn } from '../../support/alarm-link.ts';
import { READ_AT, alarm, compositeAlarm, withAlarms } from '../../support/worlds/world.ts';

const UNCERTAIN = 'it is not determined whether alarm mfa-alarm goes into ALARM on an event:';

describe('an alarm with its present state', () => {
  const rows: readonly (readonly [claim: string, change: Partial<MetricAlarm>, expected: string])[] = [
    ['holds in OK', { stateValue: 'OK' }, 'holds'],
    ['holds without data', { stateValue: 'INSUFFICIENT_DATA' }, 'holds'],
    ['holds where no state was saved', {}, 'holds'],
    [
      'holds for a day in ALARM',
      { stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-19T10:00:00.000Z' },
      'holds',
    ],
    [
      'breaks after more than a day in ALARM',
      { stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-19T09:59:00.000Z' },
      'ALARM_ALREADY_IN_ALARM',
    ],
    [
      'breaks after a year in ALARM, whatever the last action was',
      { stateValue: 'ALARM', stateTransitionedTimestamp: '2025-11-19T09:59:00.000Z' },
      'ALARM_ALREADY_IN_ALARM',
    ],
    ['is undecided in ALARM since an unknown time', { stateValue: 'ALARM' }, 'ALARM_UNCERTAIN'],
    ['is undecided in an unknown state', { stateValue: 'PAUSED' }, 'ALARM_UNCERTAIN'],
    [
      'does not count the time in OK',
      { stateValue: 'OK', stateTransitionedTimestamp: '2020-01-01T00:00:00.000Z' },
      'holds',
    ],
    ['breaks in its warm-up period', { evaluationState: 'IN_WARM_UP' }, 'ALARM_NOT_EVALUATED'],
    ['breaks with an error in its settings', { evaluationState: 'EVALUATION_ERROR' }, 'ALARM_NOT_EVALUATED'],
    ['is undecided after a failure of CloudWatch', { evaluationState: 'EVALUATION_FAILURE' }, 'ALARM_UNCERTAIN'],
    ['is undecided with partial data', { evaluationState: 'PARTIAL_DATA' }, 'ALARM_UNCERTAIN'],
    ['is undecided in an unknown evaluation state', { evaluationState: 'ASLEEP' }, 'ALARM_UNCERTAIN'],
    [
      'is undecided where its warm-up period may last',
      {
        warmUpConfiguration: { warmUpPeriodDurationInMinutes: 60 },
        alarmConfigurationUpdatedTimestamp: '2026-11-20T09:30:00.000Z',
        stateValue: 'INSUFFICIENT_DATA',
      },
      'ALARM_UNCERTAIN',
    ],
    [
      'is undecided where nothing is known of its warm-up period',
      { warmUpConfiguration: {}, stateValue: 'INSUFFICIENT_DATA' },
      'ALARM_UNCERTAIN',
    ],
    [
      'holds after its warm-up period',
      {
        warmUpConfiguration: { warmUpPeriodDurationInMinutes: 60 },
        alarmConfigurationUpdatedTimestamp: '2026-11-20T08:30:00.000Z',
        stateValue: 'INSUFFICIENT_DATA',
      },
      'holds',
    ],
    [
      'holds with a warm-up period once it is evaluated',
      { warmUpConfiguration: { warmUpPeriodDurationInMinutes: 2880 }, stateValue: 'OK' },
      'holds',
    ],
  ];
  for (const [claim, change, expected] of rows) {
    it(claim, () => {
      expect(findingsIn(withAlarms(alarm(change)))).to.deep.equal([`mfa-alarm: ${expected}`]);
      expect(findingsIn(withAlarms(alarm(change)), { assurance: 'configured' })).to.deep.equal(['mfa-alarm: holds']);
    });
  }

  const sentences: readonly (readonly [change: Partial<MetricAlarm>, sentence: string])[] = [
    [{ evaluationState: 'IN_WARM_UP' }, 'CloudWatch does not evaluate alarm mfa-alarm: it is in its warm-up period'],
    [
      { evaluationState: 'EVALUATION_ERROR' },
      'CloudWatch does not evaluate alarm mfa-alarm: its evaluation state is EVALUATION_ERROR, so its settings have an error',
    ],
    [
      { evaluationState: 'EVALUATION_FAILURE' },
      `${UNCERTAIN} its evaluation state is EVALUATION_FAILURE, a temporary problem of CloudWatch`,
    ],
    [{ evaluationState: 'ASLEEP' }, `${UNCERTAIN} its evaluation state is ASLEEP`],
    [{ warmUpConfiguration: {}, stateValue: 'INSUFFICIENT_DATA' }, `${UNCERTAIN} its warm-up period may not be over`],
    [{ stateValue: 'ALARM' }, `${UNCERTAIN} it is in ALARM, and since when is not known`],
    [{ stateValue: 'PAUSED' }, `${UNCERTAIN} its state is PAUSED`],
    [
      { stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-01T00:00:00.000Z' },
      'alarm mfa-alarm has been in ALARM since 2026-11-01T00:00:00.000Z, so it does not notify about the next event',
    ],
  ];
  for (const [change, sentence] of sentences) {
    it(`says: ${sentence}`, () => {
      expect(stateFindings(alarm(change), READ_AT).map((finding) => finding.sentence)).to.deep.equal([sentence]);
    });
  }

  it('may warm up while nothing says that it is over', () => {
    const warming = (change: Partial<MetricAlarm>) =>
      stateFindings(alarm({ stateValue: 'INSUFFICIENT_DATA', ...change }), READ_AT).length;
    const hour = { warmUpPeriodDurationInMinutes: 60 };
    expect(warming({ warmUpConfiguration: hour })).to.equal(1);
    expect(
      warming({ warmUpConfiguration: {}, alarmConfigurationUpdatedTimestamp: '2020-01-01T00:00:00.000Z' }),
    ).to.equal(1);
    expect(
      warming({ warmUpConfiguration: hour, alarmConfigurationUpdatedTimestamp: '2026-11-20T09:00:00.000Z' }),
    ).to.equal(0);
    expect(warming({ warmUpConfiguration: hour, stateValue: 'OK' })).to.equal(0);
  });

  it('has been in ALARM for long only in ALARM, and only since a known time', () => {
    const since = { stateTransitionedTimestamp: '2020-01-01T00:00:00.000Z' };
    expect(isInAlarmForLong(alarm({ stateValue: 'ALARM', ...since }), READ_AT)).to.equal(true);
    expect(isInAlarmForLong(alarm({ stateValue: 'OK', ...since }), READ_AT)).to.equal(false);
    expect(isInAlarmForLong(alarm({ stateValue: 'ALARM' }), READ_AT)).to.equal(false);
  });

  it('breaks where the child of a composite alarm, or that alarm itself, has been in ALARM for long', () => {
    const long = { stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-01T00:00:00.000Z' };
    const silent = alarm({ alarmActions: [] });
    expect(findingsIn(withAlarms({ ...silent, ...long }, compositeAlarm()))).to.include(
      'any-security-alarm over mfa-alarm: ALARM_ALREADY_IN_ALARM',
    );
    expect(findingsIn(withAlarms(silent, compositeAlarm(long)))).to.include(
      'any-security-alarm over mfa-alarm: ALARM_ALREADY_IN_ALARM',
    );
  });
});
