import type { Trivalent } from '../../../filter-pattern/index.ts';
import { isJsonObject, listOf } from '../../base/json.ts';
import { all, any, not } from '../../base/trivalent.ts';
import { matchesWildcard } from '../../base/wildcard.ts';
import type { ServiceRequest } from './service-request.ts';
import { conditionKeysOf } from './service-request.ts';

/**
 * Whether the condition of a policy statement holds for a request.
 *
 * @param condition - the value of the element `Condition`; absent if the statement has none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function conditionHolds(condition: unknown, request: ServiceRequest): Trivalent {
  if (condition === undefined) return true;
  if (!isJsonObject(condition)) return 'undecided';
  const known = conditionKeysOf(request);
  return all(
    Object.entries(condition).flatMap(([operator, keys]): readonly Trivalent[] => {
      if (!isJsonObject(keys)) return ['undecided'];
      return Object.entries(keys).map(([key, values]) => {
        const value = known[key.toLowerCase()];
        const expected = listOf(values).map(String);
        return value === undefined ? 'undecided' : compare(operator, value, expected);
      });
    }),
  );
}

/**
 * A condition on a key that the request has with one value: so `IfExists` adds nothing, and what holds for any of the
 * values holds for all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function compare(operator: string, value: string, expected: readonly string[]): Trivalent {
  if (expected.some((one) => one.includes('${'))) return 'undecided';
  const plain = operator.replace(/^(ForAnyValue|ForAllValues):/, '').replace(/IfExists$/, '');
  const fitsAny = (fits: (pattern: string) => Trivalent) => any(expected.map(fits));
  switch (plain) {
    case 'StringEquals':
      return expected.includes(value);
    case 'StringNotEquals':
      return !expected.includes(value);
    case 'StringEqualsIgnoreCase':
      return fitsAny((one) => one.toLowerCase() === value.toLowerCase());
    case 'StringNotEqualsIgnoreCase':
      return not(fitsAny((one) => one.toLowerCase() === value.toLowerCase()));
    case 'StringLike':
      return fitsAny((one) => matchesWildcard(one, value));
    case 'StringNotLike':
      return not(fitsAny((one) => matchesWildcard(one, value)));
    // ArnEquals and ArnLike behave identically.
    case 'ArnEquals':
    case 'ArnLike':
      return fitsAny((one) => arnMatches(one, value));
    case 'ArnNotEquals':
    case 'ArnNotLike':
      return not(fitsAny((one) => arnMatches(one, value)));
    case 'Bool':
      return fitsAny((one) => one.toLowerCase() === value.toLowerCase());
    case 'Null':
      return fitsAny((one) => one.toLowerCase() === 'false');
    default:
      return 'undecided';
  }
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
