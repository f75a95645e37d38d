import { expect } from 'chai';

import type { Datapoint } from '../../../../../src/chain/alarm/firing/datapoint.ts';
import { certain, missing } from '../../../../../src/chain/alarm/firing/datapoint.ts';
import type { Interval } from '../../../../../src/chain/alarm/firing/interval.ts';
import { exactly } from '../../../../../src/chain/alarm/firing/interval.ts';
import type { MathValue } from '../../../../../src/chain/alarm/firing/metric-math/metric-math-operators.ts';
import { valueOfQuery } from '../../../../../src/chain/alarm/firing/metric-math/metric-math-value.ts';
import type { MetricDataQuery } from '../../../../../src/inventory/resources.ts';

/** What is known of each metric at the moment that is looked at; of `m6` nothing is known. */
const metrics: Readonly<Record<string, Datapoint | string>> = {
  m1: certain(exactly(2)),
  m2: { values: exactly(3), mayBeMissing: true },
  m3: missing,
  m4: certain({ low: -1, high: 4 }),
  m5: 'nobody knows it',
};

const metric = (id: string): MetricDataQuery => ({
  id,
  metricStat: { metric: { namespace: 'App', metricName: id, dimensions: [] }, period: 300, stat: 'Sum' },
});

function evaluated(expression: string, more: readonly MetricDataQuery[] = []) {
  const query = { id: 'e1', expression };
  const queries = [...['m1', 'm2', 'm3', 'm4'].map(metric), query, ...more];
  const known = [metric('m5'), metric('m6')].filter(({ id }) => expression.includes(id));
  const seriesOf = ({ id }: MetricDataQuery) => {
    const of = metrics[id];
    return of === undefined || typeof of === 'string' ? of : () => of;
  };
  return valueOfQuery(query, { queries: [...queries, ...known], period: 300, seriesOf });
}

const range = ({ low, high }: Interval) => (low === high ? String(low) : `${low} to ${high}`);

/** `= 2` for a number, `2` for a series, `1 to 3 or missing` for what may be, `2 | = 1` for a list, or the reason. */
function written(value: MathValue | string): string {
  if (typeof value === 'string') return value;
  if (value.kind === 'list') return value.items.map(written).join(' | ');
  if (value.kind === 'scalar') return `= ${range(value.value)}`;
  const { values, mayBeMissing } = value.series(0);
  return [...(values ? [range(values)] : []), ...(mayBeMissing ? ['missing'] : [])].join(' or ');
}

