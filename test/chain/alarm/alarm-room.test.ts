import { expect } from 'chai';

import { judgeAlarms } from '../../../src/chain/alarm/alarm.ts';
import type { Context } from '../../../src/chain/base/link.ts';
import { MOST_STEPS } from '../../../src/chain/base/room.ts';
import type { MetricDataQuery } from '../../../src/inventory/resources.ts';
import { ownFilterOf, publishing, withFilters } from '../../support/alarm-link.ts';
import { contextOf } from '../../support/judging.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  LOG_GROUP_ARN,
  alarm,
  compositeAlarm,
  filter,
  snapshotOf,
  trail,
  withAlarms,
} from '../../support/worlds/world.ts';

/** What the alarm link says with room for so many steps, and how many it takes. */
function within(left: number, world: World, alarms: Context['alarms'] = 'all') {
  const room = { taken: MOST_STEPS - left };
  const path = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: ownFilterOf(world) };
  const { steps } = judgeAlarms(path, { ...contextOf(snapshotOf(world)), alarms, room });
  return {
    said: steps.map(({ subject, finding }) => `${subject}: ${finding?.code ?? 'holds'}`),
    sentence: steps.at(-1)?.finding?.sentence,
    taken: room.taken - MOST_STEPS + left,
  };
}
const many = <T>(count: number, one: (index: number) => T) => Array.from({ length: count }, (_, index) => one(index));

describe('the alarms that are looked at', () => {
  const [a, b] = [alarm({ alarmName: 'a' }), alarm({ alarmName: 'b' })];

  it('are as many as there is room for, and the first of the others stands for all of them', () => {
    const world = withAlarms(a, b, alarm({ alarmName: 'c' }));
    expect(within(1, world, 'direct').said).to.deep.equal(['a: holds', 'b: ALARM_NOT_COMPUTED']);
    expect(within(2, world, 'direct').said).to.deep.equal(['a: holds', 'b: holds', 'c: ALARM_NOT_COMPUTED']);
    expect(within(3, world, 'direct').said).to.deep.equal(['a: holds', 'b: holds', 'c: holds']);
  });

  it('are not even sorted out without room', () => {
    for (const alarms of ['direct', 'all'] as const) {
      const { said, sentence } = within(0, withAlarms(a, b), alarms);
      expect(said).to.deep.equal(['a: ALARM_NOT_COMPUTED']);
      expect(sentence).to.equal(
        'it is not determined how alarm a reacts to the metric: more alarms depend on the metrics of these filters than are followed',
      );
    }
  });

  it('include the composite alarms over them', () => {
    const child = alarm({ alarmActions: [] });
    const world = withAlarms(child, compositeAlarm({ alarmName: 'x' }), compositeAlarm({ alarmName: 'y' }));
    const first = 'mfa-alarm: ALARM_WITHOUT_ACTION';
    const cut = 'mfa-alarm: ALARM_NOT_COMPUTED';
    expect(within(1, world).said).to.deep.equal([first, cut]);
    expect(within(2, world).said).to.deep.equal([first, 'x over mfa-alarm: holds', cut]);
    expect(within(3, world).said).to.deep.equal([first, 'x over mfa-alarm: holds', 'y over mfa-alarm: holds']);
  });
});

describe('the steps that an alarm takes', () => {
  it('are one, and one more for so much metric math', () => {
    const metric = { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [] };
    const reads = many(6, (index): MetricDataQuery => ({
      id: `m${index}`,
      returnData: false,
      metricStat: { metric, period: 300, stat: 'Sum' },
    }));
    const onMath = (length: number) => {
      const known = Object.entries(alarm()).filter(
        ([name]) => !['namespace', 'metricName', 'statistic', 'period'].includes(name),
      );
      const metrics = [...reads, { id: 'e1', expression: 'm1'.padEnd(length) }];
      return { ...(Object.fromEntries(known) as unknown as ReturnType<typeof alarm>), metrics };
    };
    expect(within(100, withAlarms(alarm())).taken).to.equal(1);
    expect(within(100, withAlarms(onMath(99))).taken).to.equal(1);
    expect(within(100, withAlarms(onMath(250))).taken).to.equal(3);
  });

  it('are one more for so many filters on its metric', () => {
    const others = many(120, (index) => publishing({}, { filterName: `other-${index}` }));
    expect(within(100, withFilters([filter(), ...others])).taken).to.equal(3);
  });

  it('are more for composite alarms whose rules name many, once for all and once for each alarm below them', () => {
    const names = many(45, (index) => alarm({ alarmName: `n-${index}`, metricName: 'Load', alarmActions: [] }));
    const rule = ['mfa-alarm', ...names.map(({ alarmName }) => alarmName)].map((name) => `ALARM(${name})`).join(' OR ');
    const over = compositeAlarm({ alarmRule: rule });
    // The alarm, twice the names of its composite alarm, and that itself.
    expect(within(100, withAlarms(alarm(), ...names, over)).taken).to.equal(1 + 2 + 2 + 1);
    expect(within(100, withAlarms(alarm(), ...names, { ...over, alarmActions: [] })).taken).to.equal(1 + 2);
  });
});
