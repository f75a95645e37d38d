import { expect } from 'chai';

import { willItFire } from '../../../../../src/chain/alarm/firing/will-it-fire.ts';
import type { MetricAlarm, MetricDataQuery, MetricTransformation } from '../../../../../src/inventory/resources.ts';
import { alarm, filter } from '../../../../support/worlds/world.ts';

const metricQuery = (change: Partial<MetricDataQuery['metricStat']> = {}): MetricDataQuery => ({
  id: 'm1',
  returnData: false,
  metricStat: {
    metric: { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [] },
    period: 300,
    stat: 'Sum',
    ...change,
  },
});

/** A metric that nothing is known of. */
const other: MetricDataQuery = {
  id: 'm2',
  returnData: false,
  metricStat: { metric: { namespace: 'App', metricName: 'Load', dimensions: [] }, period: 300, stat: 'Sum' },
};

/** An alarm on metric math: the alarm's settings without those that name a metric. */
function mathAlarm(metrics: readonly MetricDataQuery[], change: Partial<MetricAlarm> = {}): MetricAlarm {
  const named = ['namespace', 'metricName', 'statistic', 'period'];
  const rest = Object.fromEntries(Object.entries(alarm(change)).filter(([name]) => !named.includes(name)));
  return { ...(rest as unknown as MetricAlarm), metrics };
}

function outcome(alarmed: MetricAlarm, transformation: Partial<MetricTransformation> = {}): string {
  const [one = { metricNamespace: '', metricName: '', metricValue: '' }] = filter().metricTransformations;
  const source = { filter: filter({ metricTransformations: [{ ...one, ...transformation }] }), otherFilters: [] };
  const firing = willItFire(alarmed, source);
  return firing.kind === 'fires' ? `fires ${firing.events}` : firing.kind;
}

const of = (expression: string): readonly MetricDataQuery[] => [metricQuery(), other, { id: 'e1', expression }];

