import type { ReasonCode } from '../../../src/chain/reasons.ts';
import { controlById } from '../../../src/controls/catalog.ts';
import type {
  AdvancedEventSelector,
  Alarm,
  EventSelectors,
  Key,
  LogAlarm,
  Subscription,
  SubscriptionAttributes,
} from '../../../src/inventory/resources.ts';
import {
  EVENT_BUS_ARN,
  EVENT_PATTERN,
  eventRule,
  eventWorld,
  policyOf,
  publishStatement,
  target,
  withDetail,
  withEventTopic,
  withForeignTopic,
  withRule,
  withTargets,
} from './event-world.ts';
import type { World } from './world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  allManagementEvents,
  compositeAlarm,
  confirmed,
  defaultBusArn,
  filter,
  logAlarm,
  soundWorld,
  status,
  topicAttributes,
  trail,
  withAlarms,
} from './world.ts';

/** An account with one fault, and what is asked of it. */
export interface Fault {
  readonly fault: World;
  readonly raw?: Readonly<Record<string, string>>;
  /** The account with this one fault fixed, where that is not the sound account itself. */
  readonly fixed?: World;
}

export const withFilters = (...patterns: readonly string[]): World =>
  soundWorld({
    filters: {
      [LOG_GROUP_ARN]: patterns.map((filterPattern, index) => filter({ filterPattern, filterName: `f${index}` })),
    },
  });
const withStatus = (change: Parameters<typeof status>[0]): World =>
  soundWorld({ statuses: { [TRAIL_ARN]: status(change) } });
const otherTopic = `arn:aws:sns:${REGION}:${OTHER_ACCOUNT}:security-alerts`;
const otherLogGroup = `arn:aws:logs:${REGION}:${OTHER_ACCOUNT}:log-group:/aws/cloudtrail/main`;

const NINGXIA_TRAIL_ARN = `arn:aws-cn:cloudtrail:cn-northwest-1:${ACCOUNT}:trail/main`;
const inNingxia = (isMultiRegionTrail: boolean): World =>
  soundWorld({
    trails: [trail({ trailArn: NINGXIA_TRAIL_ARN, homeRegion: 'cn-northwest-1', isMultiRegionTrail })],
    statuses: { [NINGXIA_TRAIL_ARN]: status() },
    selectors: { [NINGXIA_TRAIL_ARN]: allManagementEvents },
  });

const management = { field: 'eventCategory', equals: ['Management'] };
const withSelectors = (...advancedEventSelectors: readonly AdvancedEventSelector[]): World =>
  soundWorld({ selectors: { [TRAIL_ARN]: { eventSelectors: [], advancedEventSelectors } } });

const keyFor = (service: string) => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  Resource: '*',
});
const encrypted = (statements: readonly object[], change: Partial<Key> = {}): World =>
  soundWorld({
    topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId: 'alias/own' }) },
    keys: {
      [`${ACCOUNT} ${REGION} alias/own`]: {
        keyManager: 'CUSTOMER',
        keyState: 'Enabled',
        policy: JSON.stringify({ Statement: statements }),
        ...change,
      },
    },
  });

const transformed = (ofLogGroup: boolean): World =>
  soundWorld({
    filters: { [LOG_GROUP_ARN]: [filter({ applyOnTransformedLogs: true })] },
    transformers: { [LOG_GROUP_ARN]: { ofLogGroup, ofAccount: false } },
  });

/** The alarm notifies another topic of the account, to which somebody is subscribed. */
const notifying = (
  topicArn: string,
  subscriptions: readonly Subscription[] = [confirmed({ subscriptionArn: `${topicArn}:1` })],
) =>
  soundWorld({
    alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ alarmActions: [topicArn] })] },
    subscriptions: { [topicArn]: subscriptions },
    topics: { [topicArn]: topicAttributes(topicArn) },
  });
const FIFO_TOPIC_ARN = `${TOPIC_ARN}.fifo`;

const filtered = (attributes: SubscriptionAttributes): World =>
  soundWorld({ filterPolicies: { [confirmed().subscriptionArn]: attributes } });

