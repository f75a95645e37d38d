import { byCommands, byPerson } from '../base/fixed-by.ts';
import type { Reasons } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';

interface Place {
  readonly logGroup: string;
  readonly required: string;
}
interface Facts extends Place {
  readonly alarm: string;
}
interface Why extends Facts {
  readonly why: string;
}
interface Example extends Facts {
  readonly event: string;
}

/** The one advice for all log alarms. An alarm may serve another purpose, so the advice never is to change one. */
export const addLogAlarmText = ({ logGroup, required }: Place) =>
  `add a log alarm that counts ${required} in log group ${logGroup} every 5 minutes, looks back 20 minutes, and goes into ALARM on one event`;

/** The reasons of the log alarm, nearest to a chain that holds first. */
export const logAlarmReasons = {
  LOG_ALARM_TOO_SLOW: {
    outcome: 'broken',
    meaning: 'The log alarm goes into ALARM later than `maxAlarmDelayMinutes` after the event.',
    sentence: ({ alarm, minutes, most }: Facts & { readonly minutes: number; readonly most: number }) =>
      `log alarm ${alarm} takes up to ${minutes} minutes to go into ALARM, and ${most} are allowed`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_NEEDS_MORE_EVENTS: {
    outcome: 'broken',
    meaning: 'The log alarm goes into ALARM only after more than `maxEventsToAlarm` events.',
    sentence: ({ alarm, events, most }: Facts & { readonly events: number; readonly most: number }) =>
      `log alarm ${alarm} goes into ALARM only after ${events} events, and at most ${most} are allowed`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_STAYS_IN_ALARM: {
    outcome: 'broken',
    meaning: 'After one event the log alarm stays in ALARM for more than 24 hours, and does not notify about the next.',
    sentence: ({ alarm, hours }: Facts & { readonly hours: number }) =>
      `log alarm ${alarm} stays in ALARM for ${hours} hours after an event`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_LEAVES_GAPS: {
    outcome: 'broken',
    meaning:
      'The query runs less often than it looks back: events between two runs are in no result. The start offset less the end offset must be at least the time between two runs.',
    sentence: ({ alarm, looks, every }: Facts & { readonly looks: number; readonly every: number }) =>
      `log alarm ${alarm} looks at ${looks} seconds every ${every} seconds, so it misses events between`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_RESTS_IN_ALARM: {
    outcome: 'broken',
    meaning: 'By its settings the log alarm is in ALARM while nothing happens, so an event does not change its state.',
    sentence: ({ alarm, why }: Why) => `log alarm ${alarm} is in ALARM while nothing happens: ${why}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_NEVER_FIRES: {
    outcome: 'broken',
    meaning: 'No number of events takes the log alarm across its threshold.',
    sentence: ({ alarm, why }: Why) => `log alarm ${alarm} does not go into ALARM: ${why}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_BROADER: {
    outcome: 'broken',
    meaning:
      'The query of the log alarm is meant for the control, and it also counts other events, so it also notifies about them. `patternMatch=covers` allows it.',
    sentence: ({ alarm, event }: Example) => `log alarm ${alarm} also counts other events, for example ${event}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_NARROWER: {
    outcome: 'broken',
    meaning: 'The query of the log alarm is meant for the control, and it counts only some of the required events.',
    sentence: ({ alarm, event }: Example) => `log alarm ${alarm} misses required events, for example ${event}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_DIFFERENT: {
    outcome: 'broken',
    meaning:
      'The query of the log alarm is meant for the control, and it misses all of the required events, or some of them while it counts others. A misspelt field name does that.',
    sentence: ({ alarm, event }: Example) => `log alarm ${alarm} has another meaning; it misses for example ${event}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_OTHER_LOG_GROUP: {
    outcome: 'broken',
    meaning: 'The query of a log alarm fits, and it reads other log groups than that of the trail.',
    sentence: ({ alarm, logGroup, others }: Facts & { readonly others: string }) =>
      `log alarm ${alarm} reads ${others}, and not log group ${logGroup}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  NO_LOG_ALARM: {
    outcome: 'broken',
    meaning: 'No log alarm in the account and region of the log group queries it for the required events.',
    sentence: ({ logGroup, region, what }: Place & Readonly<Record<'region' | 'what', string>>) =>
      `no log alarm in ${region} queries log group ${logGroup} for ${what}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_MAY_MISS_LATE: {
    outcome: 'undecided',
    meaning:
      'The query looks back little further than to its last run. CloudTrail delivers events some minutes after the call, and AWS does not document whether their time in the log group is that of the call. An event that arrives after its time was looked at is in no result.',
    sentence: ({ alarm, needed }: Facts & { readonly needed: number }) =>
      `log alarm ${alarm} may miss events that CloudTrail delivers late: its query would have to look back ${needed} seconds`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_WITHOUT_RESULT: {
    outcome: 'undecided',
    meaning:
      'The log alarm is in INSUFFICIENT_DATA. A query that counts always has a result, so it may not have run: it is new, or its role may not run it. The permissions of roles are not read.',
    sentence: ({ alarm, role }: Facts & { readonly role: string }) =>
      `log alarm ${alarm} has no result yet, and whether role ${role} may run its query is not read`,
    fix: ({ role }: { readonly role: string }) =>
      `let role ${role} be assumed by logs.amazonaws.com and run queries, and evaluate again after the next run`,
    fixedBy: byPerson('only a run of its query shows whether its role may run it'),
  },
  LOG_ALARM_ON_TRANSFORMED_LOGS: {
    outcome: 'undecided',
    meaning: 'The events of the log group are transformed, and which fields the query then finds is not known.',
    sentence: ({ alarm, logGroup }: Facts) =>
      `the events of log group ${logGroup} are transformed, so what log alarm ${alarm} finds in them is not known`,
    fix: () => 'give the trail a log group without a transformer, with a log alarm',
    fixedBy: byPerson('what the transformer does was decided by somebody, and others may use it'),
  },
  LOG_ALARM_MATCHES_ROUTINE: {
    outcome: 'undecided',
    meaning:
      'With `patternMatch=covers`: the query also counts calls that every evaluation makes, or may. Its alarm may stay in ALARM, and then it does not notify about the required events.',
    sentence: ({ alarm, call }: Facts & { readonly call: string }) =>
      `log alarm ${alarm} also counts routine calls such as ${call}, or may, so it may stay in ALARM`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_UNDECIDED: {
    outcome: 'undecided',
    meaning:
      'Whether the query means what is required depends on something that AWS does not document, or that is not computed. The reason is named.',
    sentence: ({ alarm, why }: Why) => `whether log alarm ${alarm} counts what is required is not determined: ${why}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_NOT_COMPUTED: {
    outcome: 'undecided',
    meaning:
      'The query fits, and when the log alarm goes into ALARM is not determined: its aggregation, its schedule or another setting is not computed. The text names it.',
    sentence: ({ alarm, why }: Why) => `when log alarm ${alarm} goes into ALARM is not determined: ${why}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_NOT_COMPARED: {
    outcome: 'undecided',
    meaning: 'The time for the judgement was over before the query of the log alarm was compared.',
    sentence: ({ alarm }: Facts) => `log alarm ${alarm} was not compared in time`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
  LOG_ALARM_QUERY_UNKNOWN: {
    outcome: 'undecided',
    meaning: 'The query of the log alarm is not known, as in a snapshot of an earlier version.',
    sentence: ({ alarm }: Facts) => `the query of log alarm ${alarm} is not known, so neither is what it counts`,
    fix: () => 'take the snapshot again',
    fixedBy: byPerson('what is missing is not known until it is read'),
  },
  LOG_ALARM_UNREAD: {
    outcome: 'undecided',
    meaning:
      'The query of the log alarm is not of the simple form, so its meaning is not computed. The command or function is named. This does not hide a log alarm that fits.',
    sentence: ({ alarm, why }: Why) => `the query of log alarm ${alarm} is not computed: ${why}`,
    fix: addLogAlarmText,
    fixedBy: byCommands('add a log alarm'),
  },
} as const satisfies Reasons;

const aboutQuery: ReadonlySet<string> = new Set<keyof typeof logAlarmReasons>([
  'LOG_ALARM_BROADER',
  'LOG_ALARM_MATCHES_ROUTINE',
  'LOG_ALARM_NARROWER',
  'LOG_ALARM_DIFFERENT',
  'LOG_ALARM_OTHER_LOG_GROUP',
  'NO_LOG_ALARM',
  'LOG_ALARM_UNDECIDED',
  'LOG_ALARM_NOT_COMPARED',
  'LOG_ALARM_QUERY_UNKNOWN',
  'LOG_ALARM_UNREAD',
]);

/** Whether a reason is about what the query counts. Any other on this link is about an alarm whose query fits. */
export function isAboutQuery(code: string): boolean {
  return aboutQuery.has(code);
}

/** Makes findings of the reasons of the log alarm. */
export const logAlarmFinding = findingsOf(logAlarmReasons);
