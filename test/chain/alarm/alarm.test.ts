import { expect } from 'chai';

import { judgeAlarms } from '../../../src/chain/alarm/alarm.ts';
import type { Context, FilterPath } from '../../../src/chain/base/link.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { Alarm, MetricAlarm, MetricFilter, MetricTransformation } from '../../../src/inventory/resources.ts';
import { parametersOf } from '../../support/judging.ts';
import type { World } from '../../support/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  alarm,
  compositeAlarm,
  denied,
  filter,
  keyName,
  onlyParts,
  replacing,
  snapshotOf,
  soundWorld,
  trail,
  withAlarms,
} from '../../support/world.ts';

const AT_ALARMS = `${ACCOUNT} ${REGION}`;
const PUBLISHERS = `metric-publishers ${AT_ALARMS} ["Security","MfaDeactivated"]`;
const OTHER_LOG_GROUP = LOG_GROUP_ARN.replace('main', 'second');

const pathOf = (own: MetricFilter): FilterPath => ({ trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: own });

function contextOf(inventory: Inventory, raw: Readonly<Record<string, unknown>>, alarms: Context['alarms']): Context {
  return { ...parametersOf(raw), inventory, alarms, filters: 'alone', isOver: () => false };
}

/** The first filter of the log group of a world, which the path comes from. */
function ownFilterOf(world: World): MetricFilter {
  const [own] = world.filters[LOG_GROUP_ARN] ?? [];
  if (own === undefined) throw new Error('the world has no filter');
  return own;
}

/** What the link says of each alarm: `subject: code`, or `subject: holds`. */
function judged(world: World, raw: Readonly<Record<string, unknown>> = {}, alarms: Context['alarms'] = 'all') {
  const { steps, needs } = judgeAlarms(pathOf(ownFilterOf(world)), contextOf(snapshotOf(world), raw, alarms));
  expect(needs).to.deep.equal([]);
  return steps.map(({ subject, finding }) => `${subject}: ${finding?.code ?? 'holds'}`);
}

const publishing = (change: Partial<MetricTransformation>, more: Partial<MetricFilter> = {}) => {
  const [one = { metricNamespace: '', metricName: '', metricValue: '' }] = filter().metricTransformations;
  return filter({ metricTransformations: [{ ...one, ...change }], ...more });
};
const withFilters = (own: readonly MetricFilter[], elsewhere: readonly MetricFilter[] = [], ...alarms: Alarm[]) => ({
  ...withAlarms(...(alarms.length === 0 ? [alarm()] : alarms)),
  filters: { [LOG_GROUP_ARN]: own, [OTHER_LOG_GROUP]: elsewhere },
});

