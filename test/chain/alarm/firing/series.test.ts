import { expect } from 'chai';

import type { OtherFilter } from '../../../../src/chain/alarm/firing/metric-source.ts';
import type { Datapoint } from '../../../../src/chain/alarm/firing/datapoint.ts';
import type { Moment } from '../../../../src/chain/alarm/firing/series.ts';
import { metricSeries } from '../../../../src/chain/alarm/firing/series.ts';
import { parseStatistic } from '../../../../src/chain/alarm/firing/statistic.ts';
import type { MetricFilter, MetricTransformation } from '../../../../src/inventory/resources.ts';
import { publishing } from '../../../support/alarm-link.ts';
import { filter } from '../../../support/worlds/world.ts';

const other = (change: Partial<MetricTransformation>, more: Partial<OtherFilter> = {}): OtherFilter => ({
  filter: publishing(change, { filterName: 'other' }),
  isInOtherLogGroup: false,
  matchesOnlyWanted: true,
  ...more,
});

interface Given {
  readonly own?: MetricFilter;
  readonly others?: readonly OtherFilter[];
  readonly statistic?: string;
  readonly period?: number;
  readonly unit?: string;
}
function seriesOf({ own = filter(), others = [], statistic = 'Sum', period = 300, unit }: Given) {
  const parsed = parseStatistic(statistic);
  if (parsed === undefined) throw new Error(`no statistic: ${statistic}`);
  return metricSeries({ filter: own, otherFilters: others }, parsed, period, unit);
}
/** The datapoint of a period. */
function at(moment: Moment, given: Given): Datapoint {
  const series = seriesOf(given);
  if (typeof series === 'string') throw new Error(series);
  return series(moment);
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html */
describe('the series that a statistic of a metric makes', () => {
  it('has a datapoint where events match, and where a default value is published', () => {
    expect(at(3, {})).to.deep.equal({ values: { low: 3, high: 3 }, mayBeMissing: false });
    expect(at('traffic', {})).to.deep.equal({ mayBeMissing: true });
    const own = publishing({ defaultValue: 2 });
    expect(at('traffic', { own })).to.deep.equal({ values: { low: 2, high: Infinity }, mayBeMissing: false });
    expect(at('quiet', { own })).to.deep.equal({ mayBeMissing: true });
  });

  it('holds no default of the filter in a minute with an event, but that of another filter', () => {
    const own = publishing({ defaultValue: 0 });
    const average = { own, statistic: 'Average' };
    expect(at(1, { ...average, period: 60 }).values).to.deep.equal({ low: 1, high: 1 });
    expect(at(1, { ...average, period: 300 }).values).to.deep.equal({ low: 0, lowOpen: true, high: 0.5 });
    const others = [other({ defaultValue: 0 })];
    expect(at(1, { ...average, others, period: 60 }).values).to.deep.equal({ low: 0, lowOpen: true, high: 1 });
  });

  it('holds what a filter of another log group publishes also while this one is quiet', () => {
    const often = { matchesOnlyWanted: false };
    const here = [other({}, often)];
    const elsewhere = [other({}, { ...often, isInOtherLogGroup: true })];
    const some = { values: { low: 1, high: Infinity }, mayBeMissing: true };
    expect(at('quiet', { others: here })).to.deep.equal({ mayBeMissing: true });
    expect(at('traffic', { others: here })).to.deep.equal(some);
    expect(at('quiet', { others: elsewhere })).to.deep.equal(some);
  });

  it('holds only samples of the unit that the alarm asks for', () => {
    expect(at(1, { unit: 'None' }).values).to.deep.equal({ low: 1, high: 1 });
    expect(at(1, { unit: 'Bytes' })).to.deep.equal({ mayBeMissing: true });
    expect(at(1, { own: publishing({ unit: 'Bytes' }), unit: 'Bytes' }).values).to.deep.equal({ low: 1, high: 1 });
  });

  const twice = [...filter().metricTransformations, ...filter().metricTransformations];
  const rows: readonly (readonly [given: Given, why: string])[] = [
    [{ own: filter({ metricTransformations: twice }) }, 'metric filter mfa names no single metric'],
    [
      { own: publishing({ metricValue: '$.responseElements.size' }) },
      'the value of its metric comes from the event ($.responseElements.size)',
    ],
    [{ own: publishing({ metricValue: '1e110' }) }, 'CloudWatch does not accept the value 1e110 of its metric'],
    [{ others: [other({ metricValue: '$.size' })] }, 'metric filter other publishes to the same metric'],
    [{ others: [other({ unit: 'Bytes' })] }, 'metric filter other publishes to the same metric in Bytes, not in None'],
    [{ others: [other({ metricValue: '-1' })], statistic: 'p99' }, 'AWS computes no p99 of negative values'],
  ];
  for (const [given, why] of rows) {
    it(`is not known: ${why}`, () => {
      expect(seriesOf(given)).to.equal(why);
    });
  }
});

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
describe('the value that a filter publishes', () => {
  const values: readonly (readonly [text: string, value: number])[] = [
    ['12', 12],
    ['+1', 1],
    ['-1', -1],
    ['1.', 1],
    ['1.25', 1.25],
    ['.55', 0.55],
    ['1e2', 100],
    ['1E+12', 1e12],
    ['5e-1', 0.5],
    [String(2 ** 360), 2 ** 360],
    [String(-(2 ** 360)), -(2 ** 360)],
  ];
  for (const [text, value] of values) {
    it(`may be ${text}`, () => {
      expect(at(1, { own: publishing({ metricValue: text }) }).values).to.deep.equal({ low: value, high: value });
    });
  }

  for (const text of ['$.n', 'x1', '1x', '1e', '1ee5', '1x5', 'e5', '.', '1.x', '.x', '1e5x', '']) {
    it(`is not a number: ${JSON.stringify(text)}`, () => {
      expect(seriesOf({ own: publishing({ metricValue: text }) })).to.equal(
        `the value of its metric comes from the event (${text})`,
      );
    });
  }
});
