/** AWS's words for settings, by what they are of. */
const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const units = list(`
  Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes Bits Kilobits Megabits Gigabits Terabits
  Percent Count Bytes/Second Kilobytes/Second Megabytes/Second Gigabytes/Second Terabytes/Second Bits/Second
  Kilobits/Second Megabits/Second Gigabits/Second Terabits/Second Count/Second None`);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const comparisonOperators = list(`
  GreaterThanOrEqualToThreshold GreaterThanThreshold LessThanThreshold LessThanOrEqualToThreshold
  LessThanLowerOrGreaterThanUpperThreshold LessThanLowerThreshold GreaterThanUpperThreshold`);
export const statistics = list('SampleCount Average Sum Minimum Maximum');
export const missingDataTreatments = list('breaching notBreaching ignore missing');
export const lowSampleTreatments = list('evaluate ignore');
export const evaluationWindows = list('SlidingWindow WallClockWindow WALL_CLOCK SLIDING');
export const eventRuleStates = list('ENABLED DISABLED ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
export const alarmStates = list('OK ALARM INSUFFICIENT_DATA');
export const evaluationStates = list('PARTIAL_DATA EVALUATION_ERROR EVALUATION_FAILURE IN_WARM_UP');
export const actionStates = list('Succeeded Failed InProgress');
export const logGroupClasses = list('STANDARD INFREQUENT_ACCESS DELIVERY ESSENTIALS');
export const readWriteTypes = list('All ReadOnly WriteOnly');
export const protocols = list('email email-json sms application http https sqs lambda firehose');
export const unconfirmedArns = list('PendingConfirmation Deleted');
export const filterPolicyScopes = list('MessageAttributes MessageBody');
export const keyManagers = list('AWS CUSTOMER unknown');
export const keyStates = list(`
  Enabled Disabled Creating Updating PendingDeletion PendingImport PendingReplicaDeletion Unavailable unknown`);

/** Statistics with a number, such as `p99.9` or `TM(10%:90%)`, and those with a name. */
export function isStatistic(text: string): boolean {
  return (
    statistics.has(text) ||
    /^(?:IQM|(?:p|tm|wm|tc|ts)\d{1,3}(?:\.\d{1,10})?|(?:PR|TM|WM|TC|TS)\([\d.:%-]{1,40}\))$/i.test(text)
  );
}

/** Operations that are read, and parts of a snapshot that it does not hold. */
const operations = list(`
  DescribeTrails ListTrails GetTrail GetTrailStatus GetEventSelectors DescribeLogGroups GetTransformer
  DescribeAccountPolicies DescribeMetricFilters DescribeAlarmsForMetric DescribeAlarms ListAlarmMuteRules GetAlarmMuteRule
  DescribeAlarmHistory ListSubscriptionsByTopic GetTopicAttributes GetSubscriptionAttributes DescribeKey GetKeyPolicy
  ListRules ListTargetsByRule
  AssumeRole ListTelemetryRules GetTelemetryRule ListTelemetryPipelines GetTelemetryPipeline ListChannels GetChannel`);

export function isOperation(text: string, partKinds: readonly string[]): boolean {
  return operations.has(text) || partKinds.includes(text);
}

/** Names of errors. */
export const errors = list(`
  AccessDenied AccessDeniedException AuthorizationError AuthorizationErrorException UnauthorizedOperation NotAuthorized
  InsufficientDependencyServiceAccessPermissionException TrailNotFoundException ResourceNotFoundException ResourceNotFound
  NotFoundException NotFound ForeignAccount NotReadInTime ListTooLong NotInSnapshot OlderFormat UnknownOperationException
  InvalidAction UnsupportedOperation
  CloudTrailARNInvalidException InvalidParameterException InvalidParameter ValidationException ValidationError
  InvalidArnException KMSInvalidStateException OptInRequired InvalidClientTokenId UnrecognizedClientException`);
