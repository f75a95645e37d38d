import { ANOTHER_ACCOUNT, byCommands, byPerson } from '../base/fixed-by.ts';
import { eventSelectorsKey, logGroupKey, metricFiltersKey, trailStatusKey } from '../../inventory/part-keys.ts';
import { bareLogGroupArn, logGroupName, parseArn } from '../../inventory/arn.ts';
import type { Part, PartKey } from '../../inventory/model.ts';
import type { MetricFilter, Trail } from '../../inventory/resources.ts';
import { partOf } from '../../inventory/model.ts';
import type { Context, Finding, LinkResult, LogGroupPath, Reasons, TrailPath } from '../base/link.ts';
import { end, findingsOf, step, steps, mostSevere } from '../base/link.ts';
import { recordsOwnReads } from '../trail/selectors.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';

interface Facts {
  readonly trail: string;
  readonly logGroup: string;
}

type Age = Facts & { readonly last: string; readonly hours: number };

export const logGroupReasons = {
  LOG_DELIVERY_STALE: {
    outcome: 'broken',
    meaning:
      'CloudTrail has delivered nothing to the log group for `maxDeliveryAgeHours`, on a trail that records reads and therefore never has nothing to deliver.',
    sentence: ({ trail, logGroup, last, hours }: Age) =>
      `trail ${trail} has delivered nothing to log group ${logGroup} for more than ${hours} hours (last: ${last})`,
    fix: ({ trail }: Facts) =>
      `find out why trail ${trail} no longer reaches its log group: look at its role and at the log group`,
    fixedBy: byPerson('the reason why no events arrive cannot be read from the account'),
  },
  LOG_DELIVERY_FAILING: {
    outcome: 'broken',
    meaning: 'CloudTrail reports an error from its last delivery to the log group.',
    sentence: ({ trail, logGroup, error }: Facts & { readonly error: string }) =>
      `trail ${trail} cannot deliver to log group ${logGroup}: ${error}`,
    fix: ({ trail }: Facts) => `let the role of trail ${trail} create log streams and put log events in the log group`,
    fixedBy: byPerson('somebody has to look at the role that CloudTrail delivers with'),
  },
  LOG_GROUP_CLASS_UNFIT: {
    outcome: 'broken',
    meaning: 'The log group is of a class without metric filters. The class of a log group cannot be changed.',
    sentence: ({ logGroup, logGroupClass }: Facts & { readonly logGroupClass: string }) =>
      `log group ${logGroup} is of class ${logGroupClass}, which has no metric filters`,
    fix: ({ trail }: Facts) => `give trail ${trail} a log group of the standard class`,
    fixedBy: byPerson('the class of a log group cannot be changed, so the trail needs another log group'),
  },
  LOG_GROUP_GONE: {
    outcome: 'broken',
    meaning: 'The log group that the trail names does not exist.',
    sentence: ({ trail, logGroup }: Facts) => `log group ${logGroup} of trail ${trail} does not exist`,
    fix: ({ trail }: Facts) => `create the log group again, or give trail ${trail} another`,
    fixedBy: byCommands('create the log group'),
  },
  LOG_GROUP_NOT_SET: {
    outcome: 'broken',
    meaning: 'The trail sends nothing to CloudWatch Logs.',
    sentence: ({ trail }: { readonly trail: string }) => `trail ${trail} sends nothing to CloudWatch Logs`,
    fix: ({ trail }: { readonly trail: string }) => `give trail ${trail} a CloudWatch Logs log group`,
    fixedBy: byCommands('connect a log group'),
  },
  LOG_DELIVERY_SILENT: {
    outcome: 'undecided',
    meaning:
      'CloudTrail has delivered nothing to the log group for `maxDeliveryAgeHours`, and the trail does not record reads. Either delivery fails, or nothing was changed. Where the rule runs as a function, a trail that works delivers at the next run, because sending the evaluations is a change.',
    sentence: ({ trail, logGroup, last, hours }: Age) =>
      `trail ${trail}, which does not record reads, has delivered nothing to log group ${logGroup} for more than ${hours} hours (last: ${last})`,
    fix: ({ trail }: Facts) => `change something that trail ${trail} records, and evaluate again some minutes later`,
    fixedBy: byPerson('only an event that the trail records shows whether it delivers'),
  },
  LOG_DELIVERY_NOT_RESUMED: {
    outcome: 'undecided',
    meaning: 'The trail was restarted more than an hour ago and has delivered nothing to the log group since.',
    sentence: ({ trail, logGroup }: Facts) =>
      `trail ${trail} was restarted more than an hour ago and has delivered nothing to log group ${logGroup} since`,
    fix: ({ trail }: Facts) =>
      `look at the role of trail ${trail} and at its log group, or wait for the first delivery`,
    fixedBy: byPerson('the trail has to deliver first'),
  },
  LOG_DELIVERY_UNKNOWN: {
    outcome: 'undecided',
    meaning:
      'CloudTrail reports no delivery to the log group: either none succeeds, or the log group is new to the trail.',
    sentence: ({ trail, logGroup }: Facts) =>
      `CloudTrail reports no delivery of trail ${trail} to log group ${logGroup}`,
    fix: ({ trail }: Facts) => `wait some minutes for the first delivery of trail ${trail}`,
    fixedBy: byPerson('the trail has to deliver first'),
  },
  LOG_GROUP_CLASS_UNKNOWN: {
    outcome: 'undecided',
    meaning: 'The log group is of a class that is not known, so it may have no metric filters.',
    sentence: ({ logGroup, logGroupClass }: Facts & { readonly logGroupClass: string }) =>
      `it is not known whether log group ${logGroup} of class ${logGroupClass} has metric filters`,
    fix: ({ trail }: Facts) => `give trail ${trail} a log group of the standard class`,
    fixedBy: byPerson('it is not known whether this class of log group works'),
  },
  LOG_GROUP_FIELDS_UNKNOWN: {
    outcome: 'undecided',
    meaning:
      'The log group is not of the standard class, and AWS finds the fields of log events only in log groups of that class. A query that looks at fields may find nothing.',
    sentence: ({ logGroup, logGroupClass }: Facts & { readonly logGroupClass: string }) =>
      `log group ${logGroup} is of class ${logGroupClass}, in which a query may find no fields`,
    fix: ({ trail }: Facts) => `give trail ${trail} a log group of the standard class`,
    fixedBy: byPerson('the class of a log group cannot be changed, so the trail needs another log group'),
  },
  LOG_GROUP_IN_OTHER_ACCOUNT: {
    outcome: 'undecided',
    meaning:
      'The log group belongs to another account (an organization trail seen from a member), and no role is given to read it there.',
    sentence: ({ trail, account }: Facts & { readonly account: string }) =>
      `trail ${trail} sends to a log group of account ${account}, which is not read from here`,
    fix: ({ account }: Facts & { readonly account: string }) =>
      `evaluate the control in account ${account}, or name a role to read it with \`foreignAccountRoleName\``,
    fixedBy: byPerson(ANOTHER_ACCOUNT),
  },
} as const satisfies Reasons;

