import { expect } from 'chai';

import { willItFire } from '../../../../src/chain/alarm/firing/will-it-fire.ts';
import type { OtherFilter } from '../../../../src/chain/alarm/firing/metric-source.ts';
import type { MetricAlarm, MetricTransformation } from '../../../../src/inventory/resources.ts';
import { publishing } from '../../../support/alarm-link.ts';
import { alarm, filter } from '../../../support/worlds/world.ts';

/** What comes out, in a few words: `fires 1`, `never`, `undecided`. */
function outcome(change: Partial<MetricAlarm>, transformation: Partial<MetricTransformation> = {}): string {
  const firing = willItFire(alarm(change), { filter: publishing(transformation), otherFilters: [] });
  return firing.kind === 'fires' ? `fires ${firing.events}` : firing.kind;
}

const without = (...names: readonly (keyof MetricAlarm)[]): MetricAlarm =>
  Object.fromEntries(
    Object.entries(alarm()).filter(([name]) => !names.some((one) => one === name)),
  ) as unknown as MetricAlarm;

describe('an alarm on the metric', () => {
  const rows: readonly (readonly [
    claim: string,
    alarm: Partial<MetricAlarm>,
    filter: Partial<MetricTransformation>,
    is: string,
  ])[] = [
    ['Sum >= 1 fires on one event', {}, {}, 'fires 1'],
    ['Sum > 0 fires on one event', { comparisonOperator: 'GreaterThanThreshold', threshold: 0 }, {}, 'fires 1'],
    ['Sum > 1 fires on two events', { comparisonOperator: 'GreaterThanThreshold' }, {}, 'fires 2'],
    ['Sum >= 5 fires on five events', { threshold: 5 }, {}, 'fires 5'],
    ['Sum >= 5 fires on one event that counts five', { threshold: 5 }, { metricValue: '5' }, 'fires 1'],
    ['Sum >= 1 over a default of 0 fires on one event', {}, { defaultValue: 0 }, 'fires 1'],
    ['Sum >= 1 over a default of 1 rests in ALARM', {}, { defaultValue: 1 }, 'rests-in-alarm'],
    ['Sum >= 3 over a default of 1 may rest in ALARM', { threshold: 3 }, { defaultValue: 1 }, 'undecided'],
    ['Sum of a value that CloudWatch does not accept is undecided', {}, { metricValue: '1e400' }, 'undecided'],
    ['Sum of a value of 0 never fires', {}, { metricValue: '0' }, 'never'],
    ['Sum of a negative value never rises', {}, { metricValue: '-1' }, 'never'],
    [
      'Sum < 1 of a negative value fires',
      { comparisonOperator: 'LessThanThreshold', threshold: 0 },
      { metricValue: '-1' },
      'fires 1',
    ],
    ['a value that comes from the event is undecided', {}, { metricValue: '$.count' }, 'undecided'],
    ['SampleCount >= 1 fires on one event', { statistic: 'SampleCount' }, {}, 'fires 1'],
    [
      'SampleCount >= 1 over a default rests in ALARM, since a default is a sample',
      { statistic: 'SampleCount' },
      { defaultValue: 0 },
      'rests-in-alarm',
    ],
    ['Maximum >= 1 fires on one event, defaults or not', { statistic: 'Maximum' }, { defaultValue: 0 }, 'fires 1'],
    ['Maximum >= 2 of a value of 1 never fires', { statistic: 'Maximum', threshold: 2 }, {}, 'never'],
    ['Minimum >= 1 without defaults fires on one event', { statistic: 'Minimum' }, {}, 'fires 1'],
    ['Minimum >= 1 over a default of 0 never fires', { statistic: 'Minimum' }, { defaultValue: 0 }, 'never'],
    ['Average >= 1 without defaults fires on one event', { statistic: 'Average' }, {}, 'fires 1'],
    ['Average >= 1 over a default of 0 never fires', { statistic: 'Average' }, { defaultValue: 0 }, 'never'],
    [
      'Average > 0 over a default of 0 fires on one event',
      { statistic: 'Average', comparisonOperator: 'GreaterThanThreshold', threshold: 0 },
      { defaultValue: 0 },
      'fires 1',
    ],
    [
      'Average >= 0.5 over a default of 0 depends on the traffic',
      { statistic: 'Average', threshold: 0.5 },
      { defaultValue: 0 },
      'undecided',
    ],
    [
      'Average >= 1 over a default of 0 fires within one minute, which has no default besides the event',
      { statistic: 'Average', period: 60 },
      { defaultValue: 0 },
      'fires 1',
    ],
    [
      'Minimum >= 1 over a default of 0 fires within one minute as well',
      { statistic: 'Minimum', period: 60 },
      { defaultValue: 0 },
      'fires 1',
    ],
    ['a percentile of one value is that value', { extendedStatistic: 'p99' }, {}, 'fires 1'],
    [
      'a percentile over a default of 0 is not documented',
      { extendedStatistic: 'p99' },
      { defaultValue: 0 },
      'undecided',
    ],
    [
      'p99 that ignores few samples waits for a thousand of them',
      { extendedStatistic: 'p99', evaluateLowSampleCountPercentile: 'ignore' },
      {},
      'fires 1000',
    ],
    [
      'p10 that ignores few samples waits for a hundred of them',
      { extendedStatistic: 'p10', evaluateLowSampleCountPercentile: 'ignore' },
      {},
      'fires 100',
    ],
    ['tm90 of a handful of values is not documented', { extendedStatistic: 'tm90' }, {}, 'undecided'],
    ['tm90 of a value below the threshold never fires', { extendedStatistic: 'tm90', threshold: 2 }, {}, 'never'],
    ['IQM of a handful of values is not documented', { extendedStatistic: 'IQM' }, {}, 'undecided'],
    ['wm90 of one value is that value', { extendedStatistic: 'wm90' }, {}, 'fires 1'],
    ['tc90 of a handful of values is not documented', { extendedStatistic: 'tc90' }, {}, 'undecided'],
    ['ts90 of a handful of values is not documented', { extendedStatistic: 'ts90' }, {}, 'undecided'],
    ['TM(0:10) takes in the values above 0', { extendedStatistic: 'TM(0:10)' }, {}, 'fires 1'],
    ['TM(0:10) leaves out a default of 0', { extendedStatistic: 'TM(0:10)' }, { defaultValue: 0 }, 'fires 1'],
    ['TM(1:10) leaves out its lower bound', { extendedStatistic: 'TM(1:10)' }, {}, 'never'],
    ['TM(0:1) takes in its upper bound', { extendedStatistic: 'TM(0:1)' }, {}, 'fires 1'],
    ['TC(0:10) counts the values above 0 only', { extendedStatistic: 'TC(0:10)' }, { defaultValue: 0 }, 'fires 1'],
    ['TC(0:10) >= 2 wants two', { extendedStatistic: 'TC(0:10)', threshold: 2 }, { defaultValue: 0 }, 'fires 2'],
    ['TC(5:) counts no value of 1', { extendedStatistic: 'TC(5:)' }, {}, 'never'],
    ['TS(0:10) sums the values above 0 only', { extendedStatistic: 'TS(0:10)', threshold: 3 }, {}, 'fires 3'],
    ['WM(2:10) raises a value of 1 to its lower bound', { extendedStatistic: 'WM(2:10)', threshold: 2 }, {}, 'fires 1'],
    ['PR(:1) >= 100 of a value of 1 is all of them', { extendedStatistic: 'PR(:1)', threshold: 100 }, {}, 'fires 1'],
    ['PR(:1) of a value of 2 is none of them', { extendedStatistic: 'PR(:1)' }, { metricValue: '2' }, 'never'],
    ['PR(1:2) leaves out its lower bound', { extendedStatistic: 'PR(1:2)' }, {}, 'never'],
    ['PR(0:1) takes in its upper bound', { extendedStatistic: 'PR(0:1)', threshold: 100 }, {}, 'fires 1'],
    ['PR(1:) leaves out its lower bound', { extendedStatistic: 'PR(1:)' }, {}, 'never'],
    ['PR(0:) holds the values above 0', { extendedStatistic: 'PR(0:)', threshold: 100 }, {}, 'fires 1'],
    [
      'an extended statistic of negative values is not given',
      { extendedStatistic: 'p99' },
      { metricValue: '-1' },
      'undecided',
    ],
    ['bounds of both kinds are no statistic', { extendedStatistic: 'TM(1%:5)' }, {}, 'undecided'],
    ['a percentile beyond 100 is no statistic', { extendedStatistic: 'p101' }, {}, 'undecided'],
    ['Sum >= 5000 of a value of 1 wants five thousand events', { threshold: 5000 }, {}, 'fires 5000'],
    [
      'p99 that ignores few samples depends on the traffic where there are defaults',
      { extendedStatistic: 'p99', evaluateLowSampleCountPercentile: 'ignore' },
      { defaultValue: 1 },
      'undecided',
    ],
    [
      'Average < 1 over a default of 1 rests outside and fires on a 0',
      { statistic: 'Average', comparisonOperator: 'LessThanThreshold' },
      { metricValue: '0', defaultValue: 1 },
      'fires 1',
    ],
    ['a unit that the filter does not publish never sees data', { unit: 'Count' }, {}, 'never'],
    ['the unit None is what a filter without one publishes', { unit: 'None' }, {}, 'fires 1'],
    ['the unit of the filter is seen', { unit: 'Count' }, { unit: 'Count' }, 'fires 1'],
    ['an alarm without a unit sees any', {}, { unit: 'Count' }, 'fires 1'],
    ['missing data as breaching rests in ALARM', { treatMissingData: 'breaching' }, {}, 'rests-in-alarm'],
    [
      'missing data as breaching over a default is in ALARM in quiet times',
      { treatMissingData: 'breaching' },
      { defaultValue: 0 },
      'undecided',
    ],
    ['missing data as missing fires on one event', { treatMissingData: 'missing' }, {}, 'fires 1'],
    ['missing data ignored fires once and latches', { treatMissingData: 'ignore' }, {}, 'stays-in-alarm'],
    [
      'missing data ignored over a default of 0 fires, and recovers with traffic',
      { treatMissingData: 'ignore' },
      { defaultValue: 0 },
      'fires 1',
    ],
    ['one of three datapoints fires on one event', { evaluationPeriods: 3, datapointsToAlarm: 1 }, {}, 'fires 1'],
    ['two of three datapoints want two events', { evaluationPeriods: 3, datapointsToAlarm: 2 }, {}, 'fires 2'],
    ['three of three datapoints of Sum >= 2 want six events', { evaluationPeriods: 3, threshold: 2 }, {}, 'fires 6'],
    [
      '240 of 240 datapoints want 240 events where missing data does not breach',
      { evaluationPeriods: 240, datapointsToAlarm: 240, period: 300 },
      {},
      'fires 240',
    ],
    [
      'three of three datapoints fire on one event alone where missing data is missing',
      { evaluationPeriods: 3, treatMissingData: 'missing' },
      {},
      'fires 1',
    ],
    [
      'three of three datapoints over a default of 0 want three events even so',
      { evaluationPeriods: 3, treatMissingData: 'missing' },
      { defaultValue: 0 },
      'fires 3',
    ],
    ['a period finer than the metric may lapse', { period: 10 }, {}, 'undecided'],
    ['a band of anomaly detection is not computed', { thresholdMetricId: 'band' }, {}, 'undecided'],
    [
      'an operator of another kind is not computed',
      { comparisonOperator: 'GreaterThanUpperThreshold' },
      {},
      'undecided',
    ],
  ];
  for (const [claim, change, transformation, is] of rows) {
    it(claim, () => {
      expect(outcome(change, transformation)).to.equal(is);
    });
  }

  it('without datapoints to alarm wants all of its evaluation periods, and without a treatment takes missing data as missing', () => {
    const { events } = willItFire(without('treatMissingData'), { filter: publishing({}), otherFilters: [] }) as {
      readonly events?: number;
    };
    expect(events).to.equal(1);
    expect(
      willItFire(
        { ...without('datapointsToAlarm'), evaluationPeriods: 2 },
        { filter: publishing({}), otherFilters: [] },
      ),
    ).to.include({
      kind: 'fires',
      events: 2,
    });
  });

  it('that another filter publishes to as well is undecided', () => {
    const firing = willItFire(alarm(), {
      filter: publishing({}),
      otherFilters: [{ filter: filter({ filterName: 'other' }), isInOtherLogGroup: false, matchesOnlyWanted: false }],
    });
    expect(firing).to.deep.equal({ kind: 'undecided', why: 'metric filter other publishes to the same metric' });
  });

  const sharing = (change: Partial<MetricTransformation>, isOnlyWanted: boolean) => ({
    filter: publishing({}),
    otherFilters: [
      {
        filter: { ...publishing(change), filterName: 'other' },
        isInOtherLogGroup: false,
        matchesOnlyWanted: isOnlyWanted,
      },
    ],
  });
  const shared: readonly (readonly [
    claim: string,
    other: Partial<MetricTransformation>,
    isOnlyWanted: boolean,
    is: string,
  ])[] = [
    ['another filter for the same events only adds to it', {}, true, 'fires'],
    ['another filter for the same events may take away from it', { metricValue: '-1' }, true, 'undecided'],
    ['another filter counts zeros', { metricValue: '0' }, false, 'fires'],
    ['another filter publishes a breaching default', { metricValue: '0', defaultValue: 1 }, false, 'undecided'],
    ['another filter publishes a default that does not breach', { metricValue: '0', defaultValue: 0 }, false, 'fires'],
    ['another filter publishes a field of the event', { metricValue: '$.n' }, true, 'undecided'],
  ];
  for (const [claim, other, isOnlyWanted, is] of shared) {
    it(`${is === 'fires' ? 'fires on one event' : 'is undecided'} where ${claim}`, () => {
      expect(willItFire(alarm(), sharing(other, isOnlyWanted)).kind).to.equal(is);
    });
  }

  it('does not see what another filter publishes with another unit', () => {
    const source = {
      filter: publishing({ unit: 'Count' }),
      otherFilters: sharing({ unit: 'Bytes' }, false).otherFilters,
    };
    expect(willItFire(alarm({ unit: 'Count' }), source).kind).to.equal('fires');
    expect(willItFire(alarm(), source).kind).to.equal('undecided');
  });

  it('without a unit is undecided where another filter for the same events publishes with another unit', () => {
    expect(willItFire(alarm(), sharing({ unit: 'Count' }, true))).to.deep.equal({
      kind: 'undecided',
      why: 'metric filter other publishes to the same metric in Count, not in None',
    });
    expect(willItFire(alarm({ unit: 'None' }), sharing({ unit: 'Count' }, true)).kind).to.equal('fires');
  });

  it('that looks back for more than a day is looked at once an hour, for what came before that hour', () => {
    const hourly = (evaluationPeriods: number) =>
      willItFire(alarm({ period: 3600, evaluationPeriods, datapointsToAlarm: 1 }), {
        filter: publishing({}),
        otherFilters: [],
      });
    expect(hourly(24)).to.include({ kind: 'fires', delayAtLeastSeconds: 60, delayAtMostSeconds: 120 });
    expect(hourly(25)).to.include({ kind: 'fires', delayAtLeastSeconds: 60, delayAtMostSeconds: 7260 });
  });

  it('that waits for a breach to age is slow by as many periods', () => {
    const firing = willItFire(alarm({ evaluationPeriods: 3, treatMissingData: 'missing' }), {
      filter: publishing({}),
      otherFilters: [],
    });
    expect(firing).to.include({ delayAtLeastSeconds: 660, delayAtMostSeconds: 1020 });
  });
});

