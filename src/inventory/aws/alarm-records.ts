import {
  DescribeAlarmHistoryCommand,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
} from '@aws-sdk/client-cloudwatch';

import { resourceName } from '../arn.ts';
import type { AlarmAction, AlarmMuteRule } from '../resources.ts';
import type { Answer } from './answers/operations.ts';
import type { AccountAccess } from './client/access.ts';
import { isNotFound, isUnknownOperation } from './client/failures.ts';
import { omitUndefined } from './client/omit-undefined.ts';
import { readAllPages } from './client/paging.ts';

type MuteRuleSummaries = Answer<'ListAlarmMuteRules'>['AlarmMuteRuleSummaries'];

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
  const { clients, call, note } = access;
  const summaries: MuteRuleSummaries = await readAllPages({
    call,
    operation: 'ListAlarmMuteRules',
    region,
    send: (NextToken, options) => {
      const input = { AlarmName: alarmName, ...omitUndefined({ NextToken }) };
      return clients.cloudWatch(region).send(new ListAlarmMuteRulesCommand(input), options);
    },
    itemsOf: ({ AlarmMuteRuleSummaries }) => AlarmMuteRuleSummaries,
  }).then(
    (listed) => [...listed],
    (error: unknown) => {
      if (!isUnknownOperation(error)) throw error;
      note(`alarm mute rules were not checked: CloudWatch in ${region} does not have them`);
      return [];
    },
  );
  const current = summaries.filter(({ Status }) => Status !== 'EXPIRED');
  const rules = await Promise.all(
    current.map(({ AlarmMuteRuleArn }) => readMuteRule(access, region, resourceName(AlarmMuteRuleArn))),
  );
  return rules.flat();
}

/** One rule; none if it was deleted since it was listed. */
async function readMuteRule(
  { clients, call }: AccountAccess,
  region: string,
  name: string,
): Promise<readonly AlarmMuteRule[]> {
  try {
    const { Rule, StartDate, ExpireDate } = await call('GetAlarmMuteRule', region, (options) =>
      clients.cloudWatch(region).send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: name }), options),
    );
    const { Expression, Duration, Timezone } = Rule.Schedule;
    const dates = { startDate: StartDate?.toISOString(), expireDate: ExpireDate?.toISOString() };
    return [{ name, expression: Expression, duration: Duration, ...omitUndefined({ timezone: Timezone, ...dates }) }];
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
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
  { clients, call }: AccountAccess,
  region: string,
  alarmName: string,
): Promise<readonly AlarmAction[]> {
  const items = await readAllPages({
    call,
    operation: 'DescribeAlarmHistory',
    region,
    send: (NextToken, options) => {
      const input = {
        AlarmName: alarmName,
        AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const],
        HistoryItemType: 'Action' as const,
        ScanBy: 'TimestampDescending' as const,
        MaxRecords: ENOUGH_ACTIONS,
        ...omitUndefined({ NextToken }),
      };
      return clients.cloudWatch(region).send(new DescribeAlarmHistoryCommand(input), options);
    },
    itemsOf: ({ AlarmHistoryItems }) => AlarmHistoryItems,
    isEnough: (read) => read.length >= ENOUGH_ACTIONS,
  });
  return items.map(actionOf);
}

function actionOf({
  Timestamp,
  HistorySummary,
  HistoryData = '',
}: Answer<'DescribeAlarmHistory'>['AlarmHistoryItems'][number]): AlarmAction {
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
