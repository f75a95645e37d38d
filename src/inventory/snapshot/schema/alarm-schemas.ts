import * as v from 'valibot';

import { object, text, texts, time } from './members.ts';

const dimensions = v.array(object({ name: text, value: text }));
const alarmBase = {
  alarmName: text,
  alarmArn: text,
  actionsEnabled: v.exactOptional(v.boolean()),
  alarmActions: texts,
  stateValue: v.exactOptional(text),
  stateTransitionedTimestamp: v.exactOptional(time),
  evaluationState: v.exactOptional(text),
  alarmConfigurationUpdatedTimestamp: v.exactOptional(time),
  warmUpConfiguration: v.exactOptional(
    object({
      warmUpPeriodDurationInMinutes: v.exactOptional(v.number()),
      onlyStartEvaluatingAfterWarmUpPeriodEnds: v.exactOptional(v.boolean()),
    }),
  ),
};

export const metricAlarm = v.strictObject({
  kind: v.literal('metric-alarm'),
  ...alarmBase,
  namespace: v.exactOptional(text),
  metricName: v.exactOptional(text),
  dimensions,
  statistic: v.exactOptional(text),
  extendedStatistic: v.exactOptional(text),
  period: v.exactOptional(v.number()),
  unit: v.exactOptional(text),
  evaluationPeriods: v.exactOptional(v.number()),
  datapointsToAlarm: v.exactOptional(v.number()),
  threshold: v.exactOptional(v.number()),
  comparisonOperator: v.exactOptional(text),
  treatMissingData: v.exactOptional(text),
  evaluateLowSampleCountPercentile: v.exactOptional(text),
  thresholdMetricId: v.exactOptional(text),
  evaluationWindow: v.exactOptional(text),
  promQuery: v.exactOptional(text),
  metrics: v.array(
    object({
      id: text,
      expression: v.exactOptional(text),
      returnData: v.exactOptional(v.boolean()),
      period: v.exactOptional(v.number()),
      accountId: v.exactOptional(text),
      metricStat: v.exactOptional(
        object({
          metric: object({ namespace: text, metricName: text, dimensions }),
          period: v.number(),
          stat: text,
          unit: v.exactOptional(text),
        }),
      ),
    }),
  ),
});

export const alarm = v.variant('kind', [
  metricAlarm,
  v.strictObject({
    kind: v.literal('composite-alarm'),
    ...alarmBase,
    alarmRule: text,
    actionsSuppressor: v.exactOptional(text),
    actionsSuppressorWaitPeriod: v.exactOptional(v.number()),
  }),
  v.strictObject({
    kind: v.literal('log-alarm'),
    ...alarmBase,
    scheduledQueryConfiguration: v.exactOptional(
      object({
        queryString: text,
        logGroupIdentifiers: texts,
        scheduledQueryRoleARN: v.exactOptional(text),
        aggregationExpression: v.exactOptional(text),
        scheduleConfiguration: object({
          scheduleExpression: v.exactOptional(text),
          startTimeOffset: v.exactOptional(v.number()),
          endTimeOffset: v.exactOptional(v.number()),
        }),
      }),
    ),
    queryResultsToEvaluate: v.exactOptional(v.number()),
    queryResultsToAlarm: v.exactOptional(v.number()),
    threshold: v.exactOptional(v.number()),
    comparisonOperator: v.exactOptional(text),
    treatMissingData: v.exactOptional(text),
  }),
]);

export const muteRule = object({
  name: text,
  expression: text,
  duration: text,
  timezone: v.exactOptional(text),
  startDate: v.exactOptional(time),
  expireDate: v.exactOptional(time),
});

export const alarmAction = object({
  timestamp: time,
  summary: text,
  actionState: v.exactOptional(text),
  notificationResource: v.exactOptional(text),
  error: v.exactOptional(text),
});
