import { expect } from 'chai';

import type { Outcomes, OutcomesAt } from '../../../../src/chain/alarm/firing/threshold.ts';
import type { AlarmSettings } from '../../../../src/chain/alarm/firing/settings.ts';
import { timingOf } from '../../../../src/chain/alarm/firing/timing.ts';

const missing: Outcomes = { breaching: false, within: false, missing: true };
const within: Outcomes = { breaching: false, within: true, missing: false };
const mayBeMissing: Outcomes = { breaching: false, within: true, missing: true };
const breaching: Outcomes = { breaching: true, within: false, missing: false };

/** What each kind of period is to the alarm; a period with events breaches. */
const outcomes =
  (quiet: Outcomes, traffic: Outcomes): OutcomesAt =>
  (moment) =>
    moment === 'quiet' ? quiet : moment === 'traffic' ? traffic : breaching;
const sparse = outcomes(missing, missing);

const timing = (change: Partial<AlarmSettings>, outcomesAt: OutcomesAt = sparse) =>
  timingOf(
    {
      operator: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      period: 300,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: 'notBreaching',
      window: 'sliding',
      ...change,
    },
    outcomesAt,
  );

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html */
describe('when an alarm goes into ALARM', () => {
  it('is a minute or two after one event, for one datapoint, however missing data is treated', () => {
    const soon = { periods: 1, delayAtLeastSeconds: 60, delayAtMostSeconds: 120 };
    for (const treatMissingData of ['missing', 'ignore', 'breaching', 'notBreaching'] as const) {
      expect(timing({ treatMissingData })).to.include(soon);
    }
    expect(timing({ evaluationPeriods: 3, treatMissingData: 'missing' })).to.include(soon);
  });

  it('is after the period ends in a window of the clock', () => {
    expect(timing({ period: 3600, window: 'wall clock' })).to.include({
      delayAtLeastSeconds: 3600,
      delayAtMostSeconds: 3720,
    });
  });

  it('is after as many periods with events as datapoints, where missing data does not breach', () => {
    const two = { evaluationPeriods: 2, datapointsToAlarm: 2 };
    expect(timing(two)).to.include({ periods: 2, delayAtLeastSeconds: 60 });
    expect(timing({ ...two, treatMissingData: 'missing' }, outcomes(missing, within))).to.include({ periods: 2 });
  });

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
  it('is when one datapoint is old enough, where missing data is missing and there is no other data', () => {
    const three = { evaluationPeriods: 3, datapointsToAlarm: 3, treatMissingData: 'missing' } as const;
    expect(timing(three)).to.include({ periods: 1, delayAtLeastSeconds: 660, delayAtMostSeconds: 1020 });
    expect(timing(three, outcomes(within, within))).to.include({ periods: 3 });
    expect(timing({ ...three, window: 'wall clock' })).to.equal(
      'when one old datapoint alone takes it to ALARM is not documented for its window',
    );
    expect(timing(three, outcomes(missing, mayBeMissing))).to.equal(
      'whether one old datapoint alone takes it to ALARM depends on data that may be missing',
    );
    expect(timing({ ...three, treatMissingData: 'notBreaching' }, outcomes(missing, mayBeMissing))).to.include({
      periods: 3,
    });
  });

  it('is up to two hours later where it looks back for more than a day, since it is evaluated once an hour', () => {
    expect(timing({ period: 3600, evaluationPeriods: 24 })).to.include({ delayAtMostSeconds: 120 });
    expect(timing({ period: 3600, evaluationPeriods: 25 })).to.include({ delayAtMostSeconds: 7260 });
  });
});

describe('for how long an alarm stays in ALARM', () => {
  it('is until too few breaching datapoints are left, less what passes before it is evaluated', () => {
    expect(timing({})).to.include({ staysSeconds: 300, certainlyStaysSeconds: 180 });
    expect(timing({ evaluationPeriods: 5, datapointsToAlarm: 2 })).to.include({
      staysSeconds: 1200,
      certainlyStaysSeconds: 1080,
    });
    expect(timing({ period: 60 })).to.include({ staysSeconds: 60, certainlyStaysSeconds: 0 });
  });
});