describe('why an alarm does not fire, or may not,', () => {
  type Other = Partial<MetricTransformation> & { readonly filterName?: string };
  const why = (
    change: Partial<MetricAlarm>,
    own: Partial<MetricTransformation> = {},
    other?: Other,
    more: Partial<OtherFilter> = {},
  ) => {
    const { filterName = 'other', ...transformation } = other ?? {};
    const one = {
      filter: publishing(transformation, { filterName }),
      isInOtherLogGroup: false,
      matchesOnlyWanted: true,
    };
    const otherFilters = other === undefined ? [] : [{ ...one, ...more }];
    const firing = willItFire(alarm(change), { filter: publishing(own), otherFilters });
    return firing.kind === 'fires' ? `fires ${firing.events}` : `${firing.kind}: ${firing.why}`;
  };
  const { namespace = '', metricName = '' } = alarm();
  const metricStat = { metric: { namespace, metricName, dimensions: [] }, period: 300, stat: 'Sum' };
  /** An alarm on metric math that fills in missing data. */
  const filling = (value: number) => ({
    metrics: [
      { id: 'm1', metricStat, returnData: false },
      { id: 'e1', expression: `FILL(m1, ${value})` },
    ],
  });

  const rest: readonly (readonly [change: Partial<MetricAlarm>, own: Partial<MetricTransformation>, is: string])[] = [
    [{}, { defaultValue: 1 }, 'rests-in-alarm: the default value of the filter breaches the threshold'],
    [
      { threshold: 3 },
      { defaultValue: 1 },
      'undecided: whether it breaches the threshold without any event depends on the traffic',
    ],
    [filling(1), { defaultValue: 1 }, 'rests-in-alarm: its metric math breaches the threshold without any event'],
    [filling(0), { defaultValue: 1 }, 'undecided: its metric math breaches the threshold among other traffic'],
    [
      { treatMissingData: 'breaching' },
      {},
      'rests-in-alarm: missing data counts as breaching, and the filter publishes nothing while nothing happens',
    ],
    [
      { treatMissingData: 'breaching' },
      { defaultValue: 0 },
      'undecided: missing data counts as breaching, so it is in ALARM in quiet times',
    ],
    [
      { treatMissingData: 'ignore' },
      {},
      'stays-in-alarm: it keeps its state while data is missing, so it stays in ALARM after the first event',
    ],
    // Fewer events make a datapoint that does not breach, and it leaves ALARM.
    [{ treatMissingData: 'ignore', threshold: 5 }, {}, 'fires 5'],
  ];
  for (const [change, own, is] of rest) {
    it(`is its rest: ${JSON.stringify(change)} over ${JSON.stringify(own)}: ${is}`, () => {
      expect(why(change, own)).to.equal(is);
    });
  }

  it('is data that may be missing, where it keeps its state', () => {
    expect(why({ treatMissingData: 'ignore', extendedStatistic: 'tm90' }, { defaultValue: 0 })).to.equal(
      'undecided: whether it leaves ALARM again depends on data that may be missing',
    );
  });

  it('is when it fires, where that is not documented', () => {
    const clock = { evaluationWindow: 'WallClockWindow', evaluationPeriods: 2, treatMissingData: 'missing' };
    expect(why(clock)).to.equal(
      'undecided: when one old datapoint alone takes it to ALARM is not documented for its window',
    );
  });

  it('is another filter that publishes without any event that is wanted', () => {
    const other = 'undecided: metric filter other publishes to the same metric';
    const often = { matchesOnlyWanted: false };
    expect(why({}, {}, {}, often)).to.equal(other);
    expect(why({}, {}, { defaultValue: 1 })).to.equal(other);
    expect(why({}, {}, {}, { ...often, isInOtherLogGroup: true })).to.equal(
      other.replace('other', 'other of another log group'),
    );
    expect(why({}, {}, { filterName: 'mfa' }, often)).to.equal(other.replace('other', 'mfa of another log group'));
    expect(why({ statistic: 'Average' }, {}, { metricValue: '-1' }, often)).to.equal(other);
  });

  it('is traffic, where another filter publishes only with events that are wanted', () => {
    expect(why({}, {}, { metricValue: '-1' })).to.equal(
      'undecided: whether an event takes it across the threshold depends on other traffic',
    );
  });

  it('is still its rest, where its own default breaches next to another filter', () => {
    expect(why({}, { defaultValue: 1 }, {}, { matchesOnlyWanted: false })).to.equal(
      'rests-in-alarm: the default value of the filter breaches the threshold',
    );
  });

  it('is its default value only where it would fire without it', () => {
    const average = { statistic: 'Average' };
    const byDefault =
      'never: the default value 0, which other log events publish in the same period, keeps its Average from crossing 1';
    expect(why(average, { defaultValue: 0 })).to.equal(byDefault);
    expect(why({ ...average, unit: 'Count' }, { defaultValue: 0, unit: 'Count' })).to.equal(byDefault);
    expect(why(average, { defaultValue: 0, metricValue: '0' })).to.equal(
      'never: no number of events takes its Average across 1',
    );
    expect(why({ ...average, threshold: 2 })).to.equal('never: no number of events takes its Average across 2');
  });

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (FILL) */
  it('is FILL, where the newest minute may be filled in', () => {
    const metrics = filling(0).metrics.map((one) =>
      'metricStat' in one ? { ...one, metricStat: { ...metricStat, period: 60 } } : one,
    );
    expect(why({ metrics })).to.equal(
      'undecided: FILL may take the place of the newest minute before its data arrives',
    );
    expect(why({ metrics, evaluationPeriods: 2, datapointsToAlarm: 1 })).to.equal('fires 1');
    expect(why(filling(0))).to.equal('fires 1');
  });
});
