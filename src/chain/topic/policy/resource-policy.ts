import type { Trivalent } from '../../../filter-pattern/index.ts';
import { newBoundedMap } from '../../../filter-pattern/index.ts';
import type { JsonObject } from '../../base/json.ts';
import { isJsonObject, listOf, parseJson } from '../../base/json.ts';
import { all, any } from '../../base/trivalent.ts';
import { matchesWildcard } from '../../base/wildcard.ts';
import { policyConditionHolds } from './condition.ts';
import { principalMatches } from './principal.ts';
import type { ServiceRequest } from './service-request.ts';
import { EVENT_BRIDGE } from './service-request.ts';

/**
 * Whether a resource policy allows a request of a service. What the policy denies is refused, and so is what nothing allows.
 *
 * Decided is what AWS documents: principals, actions and resources with wildcards, and conditions on the keys that a request
 * of a service principal has or does not have. Everything else is undecided.
 *
 * @param policy - the policy as JSON text
 * @returns `undecided` also for a policy that cannot be read
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export function allowsRequest(policy: string, request: ServiceRequest): Trivalent {
  const statements = statementsOf(policy);
  if (statements === undefined) return 'undecided';
  const applying = (isOf: (effect: unknown) => boolean) =>
    any(statements.filter((one) => isOf(one['Effect'])).map((one) => statementApplies(one, request)));
  const denied = applying((effect) => effect === 'Deny');
  if (denied === true) return false;
  const other = applying((effect) => effect !== 'Allow' && effect !== 'Deny');
  if (other !== false) return 'undecided';
  const allowed = applying((effect) => effect === 'Allow');
  if (allowed === false) return false;
  return denied === 'undecided' ? 'undecided' : allowed;
}

/** In characters of policies: each alarm asks the same few. */
const policies = newBoundedMap<{ readonly statements: readonly JsonObject[] | undefined }>(200_000);

function statementsOf(policy: string): readonly JsonObject[] | undefined {
  const known = policies.get(policy);
  if (known !== undefined) return known.statements;
  const statements = readStatements(policy);
  policies.set(policy, { statements });
  return statements;
}

function readStatements(policy: string): readonly JsonObject[] | undefined {
  const parsed = parseJson(policy);
  if (!isJsonObject(parsed) || !('Statement' in parsed)) return undefined;
  const statements = listOf(parsed['Statement']);
  return statements.every(isJsonObject) ? statements : undefined;
}

/** Whether a statement is about the request: every element must match. */
function statementApplies(statement: JsonObject, request: ServiceRequest): Trivalent {
  const parts = [principalMatches, actionMatches, resourceMatches, statementConditionHolds];
  const held: Trivalent[] = [];
  for (const part of parts) {
    const holds = part(statement, request);
    if (holds === false) return false;
    held.push(holds);
  }
  return all(held);
}

/**
 * Whether the condition of a statement holds. AWS documents that statements for EventBridge may have none, and that the
 * policy of a new topic, which allows everybody with the account as the owner of the source, does not allow EventBridge.
 * What another condition of a statement that allows does is not determined.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-no-messages-published-sns
 */
function statementConditionHolds(statement: JsonObject, request: ServiceRequest): Trivalent {
  const condition = statement['Condition'];
  const held = policyConditionHolds(condition, request);
  const isPlain = condition === undefined || (isJsonObject(condition) && Object.keys(condition).length === 0);
  if (held === false || isPlain || request.service !== EVENT_BRIDGE || statement['Effect'] !== 'Allow') return held;
  return request.target === 'topic' && isForOwner(statement) ? false : 'undecided';
}

/** What asks that the request has the key. The other operators may hold without it, which AWS does not document here. */
const askingForKey: ReadonlySet<string> = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike']);

/** Whether a statement allows everybody, if the account of the source is a certain one. */
function isForOwner({ Principal: principal, Condition: condition }: JsonObject): boolean {
  const isEverybody = principal === '*' || (isJsonObject(principal) && Object.keys(principal).join() === 'AWS');
  const keys = Object.entries(isJsonObject(condition) ? condition : {}).flatMap(([operator, one]) =>
    askingForKey.has(operator) && isJsonObject(one) ? Object.keys(one) : [],
  );
  return isEverybody && keys.some((key) => ['aws:sourceowner', 'aws:sourceaccount'].includes(key.toLowerCase()));
}

/**
 * In the policy of a key, a statement without an action or without a resource has no effect.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html#key-policy-elements
 */
function hasNoEffect(statement: JsonObject, element: string, { target }: ServiceRequest): boolean {
  return target === 'key' && !(element in statement) && !(`Not${element}` in statement);
}

function actionMatches(statement: JsonObject, request: ServiceRequest): Trivalent {
  if (hasNoEffect(statement, 'Action', request)) return false;
  const action = request.action.toLowerCase();
  return elementMatches(statement, 'Action', (pattern) => matchesWildcard(pattern.toLowerCase(), action));
}

/**
 * In the policy of a key, `*` is the key that the policy belongs to; an ARN is the key if it matches the key's ARN.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html#key-policy-elements
 */
function resourceMatches(statement: JsonObject, request: ServiceRequest): Trivalent {
  if (hasNoEffect(statement, 'Resource', request)) return false;
  const { resource } = request;
  return elementMatches(statement, 'Resource', (pattern) => {
    if (pattern === '*') return true;
    return resource === undefined ? 'undecided' : resourceMatchesPattern(pattern, resource);
  });
}

/**
 * A wildcard stands for characters within a segment of an ARN; an asterisk at the end of a segment may go beyond the colon.
 * For other wildcards that would have to, AWS documents nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
 */
function resourceMatchesPattern(pattern: string, resource: string): Trivalent {
  if (!matchesWildcard(pattern, resource)) return false;
  const segments = pattern.split(':');
  const isWithin = segments.every((segment) => !/[*?]/.test(segment.slice(0, -1)) && !segment.endsWith('?'));
  // With as many colons in both, no wildcard stands for a colon.
  return isWithin || segments.length === resource.split(':').length ? true : 'undecided';
}

/** `Action` and `Resource`, or their negations. */
function elementMatches(statement: JsonObject, name: string, matches: (pattern: string) => Trivalent): Trivalent {
  const patterns = listOf(statement[name] ?? statement[`Not${name}`]);
  if (patterns.length === 0 || !patterns.every((pattern) => typeof pattern === 'string')) return 'undecided';
  // The value of a policy variable is known only at the time of the request.
  if (patterns.some((pattern) => pattern.includes('${'))) return 'undecided';
  const matched = any(patterns.map(matches));
  if (name in statement) return matched;
  return matched === 'undecided' ? matched : !matched;
}
