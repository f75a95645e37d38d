import { expect } from 'chai';

import type { MetricAlarm } from '../../../src/inventory/resources.ts';
import { findingsIn } from '../../support/alarm-link.ts';
import { alarm, compositeAlarm, withAlarms } from '../../support/world.ts';

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
