import type { AlarmType } from '@aws-sdk/client-cloudwatch';
import {
  DescribeAlarmHistoryCommand,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
} from '@aws-sdk/client-cloudwatch';

import { resourceName } from '../arn.ts';
import type { AlarmAction, AlarmMuteRule } from '../resources.ts';
import type { OperationAnswer } from './answers/operations.ts';
import type { AccountAccess } from './client/access.ts';
import { isInvalidParameter, isNotFound, isUnknownOperation } from './client/failures.ts';
import { omitUndefined } from './client/omit-undefined.ts';
import { readAllPages, readPages } from './client/paging.ts';

type Answered<T> = readonly T[] | undefined;
type MuteRuleSummary = OperationAnswer<'ListAlarmMuteRules'>['AlarmMuteRuleSummaries'][number];

/**
 * The mute rules that target an alarm and have not expired. A region that does not have mute rules yet has none; a note
 * says so.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListAlarmMuteRules.html
 */
export async function readMuteRules(
  access: AccountAccess,
  region: string,
  alarmName: string,
): Promise<readonly AlarmMuteRule[]> {
  const listed = await orNone(access, region, readAllPages(muteRuleList(access, region, alarmName)));
  const rules = await readListedRules(access, region, listed);
  return rules.map(({ rule }) => rule);
}

/**
 * The mute rules of some alarms of a region, which is one call for the list and one for each rule that has not expired.
 *
 * @param maxPages - the most pages of rules that are read
 * @returns the rules of each alarm, in the order of the alarms. `undefined` if there are more pages, if the rules are more
 *   than the alarms, or if a rule does not say which alarms it targets: then asking for each alarm takes fewer calls, or
 *   says more.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetAlarmMuteRule.html
 */
export async function readMuteRulesTogether(
  access: AccountAccess,
  region: string,
  alarmNames: readonly string[],
  maxPages: number,
): Promise<Answered<readonly AlarmMuteRule[]>> {
  const listed = await orNone(access, region, readPages(muteRuleList(access, region, undefined), maxPages));
  if (listed === undefined || listed.filter(isCurrent).length > alarmNames.length) return undefined;
  const rules = await readListedRules(access, region, listed);
  if (rules.some(({ targets }) => targets === undefined)) return undefined;
  return alarmNames.map((name) => rules.flatMap(({ rule, targets }) => (targets?.includes(name) ? [rule] : [])));
}

function muteRuleList({ clients, call }: AccountAccess, region: string, alarmName: string | undefined) {
  return {
    call,
    operation: 'ListAlarmMuteRules',
    region,
    send: (token: string | undefined, options: { readonly abortSignal: AbortSignal }) => {
      const input = omitUndefined({ AlarmName: alarmName, NextToken: token });
      return clients.cloudWatch(region).send(new ListAlarmMuteRulesCommand(input), options);
    },
    itemsOf: ({ AlarmMuteRuleSummaries }: OperationAnswer<'ListAlarmMuteRules'>) => AlarmMuteRuleSummaries,
  } as const;
}

/** No rules where the region does not have the operation yet. */
async function orNone<T>({ note }: AccountAccess, region: string, list: Promise<T>): Promise<T | readonly never[]> {
  try {
    return await list;
  } catch (error) {
    if (!isUnknownOperation(error)) throw error;
    note(`alarm mute rules were not checked: CloudWatch in ${region} does not have them`);
    return [];
  }
}

function isCurrent({ Status }: MuteRuleSummary): boolean {
  return Status !== 'EXPIRED';
}

/** A mute rule, and the names of the alarms that it targets, where AWS says them. */
interface ReadRule {
  readonly rule: AlarmMuteRule;
  readonly targets: readonly string[] | undefined;
}

/** The rules of a list that have not expired, without those that were deleted since. */
async function readListedRules(
  access: AccountAccess,
  region: string,
  listed: readonly MuteRuleSummary[],
): Promise<readonly ReadRule[]> {
  const names = listed.filter(isCurrent).map(({ AlarmMuteRuleArn }) => resourceName(AlarmMuteRuleArn));
  const rules = await Promise.all(names.map((name) => readMuteRule(access, region, name)));
  return rules.flat();
}

