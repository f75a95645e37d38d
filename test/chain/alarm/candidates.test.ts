import { expect } from 'chai';

import { indexAlarms } from '../../../src/chain/alarm/alarm-index.ts';
import { candidatesFor, isWatching } from '../../../src/chain/alarm/candidates.ts';
import type { Dimension, MetricAlarm, MetricDataQuery, MetricFilter } from '../../../src/inventory/resources.ts';
import { findingsIn, publishing, withFilters } from '../../support/alarm-link.ts';
import { contextOf } from '../../support/judging.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  alarm,
  filter,
  snapshotOf,
  soundWorld,
  trail,
} from '../../support/worlds/world.ts';

const metric = { namespace: 'Security', metricName: 'MfaDeactivated', dimensions: [] };

/** An alarm without a metric of its own, as AWS lists those on metric math and on queries. */
const withoutMetric = (change: Partial<MetricAlarm>): MetricAlarm => ({
  ...(Object.fromEntries(
    Object.entries(alarm()).filter(([name]) => !['namespace', 'metricName', 'statistic', 'period'].includes(name)),
  ) as unknown as MetricAlarm),
  ...change,
});
const reads = (namespace: string, metricName: string, id = 'm1'): MetricDataQuery => ({
  id,
  returnData: false,
  metricStat: { metric: { namespace, metricName, dimensions: [] }, period: 300, stat: 'Sum' },
});
const computes = (expression: string): MetricDataQuery => ({ id: 'e1', expression });

/** How an alarm is related to the metric of a filter: its kind, and why it is not followed. */
function relation(one: MetricAlarm, own: MetricFilter = filter()): readonly string[] {
  const path = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: own };
  const candidates = candidatesFor(metric, indexAlarms([one]), path, contextOf(snapshotOf(soundWorld())));
  return candidates.flatMap((candidate) =>
    candidate.kind === 'not-followed' ? [candidate.kind, candidate.why] : [candidate.kind],
  );
}

describe('an alarm, as the metric of a filter sees it,', () => {
  const math = (...metrics: readonly MetricDataQuery[]) => withoutMetric({ metrics });
  const nameOnly = Object.fromEntries(Object.entries(alarm()).filter(([name]) => name !== 'namespace'));
  const rows: readonly (readonly [claim: string, one: MetricAlarm, is: readonly string[]])[] = [
    ['is on it by namespace and name', alarm(), ['on-metric']],
    ['is on another one in another namespace', alarm({ namespace: 'App' }), ['other-namespace']],
    [
      'is not followed where its namespace is not given',
      nameOnly as unknown as MetricAlarm,
      ['not-followed', 'its namespace is not given'],
    ],
    ['is on another one by another name', alarm({ metricName: 'Load' }), []],
    ['is on another one with dimensions', alarm({ dimensions: [{ name: 'A', value: 'a' }] }), ['other-dimensions']],
    ['reads it in metric math', math(reads('Security', 'MfaDeactivated'), computes('m1 * 2')), ['on-math']],
    [
      'reads it in metric math besides others',
      math(reads('App', 'Load'), reads('Security', 'MfaDeactivated', 'm2'), computes('m1 + m2')),
      ['on-math'],
    ],
    ['reads one of its name in another namespace', math(reads('App', 'MfaDeactivated'), computes('m1 * 2')), []],
    [
      'reads others of which one has its name and one its namespace',
      math(reads('App', 'MfaDeactivated'), reads('Security', 'Load', 'm2'), computes('m1 + m2')),
      [],
    ],
    ['may search for it', math(computes("SUM(SEARCH('{Security} Mfa', 'Sum'))")), ['on-math']],
    [
      'is on a PromQL query that names it, which is not followed',
      withoutMetric({ promQuery: 'sum({"MfaDeactivated"}) > 0' }),
      ['not-followed', 'it is on a PromQL query'],
    ],
    ['is on a PromQL query that does not name it', withoutMetric({ promQuery: 'sum({"Load"}) > 0' }), []],
  ];
  for (const [claim, one, is] of rows) {
    it(`${claim}: ${is.join(', ') || 'no candidate'}`, () => {
      expect(relation(one)).to.deep.equal(is);
    });
  }

  it('sees what a filter publishes with dimensions only with these, and their values', () => {
    const own = publishing({ dimensions: { Account: '$.recipientAccountId' } });
    const on = (value: string) => alarm({ dimensions: [{ name: 'Account', value }] });
    expect(relation(on(ACCOUNT), own)).to.deep.equal(['on-metric']);
    expect(relation(on('999900001111'), own)).to.deep.equal(['other-dimensions']);
    expect(relation(alarm(), own)).to.deep.equal(['other-dimensions']);
    const byUser = publishing({ dimensions: { User: '$.userIdentity.userName' } });
    expect(relation(alarm({ dimensions: [{ name: 'User', value: 'alice' }] }), byUser)).to.deep.equal([
      'not-followed',
      'the values of its dimensions depend on the event',
    ]);
  });

  it('may go into ALARM by the metric unless it watches another one', () => {
    const one = alarm();
    expect(isWatching({ kind: 'on-metric', alarm: one })).to.equal(true);
    expect(isWatching({ kind: 'on-math', alarm: one })).to.equal(true);
    expect(isWatching({ kind: 'not-followed', alarm: one, why: 'so' })).to.equal(true);
    expect(isWatching({ kind: 'other-dimensions', alarm: one })).to.equal(false);
    expect(isWatching({ kind: 'other-namespace', alarm: one, namespace: 'App' })).to.equal(false);
  });
});