const found = findingsOf(logGroupReasons);

type Code = keyof typeof logGroupReasons | keyof typeof unreadableReasons;

/** The trail's log group: whether it is named, can be read from here, exists, and is being delivered to. */
export function judgeLogGroup(path: TrailPath, context: Context): LinkResult<LogGroupPath, Code> {
  return judgeGroup(path, context, judgeFiltered);
}

/** The same for a log group that a log alarm queries. Log alarms are looked for only if no other chain holds. */
export function judgeQueriedLogGroup(path: TrailPath, context: Context): LinkResult<LogGroupPath, Code> {
  return context.alarms === 'direct' ? steps() : judgeGroup(path, context, judgeQueried);
}

/** @param judgeItself - what must hold of the log group besides what is delivered to it */
function judgeGroup(
  path: TrailPath,
  context: Context,
  judgeItself: (logGroupArn: string, facts: Facts, context: Context) => readonly Check[],
): LinkResult<LogGroupPath, Code> {
  const { trail } = path;
  const { inventory, options } = context;
  if (trail.cloudWatchLogsLogGroupArn === undefined) {
    return steps(end('none', path, found('LOG_GROUP_NOT_SET', { trail: trail.name })));
  }
  const logGroupArn = bareLogGroupArn(trail.cloudWatchLogsLogGroupArn);
  const onward = { ...path, logGroupArn };
  const facts = { trail: trail.name, logGroup: logGroupName(logGroupArn) };
  const account = parseArn(logGroupArn)?.accountId ?? 'unknown';
  if (account !== inventory.accountId && options.foreignAccountRoleName === undefined) {
    const finding = found('LOG_GROUP_IN_OTHER_ACCOUNT', { ...facts, account });
    return steps(end(facts.logGroup, onward, finding));
  }

  const checks = [
    ...judgeItself(logGroupArn, facts, context),
    ...(options.assurance === 'working' ? [judgeDelivery(trail, facts, context)] : []),
  ];
  return {
    steps: [step(facts.logGroup, onward, mostSevere(checks.map(({ finding }) => finding)))],
    needs: checks.flatMap(({ needs = [] }) => needs),
  };
}

/** Whether there is a log group that may have metric filters. */
function judgeFiltered(logGroupArn: string, facts: Facts, context: Context): readonly Check[] {
  const key = metricFiltersKey(logGroupArn);
  const filters = partOf<'metric-filters'>(context.inventory, key);
  if (filters === undefined) return [{ needs: [key] }];
  const isGone = filters.kind === 'present' && filters.value === null;
  return [
    ...(isGone ? [{ finding: found('LOG_GROUP_GONE', facts) }] : []),
    ...(context.options.assurance === 'working' ? [judgeClass(logGroupArn, facts, hasFilters(filters), context)] : []),
  ];
}

