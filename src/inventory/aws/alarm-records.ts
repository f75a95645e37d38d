import type { AlarmHistoryItem, AlarmMuteRuleSummary } from '@aws-sdk/client-cloudwatch';
import {
  DescribeAlarmHistoryCommand,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
} from '@aws-sdk/client-cloudwatch';

import { resourceName } from '../arn.ts';
import type { AlarmAction, AlarmMuteRule } from '../resources.ts';
import type { Call } from './client/call.ts';
import type { AwsClients } from './client/clients.ts';
import { omitUndefined } from './client/omit-undefined.ts';
import { isNotFound, isUnknownOperation } from './client/failures.ts';
import { readAllPages } from './client/paging.ts';

/**
 * The mute rules that target an alarm and have not expired. A region that does not know of mute rules has none.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListAlarmMuteRules.html
 */
export async function readMuteRules(
  clients: AwsClients,
  region: string,
  alarmName: string,
  call: Call,
): Promise<readonly AlarmMuteRule[]> {
  const summaries = await readAllPages(async (NextToken) => {
    const input = { AlarmName: alarmName, ...omitUndefined({ NextToken }) };
    const { AlarmMuteRuleSummaries = [], NextToken: next } = await call(
      { service: 'cloudwatch', operation: 'ListAlarmMuteRules' },
      (options) => clients.cloudWatch(region).send(new ListAlarmMuteRulesCommand(input), options),
    );
    return { items: AlarmMuteRuleSummaries, next };
  }).catch((error: unknown): readonly AlarmMuteRuleSummary[] => {
    if (isUnknownOperation(error)) return [];
    throw error;
  });
  const current = summaries.filter(({ Status }) => Status !== 'EXPIRED');
  const rules = await Promise.all(
    current.map(({ AlarmMuteRuleArn = '' }) => readMuteRule(clients, region, resourceName(AlarmMuteRuleArn), call)),
  );
  return rules.flat();
}

/** One rule; none if it was deleted since it was listed. */
async function readMuteRule(
  clients: AwsClients,
  region: string,
  name: string,
  call: Call,
): Promise<readonly AlarmMuteRule[]> {
  try {
    const { Rule, StartDate, ExpireDate } = await call(
      { service: 'cloudwatch', operation: 'GetAlarmMuteRule' },
      (options) => clients.cloudWatch(region).send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: name }), options),
    );
    const { Expression = '', Duration = '', Timezone } = Rule?.Schedule ?? {};
    const dates = { startDate: StartDate?.toISOString(), expireDate: ExpireDate?.toISOString() };
    return [{ name, expression: Expression, duration: Duration, ...omitUndefined({ timezone: Timezone, ...dates }) }];
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

/**
 * The latest actions of an alarm, newest first: one page, since only the last on each topic counts.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
 */
export async function readAlarmHistory(
  clients: AwsClients,
  region: string,
  alarmName: string,
  call: Call,
): Promise<readonly AlarmAction[]> {
  const input = {
    AlarmName: alarmName,
    AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const],
    HistoryItemType: 'Action' as const,
    ScanBy: 'TimestampDescending' as const,
    MaxRecords: 100,
  };
  const { AlarmHistoryItems = [] } = await call(
    { service: 'cloudwatch', operation: 'DescribeAlarmHistory' },
    (options) => clients.cloudWatch(region).send(new DescribeAlarmHistoryCommand(input), options),
  );
  return AlarmHistoryItems.flatMap(actionOf);
}

function actionOf({ Timestamp, HistorySummary = '', HistoryData = '' }: AlarmHistoryItem): readonly AlarmAction[] {
  if (Timestamp === undefined) return [];
  const data = textsOf(HistoryData);
  return [
    {
      timestamp: Timestamp.toISOString(),
      summary: HistorySummary,
      ...omitUndefined({
        actionState: data.get('actionState'),
        notificationResource: data.get('notificationResource'),
        error: data.get('error'),
      }),
    },
  ];
}

/** The texts of a JSON object by name; none if it is no object. */
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