/** An alarm on metric math, or on a query of Metrics Insights. */
function onMath(...metrics: readonly MetricDataQuery[]): MetricAlarm {
  const { kind, alarmName, alarmArn, alarmActions, comparisonOperator, threshold, evaluationPeriods } = alarm();
  const settings = { comparisonOperator, threshold, evaluationPeriods, treatMissingData: 'notBreaching' };
  const known = Object.entries(settings).filter(([, value]) => value !== undefined);
  return {
    kind,
    alarmName,
    alarmArn,
    alarmActions,
    actionsEnabled: true,
    stateValue: 'OK',
    dimensions: [],
    metrics,
    ...Object.fromEntries(known),
  };
}

const ofMetric = (dimensions: readonly Dimension[] = [], change: Partial<MetricDataQuery> = {}): MetricDataQuery => ({
  id: 'm1',
  metricStat: {
    metric: { namespace: 'Security', metricName: 'MfaDeactivated', dimensions },
    period: 300,
    stat: 'Sum',
  },
  ...change,
});
const insights = (expression: string): MetricDataQuery => ({ id: 'q1', expression, period: 300 });

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
describe('an alarm on metric math', () => {
  const found = (own: MetricAlarm, by = filter()) => findingsIn(withFilters([by], [], own));

  it('watches the metric that a query of it reads', () => {
    expect(found(onMath(ofMetric()))).to.deep.equal(['mfa-alarm: holds']);
    expect(found(onMath(ofMetric([], { accountId: ACCOUNT })))).to.deep.equal(['mfa-alarm: holds']);
  });

  it('does not watch it in another account', () => {
    expect(found(onMath(ofMetric([], { accountId: OTHER_ACCOUNT })))).to.deep.equal(['none: NO_ALARM']);
  });

  it('does not see a filter that publishes with other dimensions', () => {
    const team = [{ name: 'Team', value: 'a' }];
    expect(found(onMath(ofMetric(team)))).to.deep.equal(['mfa-alarm: ALARM_OTHER_DIMENSIONS']);
    const byEvent = publishing({ dimensions: { Event: '$.eventName' } });
    expect(found(onMath(ofMetric()), byEvent)).to.deep.equal(['mfa-alarm: ALARM_OTHER_DIMENSIONS']);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html: "additional dimensions"
  it('does not see a filter that publishes with the account or the region as a dimension', () => {
    for (const field of ['@aws.account', '@aws.region']) {
      const byPlace = filter({ emitSystemFieldDimensions: [field] });
      expect(found(onMath(ofMetric()), byPlace)).to.deep.equal(['mfa-alarm: ALARM_OTHER_DIMENSIONS']);
    }
  });

  it('may see a filter whose dimensions have the values that it asks for', () => {
    const byEvent = publishing({ dimensions: { Event: '$.eventName' } });
    const wanted = [{ name: 'Event', value: 'DeactivateMFADevice' }];
    expect(found(onMath(ofMetric(wanted)), byEvent)).to.deep.equal(['mfa-alarm: ALARM_NOT_COMPUTED']);
  });
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
describe('an alarm on a query of Metrics Insights', () => {
  const found = (expression: string, by = filter()) => findingsIn(withFilters([by], [], onMath(insights(expression))));

  const rows: readonly (readonly [claim: string, expression: string, is: string])[] = [
    ['may watch the metric that it names', 'SELECT SUM(MfaDeactivated) FROM Security', 'mfa-alarm: ALARM_NOT_COMPUTED'],
    [
      'may name it in quotes, with keywords in any case',
      'select SUM("MfaDeactivated") from SCHEMA("Security")',
      'mfa-alarm: ALARM_NOT_COMPUTED',
    ],
    ['does not watch another metric', 'SELECT SUM(RootLogin) FROM Security', 'none: NO_ALARM'],
    ['does not watch another namespace', 'SELECT AVG(CPUUtilization) FROM "AWS/EC2"', 'none: NO_ALARM'],
    ['names metrics in their case', 'SELECT SUM(mfadeactivated) FROM Security', 'none: NO_ALARM'],
  ];
  for (const [claim, expression, is] of rows) {
    it(claim, () => {
      expect(found(expression)).to.deep.equal([is]);
    });
  }

  it('may name a metric with a quotation mark in another spelling', () => {
    const quoted = publishing({ metricName: 'Mfa"Off"' });
    expect(found('SELECT SUM("Mfa\\"Off\\"") FROM Security', quoted)).to.deep.equal(['mfa-alarm: ALARM_NOT_COMPUTED']);
  });

  it('may watch any metric by a search', () => {
    expect(found('SEARCH(\'Security\', "Sum", 300)')).to.deep.equal(['mfa-alarm: ALARM_NOT_COMPUTED']);
  });
});
