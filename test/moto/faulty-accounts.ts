import type { ReasonCode } from '../../src/chain/reasons.ts';
import { controlById } from '../../src/controls/catalog.ts';
import { MOTO_ACCOUNT } from './emulator/moto.ts';
import type { MotoWorld } from './build-account.ts';

/** An account in moto with one fault, and what is asked of it. */
export interface Fault {
  readonly change: Partial<MotoWorld>;
  readonly raw?: Readonly<Record<string, string>>;
}

const TOPIC = `arn:aws:sns:eu-west-1:${MOTO_ACCOUNT}:security-alerts`;
const alarms = (...changes: MotoWorld['alarms']): Fault => ({ change: { alarms: changes } });
const filters = (...patterns: readonly string[]): Fault => ({
  change: { filters: patterns.map((pattern) => ({ pattern })) },
});
const basic = (ReadWriteType: string, ExcludeManagementEventSources: readonly string[] = []): Fault => ({
  change: {
    selectors: { EventSelectors: [{ ReadWriteType, IncludeManagementEvents: true, ExcludeManagementEventSources }] },
  },
});
const advanced = (...fields: readonly object[]): Fault => ({
  change: {
    selectors: {
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, ...fields] }],
    },
  },
});
const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const policy = (...statements: readonly object[]): Fault => ({
  change: { topicAttributes: { Policy: policyOf(...statements) } },
});
/** Two filters, for failed events and for others, each with its own metric and alarm. */
const inParts = (others: string): Fault => ({
  change: {
    filters: [
      ['Failed', '($.errorCode = "*")'],
      ['Others', others],
    ].map(([metricName = '', condition]) => ({
      pattern: `{ ($.eventName = DeactivateMFADevice) && ${condition} }`,
      transformation: { metricName },
    })),
    alarms: ['Failed', 'Others'].map((MetricName) => ({ MetricName })),
  },
  raw: { patternMatch: 'covers' },
});
const key = (...statements: readonly object[]): Fault => ({
  change: { keyPolicy: policyOf(...statements) },
});
const fifo = (...subscribers: MotoWorld['subscribers']): Fault => ({
  change: {
    topicName: 'alerts.fifo',
    topicAttributes: { FifoTopic: 'true' },
    alarms: [{ AlarmActions: [TOPIC.replace('security-alerts', 'alerts.fifo')] }],
    subscribers,
  },
});
const silent = { AlarmActions: [] };
const onLoad = { ...silent, Namespace: 'AWS/Lambda', MetricName: 'Errors' };
/** A composite alarm, with the topic, over alarms without one. */
const composite = (rule: string, ...changes: MotoWorld['alarms']): Fault => ({
  change: { alarms: changes, composite: { rule } },
});
const filtered = (attributes: Readonly<Record<string, string>>): Fault => ({
  change: { subscribers: [{ protocol: 'https', endpoint: 'https://example.com/pager', attributes }] },
});
const forEvents = {
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: TOPIC,
};

/** An account in the region of IAM's events, asked for the route over EventBridge. */
const overEvents = (change: Partial<MotoWorld> = {}): Fault => ({
  change: { region: 'us-east-1', topicRegion: 'us-east-1', logGroup: 'not set', filters: [], alarms: [], ...change },
  raw: { acceptedRoutes: 'eventbridge' },
});

