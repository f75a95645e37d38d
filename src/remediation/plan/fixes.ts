import type { ReasonCode } from '../../chain/reasons.ts';

/** The ways in which commands mend a finding. */
export type Way =
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
  | 'subscribe';

/** How a reason is mended: by commands, or by a person, and then why no command will do. */
export type Mending = { readonly by: 'commands'; readonly way: Way } | { readonly by: 'person'; readonly why: string };

const commands = (way: Way): Mending => ({ by: 'commands', way });
const person = (why: string): Mending => ({ by: 'person', why });

const ANOTHER_ACCOUNT = 'what is there may be right, and only that account or a role into it can tell';

/**
 * How each reason is mended. A faulty filter, alarm or topic is left as it is, for others may rest on it: a sound one
 * is put beside it.
 */
export const mending: Readonly<Record<ReasonCode, Mending>> = {
  TRAIL_DROPS_EVENTS: commands('record management events'),
  TRAIL_WITHOUT_EVENTS: commands('record management events'),
  TRAIL_SELECTORS_UNCERTAIN: commands('record management events'),
  TRAIL_NOT_LOGGING: commands('start logging'),
  TRAIL_NOT_MULTI_REGION: commands('record all regions'),
  TRAIL_WITHOUT_GLOBAL_EVENTS: commands('record all regions'),
  TRAIL_GLOBAL_EVENTS_UNKNOWN: commands('record all regions'),
  NO_TRAIL: person('a trail needs a bucket, and who may read it and how long it keeps events is to be decided'),

  LOG_DELIVERY_STALE: person('what keeps the events from arriving is not to be seen from here'),
  LOG_DELIVERY_FAILING: person('the role that CloudTrail delivers with is to be looked into'),
  LOG_DELIVERY_UNKNOWN: person('the trail has to deliver first'),
  LOG_GROUP_CLASS_UNFIT: person(
    'the class of a log group cannot be changed, and the trail has to be given another group',
  ),
  LOG_GROUP_CLASS_UNKNOWN: person('whether the class of the log group will do is not known'),
  LOG_GROUP_GONE: commands('create the log group'),
  LOG_GROUP_NOT_SET: commands('connect a log group'),
  LOG_GROUP_IN_OTHER_ACCOUNT: person(ANOTHER_ACCOUNT),

  FILTERS_LEAVE_GAP: commands('add a metric filter'),
  FILTERS_UNCERTAIN_TOGETHER: person('what cannot be told of one of their chains is to be settled there'),
  FILTER_BROADER: commands('add a metric filter'),
  FILTER_NARROWER: commands('add a metric filter'),
  FILTER_DIFFERENT: commands('add a metric filter'),
  FILTER_NEVER_MATCHES: commands('add a metric filter'),
  FILTER_UNRELATED: commands('add a metric filter'),
  NO_METRIC_FILTER: commands('add a metric filter'),
  FILTER_UNDECIDED: commands('add a metric filter'),
  FILTER_MAY_BE_BLIND: commands('add a metric filter'),

  ALARM_TOO_SLOW: commands('add an alarm'),
  ALARM_NEEDS_MORE_EVENTS: commands('add an alarm'),
  ALARM_STAYS_IN_ALARM: commands('add an alarm'),
  ALARM_RESTS_IN_ALARM: commands('add an alarm'),
  ALARM_NEVER_FIRES: commands('add an alarm'),
  ALARM_SUPPRESSED: commands('add an alarm'),
  ALARM_MUTED: person('who made the mute rule had a reason, and a new alarm beside it would get round it'),
  ALARM_RULE_NOT_MET: commands('add an alarm'),
  ALARM_ACTIONS_DISABLED: commands('enable the actions'),
  ALARM_WITHOUT_SNS_ACTION: commands('add an alarm'),
  ALARM_WITHOUT_ACTION: commands('add an alarm'),
  ALARM_OTHER_DIMENSIONS: commands('add an alarm'),
  ALARM_OTHER_NAMESPACE: commands('add an alarm'),
  NO_ALARM: commands('add an alarm'),
  ALARM_UNCERTAIN: commands('add an alarm'),
  ALARM_NOT_COMPUTED: commands('add an alarm'),

  TOPIC_REFUSES_ALARM: commands('allow to publish'),
  TOPIC_POLICY_UNCERTAIN: commands('allow to publish'),
  TOPIC_KEY_UNUSABLE: commands('add an alarm'),
  TOPIC_KEY_REFUSES_ALARM: commands('add an alarm'),
  TOPIC_KEY_UNCERTAIN: commands('add an alarm'),
  TOPIC_KEY_OFF: commands('add an alarm'),
  TOPIC_TYPE_UNFIT: commands('add an alarm'),
  TOPIC_FIFO_UNCERTAIN: commands('add an alarm'),
  TOPIC_IN_OTHER_REGION: commands('add an alarm'),
  TOPIC_GONE: commands('create the topic'),
  TOPIC_IN_OTHER_ACCOUNT: person(ANOTHER_ACCOUNT),

  ALARM_ACTION_FAILED: person('what the text names has to be mended first, and a drill has to show that it is'),

  SUBSCRIBER_FILTERED: commands('subscribe'),
  SUBSCRIBER_FILTER_UNCERTAIN: commands('subscribe'),
  SUBSCRIBER_NOT_CONFIRMED: commands('subscribe'),
  NO_SUBSCRIBER: commands('subscribe'),

  UNREADABLE: person('without reading it there is no telling what is missing'),
};
