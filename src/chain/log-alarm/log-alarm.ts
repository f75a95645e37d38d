import { describeIssue } from '../../filter-pattern/index.ts';
import { bareLogGroupArn, isTopic, logGroupName, parseArn, resourceName } from '../../inventory/arn.ts';
import { partOf } from '../../inventory/model.ts';
import { alarmsKey, logTransformersKey } from '../../inventory/part-keys.ts';
import type { Alarm, LogAlarm } from '../../inventory/resources.ts';
import type { LogQuery } from '../../log-query/index.ts';
import { parseAggregation } from '../../log-query/index.ts';
import type { AlarmCode } from '../alarm/acting-alarm.ts';
import { actionFindings, stepOver } from '../alarm/acting-alarm.ts';
import { stateFindings } from '../alarm/alarm-state.ts';
import { LONGEST_SILENCE_HOURS, isTooLongSilent } from '../alarm/silence.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import type { AlarmPath, Context, Finding, LinkResult, LogGroupPath } from '../base/link.ts';
import { end, mostSevere, needs, step, steps } from '../base/link.ts';
import { unreadable } from '../base/unreadable.ts';
import { lookedFor } from '../metric-filter/judge-filter.ts';
import { describeLookedFor } from '../metric-filter/meant-for.ts';
import { countingOf } from './counting.ts';
import { factsOf, isQueryMeant, judgeQuery } from './judge-query.ts';
import type { logAlarmReasons } from './reasons.ts';
import { addLogAlarmText, logAlarmFinding } from './reasons.ts';

type Code = keyof typeof logAlarmReasons | AlarmCode;
type Result = LinkResult<AlarmPath, Code>;

/**
 * The log alarms in the account and the region of the log group: those that query it for what the control requires, and go
 * into ALARM on what they count. Those that are not meant for the control are reported only if there are no others.
 *
 * The permissions of the role with which a query runs are not read. A log alarm that is evaluated shows that it runs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-log.html
 */
export function judgeLogAlarms(path: LogGroupPath, context: Context): Result {
  const { accountId = '', region = '' } = parseArn(path.logGroupArn) ?? {};
  const key = alarmsKey(accountId, region);
  const listing = partOf<'alarms'>(context.inventory, key);
  if (listing === undefined) return needs(key);
  if (listing.kind === 'unreadable') return steps(end('alarms', path, unreadable(listing.failure)));
  const logAlarms = listing.value
    .filter((alarm) => alarm.kind === 'log-alarm')
    .sort((a, b) => byCodeUnit(a.alarmArn, b.alarmArn));
  const reading = likelyFirst(
    logAlarms.filter((alarm) => reads(alarm, path.logGroupArn)),
    context,
  );
  const results = reading.flatMap((alarm) => judgeLogAlarm(alarm, listing.value, path, context));
  if (results.length > 0) return merge(results);
  return steps(withoutLogAlarm(logAlarms, region, path, context));
}

function merge(results: readonly Result[]): Result {
  return { steps: results.flatMap((one) => one.steps), needs: results.flatMap((one) => one.needs) };
}

/** Whether a log alarm queries a log group, or may: one whose query is not known, or whose log groups are not. */
function reads(alarm: LogAlarm, logGroupArn: string): boolean {
  const names = alarm.scheduledQueryConfiguration?.logGroupIdentifiers ?? [];
  return names.length === 0 || namesLogGroup(alarm, logGroupArn) || !names.every(isPlainIdentifier);
}

function namesLogGroup({ scheduledQueryConfiguration: query }: LogAlarm, logGroupArn: string): boolean {
  const names = query?.logGroupIdentifiers ?? [];
  return names.some((one) =>
    one.startsWith('arn:') ? bareLogGroupArn(one) === logGroupArn : one === logGroupName(logGroupArn),
  );
}

/**
 * Whether an identifier is the name or the ARN of one log group. AWS documents nothing else, such as a prefix.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
function isPlainIdentifier(identifier: string): boolean {
  const name = identifier.startsWith('arn:') ? logGroupName(bareLogGroupArn(identifier)) : identifier;
  return /^[.\-_/#A-Za-z0-9]+$/.test(name);
}

/** Log alarms that are meant for the control come first: if the time is short, they are compared. */
function likelyFirst(alarms: readonly LogAlarm[], context: Context): readonly LogAlarm[] {
  return [...alarms].sort((a, b) => Number(isQueryMeant(b, context)) - Number(isQueryMeant(a, context)));
}