/** For each reason that commands fix an account in moto with this fault. */
export const faults: Partial<Record<ReasonCode, Fault>> = {
  TRAIL_DROPS_EVENTS: advanced({ Field: 'userIdentity.arn', NotStartsWith: ['arn:aws:iam::'] }),
  TRAIL_WITHOUT_EVENTS: basic('ReadOnly'),
  TRAIL_SELECTORS_UNCERTAIN: advanced({ Field: 'vpcEndpointId', Equals: ['vpce-1'] }),
  TRAIL_NOT_LOGGING: { change: { isLogging: false } },
  TRAIL_NOT_MULTI_REGION: {
    change: { isMultiRegion: false },
    raw: { requireMultiRegionTrail: 'true', assurance: 'configured' },
  },
  TRAIL_MISSES_REGIONS: {
    change: { isMultiRegion: false, filters: [{ pattern: controlById('CloudWatch.10')?.filterPattern ?? '' }] },
    raw: { controlId: 'CloudWatch.10' },
  },
  TRAIL_REGIONS_UNCERTAIN: {
    change: { isMultiRegion: false },
    raw: { filterPattern: '{ $.eventName = DeactivateMFADevice }' },
  },
  TRAIL_WITHOUT_GLOBAL_EVENTS: { change: { isMultiRegion: false } },
  TRAIL_GLOBAL_EVENTS_UNKNOWN: {
    change: { region: 'us-gov-east-1', topicRegion: 'us-gov-east-1', isMultiRegion: false },
  },
  LOG_GROUP_GONE: { change: { logGroup: 'gone', filters: [] } },
  LOG_GROUP_NOT_SET: { change: { logGroup: 'not set' } },
  NO_METRIC_FILTER: filters(),
  FILTER_NARROWER: filters('{ ($.eventName = DeactivateMFADevice) && ($.userIdentity.type = Root) }'),
  FILTER_BROADER: filters('{ ($.eventName = DeactivateMFADevice) || ($.eventName = EnableMFADevice) }'),
  FILTER_DIFFERENT: filters(
    '{ (($.eventName = DeactivateMFADevice) && ($.userIdentity.type = Root)) || ($.eventName = EnableMFADevice) }',
  ),
  FILTER_NEVER_MATCHES: filters('{ ($.eventName = DeactivateMFADevice) && ($.eventName = EnableMFADevice) }'),
  FILTER_UNRELATED: filters('{ $.eventName = ConsoleLogin }'),
  FILTER_UNREAD: filters('{ ($.eventName = DeactivateMFADevice) && ($.errorCode NOT  EXISTS) }'),
  FILTER_MATCHES_ROUTINE: { ...filters('{ $.eventName = "*" }'), raw: { patternMatch: 'covers' } },
  FILTER_UNDECIDED: filters('{ ($.eventName = DeactivateMFADevice) && ($.readOnly = "false") }'),
  FILTERS_LEAVE_GAP: inParts('($.errorCode != AccessDenied)'),
  FILTER_MAY_BE_BLIND: {
    change: { filters: [{ pattern: '{($.eventName=DeactivateMFADevice)}', selection: '@aws.region = "eu-west-1"' }] },
  },
  NO_ALARM: alarms(),
  ALARM_OTHER_NAMESPACE: alarms({ Namespace: 'CISBenchmark' }),
  ALARM_OTHER_DIMENSIONS: alarms({ Dimensions: [{ Name: 'Team', Value: 'a' }] }),
  ALARM_WITHOUT_ACTION: alarms({ AlarmActions: [] }),
  ALARM_WITHOUT_SNS_ACTION: alarms({ AlarmActions: [`arn:aws:lambda:eu-west-1:${MOTO_ACCOUNT}:function:page`] }),
  ALARM_ACTIONS_DISABLED: alarms({ ActionsEnabled: false }),
  ALARM_TOO_SLOW: {
    ...alarms({ Period: 3600, EvaluationPeriods: 3, TreatMissingData: 'missing' }),
    raw: { maxAlarmDelayMinutes: '90' },
  },
  ALARM_NEEDS_MORE_EVENTS: alarms({ Threshold: 3 }),
  ALARM_STAYS_IN_ALARM: alarms({ TreatMissingData: 'ignore' }),
  ALARM_RESTS_IN_ALARM: alarms({ TreatMissingData: 'breaching' }),
  ALARM_NEVER_FIRES: alarms({ Unit: 'Bytes' }),
  ALARM_UNCERTAIN: alarms({ Period: 30 }),
  ALARM_NOT_COMPUTED: composite('ALARM("alarm-0") AND ALARM("alarm-1")', silent, silent),
  ALARM_RULE_NOT_MET: composite('ALARM("alarm-0") AND ALARM("alarm-1")', silent, onLoad),
  ALARM_SUPPRESSED: { change: { alarms: [silent], composite: { rule: 'ALARM("alarm-0")', suppressor: 'alarm-0' } } },
  TOPIC_REFUSES_ALARM: policy(forEvents),
  TOPIC_POLICY_UNCERTAIN: policy({
    ...forEvents,
    Principal: '*',
    Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } },
  }),
  TOPIC_KEY_UNUSABLE: { change: { topicAttributes: { KmsMasterKeyId: 'alias/aws/sns' } } },
  TOPIC_KEY_REFUSES_ALARM: key({
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'kms:*',
    Resource: '*',
  }),
  TOPIC_KEY_UNCERTAIN: key({
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceOrgID': 'o-exampleorgid' } },
  }),
  TOPIC_KEY_OFF: {
    change: {
      ...key({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'kms:*', Resource: '*' })
        .change,
      keyIsDisabled: true,
    },
  },
  TOPIC_TYPE_UNFIT: fifo({ protocol: 'https', endpoint: 'https://example.com/pager' }),
  TOPIC_IN_OTHER_REGION: {
    change: { topicRegion: 'us-east-1', alarms: [{ AlarmActions: [TOPIC.replace('eu-west-1', 'us-east-1')] }] },
  },
  TOPIC_GONE: { change: { topic: 'gone' } },
  NO_EVENT_RULE: overEvents(),
  TOPIC_REFUSES_RULE: overEvents({ rule: true }),
  NO_SUBSCRIBER: { change: { subscribers: [] } },
  SUBSCRIBER_FILTERED: filtered({ FilterPolicy: '{"severity":["high"]}' }),
  SUBSCRIBER_FILTER_UNCERTAIN: filtered({
    FilterPolicy: '{"NewStateReason":[{"prefix":"Threshold"}]}',
    FilterPolicyScope: 'MessageBody',
  }),
  SUBSCRIBER_PROTOCOL_NOT_ALLOWED: {
    change: { subscribers: [{ protocol: 'sqs', endpoint: `arn:aws:sqs:eu-west-1:${MOTO_ACCOUNT}:queue` }] },
    raw: { subscriberProtocols: 'email,email-json,sms' },
  },
  SUBSCRIBER_NOT_CONFIRMED: { change: { subscribers: [{ protocol: 'email', endpoint: 'somebody@example.com' }] } },
};

