import type { Trivalent } from '../../filter-pattern/index.ts';
import type { Alarm, SubscriptionAttributes } from '../../inventory/resources.ts';
import type { JsonObject } from '../base/json.ts';
import { isJsonObject, parseJson } from '../base/json.ts';
import { all, any } from '../base/trivalent.ts';
import type { Message, Property } from './alarm-message.ts';
import { messagesOf } from './alarm-message.ts';
import { isOperator, satisfiesCondition } from './filter-condition.ts';

/**
 * Whether a subscription accepts the message that an alarm sends when it goes to ALARM.
 *
 * A policy on message attributes rejects it: each property of the policy must match an attribute, and alarm messages are
 * seen to have none, which AWS does not document. A policy on the body is compared with the documented properties.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
 */
export function acceptsAlarmMessage(attributes: SubscriptionAttributes, alarm: Alarm): Trivalent {
  const { filterPolicy, filterPolicyScope } = attributes;
  if (filterPolicy === undefined) return true;
  const policy = parseJson(filterPolicy);
  if (!isJsonObject(policy)) return 'undecided';
  // Setting an empty policy removes the policy.
  if (Object.keys(policy).length === 0) return true;
  switch (filterPolicyScope ?? 'MessageAttributes') {
    case 'MessageAttributes':
      return false;
    case 'MessageBody': {
      const [first = 'undecided', ...others] = messagesOf(alarm).map((message) => acceptsBody(policy, message));
      return others.every((one) => one === first) ? first : 'undecided';
    }
    default:
      return 'undecided';
  }
}

/**
 * Whether a subscription accepts what a rule sends. The message is the event, or what the target makes of it, and AWS does
 * not document whether it has attributes: so it is certain only without a policy.
 */
export function acceptsEvent({ filterPolicy }: SubscriptionAttributes): Trivalent {
  if (filterPolicy === undefined) return true;
  const policy = parseJson(filterPolicy);
  return isJsonObject(policy) && Object.keys(policy).length === 0 ? true : 'undecided';
}

/** Every property of the policy must match. */
function acceptsBody(policy: JsonObject, message: Message): Trivalent {
  return all(
    Object.entries(policy).map(([name, wanted]) => {
      const alternatives = name === '$or' ? alternativesIn(wanted) : undefined;
      if (alternatives !== undefined) return any(alternatives.map((one) => acceptsBody(one, message)));
      return acceptsProperty(wanted, message.get(name));
    }),
  );
}

/**
 * The policies of which one must match. `$or` is the name of a property unless it has at least two objects without names
 * of operators.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html#or-operator
 */
function alternativesIn(wanted: unknown): readonly JsonObject[] | undefined {
  if (!Array.isArray(wanted) || wanted.length < 2 || !wanted.every(isJsonObject)) return undefined;
  return wanted.some((one) => Object.keys(one).some(isOperator)) ? undefined : wanted;
}

/** One of the conditions on a property must match; an object of the policy speaks of properties within the property. */
function acceptsProperty(wanted: unknown, property: Property | undefined): Trivalent {
  if (isJsonObject(wanted)) {
    if (property?.kind === 'object') return acceptsBody(wanted, property.properties);
    return property?.kind === 'absent' ? acceptsBody(wanted, everythingAbsent) : 'undecided';
  }
  if (property === undefined || !Array.isArray(wanted)) return 'undecided';
  return any(wanted.map((condition: unknown) => acceptsCondition(condition, property)));
}

/** A message without any property. */
const everythingAbsent: Message = { get: () => ({ kind: 'absent' }) };

function acceptsCondition(condition: unknown, property: Property): Trivalent {
  const exists = isJsonObject(condition) && Object.keys(condition).length === 1 ? condition['exists'] : undefined;
  switch (property.kind) {
    case 'value':
      return satisfiesCondition(property.value, condition);
    case 'absent':
      return exists === false;
    case 'list': {
      if (typeof exists === 'boolean') return property.values.length > 0 ? exists : 'undecided';
      // Of a list AWS documents both that any other element is enough, and that none may be listed.
      if (isJsonObject(condition) && 'anything-but' in condition) return 'undecided';
      return any(property.values.map((one) => satisfiesCondition(one, condition)));
    }
    // What `exists` says of an object AWS does not document.
    case 'object':
      return 'undecided';
    case 'present':
      return typeof exists === 'boolean' ? exists : 'undecided';
  }
}