function judgeLogAlarm(
  alarm: LogAlarm,
  listing: readonly Alarm[],
  path: LogGroupPath,
  context: Context,
): readonly Result[] {
  const verdict = judgeQuery(alarm, path.logGroupArn, context);
  const onward: AlarmPath = { ...path, alarm };
  const subject = `${alarm.alarmName} ${alarm.scheduledQueryConfiguration?.queryString ?? ''}`.trim();
  switch (verdict.kind) {
    case 'unrelated':
      return [];
    case 'finding': {
      const silent = actionsOf(alarm, listing, path, context).find((one) => one?.outcome === 'broken');
      if (verdict.finding.outcome === 'broken' || silent === undefined)
        return [stepTo(subject, onward, verdict.finding)];
      // One that notifies nobody does not matter, whatever it counts.
      return isQueryMeant(alarm, context) ? [steps(end(subject, onward, silent))] : [];
    }
    case 'fits':
      break;
  }
  const findings = [
    ...actionsOf(alarm, listing, path, context),
    ...(context.options.assurance === 'configured' ? [] : workingFindings(alarm, verdict.query, path, context)),
  ];
  const doubt = mostSevere(findings);
  if (doubt !== undefined && !alarm.alarmActions.some(isTopic)) return [stepTo(subject, onward, doubt)];
  const transformed =
    doubt?.outcome === 'broken' || context.options.assurance === 'configured'
      ? {}
      : judgeTransformed(alarm, path, context);
  const over = stepOver<Code>(subject, onward, [...findings, transformed.finding], context);
  return [
    {
      steps: over.steps.map((one) => inWords(one, factsOf(alarm, path.logGroupArn, context))),
      needs: [...over.needs, ...(transformed.needs ?? [])],
    },
  ];
}

/** The step over a log alarm with a finding. Beyond one without a topic there is nothing to follow. */
function stepTo(subject: string, path: AlarmPath, finding: Finding<Code>): Result {
  const canFollow = path.alarm.alarmActions.some(isTopic);
  return steps(canFollow ? step(subject, path, finding) : end(subject, path, finding));
}

/** What helps against a doubt about a log alarm is another log alarm. */
function inWords(one: Result['steps'][number], facts: ReturnType<typeof factsOf>): Result['steps'][number] {
  if (one.finding?.code !== 'ALARM_UNCERTAIN') return one;
  return { ...one, finding: { ...one.finding, fix: addLogAlarmText(facts) } };
}

type Findings = readonly (Finding<Code> | undefined)[];

/** Whether the alarm notifies a topic. A composite alarm over a log alarm is not followed. */
function actionsOf(alarm: LogAlarm, listing: readonly Alarm[], path: LogGroupPath, context: Context): Findings {
  const findings = actionFindings(alarm, context);
  const composite = listing.find(
    (one) =>
      one.kind === 'composite-alarm' && [alarm.alarmName, alarm.alarmArn].some((name) => one.alarmRule.includes(name)),
  );
  if (composite === undefined) return findings;
  const why = `composite alarm ${composite.alarmName} is over it, which is not followed`;
  const open = logAlarmFinding('LOG_ALARM_NOT_COMPUTED', { ...factsOf(alarm, path.logGroupArn, context), why });
  return findings.map((one) => (one?.outcome === 'broken' ? open : one));
}

/** What keeps a log alarm whose query fits from going into ALARM on few enough events, soon enough, and again. */
function workingFindings(alarm: LogAlarm, query: LogQuery, path: LogGroupPath, context: Context): Findings {
  const { inventory } = context;
  const facts = factsOf(alarm, path.logGroupArn, context);
  const state = stateFindings(alarm, inventory.readAt);
  const role = alarm.scheduledQueryConfiguration?.scheduledQueryRoleARN;
  const hasNoResult = state.length === 0 && alarm.stateValue !== 'OK' && alarm.stateValue !== 'ALARM';
  return [
    ...state,
    countingFinding(alarm, query, path, context),
    hasNoResult
      ? logAlarmFinding('LOG_ALARM_WITHOUT_RESULT', { ...facts, role: resourceName(role ?? 'of the query') })
      : undefined,
  ];
}

