import { eventSelectorsKey, logGroupKey, metricFiltersKey, trailStatusKey } from '../../inventory/part-keys.ts';
import { bareLogGroupArn, logGroupName, parseArn } from '../../inventory/arn.ts';
import type { PartKey } from '../../inventory/model.ts';
import type { Trail, TrailStatus } from '../../inventory/resources.ts';
import { partOf } from '../../inventory/model.ts';
import type { Context, Finding, LinkResult, LogGroupPath, Reasons, TrailPath } from '../base/link.ts';
import { end, findingsOf, step, steps, mostSevere } from '../base/link.ts';
import { recordsAllManagementEvents } from '../trail/selectors.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';

interface Facts {
  readonly trail: string;
  readonly logGroup: string;
}

export const logGroupReasons = {
  LOG_DELIVERY_STALE: {
    outcome: 'broken',
    meaning:
      'CloudTrail has delivered nothing to the log group for `maxDeliveryAgeHours`, on a trail that records reads and writes.',
    sentence: ({ trail, logGroup, last, hours }: Facts & { readonly last: string; readonly hours: number }) =>
      `trail ${trail} has delivered nothing to log group ${logGroup} for more than ${hours} hours (last: ${last})`,
    fix: ({ trail }: Facts) =>
      `see why trail ${trail} no longer reaches its log group: its role, and the log group itself`,
  },
  LOG_DELIVERY_FAILING: {
    outcome: 'broken',
    meaning: 'CloudTrail reports an error from its last delivery to the log group.',
    sentence: ({ trail, logGroup, error }: Facts & { readonly error: string }) =>
      `trail ${trail} cannot deliver to log group ${logGroup}: ${error}`,
    fix: ({ trail }: Facts) => `let the role of trail ${trail} create log streams and put log events in the log group`,
  },
  LOG_GROUP_CLASS_UNFIT: {
    outcome: 'broken',
    meaning: 'The log group is of a class that supports no metric filters. The class of a log group cannot be changed.',
    sentence: ({ logGroup, logGroupClass }: Facts & { readonly logGroupClass: string }) =>
      `log group ${logGroup} is of class ${logGroupClass}, which supports no metric filters`,
    fix: ({ trail }: Facts) => `give trail ${trail} a log group of the standard class`,
  },
  LOG_GROUP_GONE: {
    outcome: 'broken',
    meaning: 'The log group that the trail names does not exist.',
    sentence: ({ trail, logGroup }: Facts) => `log group ${logGroup} of trail ${trail} does not exist`,
    fix: ({ trail }: Facts) => `create the log group again, or give trail ${trail} another`,
  },
  LOG_GROUP_NOT_SET: {
    outcome: 'broken',
    meaning: 'The trail sends nothing to CloudWatch Logs.',
    sentence: ({ trail }: { readonly trail: string }) => `trail ${trail} sends nothing to CloudWatch Logs`,
    fix: ({ trail }: { readonly trail: string }) => `give trail ${trail} a CloudWatch Logs log group`,
  },
  LOG_DELIVERY_UNKNOWN: {
    outcome: 'undecided',
    meaning:
      'The trail tells of no delivery to the log group: either none succeeds, or the log group is new to the trail.',
    sentence: ({ trail, logGroup }: Facts) => `trail ${trail} tells of no delivery to log group ${logGroup}`,
    fix: ({ trail }: Facts) => `wait some minutes for the first delivery of trail ${trail}`,
  },
  LOG_GROUP_CLASS_UNKNOWN: {
    outcome: 'undecided',
    meaning: 'The log group is of a class of which it is not known whether it supports metric filters.',
    sentence: ({ logGroup, logGroupClass }: Facts & { readonly logGroupClass: string }) =>
      `whether log group ${logGroup} of class ${logGroupClass} supports metric filters is not known`,
    fix: ({ trail }: Facts) => `give trail ${trail} a log group of the standard class`,
  },
  LOG_GROUP_IN_OTHER_ACCOUNT: {
    outcome: 'undecided',
    meaning:
      'The log group belongs to another account (an organization trail seen from a member), and no role is given to read it there.',
    sentence: ({ trail, account }: Facts & { readonly account: string }) =>
      `trail ${trail} sends to a log group of account ${account}, which is not read from here`,
    fix: ({ account }: Facts & { readonly account: string }) =>
      `judge the control in account ${account}, or name a role to read it with \`foreignAccountRoleName\``,
  },
} as const satisfies Reasons;