const LIKE_NO_RULE = 'what fixes it are the commands that add a rule, and NO_EVENT_RULE runs them';

const NO_LOG_ALARMS = 'moto does not know log alarms';

/** Reasons that commands fix and that are not built in moto, with the reason why. */
export const notInMoto: Partial<Record<ReasonCode, string>> = {
  NO_LOG_ALARM: NO_LOG_ALARMS,
  LOG_ALARM_TOO_SLOW: NO_LOG_ALARMS,
  LOG_ALARM_NEEDS_MORE_EVENTS: NO_LOG_ALARMS,
  LOG_ALARM_STAYS_IN_ALARM: NO_LOG_ALARMS,
  LOG_ALARM_LEAVES_GAPS: NO_LOG_ALARMS,
  LOG_ALARM_RESTS_IN_ALARM: NO_LOG_ALARMS,
  LOG_ALARM_NEVER_FIRES: NO_LOG_ALARMS,
  LOG_ALARM_BROADER: NO_LOG_ALARMS,
  LOG_ALARM_MATCHES_ROUTINE: NO_LOG_ALARMS,
  LOG_ALARM_NARROWER: NO_LOG_ALARMS,
  LOG_ALARM_DIFFERENT: NO_LOG_ALARMS,
  LOG_ALARM_OTHER_LOG_GROUP: NO_LOG_ALARMS,
  LOG_ALARM_MAY_MISS_LATE: NO_LOG_ALARMS,
  LOG_ALARM_UNDECIDED: NO_LOG_ALARMS,
  LOG_ALARM_NOT_COMPUTED: NO_LOG_ALARMS,
  LOG_ALARM_NOT_COMPARED: NO_LOG_ALARMS,
  LOG_ALARM_UNREAD: NO_LOG_ALARMS,
  EVENT_RULE_DISABLED: LIKE_NO_RULE,
  EVENT_RULE_MISSES_READS: LIKE_NO_RULE,
  EVENT_RULE_BROADER: LIKE_NO_RULE,
  EVENT_RULE_NARROWER: LIKE_NO_RULE,
  EVENT_RULE_DIFFERENT: LIKE_NO_RULE,
  EVENT_RULE_IN_OTHER_REGION: LIKE_NO_RULE,
  EVENT_RULE_UNDECIDED: LIKE_NO_RULE,
  EVENT_RULE_READS_UNCERTAIN: LIKE_NO_RULE,
  EVENT_RULE_STATE_UNKNOWN: LIKE_NO_RULE,
  EVENT_RULE_NOT_COMPARED: LIKE_NO_RULE,
  EVENT_RULE_UNREAD: LIKE_NO_RULE,
  EVENT_BUS_WITHOUT_RULE: LIKE_NO_RULE,
  EVENT_RULE_WITHOUT_TARGET: LIKE_NO_RULE,
  TARGET_ROLE_NOT_READ: LIKE_NO_RULE,
  TARGET_IN_OTHER_ACCOUNT: LIKE_NO_RULE,
  EVENT_BUS_NOT_FOLLOWED: LIKE_NO_RULE,
  TARGET_NOT_FOLLOWED: LIKE_NO_RULE,
  TOPIC_KEY_REFUSES_RULE: LIKE_NO_RULE,
  FILTER_NOT_COMPARED: 'it depends on the time that the function has left',
  SUBSCRIBER_IN_OTHER_ACCOUNT: 'moto gives every subscription the account of its topic',
  SUBSCRIBER_PROTOCOL_UNKNOWN: 'moto, like SNS, refuses protocols that it does not know',
};
