import type { AlarmPlace } from '../../part-keys.ts';
import { alarmHistoryKey, alarmsKey, muteRulesKey } from '../../part-keys.ts';
import type { Alarm, AlarmMuteRule } from '../../resources.ts';
import { parseArn } from '../../arn.ts';
import { alarmArn } from '../arns.ts';
import type { Collected } from './collected.ts';
import { declared, markIncomplete, markUncertain, present } from './collected.ts';
import type { DeclarationOf, DeclaredAccount } from '../declaration.ts';
import { isAlarm } from '../declaration.ts';
import type { Unknown } from '../value.ts';
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
    if (
      declaration.kind === 'opaque' &&
      declaration.reach.kind === 'parts' &&
      declaration.reach.parts.includes('alarms')
    )
      markIncomplete(collected, alarmsKey(declaration.accountId, declaration.region), declaration.why);
    if (!isAlarm(declaration)) continue;
    const { accountId, region, alarm } = declaration;
    const list = listOf(declaration);
    const doubt = firstUnknown(alarm);
    // A composite alarm that names an alarm of the account may mean it.
    if (declaration.nameDoubt !== undefined && declared(account, 'composite-alarm').length > 0)
      markIncomplete(collected, alarmsKey(accountId, region), declaration.nameDoubt.unknown);
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
    collectMuteRules(place, account, collected, declaration.nameDoubt);
    present(collected, alarmHistoryKey(place), []);
  }
  for (const place of mutedAlarms(account)) collectMuteRules(place, account, collected);
  for (const { where, alarms } of lists.values()) present(collected, alarmsKey(where.accountId, where.region), alarms);
}

/**
 * The mute rules that the file declares for one alarm, which the file may not declare itself. One for an alarm that the file
 * does not declare may be for an alarm whose name is not known.
 */
function collectMuteRules(
  place: AlarmPlace,
  account: DeclaredAccount,
  collected: Collected,
  nameDoubt?: Unknown,
): void {
  const rules: AlarmMuteRule[] = [];
  let doubt: Unknown | undefined;
  const isDeclared = (name: string) => account.declarations.some((one) => isAlarm(one) && one.name === name);
  for (const declaration of declared(account, 'mute-rule')) {
    if (declaration.accountId !== place.accountId || declaration.region !== place.region) continue;
    const isTarget = targets(declaration, place.alarmName);
    const { alarmNames } = declaration;
    const others = isUnknown(alarmNames) ? [] : alarmNames.flatMap((one) => (isUnknown(one) ? [] : nameIn(one)));
    if (isTarget === false && others.some((name) => !isDeclared(name))) doubt ??= nameDoubt;
    if (isTarget === false) continue;
    doubt ??= isUnknown(isTarget) ? isTarget : firstUnknown(declaration.rule);
    if (!isUnknown(declaration.rule)) rules.push(declaration.rule);
  }
  if (doubt === undefined) present(collected, muteRulesKey(place), rules);
  else markUncertain(collected, muteRulesKey(place), doubt);
}

function targets({ alarmNames }: DeclarationOf<'mute-rule'>, alarmName: string): boolean | Unknown {
  if (isUnknown(alarmNames)) return alarmNames;
  if (alarmNames.some((one) => !isUnknown(one) && nameIn(one) === alarmName)) return true;
  return alarmNames.find(isUnknown) ?? false;
}

/** The alarms that mute rules name. */
function mutedAlarms(account: DeclaredAccount): readonly AlarmPlace[] {
  return declared(account, 'mute-rule').flatMap(({ accountId, region, alarmNames }) =>
    isUnknown(alarmNames)
      ? []
      : alarmNames.flatMap((one) => (isUnknown(one) ? [] : [{ accountId, region, alarmName: nameIn(one) }])),
  );
}

/** An alarm may be named by its ARN, too. */
function nameIn(nameOrArn: string): string {
  return parseArn(nameOrArn)?.resource.replace(/^alarm:/, '') ?? nameOrArn;
}
