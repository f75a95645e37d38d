import { expect } from 'chai';

import { indexAlarms, namesMetricsItself } from '../../../src/chain/alarm/alarm-index.ts';
import type { Alarm, MetricDataQuery } from '../../../src/inventory/resources.ts';
import { alarm, alarmArn, compositeAlarm } from '../../support/worlds/world.ts';

const named = (alarmName: string, change: object = {}) =>
  alarm({ alarmName, alarmArn: alarmArn(alarmName), ...change });
const read = (metricName: string): MetricDataQuery => ({
  id: 'm1',
  metricStat: { metric: { namespace: 'App', metricName, dimensions: [] }, period: 300, stat: 'Sum' },
});
const expression = (text: string): MetricDataQuery => ({ id: 'e1', expression: text });

describe('the alarms of a listing', () => {
  const listed: readonly Alarm[] = [
    named('d', { metricName: 'Other', metrics: [read('Load'), expression('m1')] }),
    named('c', { metricName: 'Other', metrics: [read('Other'), expression("SEARCH('x', 'Sum')")] }),
    named('b', { metricName: 'Other', promQuery: 'Load' }),
    compositeAlarm(),
    named('a', { metricName: 'Load' }),
  ];
  const names = (alarms: readonly Alarm[]) => alarms.map(({ alarmName }) => alarmName);

  it('may watch a metric by name, through metric math, or in a way that is not followed', () => {
    const { mayWatch } = indexAlarms(listed);
    expect(names(mayWatch('Load'))).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(names(mayWatch('Other'))).to.deep.equal(['b', 'c', 'd']);
    expect(names(mayWatch('Nothing'))).to.deep.equal(['b', 'c']);
  });

  it('are in the order of their ARNs, and where two have one, of all that they hold', () => {
    expect(names(indexAlarms(listed).alarms)).to.deep.equal(['a', 'any-security-alarm', 'b', 'c', 'd']);
    const twins = [named('a', { threshold: 2 }), named('a', { threshold: 1 })];
    const thresholds = (alarms: readonly Alarm[]) =>
      indexAlarms(alarms).alarms.map((one) => one.kind === 'metric-alarm' && one.threshold);
    expect(thresholds(twins)).to.deep.equal([1, 2]);
    expect(thresholds([...twins].reverse())).to.deep.equal([1, 2]);
  });

  it('of so many metrics are remembered, and no more', () => {
    const { mayWatch } = indexAlarms([...listed]);
    const ofLoad = mayWatch('Load');
    for (let asked = 2; asked <= 200; asked += 1) mayWatch(`Metric-${asked}`);
    expect(mayWatch('Load')).to.equal(ofLoad);
    mayWatch('Metric-201');
    expect(mayWatch('Load')).not.to.equal(ofLoad);
    expect(names(mayWatch('Load'))).to.deep.equal(names(ofLoad));
  });

  it('are indexed once for each list', () => {
    expect(indexAlarms(listed)).to.equal(indexAlarms(listed));
  });
});

describe('an expression', () => {
  it('names metrics itself where it selects or searches', () => {
    expect(['SELECT SUM(x) FROM y', "sum(search('x', 'Sum'))"].map(namesMetricsItself)).to.deep.equal([true, true]);
    expect(['m1 + m2', 'RESEARCH + 1', undefined].map(namesMetricsItself)).to.deep.equal([false, false, false]);
  });
});
