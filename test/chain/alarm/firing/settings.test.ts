import { expect } from 'chai';

import { settingsOf } from '../../../../src/chain/alarm/firing/settings.ts';
import type { MetricAlarm } from '../../../../src/inventory/resources.ts';
import { alarm } from '../../../support/worlds/world.ts';

const without = (name: keyof MetricAlarm): MetricAlarm =>
  Object.fromEntries(Object.entries(alarm()).filter(([one]) => one !== name)) as unknown as MetricAlarm;

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
describe('the settings of an alarm', () => {
  const known = {
    operator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    period: 300,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: 'notBreaching',
    window: 'sliding',
  };

  it('are those that it names, with the defaults of AWS for those that it may leave out', () => {
    expect(settingsOf(alarm(), 300)).to.deep.equal(known);
    expect(settingsOf(without('treatMissingData'), 300)).to.deep.equal({ ...known, treatMissingData: 'missing' });
    expect(settingsOf(alarm({ evaluationPeriods: 3 }), 60)).to.deep.equal({
      ...known,
      period: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
    });
    expect(settingsOf(alarm({ evaluationWindow: 'SlidingWindow' }), 300)).to.deep.equal(known);
    const clock = alarm({ evaluationWindow: 'WallClockWindow' });
    expect(settingsOf(clock, 300)).to.deep.equal({ ...known, window: 'wall clock' });
  });

  const notGiven = 'its threshold, period or evaluation periods are not given';
  const rows: readonly (readonly [one: MetricAlarm, period: number | undefined, why: string])[] = [
    [alarm({ thresholdMetricId: 'band' }), 300, 'its threshold is a band of anomaly detection'],
    [alarm({ comparisonOperator: 'NotEqual' }), 300, 'its comparison operator is NotEqual'],
    [without('comparisonOperator'), 300, 'its comparison operator is not given'],
    [without('threshold'), 300, notGiven],
    [alarm(), undefined, notGiven],
    [alarm(), 0, notGiven],
    [alarm(), 0.5, notGiven],
    [alarm({ evaluationPeriods: 0 }), 300, notGiven],
    [alarm({ evaluationPeriods: 2, datapointsToAlarm: 3 }), 300, 'it needs 3 of 2 datapoints'],
    [alarm({ evaluationPeriods: 2, datapointsToAlarm: 0 }), 300, 'it needs 0 of 2 datapoints'],
    [alarm({ evaluationPeriods: 2, datapointsToAlarm: 1.5 }), 300, 'it needs 1.5 of 2 datapoints'],
    [alarm(), 30, "its period of 30 seconds is finer than the metric's one minute"],
    [alarm({ treatMissingData: 'later' }), 300, 'it treats missing data as later'],
    [alarm({ evaluationWindow: 'Lunar' }), 300, 'its evaluation window is of the kind Lunar'],
    [alarm({ evaluationWindow: 'WallClockWindow' }), 600, 'its wall clock window has a period of 600 seconds'],
  ];
  for (const [one, period, why] of rows) {
    it(`are not understood: ${why} (period ${period ?? 'unknown'})`, () => {
      expect(settingsOf(one, period)).to.equal(why);
    });
  }
});