describe('an alarm on metric math', () => {
  const rows: readonly (readonly [expression: string, is: string, change?: Partial<MetricAlarm>])[] = [
    ['m1', 'fires 1'],
    ['m1 * 10', 'fires 1', { threshold: 10 }],
    ['m1 * 10', 'fires 2', { threshold: 11 }],
    ['10 * m1 - 5', 'fires 1', { threshold: 5 }],
    ['m1 / 2', 'fires 2'],
    ['m1 + m1', 'fires 1', { threshold: 2 }],
    ['-m1', 'never'],
    ['-m1', 'fires 1', { comparisonOperator: 'LessThanThreshold', threshold: 0 }],
    ['m1 + 1', 'undecided'],
    ['m1 >= 1', 'fires 1'],
    ['m1 > 1', 'fires 2'],
    ['m1 == 1 OR m1 == 2', 'fires 1'],
    ['m1 >= 1 AND m1 < 1', 'never'],
    ['m1 >= 1 && m1 <= 3 || m1 == 5', 'undecided'],
    ['(m1 >= 1 && m1 <= 3) || m1 == 5', 'fires 1'],
    ['m1 != 0', 'fires 1'],
    ['IF(m1 > 0, 1, 0)', 'fires 1'],
    ['IF(m1 > 2, 1)', 'fires 3'],
    ['IF(m1, m1, 0)', 'fires 1'],
    ['IF(m1 > 0, 0, 1)', 'undecided'],
    ['FILL(m1, 0)', 'fires 1'],
    ['FILL(m1, 1)', 'rests-in-alarm'],
    ['FILL(m1, 0)', 'fires 1', { treatMissingData: 'breaching' }],
    ['FILL(m1, 0)', 'fires 1', { treatMissingData: 'ignore' }],
    ['FILL(m1, 0)', 'fires 3', { treatMissingData: 'missing', evaluationPeriods: 3 }],
    ['FILL(m1, REPEAT)', 'undecided'],
    ['FILL(m1, LINEAR)', 'undecided'],
    ['SUM([m1, FILL(m1, 0)])', 'fires 1', { threshold: 2 }],
    ['SUM(METRICS())', 'undecided'],
    ['SUM(METRICS("m1"))', 'fires 1'],
    ['MAX([m1, TIME_SERIES(0)])', 'fires 1'],
    ['MIN([m1, TIME_SERIES(0)])', 'never'],
    ['AVG([m1, TIME_SERIES(0)])', 'fires 2'],
    ['SUM(m1)', 'undecided'],
    ['ABS(-m1)', 'fires 1'],
    ['CEIL(m1 / 10)', 'fires 1'],
    ['FLOOR(m1 / 2)', 'fires 2'],
    ['m1 / PERIOD(m1)', 'fires 1', { threshold: 1 / 300 }],
    ['m1 + m2', 'undecided'],
    ['m2', 'undecided'],
    ['m1 / 0', 'never'],
    ['RATE(m1)', 'undecided'],
    ['DIFF(m1)', 'undecided'],
    ['RUNNING_SUM(m1)', 'undecided'],
    ['ANOMALY_DETECTION_BAND(m1)', 'undecided'],
    ["SEARCH('{Security} MfaDeactivated', 'Sum', 300)", 'undecided'],
    ['SELECT SUM(MfaDeactivated) FROM Security', 'undecided'],
    ['m1 +', 'undecided'],
    ['m9', 'undecided'],
    // "Missing values are treated as 0": with both missing there is a 0 or no datapoint.
    ['m1 + m1', 'undecided', { threshold: 2, treatMissingData: 'ignore' }],
    // Of three series a missing one is 0, so the alarm returns to OK by itself.
    ['IF(FILL(m1, 0), m1, m1)', 'fires 1', { treatMissingData: 'ignore' }],
    ['IF(FILL(m1, 0), m1, m1)', 'fires 1', { treatMissingData: 'breaching' }],
    ['IF(FILL(m1, 0), -m1, m1)', 'rests-in-alarm', { comparisonOperator: 'LessThanThreshold', threshold: 0.5 }],
    // Beside a number a missing other is dropped, as it is where it is left out.
    ['IF(FILL(m1, 0), 5, m1)', 'stays-in-alarm', { treatMissingData: 'ignore' }],
    ['IF(FILL(m1, 0), m1)', 'stays-in-alarm', { treatMissingData: 'ignore' }],
    // For a comparison with a number AWS documents both.
    ['IF(FILL(m1, 0) >= 1, m1, m1)', 'undecided', { treatMissingData: 'ignore' }],
    ['IF(FILL(m1, 0) >= 1, m1, m1)', 'fires 1'],
    // A condition that is a number chooses one series as it is.
    ['IF(1, m1, m1)', 'stays-in-alarm', { treatMissingData: 'ignore' }],
    ['IF(0, 5, m1)', 'fires 1'],
    ['SUM([m1, m1])', 'undecided', { threshold: 2, treatMissingData: 'ignore' }],
    ['e1', 'undecided'],
    ['[m1, m1]', 'undecided'],
  ];
  for (const [expression, is, change = {}] of rows) {
    it(`${expression} ${is}${Object.keys(change).length > 0 ? `, ${JSON.stringify(change)}` : ''}`, () => {
      expect(outcome(mathAlarm(of(expression), change))).to.equal(is);
    });
  }

  it('follows ids from expression to expression', () => {
    const queries = [
      metricQuery(),
      { id: 'e1', expression: 'FILL(m1, 0)', returnData: false },
      { id: 'e2', expression: 'e1 * 2' },
    ];
    expect(outcome(mathAlarm(queries, { threshold: 2 }))).to.equal('fires 1');
  });

  it('on one metric alone, written as metric math, is an alarm on the metric', () => {
    expect(outcome(mathAlarm([{ ...metricQuery(), returnData: true }]))).to.equal('fires 1');
    expect(
      outcome(mathAlarm([{ ...metricQuery({ stat: 'Average' }), returnData: true }]), { defaultValue: 0 }),
    ).to.equal('never');
  });

  const reasons: readonly (readonly [
    claim: string,
    queries: readonly MetricDataQuery[],
    change: Partial<MetricAlarm>,
    why: string,
  ])[] = [
    [
      'that returns two series',
      [metricQuery(), { id: 'e1', expression: 'm1' }, { id: 'e2', expression: 'm1' }],
      {},
      'its metric math does not return exactly one time series',
    ],
    [
      'with metrics of different periods',
      [metricQuery(), { ...metricQuery({ period: 60 }), id: 'm3' }, { id: 'e1', expression: 'm1 + m3' }],
      {},
      'its metrics have different periods',
    ],
    [
      'on the metric of another account',
      [
        { ...metricQuery(), accountId: '999900001111' },
        { id: 'e1', expression: 'm1' },
      ],
      {},
      'it reads the metric of account 999900001111',
    ],
    [
      'that goes in a circle',
      [metricQuery(), { id: 'e1', expression: 'e2', returnData: false }, { id: 'e2', expression: 'e1' }],
      {},
      'its metric math goes in a circle at e2',
    ],
    [
      'on Metrics Insights',
      [{ id: 'q1', expression: 'SELECT SUM(MfaDeactivated) FROM Security' }],
      {},
      'it is a query of Metrics Insights',
    ],
    [
      'with a function of time',
      [metricQuery(), { id: 'e1', expression: 'RATE(m1)' }],
      {},
      'RATE of its metric math is not computed',
    ],
    [
      'that fills the newest minute',
      [metricQuery({ period: 60 }), { id: 'e1', expression: 'FILL(m1, 0)' }],
      {},
      'FILL may take the place of the newest minute before its data arrives',
    ],
  ];
  for (const [claim, queries, change, why] of reasons) {
    it(`${claim} is undecided, and says why`, () => {
      const firing = willItFire(mathAlarm(queries, change), { filter: filter(), otherFilters: [] });
      expect(firing).to.deep.equal({ kind: 'undecided', why });
    });
  }

  it('that fills minutes may still fire as M of N, as AWS advises', () => {
    const queries = [metricQuery({ period: 60 }), { id: 'e1', expression: 'FILL(m1, 0)' }];
    expect(outcome(mathAlarm(queries, { evaluationPeriods: 3, datapointsToAlarm: 1 }))).to.equal('fires 1');
  });
});
