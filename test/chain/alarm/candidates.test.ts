import { expect } from 'chai';

import type { Dimension, MetricAlarm, MetricDataQuery } from '../../../src/inventory/resources.ts';
import { findingsIn, publishing, withFilters } from '../../support/alarm-link.ts';
import { ACCOUNT, OTHER_ACCOUNT, alarm, filter } from '../../support/worlds/world.ts';

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
