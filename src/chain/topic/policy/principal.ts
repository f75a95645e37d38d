import { parseArn } from '../../../inventory/arn.ts';
import type { Trivalent } from '../../../filter-pattern/index.ts';
import type { JsonObject } from '../../base/json.ts';
import { isJsonObject, listOf } from '../../base/json.ts';
import { any } from '../../base/trivalent.ts';
import type { ServiceRequest } from './service-request.ts';

/**
 * Whether the principal of a statement includes the service that makes the request.
 *
 * A service principal is not an IAM principal: a role, a user, a session or another account does not include it. The
 * account of the alarm is a principal of its own. In a key's policy it gives the key to the account's IAM policies and to
 * nobody else; whether it includes the services that act for the account in a topic's policy AWS does not say.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
 */
export function principalMatches(statement: JsonObject, request: ServiceRequest): Trivalent {
  // `NotPrincipal` may or may not except the service through something else that it names.
  if ('NotPrincipal' in statement) return 'undecided';
  const principal = statement['Principal'];
  if (principal === '*') return true;
  if (!isJsonObject(principal)) return 'undecided';
  const matches = Object.entries(principal).flatMap(([type, named]) => {
    const names = listOf(named);
    return names.length === 0
      ? ['undecided' as const]
      : names.map((name) => nameMatches(type, name, statement, request));
  });
  return matches.length === 0 ? 'undecided' : any(matches);
}

function nameMatches(type: string, name: unknown, statement: JsonObject, request: ServiceRequest): Trivalent {
  if (typeof name !== 'string') return 'undecided';
  switch (type) {
    case 'AWS':
      return name === '*' ? true : iamPrincipalMatches(name, statement, request);
    case 'Service':
      return servicePrincipalMatches(name, request.service);
    // Principals of identity providers, and users of Amazon S3.
    case 'Federated':
    case 'CanonicalUser':
      return false;
    default:
      return 'undecided';
  }
}

/** Ids of IAM principals, which stay in a policy when the principal is deleted. */
const UNIQUE_ID = /^A(?:IDA|ROA|GPA|NPA|IPA|SIA|BIA|CCA)[A-Z0-9]{12,}$/;

function iamPrincipalMatches(
  name: string,
  statement: JsonObject,
  { target, sourceAccount }: ServiceRequest,
): Trivalent {
  if (UNIQUE_ID.test(name)) return false;
  const arn = parseArn(name);
  const isAccount = /^\d{12}$/.test(name) || (arn?.service === 'iam' && arn.resource === 'root');
  if (isAccount) {
    if ((arn?.accountId ?? name) !== sourceAccount) return false;
    return target === 'key' && statement['Effect'] === 'Allow' ? false : 'undecided';
  }
  // A wildcard cannot match a part of a principal.
  return arn?.service === 'iam' || arn?.service === 'sts' ? false : 'undecided';
}

function servicePrincipalMatches(name: string, service: string): Trivalent {
  if (name === service) return true;
  // `*` is not a service, and other spellings of the service are not documented for alarms.
  const [first] = service.split('.');
  return name === '*' || name.toLowerCase().startsWith(`${first ?? service}.`) ? 'undecided' : false;
}
