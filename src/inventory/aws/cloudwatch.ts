import type {
  CompositeAlarm as SdkComposite,
  DescribeAlarmsCommandOutput,
  Dimension as SdkDimension,
  LogAlarm as SdkLogAlarm,
  MetricAlarm as SdkAlarm,
  MetricDataQuery as SdkQuery,
} from '@aws-sdk/client-cloudwatch';
import { DescribeAlarmsCommand, DescribeAlarmsForMetricCommand } from '@aws-sdk/client-cloudwatch';

import type { Alarm, Dimension, MetricAlarm, MetricDataQuery, MetricName } from '../resources.ts';
import { alarmsOnMetric } from '../model.ts';
import type { Call } from './client/call.ts';
import type { AwsClients } from './client/clients.ts';
import { omitUndefined, unlessEmpty } from './client/omit-undefined.ts';
import { readAllPages } from './client/paging.ts';

/**
 * The alarms right on a metric, in one call without pages. What comes is sifted again: an answer with alarms on other
 * dimensions would connect what is not connected.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html
 */
export async function readAlarmsForMetric(
  clients: AwsClients,
  region: string,
  metric: MetricName,
  call: Call,
): Promise<readonly MetricAlarm[]> {
  const { namespace, metricName, dimensions } = metric;
  const input = {
    Namespace: namespace,
    MetricName: metricName,
    ...omitUndefined({
      Dimensions:
        dimensions.length === 0 ? undefined : dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
    }),
  };
  const { MetricAlarms = [] } = await call({ service: 'cloudwatch', operation: 'DescribeAlarmsForMetric' }, (options) =>
    clients.cloudWatch(region).send(new DescribeAlarmsForMetricCommand(input), options),
  );
  return alarmsOnMetric(MetricAlarms.map(metricAlarmOf), metric);
}

/**
 * Every alarm of a region, of every kind, in pages of 100. Without kinds named AWS lists metric alarms only.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function readAlarms(clients: AwsClients, region: string, call: Call): Promise<readonly Alarm[]> {
  return readAllPages(async (NextToken) => {
    const input = {
      AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const, 'LogAlarm' as const],
      MaxRecords: 100,
      ...omitUndefined({ NextToken }),
    };
    const page = await call({ service: 'cloudwatch', operation: 'DescribeAlarms' }, (options) =>
      clients.cloudWatch(region).send(new DescribeAlarmsCommand(input), options),
    );
    return { items: alarmsOf(page), next: page.NextToken };
  });
}

function alarmsOf({
  MetricAlarms = [],
  CompositeAlarms = [],
  LogAlarms = [],
}: DescribeAlarmsCommandOutput): readonly Alarm[] {
  return [...MetricAlarms.map(metricAlarmOf), ...CompositeAlarms.map(compositeAlarmOf), ...LogAlarms.map(logAlarmOf)];
}

/** What every kind of alarm has. What AWS did not say stays open: nothing takes the place of a missing member. */
function commonOf(alarm: SdkAlarm | SdkComposite | SdkLogAlarm) {
  return {
    alarmName: alarm.AlarmName ?? '',
    alarmArn: alarm.AlarmArn ?? '',
    alarmActions: alarm.AlarmActions ?? [],
    ...omitUndefined({
      actionsEnabled: alarm.ActionsEnabled,
      stateValue: alarm.StateValue,
      stateTransitionedTimestamp: alarm.StateTransitionedTimestamp?.toISOString(),
      alarmConfigurationUpdatedTimestamp: alarm.AlarmConfigurationUpdatedTimestamp?.toISOString(),
    }),
  };
}

/** What the kinds of alarms have that CloudWatch evaluates on data. */
function evaluationOf({ EvaluationState: evaluationState, WarmUpConfiguration: warmUp }: SdkAlarm | SdkLogAlarm) {
  return omitUndefined({
    evaluationState,
    warmUpConfiguration:
      warmUp &&
      omitUndefined({
        warmUpPeriodDurationInMinutes: warmUp.WarmUpPeriodDurationInMinutes,
        onlyStartEvaluatingAfterWarmUpPeriodEnds: warmUp.OnlyStartEvaluatingAfterWarmUpPeriodEnds,
      }),
  });
}

function metricAlarmOf(alarm: SdkAlarm): MetricAlarm {
  return {
    kind: 'metric-alarm',
    ...commonOf(alarm),
    ...evaluationOf(alarm),
    dimensions: dimensionsOf(alarm.Dimensions),
    metrics: (alarm.Metrics ?? []).map(queryOf),
    ...omitUndefined({
      namespace: alarm.Namespace,
      metricName: alarm.MetricName,
      statistic: alarm.Statistic,
      extendedStatistic: alarm.ExtendedStatistic,
      period: alarm.Period,
      unit: alarm.Unit,
      evaluationPeriods: alarm.EvaluationPeriods,
      datapointsToAlarm: alarm.DatapointsToAlarm,
      threshold: alarm.Threshold,
      comparisonOperator: alarm.ComparisonOperator,
      treatMissingData: alarm.TreatMissingData,
      evaluateLowSampleCountPercentile: alarm.EvaluateLowSampleCountPercentile,
      thresholdMetricId: alarm.ThresholdMetricId,
      evaluationWindow: alarm.EvaluationWindow && Object.keys(alarm.EvaluationWindow)[0],
      promQuery: alarm.EvaluationCriteria?.PromQLCriteria?.Query,
    }),
  };
}

function compositeAlarmOf(alarm: SdkComposite): Alarm {
  return {
    kind: 'composite-alarm',
    ...commonOf(alarm),
    alarmRule: alarm.AlarmRule ?? '',
    ...omitUndefined({
      actionsSuppressor: unlessEmpty(alarm.ActionsSuppressor),
      actionsSuppressorWaitPeriod: alarm.ActionsSuppressorWaitPeriod,
    }),
  };
}

function logAlarmOf(alarm: SdkLogAlarm): Alarm {
  return { kind: 'log-alarm', ...commonOf(alarm), ...evaluationOf(alarm) };
}

function queryOf(query: SdkQuery): MetricDataQuery {
  const { MetricStat: stat } = query;
  return {
    id: query.Id ?? '',
    ...omitUndefined({
      expression: query.Expression,
      returnData: query.ReturnData,
      period: query.Period,
      accountId: query.AccountId,
      metricStat: stat && {
        metric: {
          namespace: stat.Metric?.Namespace ?? '',
          metricName: stat.Metric?.MetricName ?? '',
          dimensions: dimensionsOf(stat.Metric?.Dimensions),
        },
        period: stat.Period ?? 0,
        stat: stat.Stat ?? '',
        ...omitUndefined({ unit: stat.Unit }),
      },
    }),
  };
}

function dimensionsOf(dimensions: readonly SdkDimension[] = []): readonly Dimension[] {
  return dimensions.map(({ Name = '', Value = '' }) => ({ name: Name, value: Value }));
}
