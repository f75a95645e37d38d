import { expect } from 'chai';

import type { Context } from '../../../src/chain/base/link.ts';
import type { Inventory, Part } from '../../../src/inventory/model.ts';
import { alarmLink, findingsIn, ownFilterOf, publishing, withFilters } from '../../support/alarm-link.ts';
import type { World } from '../../support/worlds/world.ts';
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
  present,
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

  it('says in words what is wrong with the metric, and what fixes it', () => {
    const said = (world: World) => {
      const { steps } = alarmLink(ownFilterOf(world), snapshotOf(world));
      return steps.map(({ path, finding }) => [path.alarm?.alarmName, finding?.sentence, finding?.fix]);
    };
    const addAlarm =
      'add an alarm on metric Security/MfaDeactivated in eu-west-1, with an SNS topic as its ALARM action';
    expect(said(withAlarms())).to.deep.equal([
      [undefined, 'no alarm in eu-west-1 watches metric Security/MfaDeactivated', addAlarm],
    ]);
    expect(said(withAlarms(alarm({ namespace: 'App' })))).to.deep.equal([
      [
        'mfa-alarm',
        'alarm mfa-alarm watches namespace App, but the filter publishes Security/MfaDeactivated',
        addAlarm,
      ],
    ]);
    const other = alarm({ dimensions: [{ name: 'Team', value: 'a' }] });
    const sentence = 'alarm mfa-alarm watches Security/MfaDeactivated with other dimensions than the filter publishes';
    expect(said(withAlarms(other))).to.deep.equal([['mfa-alarm', sentence, addAlarm]]);
    expect(
      said(withFilters([publishing({ dimensions: { User: '$.userIdentity.userName' } })], [], other)),
    ).to.deep.equal([
      ['mfa-alarm', sentence, 'add a metric filter without dimensions, with a metric and an alarm of its own'],
    ]);
    expect(said(withAlarms(alarm({ threshold: 5 })))).to.deep.equal([
      [
        'mfa-alarm',
        'alarm mfa-alarm goes into ALARM only after 5 events, and at most 1 are allowed',
        'add an alarm that goes into ALARM on one event (Sum >= 1, one datapoint to alarm, no unit, missing data notBreaching), on a metric of its own if something else publishes to this one',
      ],
    ]);
    const nameless = filter({ metricTransformations: [] });
    expect(said(withFilters([nameless]))[0]?.[1]).to.equal('metric filter mfa does not name exactly one metric');
  });

  it('follows no composite alarm over alarms that do not watch the metric, and shows none without actions', () => {
    const other = alarm({ dimensions: [{ name: 'Team', value: 'a' }], alarmActions: [] });
    expect(findingsIn(withAlarms(other, compositeAlarm()))).to.deep.equal(['mfa-alarm: ALARM_OTHER_DIMENSIONS']);
    const silent = alarm({ alarmActions: [] });
    const middle = compositeAlarm({ alarmName: 'middle', alarmActions: [] });
    const top = compositeAlarm({ alarmName: 'top', alarmRule: 'ALARM(middle)' });
    expect(findingsIn(withAlarms(silent, middle, top))).to.deep.equal([
      'mfa-alarm: ALARM_WITHOUT_ACTION',
      'top over mfa-alarm: holds',
    ]);
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

    it('nothing directly on a metric that exists only with dimensions', () => {
      const own = publishing({ dimensions: { Event: '$.eventName' } });
      expect(needed((kind) => kind !== 'alarms', 'direct', withFilters([own]))).to.deep.equal([]);
      expect(findingsIn(withFilters([own]), {}, 'direct')).to.deep.equal([]);
    });

    it('no mute rules and no other publishers under the assurance `configured`', () => {
      const inventory = onlyParts(
        snapshotOf(soundWorld()),
        (kind) => kind !== 'mute-rules' && kind !== 'metric-publishers',
      );
      const { steps, needs } = alarmLink(filter(), inventory, { assurance: 'configured' });
      expect([steps.map(({ finding }) => finding?.code), needs]).to.deep.equal([[undefined], []]);
    });

    it('leaves it undecided where the alarms cannot be read, and goes on with those that are known', () => {
      const said = (inventory: Inventory, alarms: Context['alarms'], own = filter()) =>
        alarmLink(own, inventory, {}, alarms).steps.map(
          ({ subject, finding }) => `${subject}: ${finding?.code ?? 'holds'}`,
        );
      const ON_METRIC = `${AT_ALARMS} ["Security","MfaDeactivated"]`;
      const refused = denied('cloudwatch', 'DescribeAlarms');
      const sound = snapshotOf(soundWorld());
      const withoutListing = replacing(sound, 'alarms', AT_ALARMS, refused);
      const directIs = (part: Part<unknown>) => replacing(withoutListing, 'alarms-for-metric', ON_METRIC, part);
      expect(said(withoutListing, 'all')).to.deep.equal(['alarms: UNREADABLE']);
      expect(said(directIs(refused), 'direct')).to.deep.equal(['alarms: UNREADABLE']);
      expect(said(directIs(refused), 'all')).to.deep.equal(['alarms: UNREADABLE']);
      expect(said(directIs(present([alarm()])), 'all')).to.deep.equal(['mfa-alarm: holds', 'alarms: UNREADABLE']);
      const own = publishing({ dimensions: { Event: '$.eventName' } });
      expect(said(directIs(present([alarm()])), 'all', own)).to.deep.equal(['alarms: UNREADABLE']);
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
