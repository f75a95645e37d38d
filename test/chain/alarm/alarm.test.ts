import { expect } from 'chai';

import type { Context } from '../../../src/chain/base/link.ts';
import { alarmLink, findingsIn, ownFilterOf, withFilters } from '../../support/alarm-link.ts';
import {
  ACCOUNT,
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
  withAlarms,
} from '../../support/worlds/world.ts';

const AT_ALARMS = `${ACCOUNT} ${REGION}`;
const PUBLISHERS = `metric-publishers ${AT_ALARMS} ["Security","MfaDeactivated"]`;

describe('the alarm link', () => {
  it('leads to every alarm on the metric, in the order of their ARNs', () => {
    const world = withAlarms(alarm({ alarmName: 'z' }), alarm({ alarmName: 'a', alarmActions: [] }));
    expect(findingsIn(world)).to.deep.equal(['a: ALARM_WITHOUT_ACTION', 'z: holds']);
  });

  it('puts the alarm on the path of each step', () => {
    const world = withAlarms(alarm());
    const { steps } = alarmLink(ownFilterOf(world), snapshotOf(world));
    expect(steps.map(({ path }) => path.alarm?.alarmActions)).to.deep.equal([[TOPIC_ARN]]);
  });

  it('says so once where no alarm watches the metric', () => {
    const others = withAlarms(alarm({ namespace: 'App', metricName: 'Load' }));
    expect(findingsIn(others)).to.deep.equal(['none: NO_ALARM']);
    expect(findingsIn(others, {}, 'direct')).to.deep.equal([]);
  });

  it('names alarms on a metric of this name with other dimensions, or in another namespace', () => {
    const world = withAlarms(
      alarm({ alarmName: 'a', dimensions: [{ name: 'Team', value: 'a' }] }),
      alarm({ alarmName: 'b', namespace: 'CISBenchmark' }),
    );
    expect(findingsIn(world)).to.deep.equal(['a: ALARM_OTHER_DIMENSIONS', 'b: ALARM_OTHER_NAMESPACE']);
  });

  it('follows a composite alarm over an alarm without actions', () => {
    const world = withAlarms(alarm({ alarmActions: [] }), compositeAlarm());
    expect(findingsIn(world)).to.deep.equal([
      'mfa-alarm: ALARM_WITHOUT_ACTION',
      'any-security-alarm over mfa-alarm: holds',
    ]);
  });

  describe('reads', () => {
    const needed = (keep: (kind: string) => boolean, alarms: Context['alarms'], world = soundWorld()) => {
      const inventory = onlyParts(snapshotOf(world), keep);
      return alarmLink(ownFilterOf(world), inventory, {}, alarms).needs.map(keyName);
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
      const { steps } = alarmLink(filter(), inventory);
      expect(steps.map(({ finding }) => finding?.code)).to.deep.equal(['UNREADABLE']);
    });
  });

  describe('with a listing that is not complete', () => {
    it('is undecided for a filter that names no metric, or two', () => {
      const [one = { metricNamespace: '', metricName: '', metricValue: '' }] = filter().metricTransformations;
      for (const metricTransformations of [[], [one, { ...one, metricName: 'Second' }], [{ ...one, metricName: '' }]]) {
        const world = withFilters([filter({ metricTransformations })]);
        expect(findingsIn(world)).to.deep.equal(['none: METRIC_UNKNOWN']);
        expect(findingsIn(world, {}, 'direct')).to.deep.equal(['none: METRIC_UNKNOWN']);
      }
    });
  });
});