/**
 * Whether there is a log group whose events a query finds fields in: only those of the standard class are said to have any.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
function judgeQueried(logGroupArn: string, facts: Facts, { inventory, options }: Context): readonly Check[] {
  const key = logGroupKey(logGroupArn);
  const part = partOf<'log-group'>(inventory, key);
  if (part === undefined) return [{ needs: [key] }];
  if (part.kind === 'unreadable') return [{ finding: unreadable(part.failure) }];
  if (part.value === null) return [{ finding: found('LOG_GROUP_GONE', facts) }];
  const { logGroupClass } = part.value;
  const isFit = logGroupClass === 'STANDARD' || options.assurance === 'configured';
  return isFit ? [] : [{ finding: found('LOG_GROUP_FIELDS_UNKNOWN', { ...facts, logGroupClass }) }];
}

function hasFilters(filters: Part<readonly MetricFilter[] | null>): boolean {
  return filters.kind === 'present' && filters.value !== null && filters.value.length > 0;
}

/**
 * Whether the class of the log group supports metric filters: of the documented ones only the standard class does. A log
 * group that has filters supports them, so nothing is read of it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
 */
function judgeClass(logGroupArn: string, facts: Facts, isFit: boolean, { inventory }: Context): Check {
  const key = logGroupKey(logGroupArn);
  const part = partOf<'log-group'>(inventory, key);
  if (part === undefined) return isFit ? {} : { needs: [key] };
  if (part.kind === 'unreadable') return isFit ? {} : { finding: unreadable(part.failure) };
  if (part.value === null) return { finding: found('LOG_GROUP_GONE', facts) };
  const { logGroupClass } = part.value;
  if (logGroupClass === 'STANDARD') return {};
  const isUnfit = logGroupClass === 'INFREQUENT_ACCESS' || logGroupClass === 'DELIVERY';
  return { finding: found(isUnfit ? 'LOG_GROUP_CLASS_UNFIT' : 'LOG_GROUP_CLASS_UNKNOWN', { ...facts, logGroupClass }) };
}

/** The answer to one question about the log group: what is wrong, or what must be read first. */
interface Check {
  readonly finding?: Finding<Code>;
  readonly needs?: readonly PartKey[];
}

/**
 * Whether events arrive.
 *
 * The last delivery counts. A trail that records reads is never silent for long, since whoever asks for its status is
 * recorded too, this rule among them: such a trail that has delivered nothing for `maxDeliveryAgeHours` is broken. A
 * trail that leaves reads out may be quiet because nothing was changed, so its silence is undecided. Where the rule runs
 * as a function that doubt ends by itself: sending the evaluations is a write, and a trail that works delivers it before
 * the next run.
 *
 * A trail that was started or restarted has an hour to deliver; after that, its silence is undecided until it counts as
 * any other. Ages are counted from the time of reading.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
 */
function judgeDelivery(trail: Trail, facts: Facts, { inventory, options, isOver }: Context): Check {
  const status = partOf<'trail-status'>(inventory, trailStatusKey(trail));
  if (status === undefined) return { needs: [trailStatusKey(trail)] };
  // An unreadable status is the trail's finding already.
  if (status.kind === 'unreadable' || status.value === null) return {};
  const { latestCloudWatchLogsDeliveryError: error, latestCloudWatchLogsDeliveryTime: last } = status.value;
  if (error !== undefined) return { finding: found('LOG_DELIVERY_FAILING', { ...facts, error }) };

  const started = hoursBetween(status.value.startLoggingTime, inventory.readAt);
  const silent = hoursBetween(last, inventory.readAt);
  const deliveredSinceStart = silent <= started;
  if (deliveredSinceStart && silent <= options.maxDeliveryAgeHours) return {};
  if (!deliveredSinceStart && started <= HOURS_TO_BEGIN) return {};
  if (last === undefined) return { finding: found('LOG_DELIVERY_UNKNOWN', facts) };
  if (!deliveredSinceStart && started <= options.maxDeliveryAgeHours) {
    return { finding: found('LOG_DELIVERY_NOT_RESUMED', facts) };
  }

  const selectors = partOf<'event-selectors'>(inventory, eventSelectorsKey(trail));
  if (selectors === undefined) return { needs: [eventSelectorsKey(trail)] };
  // Unreadable selectors are the trail's finding already.
  if (selectors.kind === 'unreadable' || selectors.value === null) return {};
  const age = { ...facts, last, hours: options.maxDeliveryAgeHours };
  const isNeverSilent = recordsOwnReads(selectors.value, isOver) === true;
  return {
    finding: found(isNeverSilent ? 'LOG_DELIVERY_STALE' : 'LOG_DELIVERY_SILENT', age),
  };
}

/** CloudTrail delivers within minutes; a trail that was just started may take up to this. */
const HOURS_TO_BEGIN = 1;

/** Hours from a time to a later one; without end where there is none. */
function hoursBetween(since: string | undefined, until: string): number {
  return since === undefined ? Infinity : (Date.parse(until) - Date.parse(since)) / 3_600_000;
}
