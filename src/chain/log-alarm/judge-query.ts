import { describeIssue } from '../../filter-pattern/index.ts';
import { logGroupName } from '../../inventory/arn.ts';
import type { LogAlarm } from '../../inventory/resources.ts';
import type { LogQuery } from '../../log-query/index.ts';
import { match, parse, print } from '../../log-query/index.ts';
import type { Context, Finding } from '../base/link.ts';
import { lookedFor } from '../metric-filter/judge-filter.ts';
import { isMeantFor } from '../metric-filter/meant-for.ts';
import { readPattern } from '../required/premises.ts';
import { routineCallMatchedBy } from '../required/routine-events.ts';
import { compareQuery, shortMissedRecord } from './compare-query.ts';
import type { logAlarmReasons } from './reasons.ts';
import { logAlarmFinding } from './reasons.ts';

export type QueryFinding = Finding<keyof typeof logAlarmReasons>;

/** What the query of a log alarm is to the control. */
export type QueryVerdict =
  | { readonly kind: 'fits'; readonly query: LogQuery }
  /** It may fit, or it is meant for the control and is wrong. */
  | { readonly kind: 'finding'; readonly finding: QueryFinding }
  /** It certainly does not fit, and it is not meant for the control. */
  | { readonly kind: 'unrelated' };

/** What findings about a log alarm speak of. */
export function factsOf({ alarmName }: LogAlarm, logGroupArn: string, { control }: Context) {
  return { alarm: alarmName, logGroup: logGroupName(logGroupArn), required: control.filterPattern };
}

/** Whether a query is clearly meant for the control. Its comments do not count, as far as it is read. */
export function isQueryMeant({ scheduledQueryConfiguration }: LogAlarm, context: Context): boolean {
  const { queryString = '' } = scheduledQueryConfiguration ?? {};
  const parsed = parse(queryString);
  return isMeantFor(parsed.kind === 'parsed' ? print(parsed.query) : queryString, lookedFor(context));
}

/** Compares what the query of a log alarm counts with the control, as `patternMatch` asks. */
export function judgeQuery(alarm: LogAlarm, logGroupArn: string, context: Context): QueryVerdict {
  const facts = factsOf(alarm, logGroupArn, context);
  const { queryString } = alarm.scheduledQueryConfiguration ?? {};
  if (queryString === undefined) return finding(logAlarmFinding('LOG_ALARM_QUERY_UNKNOWN', facts));
  const parsed = parse(queryString);
  if (parsed.kind === 'unread') {
    return finding(logAlarmFinding('LOG_ALARM_UNREAD', { ...facts, why: describeIssue(parsed.issue) }));
  }
  const { query } = parsed;
  const comparison = compareQuery(query, context);
  if (comparison === undefined) return finding(logAlarmFinding('LOG_ALARM_NOT_COMPARED', facts));
  const { missed, extra, shared } = comparison;
  const { options, control, inventory } = context;
  const isMeant = isMeantFor(print(query), lookedFor(context));
  const undecided = (why: string) => finding(logAlarmFinding('LOG_ALARM_UNDECIDED', { ...facts, why }));
  switch (missed.kind) {
    case 'event': {
      if (!isMeant) return { kind: 'unrelated' };
      const isNarrower = extra.kind === 'none' && shared.kind === 'event';
      const { event } = missed;
      const example = { ...facts, event: shortMissedRecord(event, query, context) };
      return finding(logAlarmFinding(isNarrower ? 'LOG_ALARM_NARROWER' : 'LOG_ALARM_DIFFERENT', example, { event }));
    }
    case 'undecided':
      return shared.kind === 'none' ? { kind: 'unrelated' } : undecided(missed.reason);
    case 'none': {
      if (extra.kind === 'none') return { kind: 'fits', query };
      if (options.patternMatch === 'covers') {
        const counts = (event: string) => match(query, event).matches;
        const call = routineCallMatchedBy(counts, readPattern(control.filterPattern), inventory);
        if (call === undefined) return { kind: 'fits', query };
        return finding(logAlarmFinding('LOG_ALARM_MATCHES_ROUTINE', { ...facts, call }));
      }
      if (extra.kind === 'undecided') return undecided(extra.reason);
      const { event } = extra;
      if (!isMeant) return { kind: 'unrelated' };
      return finding(logAlarmFinding('LOG_ALARM_BROADER', { ...facts, event }, { event }));
    }
  }
}

function finding(one: QueryFinding): QueryVerdict {
  return { kind: 'finding', finding: one };
}
