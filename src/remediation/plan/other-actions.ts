import type { Path } from '../../chain/base/link.ts';
import { indexComposites } from '../../chain/alarm/composite/composite-index.ts';
import { parseArn } from '../../inventory/arn.ts';
import type { Inventory, PartKey } from '../../inventory/model.ts';
import { partOf } from '../../inventory/model.ts';
import { alarmsKey } from '../../inventory/part-keys.ts';
import type { Alarm } from '../../inventory/resources.ts';

/**
 * What a test of the alarm on a path can start besides the notification: actions of the alarm that is set to ALARM, and
 * of every composite alarm that depends on it, on the path or not.
 *
 * @param inventory - with the listing that {@link alarmsToKnow} names; without, only the path is known
 *
 * @returns the ARNs of the actions, each once
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
export function otherActionsOf(path: Path, inventory: Inventory): readonly string[] {
  const { alarm, childAlarm, topicArn } = path;
  const tested = childAlarm ?? alarm;
  if (alarm === undefined || tested === undefined) return [];
  const part = partOf<'alarms'>(inventory, listingOf(tested));
  const listed = part?.kind === 'present' ? part.value : [];
  const found = listed.find(({ alarmArn }) => alarmArn === tested.alarmArn);
  const above =
    found === undefined
      ? []
      : indexComposites(listed)
          .above([found])
          .map(({ composite }) => composite);
  const acting: readonly Alarm[] = [tested, alarm, ...above];
  const actions = acting.flatMap(({ actionsEnabled, alarmActions }) => (actionsEnabled === false ? [] : alarmActions));
  return [...new Set(actions)].filter((arn) => arn !== topicArn);
}

/** The listing of alarms that names every composite alarm over the alarm of a path; none if it was read, or asked for. */
export function alarmsToKnow({ alarm, childAlarm }: Path, inventory: Inventory): readonly PartKey[] {
  const tested = childAlarm ?? alarm;
  if (tested === undefined) return [];
  const key = listingOf(tested);
  return partOf<'alarms'>(inventory, key) === undefined ? [key] : [];
}

function listingOf({ alarmArn }: Alarm): PartKey & { readonly kind: 'alarms' } {
  const { accountId = '', region = '' } = parseArn(alarmArn) ?? {};
  return alarmsKey(accountId, region);
}
