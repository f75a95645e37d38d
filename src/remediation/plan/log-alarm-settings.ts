/**
 * The settings of a log alarm that fires on one event. It looks back far enough that no event is missed that CloudTrail
 * delivers up to 15 minutes late.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutLogAlarm.html
 */
export const logAlarmSettings = {
  queryResultsToEvaluate: 1,
  queryResultsToAlarm: 1,
  threshold: 0,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'notBreaching',
} as const;

/** What is the same in the scheduled query of each. */
export const logAlarmQuery = {
  aggregationExpression: 'count(*)',
  scheduleConfiguration: { scheduleExpression: 'rate(5 minutes)', startTimeOffset: 1200, endTimeOffset: 0 },
} as const;