/** Failed calls are caught by one filter, others by a second one, each with a metric and an alarm of its own. */
const withParts = (others: string): World => {
  const part = (metricName: string, condition: string) =>
    filter({
      filterName: metricName,
      filterPattern: `{ ($.eventName = DeactivateMFADevice) && ${condition} }`,
      metricTransformations: [{ metricNamespace: 'Security', metricName, metricValue: '1' }],
    });
  return soundWorld({
    filters: { [LOG_GROUP_ARN]: [part('Failed', '($.errorCode = "*")'), part('Others', others)] },
    alarms: {
      [`${ACCOUNT} ${REGION}`]: ['Failed', 'Others'].map((metricName) => alarm({ alarmName: metricName, metricName })),
    },
  });
};
const together = withParts('(($.errorCode NOT EXISTS) || ($.errorCode IS NULL))');

/** Filters for security groups too, on the same metric. */
const atSecurityGroups: Partial<World> = {
  filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: controlById('CloudWatch.10')?.filterPattern ?? '' })] },
};
const writesOnly: EventSelectors = {
  eventSelectors: [{ readWriteType: 'WriteOnly', includeManagementEvents: true, excludeManagementEventSources: [] }],
  advancedEventSelectors: [],
};

const silent = alarm({ alarmActions: [] });
const load = alarm({ alarmName: 'load', namespace: 'App', metricName: 'Load', alarmActions: [] });
const ALARM_ID = `${ACCOUNT} ${REGION} mfa-alarm`;
const muted = (duration: string): World =>
  soundWorld({ muteRules: { [ALARM_ID]: [{ name: 'weekend', expression: 'cron(0 18 * * FRI)', duration }] } });
const acted = (what: string): World =>
  soundWorld({
    histories: { [ALARM_ID]: [{ timestamp: '2026-11-19T10:00:00.000Z', summary: `${what} action ${TOPIC_ARN}` }] },
  });

/** An account without a metric filter, in which a log alarm notifies somebody. */
export const logWorld = (alarms: readonly Alarm[] = [logAlarm()], change: Partial<World> = {}): World =>
  soundWorld({ filters: { [LOG_GROUP_ARN]: [] }, alarms: { [`${ACCOUNT} ${REGION}`]: alarms }, ...change });

/** A fault on the route over a log alarm. */
const onLogs = (
  fault: World | LogAlarm,
  raw: Readonly<Record<string, string>> = {},
  fixed: World = logWorld(),
): Fault => ({
  fault: 'kind' in fault ? logWorld([fault]) : fault,
  fixed,
  raw: { acceptedRoutes: 'log-alarm', ...raw },
});
const counting = (queryString: string): LogAlarm => logAlarm({}, { queryString });
const scheduled = (schedule: Parameters<typeof logAlarm>[2]): LogAlarm => logAlarm({}, {}, schedule);

/** A fault on the route over EventBridge. */
const onEvents = (fault: World, raw: Readonly<Record<string, string>> = {}, fixed: World = eventWorld()): Fault => ({
  fault,
  fixed,
  raw: { acceptedRoutes: 'eventbridge', ...raw },
});
const securityGroupCalls = [...(controlById('CloudWatch.10')?.filterPattern ?? '').matchAll(/eventName=(\w+)/g)].map(
  ([, name]) => name,
);
const failedSignIns = controlById('CloudWatch.6')?.filterPattern ?? '';
const EVENT_NAME = ['DeactivateMFADevice'];
/** The rule is on the bus of the account's own region, with a topic there. */
const inOwnRegion = (detailType: string, detail: object): World =>
  eventWorld({
    eventRules: {
      [defaultBusArn(REGION)]: [eventRule({ eventPattern: JSON.stringify({ 'detail-type': [detailType], detail }) })],
    },
    eventRuleTargets: { [`${defaultBusArn(REGION)} mfa-rule`]: [target({ arn: TOPIC_ARN })] },
    subscriptions: { [TOPIC_ARN]: [confirmed()] },
    topics: {
      [TOPIC_ARN]: topicAttributes(TOPIC_ARN, {
        policy: policyOf(publishStatement('events.amazonaws.com', { Resource: TOPIC_ARN })),
      }),
    },
  });
const OTHER_BUS = EVENT_BUS_ARN.replace('default', 'security');
const forwarded = (rules: readonly ReturnType<typeof eventRule>[]): World =>
  eventWorld({
    eventRules: { [EVENT_BUS_ARN]: [eventRule()], [OTHER_BUS]: rules },
    eventRuleTargets: {
      [`${EVENT_BUS_ARN} mfa-rule`]: [target({ id: 'bus', arn: OTHER_BUS })],
      [`${OTHER_BUS} mfa-rule`]: [target()],
    },
  });
