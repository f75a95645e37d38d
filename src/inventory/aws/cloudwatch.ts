import { DescribeAlarmsCommand, DescribeAlarmsForMetricCommand } from '@aws-sdk/client-cloudwatch';

import type { Alarm, Dimension, MetricAlarm, MetricDataQuery, MetricName } from '../resources.ts';
import { alarmsOnMetric } from '../model.ts';
import type { OperationAnswer } from './answers/operations.ts';
import { withLogAlarms } from './alarm-records.ts';
import type { AccountAccess } from './client/access.ts';
import { omitUndefined, unlessEmpty } from './client/omit-undefined.ts';
import type { PagedList } from './client/paging.ts';
import { readAllPages, readPages } from './client/paging.ts';

/**
 * The alarms that watch a metric directly, in one call without pages. Alarms on other dimensions are left out, in case
 * the answer contains any: they do not watch this metric.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html
 */
export async function readAlarmsForMetric(
  { clients, call }: AccountAccess,
  region: string,
  metric: MetricName,
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
  const { MetricAlarms } = await call('DescribeAlarmsForMetric', region, (options) =>
    clients.cloudWatch(region).send(new DescribeAlarmsForMetricCommand(input), options),
  );
  return alarmsOnMetric(MetricAlarms.map(metricAlarmOf), metric);
}

/**
 * Every alarm of a region, of every type, in pages of 100. AWS lists metric alarms only if no types are named. A region
 * that does not have log alarms yet refuses their type: then the others are listed, and a note says so.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export function readAlarms(access: AccountAccess, region: string): Promise<readonly Alarm[]> {
  return listAlarms(access, region, (list) => readAllPages(list));
}

/**
 * The same, if they are on so few pages.
 *
 * @returns nothing if there are more pages than may be read
 */
export function readFewAlarms(
  access: AccountAccess,
  region: string,
  maxPages: number,
): Promise<readonly Alarm[] | undefined> {
  return listAlarms(access, region, (list) => readPages(list, maxPages));
}

function listAlarms<T>(
  { clients, call, note }: AccountAccess,
  region: string,
  read: (list: PagedList<'DescribeAlarms', Alarm>) => Promise<T>,
): Promise<T> {
  return withLogAlarms(
    (types) =>
      read({
        call,
        operation: 'DescribeAlarms',
        region,
        send: (NextToken, options) => {
          const input = { AlarmTypes: [...types], MaxRecords: 100, ...omitUndefined({ NextToken }) };
          return clients.cloudWatch(region).send(new DescribeAlarmsCommand(input), options);
        },
        itemsOf: alarmsOf,
      }),
    () => {
      note(`log alarms were not checked: CloudWatch in ${region} does not list them`);
    },
  );
}

type Alarms = OperationAnswer<'DescribeAlarms'>;
type AnsweredMetricAlarm = Alarms['MetricAlarms'][number];

function alarmsOf({ MetricAlarms, CompositeAlarms, LogAlarms = [] }: Alarms): readonly Alarm[] {
  return [...MetricAlarms.map(metricAlarmOf), ...CompositeAlarms.map(compositeAlarmOf), ...LogAlarms.map(logAlarmOf)];
}

type AnsweredLogAlarm = NonNullable<Alarms['LogAlarms']>[number];

/** The fields that every type of alarm has. A field that AWS did not send stays open. */
function commonOf(alarm: AnsweredMetricAlarm | AnsweredLogAlarm | Alarms['CompositeAlarms'][number]) {
  return {
    alarmName: alarm.AlarmName,
    alarmArn: alarm.AlarmArn,
    alarmActions: alarm.AlarmActions,
    ...omitUndefined({
      actionsEnabled: alarm.ActionsEnabled,
      // AWS always gives one, so a missing state is none that is known.
      stateValue: alarm.StateValue ?? 'unknown',
      stateTransitionedTimestamp: alarm.StateTransitionedTimestamp?.toISOString(),
      alarmConfigurationUpdatedTimestamp: alarm.AlarmConfigurationUpdatedTimestamp?.toISOString(),
    }),
  };
}

/** The fields of the types of alarms that CloudWatch evaluates on data. */
function evaluationOf({
  EvaluationState: evaluationState,
  WarmUpConfiguration: warmUp,
}: AnsweredMetricAlarm | AnsweredLogAlarm) {
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

function metricAlarmOf(alarm: AnsweredMetricAlarm): MetricAlarm {
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

function compositeAlarmOf(alarm: Alarms['CompositeAlarms'][number]): Alarm {
  return {
    kind: 'composite-alarm',
    ...commonOf(alarm),
    alarmRule: alarm.AlarmRule,
    ...omitUndefined({
      actionsSuppressor: unlessEmpty(alarm.ActionsSuppressor),
      actionsSuppressorWaitPeriod: alarm.ActionsSuppressorWaitPeriod,
    }),
  };
}

function logAlarmOf(alarm: AnsweredLogAlarm): Alarm {
  const { ScheduledQueryConfiguration: query } = alarm;
  const { ScheduleConfiguration: schedule } = query ?? {};
  return {
    kind: 'log-alarm',
    ...commonOf(alarm),
    ...evaluationOf(alarm),
    ...omitUndefined({
      scheduledQueryConfiguration: query && {
        queryString: query.QueryString,
        logGroupIdentifiers: query.LogGroupIdentifiers ?? [],
        ...omitUndefined({
          scheduledQueryRoleARN: query.ScheduledQueryRoleARN,
          aggregationExpression: query.AggregationExpression,
        }),
        scheduleConfiguration: omitUndefined({
          scheduleExpression: schedule?.ScheduleExpression,
          startTimeOffset: schedule?.StartTimeOffset,
          endTimeOffset: schedule?.EndTimeOffset,
        }),
      },
      queryResultsToEvaluate: alarm.QueryResultsToEvaluate,
      queryResultsToAlarm: alarm.QueryResultsToAlarm,
      threshold: alarm.Threshold,
      comparisonOperator: alarm.ComparisonOperator,
      treatMissingData: alarm.TreatMissingData,
    }),
  };
}

function queryOf(query: NonNullable<AnsweredMetricAlarm['Metrics']>[number]): MetricDataQuery {
  const { MetricStat: stat } = query;
  return {
    id: query.Id,
    ...omitUndefined({
      expression: query.Expression,
      returnData: query.ReturnData,
      period: query.Period,
      accountId: query.AccountId,
      metricStat: stat && {
        metric: {
          namespace: stat.Metric.Namespace,
          metricName: stat.Metric.MetricName,
          dimensions: dimensionsOf(stat.Metric.Dimensions),
        },
        period: stat.Period,
        stat: stat.Stat,
        ...omitUndefined({ unit: stat.Unit }),
      },
    }),
  };
}

function dimensionsOf(dimensions: AnsweredMetricAlarm['Dimensions'] = []): readonly Dimension[] {
  return dimensions.map(({ Name, Value }) => ({ name: Name, value: Value }));
}