/** One rule; none if it was deleted since it was listed. */
async function readMuteRule(
  { clients, call }: AccountAccess,
  region: string,
  name: string,
): Promise<readonly ReadRule[]> {
  try {
    const { Rule, MuteTargets, StartDate, ExpireDate } = await call('GetAlarmMuteRule', region, (options) =>
      clients.cloudWatch(region).send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: name }), options),
    );
    const { Expression, Duration, Timezone } = Rule.Schedule;
    const dates = { startDate: StartDate?.toISOString(), expireDate: ExpireDate?.toISOString() };
    const schedule = { expression: Expression, duration: Duration, ...omitUndefined({ timezone: Timezone, ...dates }) };
    return [{ rule: { name, ...schedule }, targets: MuteTargets?.AlarmNames }];
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

const allTypes: readonly AlarmType[] = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];

/**
 * Asks about alarms of every type. A region that does not have log alarms yet refuses their type: then about the others.
 *
 * @param onRefused - is called if the type was refused and the others were not
 */
export async function withLogAlarms<T>(
  read: (types: readonly AlarmType[]) => Promise<T>,
  onRefused?: () => void,
): Promise<T> {
  try {
    return await read(allTypes);
  } catch (error) {
    if (!isInvalidParameter(error)) throw error;
    const older = await read(['MetricAlarm', 'CompositeAlarm']);
    onRefused?.();
    return older;
  }
}

/** Only the last action on each topic counts, and one change of state has five actions at most. */
const ENOUGH_ACTIONS = 100;

/**
 * The latest actions of an alarm, newest first: a hundred of them, or all.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (five actions)
 */
export async function readAlarmHistory(
  access: AccountAccess,
  region: string,
  alarmName: string,
): Promise<readonly AlarmAction[]> {
  const items = await withLogAlarms((types) =>
    readAllPages({
      ...historyList(access, region, alarmName, types),
      isEnough: (read) => read.length >= ENOUGH_ACTIONS,
    }),
  );
  return items.map(actionOf);
}

/**
 * The latest actions of some alarms, from the actions of all alarms of the region.
 *
 * @param maxPages - the most pages of a hundred actions that are read
 * @returns the actions of each alarm, in the order of the alarms, newest first: a hundred of them, or all. `undefined` if
 *   there are more pages, since the action of an alarm may be on one of them, or if an action does not name its alarm
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 */
export async function readAlarmHistoriesTogether(
  access: AccountAccess,
  region: string,
  alarmNames: readonly string[],
  maxPages: number,
): Promise<Answered<readonly AlarmAction[]>> {
  const items = await readPages(historyList(access, region, undefined, allTypes), maxPages);
  if (items === undefined || items.some(({ AlarmName }) => AlarmName === undefined)) return undefined;
  const byName = new Map<string | undefined, AlarmAction[]>(alarmNames.map((name) => [name, []]));
  for (const item of items) byName.get(item.AlarmName)?.push(actionOf(item));
  return alarmNames.map((name) => (byName.get(name) ?? []).slice(0, ENOUGH_ACTIONS));
}

function historyList(
  { clients, call }: AccountAccess,
  region: string,
  alarmName: string | undefined,
  types: readonly AlarmType[],
) {
  return {
    call,
    operation: 'DescribeAlarmHistory',
    region,
    send: (token: string | undefined, options: { readonly abortSignal: AbortSignal }) => {
      const input = {
        AlarmTypes: [...types],
        HistoryItemType: 'Action' as const,
        ScanBy: 'TimestampDescending' as const,
        MaxRecords: ENOUGH_ACTIONS,
        ...omitUndefined({ AlarmName: alarmName, NextToken: token }),
      };
      return clients.cloudWatch(region).send(new DescribeAlarmHistoryCommand(input), options);
    },
    itemsOf: ({ AlarmHistoryItems }: OperationAnswer<'DescribeAlarmHistory'>) => AlarmHistoryItems,
  } as const;
}

function actionOf({
  Timestamp,
  HistorySummary,
  HistoryData = '',
}: OperationAnswer<'DescribeAlarmHistory'>['AlarmHistoryItems'][number]): AlarmAction {
  const data = textsOf(HistoryData);
  return {
    timestamp: Timestamp.toISOString(),
    summary: HistorySummary,
    ...omitUndefined({
      actionState: data.get('actionState'),
      notificationResource: data.get('notificationResource'),
      error: data.get('error'),
    }),
  };
}

/** The texts of a JSON object by name; none if it is not an object. */
function textsOf(json: string): ReadonlyMap<string, string> {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    return new Map();
  }
  const entries = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
