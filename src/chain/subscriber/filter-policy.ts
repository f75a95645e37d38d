import type { Trivalent } from '../../filter-pattern/index.ts';
import { parseArn } from '../../inventory/arn.ts';
import type { Alarm, SubscriptionAttributes } from '../../inventory/resources.ts';
import { isJsonObject, parseJson } from '../base/json.ts';
import { all, any, not } from '../base/trivalent.ts';

/**
 * Whether a subscription accepts the message that an alarm sends when it goes to ALARM.
 *
 * Alarm messages have no message attributes, and a policy on attributes matches no message without any, not even by
 * `exists: false`. A policy on the body is compared with the fields of the message that are known beforehand.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function acceptsAlarmMessage(
  { filterPolicy, filterPolicyScope }: SubscriptionAttributes,
  alarm: Alarm,
): Trivalent {
  if (filterPolicy === undefined) return true;
  const policy = parseJson(filterPolicy);
  if (!isJsonObject(policy)) return 'undecided';
  // Setting an empty policy removes the policy.
  if (Object.keys(policy).length === 0) return true;
  switch (filterPolicyScope ?? 'MessageAttributes') {
    case 'MessageAttributes':
      return false;
    case 'MessageBody':
      return all(Object.entries(policy).map(([name, conditions]) => acceptsField(name, conditions, messageOf(alarm))));
    default:
      return 'undecided';
  }
}

/** What the fields of a message may be, as far as that is known beforehand. */
type Message = ReadonlyMap<string, readonly string[]>;

function messageOf({ alarmName, alarmArn }: Alarm): Message {
  return new Map([
    ['AlarmName', [alarmName]],
    ['AlarmArn', [alarmArn]],
    ['AWSAccountId', [parseArn(alarmArn)?.accountId ?? '']],
    ['NewStateValue', ['ALARM']],
    ['OldStateValue', ['OK', 'INSUFFICIENT_DATA']],
  ]);
}

/** Keys are ANDed, the conditions on one key ORed. Nested keys and `$or` are not evaluated. */
function acceptsField(name: string, conditions: unknown, message: Message): Trivalent {
  const values = message.get(name);
  if (values === undefined || !Array.isArray(conditions)) return 'undecided';
  const outcomes = values.map((value) =>
    any(conditions.map((condition: unknown) => satisfiesCondition(value, condition))),
  );
  const [first = 'undecided'] = outcomes;
  return outcomes.every((outcome) => outcome === first) ? first : 'undecided';
}

/**
 * Whether a value satisfies one condition on its key.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
 */
export function satisfiesCondition(value: string, condition: unknown): Trivalent {
  if (typeof condition === 'string') return condition === value;
  if (!isJsonObject(condition)) return 'undecided';
  const [entry, another] = Object.entries(condition);
  if (entry === undefined || another !== undefined) return 'undecided';
  const [operator, operand] = entry;
  switch (operator) {
    case 'exists':
      return typeof operand === 'boolean' ? operand : 'undecided';
    case 'prefix':
      return typeof operand === 'string' ? value.startsWith(operand) : 'undecided';
    case 'suffix':
      return typeof operand === 'string' ? value.endsWith(operand) : 'undecided';
    case 'equals-ignore-case':
      return typeof operand === 'string' ? value.toLowerCase() === operand.toLowerCase() : 'undecided';
    case 'anything-but':
      return not(
        any((Array.isArray(operand) ? operand : [operand]).map((one: unknown) => satisfiesCondition(value, one))),
      );
    default:
      return 'undecided';
  }
}
