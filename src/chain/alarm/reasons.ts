import { byCommands, byPerson } from '../base/fixed-by.ts';
import type { Reasons } from '../base/link.ts';

interface Facts {
  readonly alarm: string;
}
interface Why extends Facts {
  readonly why: string;
}
interface MetricFacts {
  readonly metric: string;
  readonly region: string;
}

/** An alarm may be there for something else too. A new one on the metric takes nothing from it. */
const addAlarmOn = ({ metric, region }: MetricFacts) =>
  `add an alarm on metric ${metric} in ${region}, with an SNS topic as its ALARM action`;
const addAlarm = () =>
  'add an alarm that goes into ALARM on one event (Sum >= 1, one datapoint to alarm, no unit, missing data notBreaching), on a metric of its own if something else publishes to this one';

export const alarmReasons = {
  ALARM_ALREADY_IN_ALARM: {
    outcome: 'broken',
    meaning:
      'The alarm has been in ALARM for more than 24 hours. It acts only when it goes into ALARM, so it does not notify about the next event.',
    sentence: ({ alarm, since }: Facts & { readonly since: string }) =>
      `alarm ${alarm} has been in ALARM since ${since}, so it does not notify about the next event`,
    fix: ({ alarm }: Facts) => `find out what keeps alarm ${alarm} in ALARM, and let it return to OK`,
    fixedBy: byPerson('what keeps the alarm in ALARM must be found first'),
  },
  ALARM_TOO_SLOW: {
    outcome: 'broken',
    meaning: 'The alarm goes into ALARM later than `maxAlarmDelayMinutes` after the event.',
    sentence: ({ alarm, minutes, most }: Facts & { readonly minutes: number; readonly most: number }) =>
      `alarm ${alarm} takes at least ${minutes} minutes to go into ALARM, and ${most} are allowed`,
    fix: addAlarm,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_NEEDS_MORE_EVENTS: {
    outcome: 'broken',
    meaning: 'The alarm goes into ALARM only after more than `maxEventsToAlarm` events.',
    sentence: ({ alarm, events, most }: Facts & { readonly events: number; readonly most: number }) =>
      `alarm ${alarm} goes into ALARM only after ${events} events, and at most ${most} are allowed`,
    fix: addAlarm,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_STAYS_IN_ALARM: {
    outcome: 'broken',
    meaning: 'After one event the alarm stays in ALARM, so nobody is notified of the next event.',
    sentence: ({ alarm, why }: Why) => `alarm ${alarm} notifies once and not again: ${why}`,
    fix: addAlarm,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_RESTS_IN_ALARM: {
    outcome: 'broken',
    meaning: 'By its settings the alarm is in ALARM while nothing happens, so an event does not change its state.',
    sentence: ({ alarm, why }: Why) => `alarm ${alarm} is in ALARM while nothing happens: ${why}`,
    fix: addAlarm,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_NEVER_FIRES: {
    outcome: 'broken',
    meaning:
      'The alarm watches the metric, but what the filter publishes among other traffic does not take it to ALARM.',
    sentence: ({ alarm, why }: Why) => `alarm ${alarm} does not go into ALARM: ${why}`,
    fix: addAlarm,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_NOT_EVALUATED: {
    outcome: 'broken',
    meaning: 'CloudWatch does not evaluate the alarm: it is in its warm-up period, or its settings have an error.',
    sentence: ({ alarm, why }: Why) => `CloudWatch does not evaluate alarm ${alarm}: ${why}`,
    fix: ({ alarm }: Facts) =>
      `read the state reason of alarm ${alarm}, and correct its settings or end its warm-up period`,
    fixedBy: byPerson('the state reason of the alarm says what must be corrected'),
  },
  ALARM_SUPPRESSED: {
    outcome: 'broken',
    meaning:
      'The suppressor of the composite alarm is in ALARM when the composite alarm goes into ALARM, so CloudWatch takes no action.',
    sentence: ({ alarm, why }: Why) => `the actions of alarm ${alarm} are suppressed: ${why}`,
    fix: addAlarm,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_MUTED: {
    outcome: 'broken',
    meaning: 'A mute rule mutes the actions of the alarm for more than 24 hours without a pause.',
    sentence: ({ alarm, rule, hours }: Facts & { readonly rule: string; readonly hours: number }) =>
      `mute rule ${rule} mutes alarm ${alarm} for ${hours} hours without a pause`,
    fix: ({ alarm, rule }: Facts & { readonly rule: string }) =>
      `ask whoever made mute rule ${rule} whether it may mute alarm ${alarm} for at most 24 hours without a pause`,
    fixedBy: byPerson('somebody created the mute rule for a reason, and a new alarm would bypass it'),
  },
  ALARM_RULE_NOT_MET: {
    outcome: 'broken',
    meaning:
      'The alarm on the metric goes into ALARM, but that alone does not make the rule of the composite alarm true.',
    sentence: ({ alarm, why }: Why) => `composite alarm ${alarm} does not go into ALARM: ${why}`,
    fix: addAlarm,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_ACTIONS_DISABLED: {
    outcome: 'broken',
    meaning: 'The alarm has an SNS action, but its actions are disabled.',
    sentence: ({ alarm }: Facts) => `the actions of alarm ${alarm} are disabled`,
    fix: ({ alarm }: Facts) => `enable the actions of alarm ${alarm}`,
    fixedBy: byCommands('enable the actions'),
  },
  ALARM_WITHOUT_SNS_ACTION: {
    outcome: 'broken',
    meaning: 'The alarm has ALARM actions, but none of them is an SNS topic.',
    sentence: ({ alarm, actions }: Facts & { readonly actions: string }) =>
      `alarm ${alarm} notifies no SNS topic; its ALARM actions use ${actions}`,
    fix: ({ alarm }: Facts) => `add an SNS topic to the ALARM actions of alarm ${alarm}`,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_WITHOUT_ACTION: {
    outcome: 'broken',
    meaning: 'The alarm has no ALARM action.',
    sentence: ({ alarm }: Facts) => `alarm ${alarm} has no ALARM action`,
    fix: ({ alarm }: Facts) => `add an SNS topic to the ALARM actions of alarm ${alarm}`,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_OTHER_DIMENSIONS: {
    outcome: 'broken',
    meaning: 'An alarm watches a metric of this name with dimensions that the filter does not publish.',
    sentence: ({ alarm, metric }: Facts & MetricFacts) =>
      `alarm ${alarm} watches ${metric} with other dimensions than the filter publishes`,
    // A filter with dimensions publishes nothing without them, and their values differ from event to event.
    fix: ({ publishesDimensions, ...facts }: MetricFacts & { readonly publishesDimensions: boolean }) =>
      publishesDimensions
        ? 'add a metric filter without dimensions, with a metric and an alarm of its own'
        : addAlarmOn(facts),
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_OTHER_NAMESPACE: {
    outcome: 'broken',
    meaning:
      'An alarm watches a metric of this name in another namespace, so it does not see what the filter publishes.',
    sentence: ({ alarm, metric, namespace }: Facts & MetricFacts & { readonly namespace: string }) =>
      `alarm ${alarm} watches namespace ${namespace}, but the filter publishes ${metric}`,
    fix: addAlarmOn,
    fixedBy: byCommands('add an alarm'),
  },
  NO_ALARM: {
    outcome: 'broken',
    meaning: 'No alarm watches the metric that the filter publishes, in the region of its log group.',
    sentence: ({ metric, region }: MetricFacts) => `no alarm in ${region} watches metric ${metric}`,
    fix: addAlarmOn,
    fixedBy: byCommands('add an alarm'),
  },
  METRIC_UNKNOWN: {
    outcome: 'undecided',
    meaning: 'The listing of the metric filter does not name exactly one metric, so its alarms are not known.',
    sentence: ({ filter }: { readonly filter: string }) => `metric filter ${filter} does not name exactly one metric`,
    fix: ({ filter }: { readonly filter: string }) =>
      `read metric filter ${filter} again, and check its metric transformation`,
    fixedBy: byPerson('the metric filter must be read again first'),
  },
  ALARM_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'It is not determined whether one event takes the alarm to ALARM, or takes it there in time. The text names what is unknown.',
    sentence: ({ alarm, why }: Why) =>
      `it is not determined whether alarm ${alarm} goes into ALARM on an event: ${why}`,
    fix: addAlarm,
    fixedBy: byCommands('add an alarm'),
  },
  ALARM_NOT_COMPUTED: {
    outcome: 'undecided',
    meaning:
      'An alarm depends on the metric in a way that is not computed: through metric math, the rule of a composite alarm, or dimensions taken from the event. The text names it.',
    sentence: ({ alarm, why }: Why) => `it is not determined how alarm ${alarm} reacts to the metric: ${why}`,
    fix: () => 'add an alarm directly on the metric, with an SNS topic as its ALARM action',
    fixedBy: byCommands('add an alarm'),
  },
} as const satisfies Reasons;