const eventKey = (statements: readonly object[]): World => ({
  ...withEventTopic({ kmsMasterKeyId: 'alias/own' }),
  keys: {
    [`${ACCOUNT} us-east-1 alias/own`]: {
      keyManager: 'CUSTOMER',
      keyState: 'Enabled',
      policy: JSON.stringify({ Statement: statements }),
    },
  },
});
/** Reads of IAM, of which the premises say so. */
const reads = {
  filterPattern: '{ $.eventName = GetUser }',
  premises:
    '{ $.eventSource = "iam.amazonaws.com" && $.eventType = "AwsApiCall" && $.readOnly IS TRUE && $.eventCategory = "Management" && $.managementEvent IS TRUE }',
};
const readPattern = JSON.stringify({ ...EVENT_PATTERN, detail: { eventName: ['GetUser'] } });
const withReads = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const FOREIGN_TRAIL_ARN = TRAIL_ARN.replace(ACCOUNT, OTHER_ACCOUNT);

/**
 * For each reason an account with this fault and no other. UNREADABLE has tests of its own, part by part. The reasons that
 * something was not compared depend on time alone, and LOG_GROUP_CLASS_UNKNOWN decides only where the metric filters cannot be
 * read.
 */
export const faults: Readonly<
  Record<
    Exclude<
      ReasonCode,
      | 'UNREADABLE'
      | 'FILTER_NOT_COMPARED'
      | 'EVENT_RULE_NOT_COMPARED'
      | 'LOG_ALARM_NOT_COMPARED'
      | 'LOG_GROUP_CLASS_UNKNOWN'
    >,
    Fault
  >