/**
 * Followed from AWS's page, with m1 = 2, m2 = 3 or missing, m3 missing, and m4 between -1 and 4.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
const rows: readonly (readonly [expression: string, is: string])[] = [
  // Numbers.
  ['1 + 2', '= 3'],
  ['1 - 2', '= -1'],
  ['2 * 3', '= 6'],
  ['6 / 3', '= 2'],
  ['1 / 0', 'its metric math divides by zero'],
  ['2 ^ 3', '= 8'],
  ['(1 - 2) ^ 0.5', '= -Infinity to Infinity'],
  ['1 < 2', '= 1'],
  ['2 < 2', '= 0'],
  ['2 <= 2', '= 1'],
  ['3 <= 2', '= 0'],
  ['2 > 1', '= 1'],
  ['2 > 2', '= 0'],
  ['2 >= 2', '= 1'],
  ['1 >= 2', '= 0'],
  ['2 == 2', '= 1'],
  ['2 == 3', '= 0'],
  ['2 != 2', '= 0'],
  ['2 != 3', '= 1'],
  ['1 AND 2', '= 1'],
  ['1 AND 0', '= 0'],
  ['0 AND 1', '= 0'],
  ['0 OR 2', '= 1'],
  ['0 OR 0', '= 0'],
  // Series: a missing value next to another one is 0.
  ['m1 + 1', '3'],
  ['m2 + 1', '1 to 4 or missing'],
  ['1 + m2', '1 to 4 or missing'],
  ['m1 + m2', '2 to 5'],
  ['m2 + m1', '2 to 5'],
  ['m2 + m2', '0 to 6 or missing'],
  ['m3 + m3', '0 or missing'],
  ['m3 + m1', '2'],
  ['m1 + m3', '2'],
  ['m1 / 0', 'missing'],
  ['m1 / m4', '-Infinity to Infinity or missing'],
  ['m1 * m4', '-2 to 8'],
  ['m1 - m4', '-2 to 3'],
  ['m4 > 0', '0 to 1'],
  ['m4 AND 1', '0 to 1'],
  ['m4 AND 0', '0'],
  ['m4 OR 1', '1'],
  ['m4 OR 0', '0 to 1'],
  ['m1 ^ 2', '4'],
  ['m4 ^ 2', '-Infinity to Infinity'],
  ['2 ^ m4', '-Infinity to Infinity'],
  ['-m4', '-4 to 1'],
  ['-m3', 'missing'],
  ['-m2', '-3 or missing'],
  ['-(1)', '= -1'],
  // Lists.
  ['[m1, 1] + 1', '3 | = 2'],
  ['10 - [1, 2]', '= 9 | = 8'],
  ['[1, 2] - 10', '= -9 | = -8'],
  ['1 / [1, 0]', 'its metric math divides by zero'],
  ['[m1] + [m1]', 'its metric math computes with two lists'],
  ['[m1, [1, 2]]', '2 | = 1 | = 2'],
  ['-[m1, 1]', '-2 | = -1'],
  // Functions of one value.
  ['ABS(m4)', '0 to 4'],
  ['ABS(1 - 4)', '= 3'],
  ['ABS(m3)', 'missing'],
  ['ABS([1 - 2, m1])', '= 1 | 2'],
  ['CEIL(m1 / 4)', '1'],
  ['FLOOR(m1 / 4)', '0'],
  ['TIME_SERIES(5)', '5'],
  ['TIME_SERIES(m1)', 'TIME_SERIES of a series, in its metric math, is not computed'],
  ['METRIC_COUNT([m1, m2])', '= 2'],
  ['METRIC_COUNT(m1)', 'METRIC_COUNT of one series, in its metric math, is not computed'],
  ['PERIOD(m1)', '= 300'],
  ['METRICS()', '2 | 3 or missing | missing | -1 to 4'],
  ['METRICS("m1")', '2'],
  ['SUM(METRICS("x"))', 'SUM of its metric math has no argument'],
  // Filling.
  ['FILL(m1, 0)', '2'],
  ['FILL(m2, 0)', '0 to 3'],
  ['FILL(m3, 7)', '7'],
  ['FILL(m2, m3)', '3 or missing'],
  ['FILL([m3, m1], 1)', '1 | 2'],
  ['FILL(m1, [1])', 'FILL of its metric math has a list as its filler'],
  ['FILL(m1)', 'FILL of its metric math has no filler'],
  ['FILL(m1, REPEAT)', 'its metric math fills with REPEAT'],
  ['FILL(m1, LINEAR)', 'its metric math fills with LINEAR'],
  ['FILL(m1, OTHER)', 'its metric math refers to OTHER'],
  // Conditions that are numbers, and that are series.
  ['IF(1, m2, m1)', '3 or missing'],
  ['IF(0, m1, m2)', '3 or missing'],
  ['IF(0, m1)', 'missing'],
  ['IF(m1, m2)', '0 to 3'],
  ['IF(m1, m3)', '0'],
  ['IF(m1, m1)', '2'],
  ['IF(m3, 1, 1)', 'missing'],
  ['IF(m2, 5)', '5 or missing'],
  ['IF(m4, 1, 2)', '1 to 2'],
  ['IF(m4, 1)', '1 or missing'],
  ['IF(m1 - 2, 1, m2)', '3 or missing'],
  ['IF(m1 - 2, m1, m2)', '0 to 3'],
  ['IF(m1 > m1, m1, m2)', '0 to 3'],
  ['IF(m1 > 2, m1, m2)', '0 to 3 or missing'],
  ['IF(2 < m1, m1, m2)', '0 to 3 or missing'],
  ['IF(m1 < -1, m1, m2)', '0 to 3 or missing'],
  ['IF([m1], 1)', 'IF over a list, in its metric math, is not computed'],
  ['IF(m1)', 'IF of its metric math has no value'],
  // Several series at one moment.
  ['SUM([m1, m2])', '2 to 5'],
  ['SUM([m2, m3])', '0 to 3 or missing'],
  ['AVG([m1, m2])', '1 to 2.5'],
  ['MIN([m1, m4])', '-1 to 2'],
  ['MAX([m1, m4])', '2 to 4'],
  ['MIN([m1, m2])', '0 to 3'],
  ['MAX([m2, m3])', '0 to 3 or missing'],
  ['SUM(m1)', 'SUM over time, in its metric math, is not computed'],
  ['SUM([])', 'SUM of its metric math has no argument'],
  ['ABS()', 'ABS of its metric math has no argument'],
  // What is not computed.
  ['RATE(m1)', 'RATE of its metric math is not computed'],
  ['m9', 'its metric math refers to m9'],
  ['m9 + m1', 'its metric math refers to m9'],
  ['m1 + m9', 'its metric math refers to m9'],
  ['-m9', 'its metric math refers to m9'],
  ['[m1, m9]', 'its metric math refers to m9'],
  ['ABS(m9)', 'its metric math refers to m9'],
  ['FILL([m1, 1], m9)', 'its metric math refers to m9'],
  ['"text"', 'its metric math has a text where a value is expected: text'],
  ['m1 +', 'its metric math is not understood: m1 +'],
  [' select SUM(x) FROM y', 'it is a query of Metrics Insights'],
  ['e1', 'its metric math goes in a circle at e1'],
  ['m5 + 1', 'nobody knows it'],
  ['METRICS("m5")', 'nobody knows it'],
  ['m6', '-Infinity to Infinity or missing'],
];

describe('a value of metric math', () => {
  for (const [expression, is] of rows) {
    it(`${expression} is ${is}`, () => {
      expect(written(evaluated(expression).value)).to.equal(is);
    });
  }

  it('tells whether missing data is filled in on the way', () => {
    expect(evaluated('FILL(m1, 0)').fillsMissing).to.equal(true);
    expect(evaluated('m1').fillsMissing).to.equal(false);
    expect(evaluated('e2', [{ id: 'e2', expression: 'FILL(m1, 0)' }]).fillsMissing).to.equal(true);
  });

  it('of several queries with one id is that of the first', () => {
    const twice = [
      { id: 'e2', expression: '1' },
      { id: 'e2', expression: '2' },
    ];
    expect(written(evaluated('e2', twice).value)).to.equal('= 1');
  });

  it('is not computed where expressions name each other too often, or are too many', () => {
    const chain = Array.from({ length: 120 }, (_, at) => ({ id: `c${at}`, expression: `c${at + 1}` }));
    expect(written(evaluated('c0', chain).value)).to.equal(
      'its metric math names too many expressions within each other',
    );
    const sum = Array.from({ length: 1100 }, () => '1').join(' + ');
    expect(written(evaluated(sum).value)).to.match(/^its metric math has (too many expressions|more than 1000 values)/);
    const forty = (name: string) => `[${Array.from({ length: 40 }, () => name).join(', ')}]`;
    expect(written(evaluated(forty('c'), [{ id: 'c', expression: forty('m1') }]).value)).to.equal(
      'its metric math has more than 1000 values',
    );
  });
});
