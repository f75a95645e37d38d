import type { ReasonCode } from '../../chain/reasons.ts';

/** The ways in which commands fix a finding. */
export type FixName =
  | 'start logging'
  | 'record all regions'
  | 'record management events'
  | 'connect a log group'
  | 'create the log group'
  | 'add a metric filter'
  | 'add an alarm'
  | 'enable the actions'
  | 'create the topic'
  | 'allow to publish'
  | 'add an event rule'
  | 'add a log alarm'
  | 'subscribe';

/** Who fixes a reason: commands, or a person, and then why no command can. */
export type FixedBy =
  { readonly by: 'commands'; readonly way: FixName } | { readonly by: 'person'; readonly why: string };

const commands = (way: FixName): FixedBy => ({ by: 'commands', way });
const person = (why: string): FixedBy => ({ by: 'person', why });

const ANOTHER_ACCOUNT = 'the set-up there may be right; only that account, or a role in it, can show that';

/**
 * How each reason is fixed. A filter, alarm or topic that breaks the chain stays as it is, since others may use it: the
 * remediation adds one that works.
 */
export const fixes: Readonly<Record<ReasonCode, FixedBy>> = {
  TRAIL_DROPS_EVENTS: commands('record management events'),
  TRAIL_WITHOUT_EVENTS: commands('record management events'),
  TRAIL_SELECTORS_UNCERTAIN: commands('record management events'),
  TRAIL_NOT_LOGGING: commands('start logging'),
  TRAIL_NOT_MULTI_REGION: commands('record all regions'),
  TRAIL_MISSES_REGIONS: commands('record all regions'),
  TRAIL_REGIONS_UNCERTAIN: commands('record all regions'),
  TRAIL_WITHOUT_GLOBAL_EVENTS: commands('record all regions'),
  TRAIL_GLOBAL_EVENTS_UNKNOWN: commands('record all regions'),
  NO_TRAIL: person('a trail needs a bucket, and somebody has to decide who may read it and how long it keeps events'),

  LOG_DELIVERY_STALE: person('the reason why no events arrive cannot be read from the account'),
  LOG_DELIVERY_FAILING: person('somebody has to look at the role that CloudTrail delivers with'),
  LOG_DELIVERY_SILENT: person('only an event that the trail records shows whether it delivers'),
  LOG_DELIVERY_NOT_RESUMED: person('the trail has to deliver first'),
  LOG_DELIVERY_UNKNOWN: person('the trail has to deliver first'),
  LOG_GROUP_CLASS_UNFIT: person('the class of a log group cannot be changed, so the trail needs another log group'),
  LOG_GROUP_CLASS_UNKNOWN: person('it is not known whether this class of log group works'),
  LOG_GROUP_FIELDS_UNKNOWN: person('the class of a log group cannot be changed, so the trail needs another log group'),
  LOG_GROUP_GONE: commands('create the log group'),
  LOG_GROUP_NOT_SET: commands('connect a log group'),
  LOG_GROUP_IN_OTHER_ACCOUNT: person(ANOTHER_ACCOUNT),

  FILTERS_LEAVE_GAP: commands('add a metric filter'),
  FILTERS_UNCERTAIN_TOGETHER: person('each of their chains has its own finding, which has to be fixed first'),
  FILTER_BROADER: commands('add a metric filter'),
  FILTER_NARROWER: commands('add a metric filter'),
  FILTER_DIFFERENT: commands('add a metric filter'),
  FILTER_NEVER_MATCHES: commands('add a metric filter'),
  FILTER_UNRELATED: commands('add a metric filter'),
  NO_METRIC_FILTER: commands('add a metric filter'),
  FILTER_UNDECIDED: commands('add a metric filter'),
  FILTER_MAY_BE_BLIND: commands('add a metric filter'),
  FILTER_MATCHES_ROUTINE: commands('add a metric filter'),
  FILTER_NOT_COMPARED: commands('add a metric filter'),
  FILTER_UNREAD: commands('add a metric filter'),

  ALARM_ALREADY_IN_ALARM: person('what keeps the alarm in ALARM must be found first'),
  ALARM_TOO_SLOW: commands('add an alarm'),
  ALARM_NEEDS_MORE_EVENTS: commands('add an alarm'),
  ALARM_STAYS_IN_ALARM: commands('add an alarm'),
  ALARM_RESTS_IN_ALARM: commands('add an alarm'),
  ALARM_NEVER_FIRES: commands('add an alarm'),
  ALARM_NOT_EVALUATED: person('the state reason of the alarm says what must be corrected'),
  ALARM_SUPPRESSED: commands('add an alarm'),
  ALARM_MUTED: person('somebody created the mute rule for a reason, and a new alarm would bypass it'),
  ALARM_RULE_NOT_MET: commands('add an alarm'),
  ALARM_ACTIONS_DISABLED: commands('enable the actions'),
  ALARM_WITHOUT_SNS_ACTION: commands('add an alarm'),
  ALARM_WITHOUT_ACTION: commands('add an alarm'),
  ALARM_OTHER_DIMENSIONS: commands('add an alarm'),
  ALARM_OTHER_NAMESPACE: commands('add an alarm'),
  NO_ALARM: commands('add an alarm'),
  METRIC_UNKNOWN: person('the metric filter must be read again first'),
  ALARM_UNCERTAIN: commands('add an alarm'),
  ALARM_NOT_COMPUTED: commands('add an alarm'),

  LOG_ALARM_TOO_SLOW: commands('add a log alarm'),
  LOG_ALARM_NEEDS_MORE_EVENTS: commands('add a log alarm'),
  LOG_ALARM_STAYS_IN_ALARM: commands('add a log alarm'),
  LOG_ALARM_LEAVES_GAPS: commands('add a log alarm'),
  LOG_ALARM_RESTS_IN_ALARM: commands('add a log alarm'),
  LOG_ALARM_NEVER_FIRES: commands('add a log alarm'),
  LOG_ALARM_BROADER: commands('add a log alarm'),
  LOG_ALARM_MATCHES_ROUTINE: commands('add a log alarm'),
  LOG_ALARM_NARROWER: commands('add a log alarm'),
  LOG_ALARM_DIFFERENT: commands('add a log alarm'),
  LOG_ALARM_OTHER_LOG_GROUP: commands('add a log alarm'),
  NO_LOG_ALARM: commands('add a log alarm'),
  LOG_ALARM_MAY_MISS_LATE: commands('add a log alarm'),
  LOG_ALARM_UNDECIDED: commands('add a log alarm'),
  LOG_ALARM_NOT_COMPUTED: commands('add a log alarm'),
  LOG_ALARM_NOT_COMPARED: commands('add a log alarm'),
  LOG_ALARM_UNREAD: commands('add a log alarm'),
  LOG_ALARM_WITHOUT_RESULT: person('only a run of its query shows whether its role may run it'),
  LOG_ALARM_ON_TRANSFORMED_LOGS: person('what the transformer does was decided by somebody, and others may use it'),
  LOG_ALARM_QUERY_UNKNOWN: person('what is missing is not known until it is read'),

  TOPIC_REFUSES_ALARM: commands('allow to publish'),
  EVENT_RULE_DISABLED: commands('add an event rule'),
  EVENT_RULE_MISSES_READS: commands('add an event rule'),
  EVENT_RULE_BROADER: commands('add an event rule'),
  EVENT_RULE_NARROWER: commands('add an event rule'),
  EVENT_RULE_DIFFERENT: commands('add an event rule'),
  EVENT_RULE_IN_OTHER_REGION: commands('add an event rule'),
  NO_EVENT_RULE: commands('add an event rule'),
  EVENT_RULE_TRAIL_ELSEWHERE: person('a trail of the own account needs a bucket, and somebody has to decide about it'),
  EVENT_RULE_ONE_REGION: person('a rule in every region is needed, or a metric filter'),
  EVENT_RULE_UNDECIDED: commands('add an event rule'),
  EVENT_RULE_READS_UNCERTAIN: commands('add an event rule'),
  EVENT_RULE_STATE_UNKNOWN: commands('add an event rule'),
  EVENT_RULE_NOT_COMPARED: commands('add an event rule'),
  EVENT_RULE_UNREAD: commands('add an event rule'),
  EVENT_REGION_UNKNOWN: person('only who knows the events can say where they arise'),

  EVENT_BUS_WITHOUT_RULE: commands('add an event rule'),
  EVENT_RULE_WITHOUT_TARGET: commands('add an event rule'),
  TARGET_ROLE_NOT_READ: commands('add an event rule'),
  TARGET_IN_OTHER_ACCOUNT: commands('add an event rule'),
  EVENT_BUS_NOT_FOLLOWED: commands('add an event rule'),
  TARGET_NOT_FOLLOWED: commands('add an event rule'),

  TOPIC_REFUSES_RULE: commands('allow to publish'),
  TOPIC_KEY_REFUSES_RULE: commands('add an event rule'),
  TOPIC_POLICY_UNCERTAIN: commands('allow to publish'),
  TOPIC_KEY_UNUSABLE: commands('add an alarm'),
  TOPIC_KEY_REFUSES_ALARM: commands('add an alarm'),
  TOPIC_KEY_UNCERTAIN: commands('add an alarm'),
  TOPIC_KEY_OFF: commands('add an alarm'),
  TOPIC_TYPE_UNFIT: commands('add an alarm'),
  TOPIC_IN_OTHER_REGION: commands('add an alarm'),
  TOPIC_GONE: commands('create the topic'),
  TOPIC_IN_OTHER_ACCOUNT: person(ANOTHER_ACCOUNT),

  TOPIC_ACTION_FAILED: person(
    'the cause that the message names has to be fixed first, and a test notification has to show that it is',
  ),

  SUBSCRIBER_FILTERED: commands('subscribe'),
  SUBSCRIBER_FILTER_UNCERTAIN: commands('subscribe'),
  SUBSCRIBER_PROTOCOL_NOT_ALLOWED: commands('subscribe'),
  SUBSCRIBER_PROTOCOL_UNKNOWN: commands('subscribe'),
  SUBSCRIBER_IN_OTHER_ACCOUNT: commands('subscribe'),
  SUBSCRIBER_NOT_CONFIRMED: commands('subscribe'),
  NO_SUBSCRIBER: commands('subscribe'),

  UNREADABLE: person('what is missing is not known until it can be read'),
};