> = {
  NO_TRAIL: { fault: soundWorld({ trails: [] }) },
  TRAIL_NOT_LOGGING: { fault: withStatus({ isLogging: false }) },
  TRAIL_DROPS_EVENTS: {
    fault: withSelectors({
      fieldSelectors: [management, { field: 'userIdentity.arn', notStartsWith: ['arn:aws:iam::'] }],
    }),
  },
  TRAIL_WITHOUT_EVENTS: {
    fault: withSelectors({ fieldSelectors: [management, { field: 'readOnly', equals: ['true'] }] }),
    fixed: withSelectors({ fieldSelectors: [management, { field: 'readOnly', equals: ['false'] }] }),
  },
  TRAIL_SELECTORS_UNCERTAIN: {
    fault: withSelectors({ fieldSelectors: [management, { field: 'vpcEndpointId', equals: ['vpce-1'] }] }),
  },
  TRAIL_NOT_MULTI_REGION: {
    fault: soundWorld({ trails: [trail({ isMultiRegionTrail: false })] }),
    raw: { requireMultiRegionTrail: 'true', assurance: 'configured' },
  },
  TRAIL_MISSES_REGIONS: {
    fault: soundWorld({ ...atSecurityGroups, trails: [trail({ isMultiRegionTrail: false })] }),
    fixed: soundWorld(atSecurityGroups),
    raw: { controlId: 'CloudWatch.10' },
  },
  TRAIL_REGIONS_UNCERTAIN: {
    fault: soundWorld({ trails: [trail({ isMultiRegionTrail: false })] }),
    raw: { filterPattern: '{ $.eventName = DeactivateMFADevice }' },
  },
  TRAIL_WITHOUT_GLOBAL_EVENTS: { fault: soundWorld({ trails: [trail({ isMultiRegionTrail: false })] }) },
  TRAIL_GLOBAL_EVENTS_UNKNOWN: { fault: inNingxia(false), fixed: inNingxia(true) },
  LOG_GROUP_NOT_SET: {
    fault: soundWorld({
      trails: [
        {
          trailArn: TRAIL_ARN,
          name: 'main',
          homeRegion: REGION,
          isMultiRegionTrail: true,
          isOrganizationTrail: false,
          includeGlobalServiceEvents: true,
        },
      ],
    }),
  },
  LOG_GROUP_GONE: { fault: soundWorld({ filters: { [LOG_GROUP_ARN]: null } }) },
  LOG_GROUP_CLASS_UNFIT: {
    fault: soundWorld({ logGroupClasses: { [LOG_GROUP_ARN]: 'INFREQUENT_ACCESS' }, filters: { [LOG_GROUP_ARN]: [] } }),
  },
  LOG_GROUP_IN_OTHER_ACCOUNT: { fault: soundWorld({ trails: [trail({ cloudWatchLogsLogGroupArn: otherLogGroup })] }) },
  LOG_DELIVERY_FAILING: { fault: withStatus({ latestCloudWatchLogsDeliveryError: 'Access denied' }) },
  LOG_DELIVERY_STALE: { fault: withStatus({ latestCloudWatchLogsDeliveryTime: '2026-11-19T09:59:59.999Z' }) },
  LOG_DELIVERY_SILENT: {
    fault: soundWorld({
      statuses: { [TRAIL_ARN]: status({ latestCloudWatchLogsDeliveryTime: '2026-11-19T09:59:59.999Z' }) },
      selectors: { [TRAIL_ARN]: writesOnly },
    }),
    fixed: soundWorld({ selectors: { [TRAIL_ARN]: writesOnly } }),
  },
  LOG_DELIVERY_NOT_RESUMED: {
    fault: withStatus({
      startLoggingTime: '2026-11-20T08:58:01.000Z',
      latestCloudWatchLogsDeliveryTime: '2026-11-20T08:58:00.000Z',
    }),
  },
  LOG_DELIVERY_UNKNOWN: { fault: soundWorld({ statuses: { [TRAIL_ARN]: { isLogging: true } } }) },
  NO_METRIC_FILTER: { fault: withFilters() },
  FILTERS_LEAVE_GAP: {
    fault: withParts('($.errorCode != AccessDenied)'),
    fixed: together,
    raw: { patternMatch: 'covers' },
  },
  FILTERS_UNCERTAIN_TOGETHER: {
    fault: { ...together, topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy: '' }) } },
    fixed: together,
    raw: { patternMatch: 'covers' },
  },
  FILTER_NARROWER: { fault: withFilters('{ ($.eventName = DeactivateMFADevice) && ($.userIdentity.type = Root) }') },
  FILTER_BROADER: { fault: withFilters('{ ($.eventName = DeactivateMFADevice) || ($.eventName = EnableMFADevice) }') },
  FILTER_DIFFERENT: {
    fault: withFilters(
      '{ (($.eventName = DeactivateMFADevice) && ($.userIdentity.type = Root)) || ($.eventName = EnableMFADevice) }',
    ),
  },
  FILTER_NEVER_MATCHES: {
    fault: withFilters('{ ($.eventName = DeactivateMFADevice) && ($.eventName = EnableMFADevice) }'),
  },
  FILTER_UNRELATED: { fault: withFilters('{ $.eventName = ConsoleLogin }') },
  FILTER_UNDECIDED: { fault: withFilters('{ ($.eventName = DeactivateMFADevice) && ($.readOnly = "false") }') },
  FILTER_UNREAD: { fault: withFilters('{ ($.eventName = DeactivateMFADevice) && ($.errorCode NOT  EXISTS) }') },
  FILTER_MATCHES_ROUTINE: { fault: withFilters('{ $.eventName = "*" }'), raw: { patternMatch: 'covers' } },
  FILTER_MAY_BE_BLIND: { fault: transformed(true), fixed: transformed(false) },
  NO_ALARM: { fault: withAlarms() },
  ALARM_OTHER_NAMESPACE: { fault: withAlarms(alarm({ namespace: 'CISBenchmark' })) },
  ALARM_OTHER_DIMENSIONS: { fault: withAlarms(alarm({ dimensions: [{ name: 'Team', value: 'a' }] })) },
  ALARM_WITHOUT_ACTION: { fault: withAlarms(alarm({ alarmActions: [] })) },
  ALARM_WITHOUT_SNS_ACTION: {
    fault: withAlarms(alarm({ alarmActions: [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:page`] })),
  },
  ALARM_ACTIONS_DISABLED: { fault: withAlarms(alarm({ actionsEnabled: false })) },
  ALARM_TOO_SLOW: {
    fault: withAlarms(alarm({ period: 3600, evaluationPeriods: 3, treatMissingData: 'missing' })),
    raw: { maxAlarmDelayMinutes: '90' },
  },
  ALARM_NEEDS_MORE_EVENTS: { fault: withAlarms(alarm({ threshold: 3 })) },
  ALARM_STAYS_IN_ALARM: { fault: withAlarms(alarm({ treatMissingData: 'ignore' })) },
  ALARM_RESTS_IN_ALARM: { fault: withAlarms(alarm({ treatMissingData: 'breaching' })) },
  ALARM_NEVER_FIRES: { fault: withAlarms(alarm({ unit: 'Bytes' })) },
  ALARM_UNCERTAIN: { fault: withAlarms(alarm({ period: 30 })) },
  ALARM_ALREADY_IN_ALARM: {
    fault: withAlarms(alarm({ stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-19T09:59:59.000Z' })),
    fixed: withAlarms(alarm({ stateValue: 'ALARM', stateTransitionedTimestamp: '2026-11-19T10:00:00.000Z' })),
  },
  ALARM_NOT_EVALUATED: { fault: withAlarms(alarm({ evaluationState: 'EVALUATION_ERROR' })) },
  METRIC_UNKNOWN: { fault: soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ metricTransformations: [] })] } }) },
  ALARM_NOT_COMPUTED: {
    fault: withAlarms(silent, compositeAlarm({ alarmRule: 'LATELY("mfa-alarm")' })),
    fixed: withAlarms(silent, compositeAlarm()),
  },
  ALARM_SUPPRESSED: {
    fault: withAlarms(silent, compositeAlarm({ actionsSuppressor: 'mfa-alarm' })),
    fixed: withAlarms(silent, load, compositeAlarm({ actionsSuppressor: 'load', actionsSuppressorWaitPeriod: 60 })),
  },
  ALARM_MUTED: { fault: muted('P2DT12H'), fixed: muted('PT4H') },
  ALARM_RULE_NOT_MET: {
    fault: withAlarms(silent, load, compositeAlarm({ alarmRule: 'ALARM("mfa-alarm") AND ALARM("load")' })),
    fixed: withAlarms(silent, load, compositeAlarm({ alarmRule: 'ALARM("mfa-alarm") OR ALARM("load")' })),
  },
  TOPIC_ACTION_FAILED: { fault: acted('Failed to execute'), fixed: acted('Successfully executed') },
  TOPIC_REFUSES_ALARM: {
    fault: soundWorld({
      topics: {
        [TOPIC_ARN]: topicAttributes(TOPIC_ARN, {
          policy: policyOf(publishStatement('events.amazonaws.com', { Resource: TOPIC_ARN })),
        }),
      },
    }),
  },
  TOPIC_KEY_UNUSABLE: {
    fault: soundWorld({ topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId: 'alias/aws/sns' }) } }),
  },
  TOPIC_POLICY_UNCERTAIN: {
    fault: soundWorld({ topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy: '' }) } }),
  },
  TOPIC_KEY_REFUSES_ALARM: {
    fault: encrypted([keyFor('events.amazonaws.com')]),
    fixed: encrypted([keyFor('cloudwatch.amazonaws.com')]),
  },
  TOPIC_KEY_UNCERTAIN: {
    fault: encrypted([
      { ...keyFor('cloudwatch.amazonaws.com'), Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } } },
    ]),
    fixed: encrypted([keyFor('cloudwatch.amazonaws.com')]),
  },
  TOPIC_KEY_OFF: {
    fault: encrypted([keyFor('cloudwatch.amazonaws.com')], { keyState: 'PendingDeletion' }),
    fixed: encrypted([keyFor('cloudwatch.amazonaws.com')]),
  },
  TOPIC_TYPE_UNFIT: { fault: notifying(FIFO_TOPIC_ARN) },
  TOPIC_IN_OTHER_REGION: { fault: notifying(TOPIC_ARN.replace(REGION, 'us-east-1')) },
  TOPIC_GONE: { fault: soundWorld({ subscriptions: { [TOPIC_ARN]: null } }) },
  TOPIC_IN_OTHER_ACCOUNT: { fault: withAlarms(alarm({ alarmActions: [otherTopic] })) },
  SUBSCRIBER_FILTERED: { fault: filtered({ filterPolicy: '{"severity":["high"]}' }) },
  SUBSCRIBER_FILTER_UNCERTAIN: {
    fault: filtered({ filterPolicy: '{"Region":["EU (Ireland)"]}', filterPolicyScope: 'MessageBody' }),
  },
  SUBSCRIBER_PROTOCOL_NOT_ALLOWED: {
    fault: soundWorld({ subscriptions: { [TOPIC_ARN]: [confirmed({ protocol: 'sqs' })] } }),
    raw: { subscriberProtocols: 'email,email-json,sms' },
  },
  SUBSCRIBER_PROTOCOL_UNKNOWN: {
    fault: soundWorld({ subscriptions: { [TOPIC_ARN]: [confirmed({ protocol: 'carrier-pigeon' })] } }),
  },
  SUBSCRIBER_IN_OTHER_ACCOUNT: {
    fault: soundWorld({ subscriptions: { [TOPIC_ARN]: [confirmed({ owner: OTHER_ACCOUNT })] } }),
  },
  NO_SUBSCRIBER: { fault: soundWorld({ subscriptions: { [TOPIC_ARN]: [] } }) },
  SUBSCRIBER_NOT_CONFIRMED: {
    fault: soundWorld({ subscriptions: { [TOPIC_ARN]: [confirmed({ subscriptionArn: 'PendingConfirmation' })] } }),
  },
  LOG_GROUP_FIELDS_UNKNOWN: onLogs(
    logWorld([logAlarm()], { logGroupClasses: { [LOG_GROUP_ARN]: 'INFREQUENT_ACCESS' } }),
  ),
  NO_LOG_ALARM: onLogs(logWorld([])),
  LOG_ALARM_OTHER_LOG_GROUP: onLogs(logAlarm({}, { logGroupIdentifiers: ['/aws/cloudtrail/other'] })),
  LOG_ALARM_NARROWER: onLogs(counting('filter eventName = "DeactivateMFADevice" and userIdentity.type = "Root"')),
  LOG_ALARM_BROADER: onLogs(counting('filter @message like /DeactivateMFADevice/')),
  LOG_ALARM_DIFFERENT: onLogs(counting('filter eventname = "DeactivateMFADevice"')),
  LOG_ALARM_MATCHES_ROUTINE: onLogs(counting('fields @timestamp, @message'), { patternMatch: 'covers' }),
  LOG_ALARM_UNDECIDED: onLogs(counting('filter eventName = "DeactivateMFADevice" and readOnly = "false"')),
  LOG_ALARM_UNREAD: onLogs(counting('parse @message "*eventName*" as a, b | filter b like "DeactivateMFADevice"')),
  LOG_ALARM_QUERY_UNKNOWN: onLogs({
    kind: 'log-alarm',
    alarmName: 'mfa-log-alarm',
    alarmArn: logAlarm().alarmArn,
    actionsEnabled: true,
    alarmActions: [TOPIC_ARN],
    stateValue: 'OK',
  }),
  LOG_ALARM_NOT_COMPUTED: onLogs(logAlarm({}, { aggregationExpression: 'count(*) by userIdentity.arn' })),
  LOG_ALARM_TOO_SLOW: onLogs(scheduled({ scheduleExpression: 'rate(2 hours)', startTimeOffset: 9000 })),
  LOG_ALARM_NEEDS_MORE_EVENTS: onLogs(logAlarm({ threshold: 2 })),
  LOG_ALARM_STAYS_IN_ALARM: onLogs(scheduled({ startTimeOffset: 90_000 })),
  LOG_ALARM_LEAVES_GAPS: onLogs(scheduled({ startTimeOffset: 299 })),
  LOG_ALARM_RESTS_IN_ALARM: onLogs(logAlarm({ comparisonOperator: 'GreaterThanOrEqualToThreshold' })),
  LOG_ALARM_NEVER_FIRES: onLogs(logAlarm({ comparisonOperator: 'LessThanThreshold' })),
  LOG_ALARM_MAY_MISS_LATE: onLogs(scheduled({ startTimeOffset: 300 })),
  LOG_ALARM_WITHOUT_RESULT: onLogs(logAlarm({ stateValue: 'INSUFFICIENT_DATA' })),
  LOG_ALARM_ON_TRANSFORMED_LOGS: onLogs(
    logWorld([logAlarm()], { transformers: { [LOG_GROUP_ARN]: { ofLogGroup: true, ofAccount: false } } }),
  ),
  EVENT_RULE_DISABLED: onEvents(withRule({ state: 'DISABLED' })),
  EVENT_RULE_MISSES_READS: onEvents(
    withRule({ eventPattern: readPattern }),
    reads,
    withRule({ eventPattern: readPattern, state: withReads }),
  ),
  EVENT_RULE_BROADER: onEvents(withDetail({ eventName: [...EVENT_NAME, 'EnableMFADevice'] })),
  EVENT_RULE_NARROWER: onEvents(
    withDetail({ eventName: EVENT_NAME, errorCode: [{ 'anything-but': ['AccessDenied'] }] }),
  ),
  EVENT_RULE_DIFFERENT: onEvents(withDetail({ eventname: EVENT_NAME })),
  EVENT_RULE_IN_OTHER_REGION: onEvents(
    eventWorld({ eventRules: { [EVENT_BUS_ARN]: [], [defaultBusArn(REGION)]: [eventRule()] } }),
  ),
  NO_EVENT_RULE: onEvents(eventWorld({ eventRules: { [EVENT_BUS_ARN]: [] } })),
  EVENT_RULE_TRAIL_ELSEWHERE: onEvents(
    eventWorld({
      trails: [trail({ trailArn: FOREIGN_TRAIL_ARN, isOrganizationTrail: true })],
      statuses: { [FOREIGN_TRAIL_ARN]: status() },
      selectors: { [FOREIGN_TRAIL_ARN]: allManagementEvents },
    }),
  ),
  EVENT_RULE_ONE_REGION: onEvents(
    inOwnRegion('AWS API Call via CloudTrail', { eventName: securityGroupCalls }),
    { controlId: 'CloudWatch.10', acceptedRoutes: 'metric-filter,eventbridge' },
    soundWorld(atSecurityGroups),
  ),
  // Pages of AWS write the detail type of sign-ins in two ways.
  EVENT_RULE_UNDECIDED: onEvents(
    inOwnRegion('AWS Console Sign In via CloudTrail', {
      eventName: ['ConsoleLogin'],
      errorMessage: ['Failed authentication'],
    }),
    { controlId: 'CloudWatch.6', acceptedRoutes: 'metric-filter,eventbridge' },
    soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: failedSignIns })] } }),
  ),
  EVENT_RULE_READS_UNCERTAIN: onEvents(
    withRule({ eventPattern: readPattern }),
    {
      ...reads,
      premises:
        '{ $.eventSource = "iam.amazonaws.com" && $.eventType = "AwsApiCall" && $.eventCategory = "Management" && $.managementEvent IS TRUE }',
    },
    withRule({ eventPattern: readPattern, state: withReads }),
  ),
  EVENT_RULE_STATE_UNKNOWN: onEvents(withRule({ state: 'PAUSED' })),
  EVENT_RULE_UNREAD: onEvents(withDetail({ eventName: [{ 'sounds-like': 'DeactivateMFADevice' }] })),
  EVENT_REGION_UNKNOWN: onEvents(
    eventWorld(),
    { filterPattern: '{ $.eventName = DeactivateMFADevice }', acceptedRoutes: 'metric-filter,eventbridge' },
    soundWorld(),
  ),
  EVENT_BUS_WITHOUT_RULE: onEvents(forwarded([eventRule({ state: 'DISABLED' })])),
  EVENT_RULE_WITHOUT_TARGET: onEvents(withTargets()),
  TARGET_ROLE_NOT_READ: onEvents(withTargets(target({ roleArn: `arn:aws:iam::${ACCOUNT}:role/publisher` }))),
  TARGET_IN_OTHER_ACCOUNT: onEvents(withForeignTopic()),
  EVENT_BUS_NOT_FOLLOWED: onEvents(forwarded([eventRule()])),
  TARGET_NOT_FOLLOWED: onEvents(
    withTargets(target({ id: 'function', arn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:page-somebody` })),
  ),
  TOPIC_REFUSES_RULE: onEvents(withEventTopic({ policy: policyOf(publishStatement('cloudwatch.amazonaws.com')) })),
  TOPIC_KEY_REFUSES_RULE: onEvents(
    eventKey([keyFor('cloudwatch.amazonaws.com')]),
    {},
    eventKey([keyFor('events.amazonaws.com')]),
  ),
};
