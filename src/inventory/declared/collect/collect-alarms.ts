import { alarmHistoryKey, alarmsKey, muteRulesKey } from '../../part-keys.ts';
import type { Alarm } from '../../resources.ts';
import { alarmArn } from '../arns.ts';
import type { Collected } from './collected.ts';
import { markUncertain, present } from './collected.ts';
import type { DeclaredAccount } from '../declaration.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';

/** The alarms of every account and region in which something is declared. */
export function collectAlarms(account: DeclaredAccount, collected: Collected): void {
  const lists = new Map<
    string,
    { readonly where: { readonly accountId: string; readonly region: string }; readonly alarms: Alarm[] }
  >();
  const listOf = (where: { readonly accountId: string; readonly region: string }) => {
    const id = `${where.accountId} ${where.region}`;
    const list = lists.get(id) ?? { where: { accountId: where.accountId, region: where.region }, alarms: [] };
    lists.set(id, list);
    return list.alarms;
  };
  for (const declaration of account.declarations) {
    if (declaration.kind === 'log-group' || declaration.kind === 'metric-filter' || declaration.kind === 'trail')
      listOf(declaration);
    if (declaration.kind !== 'metric-alarm' && declaration.kind !== 'composite-alarm') continue;
    const { accountId, region, alarm } = declaration;
    const list = listOf(declaration);
    const doubt = firstUnknown(alarm);
    if (doubt !== undefined || isUnknown(alarm)) {
      markUncertain(collected, alarmsKey(accountId, region), doubt ?? unknown('the alarm'));
      continue;
    }
    const arn = alarmArn(declaration, alarm.alarmName);
    // A new alarm begins in INSUFFICIENT_DATA: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
    const state = { stateValue: 'INSUFFICIENT_DATA', stateTransitionedTimestamp: account.readAt };
    list.push({ ...alarm, ...state, kind: declaration.kind, alarmArn: arn } as Alarm);
    collected.places.set(arn, declaration.place);
    const place = { accountId, region, alarmName: alarm.alarmName };
    present(collected, muteRulesKey(place), []);
    present(collected, alarmHistoryKey(place), []);
  }
  for (const { where, alarms } of lists.values()) present(collected, alarmsKey(where.accountId, where.region), alarms);
}
