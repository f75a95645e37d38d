import { parseArn } from '../../arn.ts';
import { alarmsOnMetric } from '../../model.ts';
import type { Alarm, MetricName } from '../../resources.ts';
import { alarmArn } from '../arns.ts';
import type { Change } from '../declaration.ts';
import { isAlarm } from '../declaration.ts';
import { isMade } from '../collect/collected.ts';
import { presenceOf } from './changes.ts';
import { valueOf } from './draft.ts';
import type { Laying } from './laying.ts';
import { declaredParts } from './laying.ts';

/** Lays the alarms over those of the account. */
export function layAlarms(laying: Laying): void {
  const { changes, draft } = laying;
  const declared = declaredParts(laying, 'alarms');
  const old = new Map<string, Alarm>();
  const notShown = alarmsNotShown(laying);
  for (const id of new Set([...draft.ids('alarms'), ...declared.keys()])) {
    const listed = valueOf(draft.get('alarms', id));
    for (const alarm of listed ?? []) old.set(alarm.alarmArn, alarm);
    const added = declared.get(id) ?? [];
    const stay = (listed ?? []).filter(({ alarmArn }) => !changes.isTouched(`alarm ${alarmArn}`));
    if (listed !== undefined || added.length > 0)
      draft.put('alarms', id, [...stay, ...added.map((alarm) => withState(alarm, laying, old, notShown))]);
    if (listed === undefined) draft.doubt('alarms', id, 'the snapshot does not hold the alarms of the region');
  }
  layAlarmsOfMetrics(laying, old, notShown);
  layMuteRules(laying, old);
  for (const [id, value] of declaredParts(laying, 'alarm-history')) {
    // What became of the actions of an alarm says nothing of an alarm with other settings.
    if (notShown.get(id) !== 'none') draft.put('alarm-history', id, value);
  }
}

/**
 * What the deployment does with the alarms that are there and that the snapshot does not show, as it does not hold the alarms
 * of their region. Their states, and what became of their actions, are not known. By the ids of their histories.
 */
function alarmsNotShown({ base, changes }: Laying): ReadonlyMap<string, Change> {
  const there = changes.effective
    .filter(isAlarm)
    .filter((one) => !isMade(one) && presenceOf(one, base) === 'not known');
  return new Map(there.map(({ accountId, region, name, change }) => [`${accountId} ${region} ${name}`, change]));
}

/** Lays the mute rules over those that the account has for its alarms. A new alarm has none but those of the file. */
function layMuteRules(laying: Laying, old: ReadonlyMap<string, Alarm>): void {
  const { account, base, changes, draft } = laying;
  const made = new Set(
    account.declarations.filter(isAlarm).flatMap((one) => {
      const { accountId, region, name } = one;
      const isListed = valueOf(base.parts.alarms?.[`${accountId} ${region}`]) !== undefined;
      return !old.has(alarmArn(one, name)) && (isMade(one) || isListed) ? [`${accountId} ${region} ${name}`] : [];
    }),
  );
  const declared = declaredParts(laying, 'mute-rules');
  for (const id of new Set([...draft.ids('mute-rules'), ...declared.keys()])) {
    const listed = valueOf(draft.get('mute-rules', id));
    const added = declared.get(id) ?? [];
    const [accountId = '', region = ''] = id.split(' ');
    if (listed !== undefined) {
      const stay = listed.filter(
        ({ name }) =>
          !changes.isTouched(`mute-rule ${accountId} ${region} ${name}`) && !added.some((one) => one.name === name),
      );
      draft.put('mute-rules', id, [...stay, ...added]);
    } else if (draft.get('mute-rules', id) === undefined && made.has(id)) draft.put('mute-rules', id, added);
  }
}

/** An alarm that is changed keeps its state: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
function withState(
  alarm: Alarm,
  { changes }: Laying,
  old: ReadonlyMap<string, Alarm>,
  notShown: ReadonlyMap<string, Change>,
): Alarm {
  const before = old.get(alarm.alarmArn);
  const { accountId = '', region = '' } = parseArn(alarm.alarmArn) ?? {};
  if (before === undefined && notShown.has(`${accountId} ${region} ${alarm.alarmName}`))
    return { ...alarm, stateValue: 'unknown' };
  if (before === undefined || changes.isDeleted(`alarm ${alarm.alarmArn}`)) return alarm;
  const { stateValue, stateTransitionedTimestamp } = before;
  return {
    ...alarm,
    ...(stateValue === undefined ? {} : { stateValue }),
    ...(stateTransitionedTimestamp === undefined ? {} : { stateTransitionedTimestamp }),
  };
}

/** What the snapshot says of single metrics, which it may do besides or in place of the listing of a region. */
function layAlarmsOfMetrics(
  laying: Laying,
  old: ReadonlyMap<string, Alarm>,
  notShown: ReadonlyMap<string, Change>,
): void {
  const { changes, draft } = laying;
  const declared = declaredParts(laying, 'alarms');
  for (const id of draft.ids('alarms-for-metric')) {
    const listed = valueOf(draft.get('alarms-for-metric', id));
    if (listed === undefined) continue;
    const [accountId = '', region = ''] = id.split(' ');
    const metric = metricIn(id.slice(accountId.length + region.length + 2));
    const stay = listed.filter(({ alarmArn }) => !changes.isTouched(`alarm ${alarmArn}`));
    const added = alarmsOnMetric(declared.get(`${accountId} ${region}`) ?? [], metric);
    const known = new Map([...old, ...listed.map((alarm) => [alarm.alarmArn, alarm] as const)]);
    draft.put('alarms-for-metric', id, [
      ...stay,
      ...added.map((alarm) => withState(alarm, laying, known, notShown) as (typeof added)[number]),
    ]);
  }
}

/** The metric that the id of a part names: see `partId`. */
export function metricIn(text: string): MetricName {
  const [namespace, metricName, ...dimensions] = JSON.parse(text) as [string, string, ...[string, string][]];
  return { namespace, metricName, dimensions: dimensions.map(([name, value]) => ({ name, value })) };
}
