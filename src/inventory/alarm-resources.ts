/** What CloudWatch's API says of alarms: plain data, as in `resources.ts`. */

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
export interface Dimension {
  readonly name: string;
  readonly value: string;
}

/** A metric is named by its namespace, its name and all its dimensions together. */
export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly Dimension[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
export interface MetricDataQuery {
  readonly id: string;
  readonly expression?: string;
  readonly returnData?: boolean;
  readonly period?: number;
  readonly accountId?: string;
  readonly metricStat?: {
    readonly metric: MetricName;
    /** In seconds. */
    readonly period: number;
    readonly stat: string;
    readonly unit?: string;
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_WarmUpConfiguration.html */
export interface WarmUpConfiguration {
  readonly warmUpPeriodDurationInMinutes?: number;
  readonly onlyStartEvaluatingAfterWarmUpPeriodEnds?: boolean;
}

/** What every kind of alarm has. */
interface AlarmBase {
  readonly alarmName: string;
  readonly alarmArn: string;
  /** Absent if AWS did not say, although it always does. */
  readonly actionsEnabled?: boolean;
  /** ARNs of what happens on the way into ALARM. */
  readonly alarmActions: readonly string[];
  /** `OK`, `ALARM`, `INSUFFICIENT_DATA`, or one that is not known yet. Absent from snapshots of earlier versions. */
  readonly stateValue?: string;
  /** When the state last changed. */
  readonly stateTransitionedTimestamp?: string;
  /** Such as `EVALUATION_ERROR`; absent while all is well, and for a composite alarm. */
  readonly evaluationState?: string;
  /** When the settings were last changed, or the alarm was created. */
  readonly alarmConfigurationUpdatedTimestamp?: string;
  /** How long the alarm waits after its creation; absent if it does not, and for a composite alarm. */
  readonly warmUpConfiguration?: WarmUpConfiguration;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
export interface MetricAlarm extends AlarmBase {
  readonly kind: 'metric-alarm';
  /** Absent for an alarm on metric math, as are metric name, statistic and period. */
  readonly namespace?: string;
  readonly metricName?: string;
  readonly dimensions: readonly Dimension[];
  readonly statistic?: string;
  readonly extendedStatistic?: string;
  /** In seconds. */
  readonly period?: number;
  readonly unit?: string;
  readonly evaluationPeriods?: number;
  readonly datapointsToAlarm?: number;
  readonly threshold?: number;
  readonly comparisonOperator?: string;
  readonly treatMissingData?: string;
  readonly evaluateLowSampleCountPercentile?: string;
  readonly thresholdMetricId?: string;
  /** `SlidingWindow`, which is also what an absent one means, or another kind. */
  readonly evaluationWindow?: string;
  /** The query of an alarm on PromQL. */
  readonly promQuery?: string;
  /** The queries of an alarm on metric math; empty otherwise. */
  readonly metrics: readonly MetricDataQuery[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_CompositeAlarm.html */
export interface CompositeAlarm extends AlarmBase {
  readonly kind: 'composite-alarm';
  readonly alarmRule: string;
  /** Name or ARN of the alarm that holds the actions back while it is in ALARM. */
  readonly actionsSuppressor?: string;
  /** In seconds: how long the actions wait for the suppressor to go to ALARM. */
  readonly actionsSuppressorWaitPeriod?: number;
}

/**
 * The scheduled query of a log alarm.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ScheduledQueryConfiguration.html
 */
export interface ScheduledQueryConfiguration {
  readonly queryString: string;
  /** Names or ARNs; empty where the query itself says which log groups it reads. */
  readonly logGroupIdentifiers: readonly string[];
  /** The role with which the query runs. */
  readonly scheduledQueryRoleARN?: string;
  /** How the results become a number: `count(*)`. */
  readonly aggregationExpression?: string;
  readonly scheduleConfiguration: {
    /** How often the query runs: `rate(5 minutes)`. */
    readonly scheduleExpression?: string;
    /** In seconds before it runs: from here it looks. */
    readonly startTimeOffset?: number;
    /** In seconds before it runs: up to here it looks; 0 if absent. */
    readonly endTimeOffset?: number;
  };
}

/**
 * An alarm straight on a CloudWatch Logs query, with no metric filter.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_LogAlarm.html
 */
export interface LogAlarm extends AlarmBase {
  readonly kind: 'log-alarm';
  /** Absent from snapshots of earlier versions, which hold no settings of log alarms. */
  readonly scheduledQueryConfiguration?: ScheduledQueryConfiguration;
  /** So many of the last results are looked at. */
  readonly queryResultsToEvaluate?: number;
  /** So many of these must breach the threshold. */
  readonly queryResultsToAlarm?: number;
  readonly threshold?: number;
  readonly comparisonOperator?: string;
  readonly treatMissingData?: string;
}

export type Alarm = MetricAlarm | CompositeAlarm | LogAlarm;

/**
 * When a rule silences the actions of the alarms that it targets.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetAlarmMuteRule.html
 */
export interface AlarmMuteRule {
  readonly name: string;
  /** When it begins to mute: `cron(0 2 * * SUN)` or `at(2026-12-23T00:00)`. */
  readonly expression: string;
  /** For how long it mutes then, as in ISO 8601: `PT4H`. */
  readonly duration: string;
  /** Such as `Europe/London`; UTC if absent. */
  readonly timezone?: string;
  readonly startDate?: string;
  readonly expireDate?: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_AlarmHistoryItem.html */
export interface AlarmAction {
  readonly timestamp: string;
  /** AWS's text: `Successfully executed action ...` or `Failed to execute action ...`. */
  readonly summary: string;
  /** What AWS adds to it in JSON, of which the published message is left out. */
  readonly actionState?: string;
  readonly notificationResource?: string;
  readonly error?: string;
}
