import { expect } from 'chai';

import { watchedSeries } from '../../../../src/chain/alarm/firing/watched-series.ts';
import type { MetricAlarm, MetricDataQuery } from '../../../../src/inventory/resources.ts';
import { publishing } from '../../../support/alarm-link.ts';
import { ACCOUNT, OTHER_ACCOUNT, alarm, filter } from '../../../support/worlds/world.ts';

const watched = (change: Partial<MetricAlarm>, own = filter()) =>
  watchedSeries(alarm(change), { filter: own, otherFilters: [] });
/** The reason why it is not known what an alarm watches, or that it sees nothing, with the kind. */
const whyNot = (change: Partial<MetricAlarm>, own = filter()) => {
  const answer = watched(change, own);
  return answer.kind === 'series' ? answer.kind : [answer.kind, answer.why];
};
const stat = (id: string, change: object = {}, query: Partial<MetricDataQuery> = {}): MetricDataQuery => ({
  id,
  returnData: false,
  metricStat: {
    metric: { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [], ...change },
    period: 300,
    stat: 'Sum',
  },
  ...query,
});
const expression = (text: string): MetricDataQuery => ({ id: 'e1', expression: text });

describe('what an alarm on a metric watches', () => {
  const seen = { kind: 'series', fewestSamples: 1, fillsMissing: false };

  it('is its statistic of the metric', () => {
    expect(watched({})).to.include({ ...seen, period: 300, what: 'its Sum' });
    expect(watched({ extendedStatistic: 'p99' })).to.include({ ...seen, what: 'its p99' });
  });

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html */
  it('is a percentile of enough samples where it ignores few, which concerns no other statistic', () => {
    const ignoring = (extendedStatistic: string) =>
      watched({ extendedStatistic, evaluateLowSampleCountPercentile: 'ignore' });
    expect(ignoring('p99')).to.include({ fewestSamples: 1000 });
    expect(ignoring('p50')).to.include({ fewestSamples: 20 });
    expect(ignoring('p10')).to.include({ fewestSamples: 100 });
    expect(watched({ evaluateLowSampleCountPercentile: 'ignore' })).to.include(seen);
  });

  const nameless = Object.fromEntries(Object.entries(alarm()).filter(([name]) => name !== 'statistic'));
  const rows: readonly (readonly [change: Partial<MetricAlarm>, why: string, own?: ReturnType<typeof filter>])[] = [
    [{ statistic: 'Mode' }, 'its statistic is Mode'],
    [
      { extendedStatistic: 'p99', evaluateLowSampleCountPercentile: 'ignore' },
      'it ignores a percentile of few samples, and how many there are depends on the traffic',
      publishing({ defaultValue: 1 }),
    ],
    [
      { extendedStatistic: 'p99', evaluateLowSampleCountPercentile: 'sometimes' },
      'its setting for percentiles of few samples is sometimes',
    ],
    [{}, 'the value of its metric comes from the event ($.n)', publishing({ metricValue: '$.n' })],
  ];
  for (const [change, why, own] of rows) {
    it(`is not known: ${why}`, () => {
      expect(whyNot(change, own)).to.deep.equal(['undecided', why]);
    });
  }

  it('is not known where it names no statistic', () => {
    const source = { filter: filter(), otherFilters: [] };
    const answer = watchedSeries(nameless as unknown as MetricAlarm, source);
    expect(answer).to.deep.equal({ kind: 'undecided', why: 'its statistic is not given' });
  });

  it('is nothing where it asks for another unit than the filter publishes', () => {
    expect(whyNot({ unit: 'Count' })).to.deep.equal([
      'never',
      'it uses only the unit Count, but the filter publishes None',
    ]);
    expect(whyNot({ unit: 'Count' }, publishing({ unit: 'Bytes' }))).to.deep.equal([
      'never',
      'it uses only the unit Count, but the filter publishes Bytes',
    ]);
    expect(whyNot({ unit: 'Count' }, publishing({ unit: 'Count' }))).to.equal('series');
  });
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
describe('what an alarm on metric math watches', () => {
  const math = (...metrics: readonly MetricDataQuery[]) => watched({ metrics });
  const valueAt = (metrics: readonly MetricDataQuery[], own = filter()) => {
    const answer = watched({ metrics }, own);
    return answer.kind === 'series' ? answer.series(3).values : answer.why;
  };

  it('is the one query whose data is returned', () => {
    expect(math(stat('m1'), expression('m1 * 2'))).to.include({ kind: 'series', period: 300, what: 'its metric math' });
    expect(math(stat('m1', {}, { returnData: true }))).to.include({ kind: 'series', what: 'its Sum' });
    expect(valueAt([stat('m1'), expression('m1 * 2')])).to.deep.equal({ low: 6, high: 6 });
  });

  it('is the metric of the filter only by namespace, name and dimensions', () => {
    const threeOf = (change: object, query: Partial<MetricDataQuery> = {}, own = filter()) =>
      JSON.stringify(valueAt([stat('m1', change, query), expression('m1 * 1')], own)) === '{"low":3,"high":3}';
    expect(threeOf({})).to.equal(true);
    expect(threeOf({}, { accountId: ACCOUNT })).to.equal(true);
    expect(threeOf({ namespace: 'App' })).to.equal(false);
    expect(threeOf({ metricName: 'Load' })).to.equal(false);
    expect(threeOf({ dimensions: [{ name: 'A', value: 'a' }] })).to.equal(false);
    expect(threeOf({}, {}, publishing({ dimensions: { A: '$.a' } }))).to.equal(false);
  });

  const rows: readonly (readonly [metrics: readonly MetricDataQuery[], why: string, change?: Partial<MetricAlarm>])[] =
    [
      [[stat('m1')], 'its metric math does not return exactly one time series'],
      [
        [stat('m1', {}, { returnData: true }), expression('m1 * 2')],
        'its metric math does not return exactly one time series',
      ],
      [
        [
          stat('m1'),
          stat(
            'm2',
            {},
            {
              metricStat: { metric: { namespace: 'App', metricName: 'Load', dimensions: [] }, period: 60, stat: 'Sum' },
            },
          ),
          expression('m1 + m2'),
        ],
        'its metrics have different periods',
      ],
      [
        [stat('m1'), expression('m1 * 2')],
        'it ignores percentiles of few samples',
        { evaluateLowSampleCountPercentile: 'ignore' },
      ],
      [[stat('m1'), expression('5')], 'its metric math does not make one time series'],
      [
        [stat('m1', {}, { accountId: OTHER_ACCOUNT }), expression('m1 * 2')],
        `it reads the metric of account ${OTHER_ACCOUNT}`,
      ],
      [
        [
          stat(
            'm1',
            {},
            {
              metricStat: {
                metric: { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [] },
                period: 300,
                stat: 'Mode',
              },
            },
          ),
          expression('m1 * 2'),
        ],
        'its statistic is Mode',
      ],
    ];
  for (const [metrics, why, change] of rows) {
    it(`is not known: ${why} (${metrics.length} queries)`, () => {
      expect(whyNot({ metrics, ...change })).to.deep.equal(['undecided', why]);
    });
  }
});