describe('the alarm link', () => {
  it('leads to every alarm on the metric, in the order of their ARNs', () => {
    const world = withAlarms(alarm({ alarmName: 'z' }), alarm({ alarmName: 'a', alarmActions: [] }));
    expect(judged(world)).to.deep.equal(['a: ALARM_WITHOUT_ACTION', 'z: holds']);
  });

  it('puts the alarm on the path of each step', () => {
    const world = withAlarms(alarm());
    const { steps } = judgeAlarms(pathOf(ownFilterOf(world)), contextOf(snapshotOf(world), {}, 'all'));
    expect(steps.map(({ path }) => path.alarm?.alarmActions)).to.deep.equal([[TOPIC_ARN]]);
  });

  it('says so once where no alarm watches the metric', () => {
    const others = withAlarms(alarm({ namespace: 'App', metricName: 'Load' }));
    expect(judged(others)).to.deep.equal(['none: NO_ALARM']);
    expect(judged(others, {}, 'direct')).to.deep.equal([]);
  });

  it('names alarms on a metric of this name with other dimensions, or in another namespace', () => {
    const world = withAlarms(
      alarm({ alarmName: 'a', dimensions: [{ name: 'Team', value: 'a' }] }),
      alarm({ alarmName: 'b', namespace: 'CISBenchmark' }),
    );
    expect(judged(world)).to.deep.equal(['a: ALARM_OTHER_DIMENSIONS', 'b: ALARM_OTHER_NAMESPACE']);
  });

  it('follows a composite alarm over an alarm without actions', () => {
    const world = withAlarms(alarm({ alarmActions: [] }), compositeAlarm());
    expect(judged(world)).to.deep.equal([
      'mfa-alarm: ALARM_WITHOUT_ACTION',
      'any-security-alarm over mfa-alarm: holds',
    ]);
  });

  describe('reads', () => {
    const needed = (keep: (kind: string) => boolean, alarms: Context['alarms'], world = soundWorld()) => {
      const inventory = onlyParts(snapshotOf(world), keep);
      return judgeAlarms(pathOf(ownFilterOf(world)), contextOf(inventory, {}, alarms)).needs.map(keyName);
    };

    it('the alarms directly on the metric first', () => {
      expect(needed((kind) => kind !== 'alarms', 'direct')).to.deep.equal([
        `alarms-for-metric ${AT_ALARMS} ["Security","MfaDeactivated"]`,
      ]);
    });

    it('all alarms of the region only then', () => {
      expect(needed((kind) => kind !== 'alarms', 'all')).to.deep.equal([`alarms ${AT_ALARMS}`]);
    });

    it('mute rules and other publishers together, for an alarm that would notify', () => {
      const keep = (kind: string) => kind !== 'mute-rules' && kind !== 'metric-publishers';
      expect(needed(keep, 'all')).to.deep.equal([`mute-rules ${AT_ALARMS} mfa-alarm`, PUBLISHERS]);
      expect(needed(keep, 'all', withAlarms(alarm({ actionsEnabled: false })))).to.deep.equal([]);
    });

    it('leaves it undecided where other publishers cannot be read', () => {
      const id = PUBLISHERS.slice('metric-publishers '.length);
      const inventory = replacing(
        snapshotOf(soundWorld()),
        'metric-publishers',
        id,
        denied('logs', 'DescribeMetricFilters'),
      );
      const { steps } = judgeAlarms(pathOf(filter()), contextOf(inventory, {}, 'all'));
      expect(steps.map(({ finding }) => finding?.code)).to.deep.equal(['UNREADABLE']);
    });
  });

  describe('with the present state of an alarm', () => {
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
        expect(judged(withAlarms(alarm(change)))).to.deep.equal([`mfa-alarm: ${expected}`]);
        expect(judged(withAlarms(alarm(change)), { assurance: 'configured' })).to.deep.equal(['mfa-alarm: holds']);
      });
    }

    it('breaks where the child of a composite alarm, or that alarm itself, has been in ALARM for long', () => {
      const long = { stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-01T00:00:00.000Z' };
      const silent = alarm({ alarmActions: [] });
      expect(judged(withAlarms({ ...silent, ...long }, compositeAlarm()))).to.include(
        'any-security-alarm over mfa-alarm: ALARM_ALREADY_IN_ALARM',
      );
      expect(judged(withAlarms(silent, compositeAlarm(long)))).to.include(
        'any-security-alarm over mfa-alarm: ALARM_ALREADY_IN_ALARM',
      );
    });
  });

  describe('with settings', () => {
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
        expect(judged(withAlarms(one), raw)).to.deep.equal([`mfa-alarm: ${expected}`]);
      });
    }

    it('leaves it undecided whether actions are enabled where AWS does not say', () => {
      const rest = Object.fromEntries(
        Object.entries(alarm()).filter(([name]) => name !== 'actionsEnabled'),
      ) as unknown as MetricAlarm;
      expect(judged(withAlarms(rest))).to.deep.equal(['mfa-alarm: ALARM_UNCERTAIN']);
      expect(judged(withAlarms(rest), { assurance: 'configured' })).to.deep.equal(['mfa-alarm: holds']);
    });

    it('says that a default value keeps an average from the threshold, not that no number of events would do', () => {
      const world = withFilters([publishing({ defaultValue: 0 })], [], alarm({ statistic: 'Average' }));
      const { steps } = judgeAlarms(pathOf(ownFilterOf(world)), contextOf(snapshotOf(world), {}, 'all'));
      expect(steps[0]?.finding?.code).to.equal('ALARM_NEVER_FIRES');
      expect(steps[0]?.finding?.sentence).to.contain('the default value 0, which other log events publish');
      expect(steps[0]?.finding?.sentence).not.to.contain('no number of events');
    });
  });

  describe('with a listing that is not complete', () => {
    it('is undecided for a filter that names no metric, or two', () => {
      const [one = { metricNamespace: '', metricName: '', metricValue: '' }] = filter().metricTransformations;
      for (const metricTransformations of [[], [one, { ...one, metricName: 'Second' }], [{ ...one, metricName: '' }]]) {
        const world = withFilters([filter({ metricTransformations })]);
        expect(judged(world)).to.deep.equal(['none: METRIC_UNKNOWN']);
        expect(judged(world, {}, 'direct')).to.deep.equal(['none: METRIC_UNKNOWN']);
      }
    });
  });

  describe('with other filters on the metric', () => {
    const logins = '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }';
    const other = (filterPattern: string, change: Partial<MetricTransformation> = {}) =>
      publishing(change, { filterName: 'other', filterPattern });
    const same = '{ $.eventName = "DeactivateMFADevice" }';
    const covers = { patternMatch: 'covers' };

    const inSameGroup: readonly (readonly [
      claim: string,
      other: MetricFilter,
      expected: string,
      raw?: Readonly<Record<string, unknown>>,
    ])[] = [
      ['for the same events', other(same), 'holds'],
      ['for other events', other(logins), 'ALARM_UNCERTAIN'],
      ['for other events, where a filter may match more', other(logins), 'holds', covers],
      ['for every event', other('{ $.eventName = "*" }'), 'ALARM_UNCERTAIN', covers],
      ['for any text', other(''), 'ALARM_UNCERTAIN', covers],
      ['for every write event', other('{ $.readOnly IS FALSE }'), 'ALARM_UNCERTAIN', covers],
      ['for other events with a default that breaches', other(logins, { defaultValue: 1 }), 'ALARM_UNCERTAIN', covers],
      ['that take away from it', other(logins, { metricValue: '-1' }), 'ALARM_UNCERTAIN', covers],
      ['with a pattern that cannot be read', other('{ $.eventName = '), 'ALARM_UNCERTAIN', covers],
    ];
    for (const [claim, one, expected, raw] of inSameGroup) {
      it(`of its log group ${claim}: ${expected}`, () => {
        expect(judged(withFilters([filter(), one]), raw)).to.deep.equal([`mfa-alarm: ${expected}`]);
      });
    }

    const elsewhere: readonly (readonly [
      claim: string,
      other: MetricFilter,
      expected: string,
      change?: Partial<MetricAlarm>,
    ])[] = [
      ['for the same events', other(same), 'holds'],
      ['of the same name, for the same events', filter(), 'holds'],
      ['for every event', other('{ $.eventName = "*" }'), 'ALARM_UNCERTAIN'],
      ['for other events with a default that breaches', other(logins, { defaultValue: 1 }), 'ALARM_UNCERTAIN'],
      ['for the same events with a default that breaches', other(same, { defaultValue: 1 }), 'ALARM_UNCERTAIN'],
      ['that counts one event a second time', other(same), 'ALARM_UNCERTAIN', { threshold: 2 }],
      ['for the same events, which Maximum counts once', other(same), 'holds', { statistic: 'Maximum' }],
      ['on another metric', other('{ $.eventName = "*" }', { metricName: 'Other' }), 'holds'],
      ['with dimensions', other('{ $.eventName = "*" }', { dimensions: { Event: '$.eventName' } }), 'holds'],
    ];
    for (const [claim, one, expected, change] of elsewhere) {
      it(`of another log group ${claim}: ${expected}`, () => {
        expect(judged(withFilters([filter()], [one], alarm(change)))).to.deep.equal([`mfa-alarm: ${expected}`]);
      });
    }

    it('of a log group without a trail does not know what its events are, also where a filter may match more', () => {
      expect(judged(withFilters([filter()], [other(logins)]), covers)).to.deep.equal(['mfa-alarm: ALARM_UNCERTAIN']);
      const world = withFilters([filter()], [other(logins)]);
      const second = trail({ trailArn: `${trail().trailArn}-2`, cloudWatchLogsLogGroupArn: OTHER_LOG_GROUP });
      expect(judged({ ...world, trails: [trail(), second] }, covers)).to.deep.equal(['mfa-alarm: holds']);
    });

    it('says the same of two filters as of one with both conditions', () => {
      const one = filter({ filterPattern: `{ ($.eventName = DeactivateMFADevice) || (${logins.slice(2, -2)}) }` });
      expect(judged(withFilters([filter(), other(logins)]), covers)).to.deep.equal(judged(withFilters([one]), covers));
    });
  });

  describe('with dimensions that the filter takes from the event', () => {
    const on = (dimensions: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) =>
      withFilters(
        [publishing({ dimensions })],
        [],
        alarm({ dimensions: Object.entries(wanted).map(([name, value]) => ({ name, value })) }),
      );
    const rows: readonly (readonly [claim: string, world: World, expected: string])[] = [
      ['sees the account of the trail', on({ A: '$.recipientAccountId' }, { A: ACCOUNT }), 'holds'],
      ['sees no other account', on({ A: '$.recipientAccountId' }, { A: '999900001111' }), 'ALARM_OTHER_DIMENSIONS'],
      ['sees the name that is required', on({ E: '$.eventName' }, { E: 'DeactivateMFADevice' }), 'holds'],
      ['sees the source that the control names', on({ S: '$.eventSource' }, { S: 'iam.amazonaws.com' }), 'holds'],
      ['does not know who calls', on({ U: '$.userIdentity.userName' }, { U: 'alice' }), 'ALARM_NOT_COMPUTED'],
      [
        'sees two dimensions that are fixed',
        on({ A: '$.recipientAccountId', E: '$.eventName' }, { A: ACCOUNT, E: 'DeactivateMFADevice' }),
        'holds',
      ],
      [
        'needs all dimensions',
        on({ A: '$.recipientAccountId', E: '$.eventName' }, { A: ACCOUNT }),
        'ALARM_OTHER_DIMENSIONS',
      ],
    ];
    for (const [claim, world, expected] of rows) {
      it(claim, () => {
        expect(judged(world)).to.deep.equal([`mfa-alarm: ${expected}`]);
      });
    }

    const system = (field: string, value: string) =>
      withFilters(
        [filter({ emitSystemFieldDimensions: [field] })],
        [],
        alarm({ dimensions: [{ name: field, value }] }),
      );
    it('knows the account and region of its log group', () => {
      expect(judged(system('@aws.account', ACCOUNT))).to.deep.equal(['mfa-alarm: holds']);
      expect(judged(system('@aws.region', REGION))).to.deep.equal(['mfa-alarm: holds']);
      expect(judged(system('@aws.account', '999900001111'))).to.deep.equal(['mfa-alarm: ALARM_NOT_COMPUTED']);
      expect(judged(system('@aws.other', ACCOUNT))).to.deep.equal(['mfa-alarm: ALARM_NOT_COMPUTED']);
    });
  });
});