const found = findingsOf(logGroupReasons);

type Code = keyof typeof logGroupReasons | keyof typeof unreadableReasons;

/** The trail's log group: whether it is named, can be read from here, exists, and is being delivered to. */
export function judgeLogGroup(path: TrailPath, context: Context): LinkResult<LogGroupPath, Code> {
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

  const filtersKey = metricFiltersKey(logGroupArn);
  const filters = partOf<'metric-filters'>(inventory, filtersKey);
  const findings: (Finding<Code> | undefined)[] = [];
  const missing: PartKey[] = filters === undefined ? [filtersKey] : [];
  if (filters?.kind === 'present' && filters.value === null) findings.push(found('LOG_GROUP_GONE', facts));
  if (options.assurance === 'working') {
    for (const { finding, needs = [] } of [
      judgeClass(logGroupArn, facts, context),
      judgeDelivery(trail, facts, context),
    ]) {
      findings.push(finding);
      missing.push(...needs);
    }
  }
  return { steps: [step(facts.logGroup, onward, mostSevere(findings))], needs: missing };
}

/**
 * Whether the class of the log group supports metric filters: of the documented ones only the standard class does.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
 */
function judgeClass(logGroupArn: string, facts: Facts, { inventory }: Context): Check {
  const key = logGroupKey(logGroupArn);
  const part = partOf<'log-group'>(inventory, key);
  if (part === undefined) return { needs: [key] };
  if (part.kind === 'unreadable') return { finding: unreadable(part.failure) };
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
 * An account's own reads alone keep a trail busy, so a trail that records reads and writes and has delivered nothing
 * for long is broken; a write-only trail may rightly be quiet. A trail that was started within the window has had no
 * time to deliver, and one that has long been on and never delivered may have been given its log group just now. Ages are
 * counted from the time of reading.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
function judgeDelivery(trail: Trail, facts: Facts, { inventory, options }: Context): Check {
  const status = partOf<'trail-status'>(inventory, trailStatusKey(trail));
  if (status === undefined) return { needs: [trailStatusKey(trail)] };
  // An unreadable status is the trail's finding already.
  if (status.kind === 'unreadable' || status.value === null) return {};
  const { latestCloudWatchLogsDeliveryError: error } = status.value;
  if (error !== undefined) return { finding: found('LOG_DELIVERY_FAILING', { ...facts, error }) };

  const since = lastSignOfLife(status.value);
  if (since === undefined) return { finding: found('LOG_DELIVERY_UNKNOWN', facts) };
  const hours = options.maxDeliveryAgeHours;
  if (Date.parse(inventory.readAt) - Date.parse(since) <= hours * 3_600_000) return {};

  const selectors = partOf<'event-selectors'>(inventory, eventSelectorsKey(trail));
  if (selectors === undefined) return { needs: [eventSelectorsKey(trail)] };
  // Unreadable selectors are the trail's finding already.
  if (selectors.kind === 'unreadable' || selectors.value === null) return {};
  if (!recordsAllManagementEvents(selectors.value)) return {};
  const last = status.value.latestCloudWatchLogsDeliveryTime;
  if (last === undefined) return { finding: found('LOG_DELIVERY_UNKNOWN', facts) };
  return { finding: found('LOG_DELIVERY_STALE', { ...facts, last, hours }) };
}

/** The last delivery, or the later start of logging, before which there was nothing to deliver. */
function lastSignOfLife({ startLoggingTime, latestCloudWatchLogsDeliveryTime }: TrailStatus): string | undefined {
  const times = [startLoggingTime, latestCloudWatchLogsDeliveryTime].filter((time) => time !== undefined);
  return times.reduce<string | undefined>(
    (latest, time) => (latest === undefined || Date.parse(time) > Date.parse(latest) ? time : latest),
    undefined,
  );
}
