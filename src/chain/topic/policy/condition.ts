import type { Trivalent } from '../../../filter-pattern/index.ts';
import { isJsonObject, listOf } from '../../base/json.ts';
import { all, any, not } from '../../base/trivalent.ts';
import { matchesWildcard } from '../../base/wildcard.ts';
import type { ConditionKey, ServiceRequest } from './service-request.ts';
import { conditionKeyOf } from './service-request.ts';

/**
 * Whether the condition of a policy statement holds for a request: every operator must hold for each of its keys.
 *
 * @param condition - the value of the element `Condition`; absent if the statement has none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function policyConditionHolds(condition: unknown, request: ServiceRequest): Trivalent {
  if (condition === undefined) return true;
  if (!isJsonObject(condition)) return 'undecided';
  return all(
    Object.entries(condition).flatMap(([operator, keys]): readonly Trivalent[] => {
      if (!isJsonObject(keys)) return ['undecided'];
      return Object.entries(keys).map(([key, values]) =>
        operatorHolds(operator, conditionKeyOf(key, request), listOf(values)),
      );
    }),
  );
}

/** A comparison of one value of the request with one value of the policy. */
type Comparison = (expected: string, value: string) => Trivalent;

/** What an operator compares, and whether it asks that nothing matches. Without a comparison it is not evaluated. */
interface Operator {
  readonly negated: boolean;
  readonly matches?: Comparison;
}

const equals: Comparison = (expected, value) => expected === value;
const likes: Comparison = (expected, value) => matchesWildcard(expected, value);
const equalsIgnoringCase: Comparison = (expected, value) => expected.toLowerCase() === value.toLowerCase();

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { negated: false, matches: equals },
  StringNotEquals: { negated: true, matches: equals },
  StringEqualsIgnoreCase: { negated: false, matches: equalsIgnoringCase },
  StringNotEqualsIgnoreCase: { negated: true, matches: equalsIgnoringCase },
  StringLike: { negated: false, matches: likes },
  StringNotLike: { negated: true, matches: likes },
  // ArnEquals and ArnLike behave identically.
  ArnEquals: { negated: false, matches: arnMatches },
  ArnLike: { negated: false, matches: arnMatches },
  ArnNotEquals: { negated: true, matches: arnMatches },
  ArnNotLike: { negated: true, matches: arnMatches },
  Bool: { negated: false, matches: equalsIgnoringCase },
  NumericEquals: { negated: false },
  NumericNotEquals: { negated: true },
  NumericLessThan: { negated: false },
  NumericLessThanEquals: { negated: false },
  NumericGreaterThan: { negated: false },
  NumericGreaterThanEquals: { negated: false },
  DateEquals: { negated: false },
  DateNotEquals: { negated: true },
  DateLessThan: { negated: false },
  DateLessThanEquals: { negated: false },
  DateGreaterThan: { negated: false },
  DateGreaterThanEquals: { negated: false },
  BinaryEquals: { negated: false },
  IpAddress: { negated: false },
  NotIpAddress: { negated: true },
};

/** Whether one operator holds for one key, given the values of the policy. */
function operatorHolds(spelling: string, key: ConditionKey, values: readonly unknown[]): Trivalent {
  const expected = values.map(String);
  const isPlain = values.every((one) => typeof one === 'string' || typeof one === 'boolean' || typeof one === 'number');
  if (expected.length === 0 || !isPlain) return 'undecided';
  if (spelling === 'Null') return nullHolds(key, expected);
  const [, set = '', name = '', ifExists = ''] = /^(ForAnyValue:|ForAllValues:)?(.+?)(IfExists)?$/.exec(spelling) ?? [];
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (operator === undefined) return 'undecided';
  switch (key.kind) {
    case 'unknown':
      return 'undecided';
    case 'absent':
      return holdsWithoutKey(operator, set, ifExists !== '');
    case 'value':
      return holdsForValue(operator, key.value, expected);
    case 'list': {
      // Of the other values in the list nothing is known.
      if (set !== 'ForAnyValue:' || operator.negated) return 'undecided';
      return holdsForValue(operator, key.includes, expected) === true ? true : 'undecided';
    }
  }
}

/**
 * Without the key, `IfExists` holds, `ForAllValues` holds, `ForAnyValue` does not; of the others those that ask that
 * nothing matches hold.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function holdsWithoutKey({ negated }: Operator, set: string, ifExists: boolean): boolean {
  if (ifExists || set === 'ForAllValues:') return true;
  return set === 'ForAnyValue:' ? false : negated;
}

/** With one value for the key, `IfExists` adds nothing, and what holds for any of the values holds for all. */
function holdsForValue({ negated, matches }: Operator, value: string, expected: readonly string[]): Trivalent {
  // The value of a policy variable is known only at the time of the request.
  if (matches === undefined || expected.some((one) => one.includes('${'))) return 'undecided';
  const matched = any(expected.map((one) => matches(one, value)));
  return negated ? not(matched) : matched;
}

/** `Null` with `true` asks that the request does not have the key, with `false` that it has. */
function nullHolds(key: ConditionKey, expected: readonly string[]): Trivalent {
  if (key.kind === 'unknown') return 'undecided';
  const wanted = key.kind === 'absent' ? 'true' : 'false';
  return any(
    expected.map((one): Trivalent => {
      const word = one.toLowerCase();
      return word === 'true' || word === 'false' ? word === wanted : 'undecided';
    }),
  );
}

/** Each of the six parts between colons is compared alone, with wildcards; of a pattern with fewer nothing is documented. */
function arnMatches(pattern: string, arn: string): Trivalent {
  if (pattern === '*') return true;
  const patterns = arnParts(pattern);
  const parts = arnParts(arn);
  if (patterns.length < 6 || parts.length < 6) return 'undecided';
  return patterns.every((one, index) => matchesWildcard(one, parts[index] ?? ''));
}

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : parts;
}