function countingFinding(
  alarm: LogAlarm,
  query: LogQuery,
  { logGroupArn }: LogGroupPath,
  context: Context,
): Finding<Code> | undefined {
  const { options } = context;
  const { scheduledQueryConfiguration: scheduled } = alarm;
  const facts = factsOf(alarm, logGroupArn, context);
  const notComputed = (why: string) => logAlarmFinding('LOG_ALARM_NOT_COMPUTED', { ...facts, why });
  if (scheduled === undefined || scheduled.logGroupIdentifiers.length === 0)
    return notComputed('it names no log groups');
  if (!namesLogGroup(alarm, logGroupArn)) return notComputed('it names log groups in a form that is not documented');
  if (scheduled.scheduledQueryRoleARN === undefined) return notComputed('no role is given that runs its query');
  const aggregation = parseAggregation(scheduled.aggregationExpression ?? '', query);
  if (typeof aggregation === 'object') {
    return notComputed(`its aggregation expression is not computed, ${describeIssue(aggregation)}`);
  }
  const counting = countingOf(alarm, scheduled, aggregation, query.limit);
  switch (counting.kind) {
    case 'undecided':
      return notComputed(counting.why);
    case 'gaps':
      return logAlarmFinding('LOG_ALARM_LEAVES_GAPS', { ...facts, ...counting });
    case 'never':
      return logAlarmFinding('LOG_ALARM_NEVER_FIRES', { ...facts, why: counting.why });
    case 'rests-in-alarm':
      return logAlarmFinding('LOG_ALARM_RESTS_IN_ALARM', { ...facts, why: counting.why });
    case 'counts':
      break;
  }
  const { maxEventsToAlarm, maxAlarmDelayMinutes: most } = options;
  const { events, eventsIfLate, delaySeconds, staysSeconds, neededSeconds } = counting;
  if (events > maxEventsToAlarm) {
    return logAlarmFinding('LOG_ALARM_NEEDS_MORE_EVENTS', { ...facts, events, most: maxEventsToAlarm });
  }
  if (isTooLongSilent(staysSeconds)) {
    const hours = Math.max(LONGEST_SILENCE_HOURS + 1, Math.round(staysSeconds / 3600));
    return logAlarmFinding('LOG_ALARM_STAYS_IN_ALARM', { ...facts, hours });
  }
  if (delaySeconds > most * 60) {
    return logAlarmFinding('LOG_ALARM_TOO_SLOW', { ...facts, minutes: Math.ceil(delaySeconds / 60), most });
  }
  if (eventsIfLate <= maxEventsToAlarm) return undefined;
  return logAlarmFinding('LOG_ALARM_MAY_MISS_LATE', { ...facts, needed: neededSeconds });
}

/** Whether the query finds the fields of the record: not known where log events are transformed. */
function judgeTransformed(alarm: LogAlarm, { logGroupArn }: LogGroupPath, context: Context) {
  const key = logTransformersKey(logGroupArn);
  const part = partOf<'log-transformers'>(context.inventory, key);
  if (part === undefined) return { needs: [key] };
  if (part.kind === 'unreadable') return { finding: unreadable(part.failure) };
  const { ofLogGroup, ofAccount } = part.value;
  if (!ofLogGroup && !ofAccount) return {};
  return { finding: logAlarmFinding('LOG_ALARM_ON_TRANSFORMED_LOGS', factsOf(alarm, logGroupArn, context)) };
}

/** The end where no log alarm queries the log group. One that fits and reads other log groups is named. */
function withoutLogAlarm(logAlarms: readonly LogAlarm[], region: string, path: LogGroupPath, context: Context) {
  const { logGroupArn } = path;
  const misplaced = logAlarms.find(
    (alarm) =>
      !reads(alarm, logGroupArn) &&
      isQueryMeant(alarm, context) &&
      judgeQuery(alarm, logGroupArn, context).kind === 'fits',
  );
  if (misplaced !== undefined) {
    const others = misplaced.scheduledQueryConfiguration?.logGroupIdentifiers.join(', ') ?? '';
    const facts = { ...factsOf(misplaced, logGroupArn, context), others };
    return end(misplaced.alarmName, { ...path, alarm: misplaced }, logAlarmFinding('LOG_ALARM_OTHER_LOG_GROUP', facts));
  }
  const { filterPattern: required } = context.control;
  const what = describeLookedFor(lookedFor(context), required);
  return end(
    'none',
    path,
    logAlarmFinding('NO_LOG_ALARM', { logGroup: logGroupName(logGroupArn), region, what, required }),
  );
}
