import * as v from 'valibot';

import { flag, listOf, members, name, number, optional, pageToken, text, time } from './fields.ts';

const dimensions = v.array(members({ Name: name, Value: name }), 'is missing or not a list');

/** The fields that every type of alarm has. */
const alarm = {
  AlarmName: name,
  AlarmArn: name,
  AlarmActions: listOf(name),
  // Where it is missing, the model leaves it open.
  ActionsEnabled: optional(flag),
  StateValue: optional(text),
  StateTransitionedTimestamp: optional(time),
  AlarmConfigurationUpdatedTimestamp: optional(time),
};

/** The fields of the types of alarms that CloudWatch evaluates on data. */
const evaluation = {
  EvaluationState: optional(text),
  WarmUpConfiguration: optional(
    members({
      WarmUpPeriodDurationInMinutes: optional(number),
      OnlyStartEvaluatingAfterWarmUpPeriodEnds: optional(flag),
    }),
  ),
};

const metricDataQuery = members({
  Id: name,
  Expression: optional(text),
  ReturnData: optional(flag),
  Period: optional(number),
  AccountId: optional(text),
  MetricStat: optional(
    members({
      Metric: members({ Namespace: name, MetricName: name, Dimensions: optional(dimensions) }),
      Period: number,
      Stat: name,
      Unit: optional(text),
    }),
  ),
});

const metricAlarm = v.pipe(
  members({
    ...alarm,
    ...evaluation,
    Namespace: optional(text),
    MetricName: optional(text),
    Dimensions: optional(dimensions),
    Statistic: optional(text),
    ExtendedStatistic: optional(text),
    Period: optional(number),
    Unit: optional(text),
    EvaluationPeriods: optional(number),
    DatapointsToAlarm: optional(number),
    Threshold: optional(number),
    ComparisonOperator: optional(text),
    TreatMissingData: optional(text),
    EvaluateLowSampleCountPercentile: optional(text),
    ThresholdMetricId: optional(text),
    Metrics: optional(v.array(metricDataQuery)),
    EvaluationWindow: optional(v.record(text, v.unknown())),
    EvaluationCriteria: optional(members({ PromQLCriteria: optional(members({ Query: optional(text) })) })),
  }),
  v.check(
    ({ MetricName, Dimensions }) => MetricName === undefined || Dimensions !== undefined,
    'has a metric and no list of dimensions',
  ),
);

const compositeAlarm = members({
  ...alarm,
  AlarmRule: name,
  ActionsSuppressor: optional(text),
  ActionsSuppressorWaitPeriod: optional(number),
});

const logAlarm = members({
  ...alarm,
  ...evaluation,
  ScheduledQueryConfiguration: optional(
    members({
      QueryString: text,
      LogGroupIdentifiers: optional(v.array(name)),
      ScheduledQueryRoleARN: optional(text),
      AggregationExpression: optional(text),
      ScheduleConfiguration: optional(
        members({
          ScheduleExpression: optional(text),
          StartTimeOffset: optional(number),
          EndTimeOffset: optional(number),
        }),
      ),
    }),
  ),
  QueryResultsToEvaluate: optional(number),
  QueryResultsToAlarm: optional(number),
  Threshold: optional(number),
  ComparisonOperator: optional(text),
  TreatMissingData: optional(text),
});

/**
 * The answers of CloudWatch.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListAlarmMuteRules.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetAlarmMuteRule.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 */
export const cloudWatchAnswers = {
  DescribeAlarmsForMetric: members({ MetricAlarms: listOf(metricAlarm) }),
  // A region that does not have log alarms yet has no list of them.
  DescribeAlarms: members({
    MetricAlarms: listOf(metricAlarm),
    CompositeAlarms: listOf(compositeAlarm),
    LogAlarms: optional(v.array(logAlarm)),
    NextToken: pageToken,
  }),
  ListAlarmMuteRules: members({
    AlarmMuteRuleSummaries: listOf(
      members({
        AlarmMuteRuleArn: v.pipe(name, v.regex(/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm-mute-rule:./, 'is not an ARN')),
        Status: optional(text),
      }),
    ),
    NextToken: pageToken,
  }),
  GetAlarmMuteRule: members({
    Rule: members({ Schedule: members({ Expression: name, Duration: name, Timezone: optional(text) }) }),
    MuteTargets: optional(members({ AlarmNames: listOf(name) })),
    StartDate: optional(time),
    ExpireDate: optional(time),
  }),
  SetAlarmState: members({}),
  DescribeAlarmHistory: members({
    AlarmHistoryItems: listOf(
      members({ AlarmName: optional(text), Timestamp: time, HistorySummary: name, HistoryData: optional(text) }),
    ),
    NextToken: pageToken,
  }),
};
