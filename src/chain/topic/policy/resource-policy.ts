import type { Trivalent } from '../../../filter-pattern/index.ts';
import type { JsonObject } from '../../base/json.ts';
import { isJsonObject, listOf, parseJson } from '../../base/json.ts';
import { all, any } from '../../base/trivalent.ts';
import { matchesWildcard } from '../../base/wildcard.ts';
import { conditionHolds } from './condition.ts';
import type { ServiceRequest } from './service-request.ts';

/**
 * Whether a resource policy allows a request of a service. What the policy denies is refused, and so is what nothing allows.
 *
 * Decided is what AWS documents: principals that name everybody or the service, actions and resources with wildcards,
 * and conditions on the source's ARN and account and on secure transport, which are all in CloudWatch's requests. Everything
 * else is undecided.
 *
 * @param policy - the policy as JSON text
 * @returns `undecided` also for a policy that cannot be read
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export function allowsRequest(policy: string, request: ServiceRequest): Trivalent {
  const statements = statementsOf(policy);
  if (statements === undefined) return 'undecided';
  const applying = (effect: string) =>
    any(statements.filter((one) => one['Effect'] === effect).map((one) => statementApplies(one, request)));
  const denied = applying('Deny');
  if (denied === true) return false;
  const allowed = applying('Allow');
  if (allowed === false) return false;
  return denied === 'undecided' ? 'undecided' : allowed;
}

function statementsOf(policy: string): readonly JsonObject[] | undefined {
  const parsed = parseJson(policy);
  if (!isJsonObject(parsed)) return undefined;
  const statements = listOf(parsed['Statement']);
  return statements.every(isJsonObject) ? statements : undefined;
}

/** Whether a statement is about the request: every element must match. */
function statementApplies(statement: JsonObject, request: ServiceRequest): Trivalent {
  return all([
    principalMatches(statement, request),
    elementMatches(statement, 'Action', (pattern) =>
      matchesWildcard(pattern.toLowerCase(), request.action.toLowerCase()),
    ),
    resourceMatches(statement, request),
    conditionHolds(statement['Condition'], request),
  ]);
}

/**
 * Whether the principal is everybody or the service. An account's own principal may or may not include the services
 * that act for it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function principalMatches(statement: JsonObject, { service, sourceAccount }: ServiceRequest): Trivalent {
  if ('NotPrincipal' in statement) return 'undecided';
  const principal = statement['Principal'];
  if (principal === '*') return true;
  if (!isJsonObject(principal)) return 'undecided';
  const aws = listOf(principal['AWS']);
  const services = listOf(principal['Service']);
  if (aws.includes('*') || services.includes(service)) return true;
  // Other spellings of the service are not documented for alarms.
  const isSimilar = (one: unknown) => typeof one === 'string' && (one.includes('*') || one.startsWith('cloudwatch.'));
  if (services.some(isSimilar)) return 'undecided';
  return aws.some((one) => typeof one === 'string' && one.includes(sourceAccount)) ? 'undecided' : false;
}

/**
 * In the policy of a key `*` is the key that it belongs to, and a statement without a resource has no effect. What another
 * resource means there AWS does not document.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
function resourceMatches(statement: JsonObject, { resource }: ServiceRequest): Trivalent {
  if (resource !== undefined) {
    return elementMatches(statement, 'Resource', (pattern) => matchesWildcard(pattern, resource));
  }
  if (!('Resource' in statement) && !('NotResource' in statement)) return false;
  return listOf(statement['Resource']).includes('*') ? true : 'undecided';
}

/** `Action` and `Resource`, or their negations. */
function elementMatches(statement: JsonObject, name: string, matches: (pattern: string) => boolean): Trivalent {
  const patterns = listOf(statement[name] ?? statement[`Not${name}`]);
  if (patterns.length === 0 || !patterns.every((pattern) => typeof pattern === 'string')) return 'undecided';
  // The value of a policy variable is known only at the time of the request.
  if (patterns.some((pattern) => pattern.includes('${'))) return 'undecided';
  const matchesAny = patterns.some(matches);
  return name in statement ? matchesAny : !matchesAny;
}
