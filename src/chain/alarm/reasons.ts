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

const watchMetric = ({ alarm, metric }: Facts & MetricFacts) =>
  `let alarm ${alarm} watch metric ${metric}, without dimensions of its own`;

export const alarmReasons = {
  ALARM_TOO_SLOW: {
    outcome: 'broken',
    meaning: 'The alarm rings, and later than `maxAlarmDelayMinutes` after the event.',
    sentence: ({ alarm, minutes, most }: Facts & { readonly minutes: number; readonly most: number }) =>
      `alarm ${alarm} takes at least ${minutes} minutes to ring, and ${most} are allowed`,
    fix: ({ alarm }: Facts) => `let alarm ${alarm} look at fewer and shorter periods`,
  },
  ALARM_NEEDS_MORE_EVENTS: {
    outcome: 'broken',
    meaning: 'One event does not take the alarm to ALARM; it needs more than `maxEventsToAlarm`.',
    sentence: ({ alarm, events, most }: Facts & { readonly events: number; readonly most: number }) =>
      `alarm ${alarm} rings only after ${events} events, and ${most} may pass`,
    fix: ({ alarm }: Facts) => `let alarm ${alarm} ring on one event: Sum >= 1, one datapoint to alarm`,
  },
  ALARM_LATCHES: {
    outcome: 'broken',
    meaning: 'The alarm rings once and then stays in ALARM, so that nobody hears of the next event.',
    sentence: ({ alarm, why }: Why) => `alarm ${alarm} rings once and never again: ${why}`,
    fix: ({ alarm }: Facts) => `let alarm ${alarm} treat missing data as notBreaching`,
  },
  ALARM_RESTS_IN_ALARM: {
    outcome: 'broken',
    meaning: 'The alarm is in ALARM while nothing happens, by its settings, so that an event takes it nowhere.',
    sentence: ({ alarm, why }: Why) => `alarm ${alarm} is in ALARM while nothing happens: ${why}`,
    fix: ({ alarm }: Facts) => `let alarm ${alarm} rest in OK: Sum >= 1, missing data notBreaching`,
  },
  ALARM_NEVER_RINGS: {
    outcome: 'broken',
    meaning: 'The alarm watches the metric, and nothing that the filter publishes takes it to ALARM.',
    sentence: ({ alarm, why }: Why) => `alarm ${alarm} never rings: ${why}`,
    fix: ({ alarm }: Facts) => `let alarm ${alarm} ring on one event: Sum >= 1, one datapoint to alarm, no unit`,
  },
  ALARM_SUPPRESSED: {
    outcome: 'broken',
    meaning:
      'The suppressor of the composite alarm is in ALARM by the time that the composite alarm is, so that its actions are held back.',
    sentence: ({ alarm, why }: Why) => `the actions of alarm ${alarm} are held back: ${why}`,
    fix: ({ alarm }: Facts) => `take the suppressor off alarm ${alarm}, or let it watch something else`,
  },
  ALARM_MUTED: {
    outcome: 'broken',
    meaning: 'A mute rule silences the actions of the alarm for more than 24 hours at a stretch.',
    sentence: ({ alarm, rule, hours }: Facts & { readonly rule: string; readonly hours: number }) =>
      `mute rule ${rule} silences alarm ${alarm} for ${hours} hours at a stretch`,
    fix: ({ alarm, rule }: Facts & { readonly rule: string }) =>
      `take alarm ${alarm} out of mute rule ${rule}, or let the rule mute for a day at most`,
  },
  ALARM_RULE_NOT_MET: {
    outcome: 'broken',
    meaning:
      'The alarm on the metric goes to ALARM, and that alone does not make the rule of the composite alarm true.',
    sentence: ({ alarm, why }: Why) => `composite alarm ${alarm} does not follow: ${why}`,
    fix: ({ alarm, child }: Facts & { readonly child: string }) =>
      `let the rule of alarm ${alarm} be true whenever ALARM("${child}") is, or give ${child} an SNS topic of its own`,
  },
  ALARM_ACTIONS_DISABLED: {
    outcome: 'broken',
    meaning: 'The alarm has an SNS action, and its actions are switched off.',
    sentence: ({ alarm }: Facts) => `the actions of alarm ${alarm} are switched off`,
    fix: ({ alarm }: Facts) => `enable the actions of alarm ${alarm}`,
  },
  ALARM_WITHOUT_SNS_ACTION: {
    outcome: 'broken',
    meaning: 'The alarm does something when it goes to ALARM, and none of it is an SNS topic.',
    sentence: ({ alarm, actions }: Facts & { readonly actions: string }) =>
      `alarm ${alarm} notifies no SNS topic; its ALARM actions are ${actions}`,
    fix: ({ alarm }: Facts) => `add an SNS topic to the ALARM actions of alarm ${alarm}`,
  },
  ALARM_WITHOUT_ACTION: {
    outcome: 'broken',
    meaning: 'The alarm does nothing when it goes to ALARM.',
    sentence: ({ alarm }: Facts) => `alarm ${alarm} has no ALARM action`,
    fix: ({ alarm }: Facts) => `add an SNS topic to the ALARM actions of alarm ${alarm}`,
  },
  ALARM_OTHER_DIMENSIONS: {
    outcome: 'broken',
    meaning: 'An alarm watches a metric of this name with dimensions that the filter does not publish.',
    sentence: ({ alarm, metric }: Facts & MetricFacts) =>
      `alarm ${alarm} watches ${metric} with other dimensions than the filter publishes`,
    fix: watchMetric,
  },
  ALARM_OTHER_NAMESPACE: {
    outcome: 'broken',
    meaning: 'An alarm watches a metric of this name in another namespace, so it never sees the filter count.',
    sentence: ({ alarm, metric, namespace }: Facts & MetricFacts & { readonly namespace: string }) =>
      `alarm ${alarm} watches namespace ${namespace}, and the filter publishes ${metric}`,
    fix: watchMetric,
  },
  NO_ALARM: {
    outcome: 'broken',
    meaning: 'No alarm watches the metric that the filter publishes, in the region of its log group.',
    sentence: ({ metric, region }: MetricFacts) => `no alarm in ${region} watches metric ${metric}`,
    fix: ({ metric, region }: MetricFacts) =>
      `create an alarm on metric ${metric} in ${region} with an SNS topic as its ALARM action`,
  },
  ALARM_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'Whether one event takes the alarm to ALARM, or soon enough, depends on something that is not known. It is named.',
    sentence: ({ alarm, why }: Why) => `whether alarm ${alarm} rings on an event cannot be told: ${why}`,
    fix: ({ alarm }: Facts) =>
      `let alarm ${alarm} ring on one event whatever else happens: Sum >= 1, missing data notBreaching`,
  },
  ALARM_NOT_COMPUTED: {
    outcome: 'undecided',
    meaning:
      'An alarm depends on the metric in a way that is not computed: through metric math, the rule of a composite alarm, or dimensions taken from the event. It is named.',
    sentence: ({ alarm, why }: Why) => `what alarm ${alarm} makes of the metric is not computed: ${why}`,
    fix: () => 'add an alarm right on the metric, with an SNS topic as its ALARM action',
  },
} as const satisfies Reasons;
