import type { Trivalent } from '../../filter-pattern/index.ts';
import { all, any, not } from '../base/trivalent.ts';

/** A request that an AWS service makes on behalf of one of its resources. */
export interface ServiceRequest {
  /** Such as `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** Such as `sns:Publish`. */
  readonly action: string;
  /** Absent where the policy is a key's: then it is the key, whatever it is called. */
  readonly resource?: string;
  /** The resource for which the service acts: the alarm. */
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/**
 * Whether a resource policy lets a service make a request: what is denied is refused, and so is what nothing allows.
 *
 * Decided is what AWS documents: principals that name everybody or the service, actions and resources with wildcards,
 * and conditions on the source's ARN and account and on secure transport, which are all in CloudWatch's requests. Everything else may go either way.
 *
 * @param policy - the policy as JSON text
 * @returns `undecided` also for a policy that cannot be read
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export function allows(policy: string, request: ServiceRequest): Trivalent {
  const statements = statementsOf(policy);
  if (statements === undefined) return 'undecided';
  const applying = (effect: string) =>
    any(statements.filter((one) => one['Effect'] === effect).map((one) => applies(one, request)));
  const denied = applying('Deny');
  if (denied === true) return false;
  const allowed = applying('Allow');
  if (allowed === false) return false;
  return denied === 'undecided' ? 'undecided' : allowed;
}

type Statement = Readonly<Record<string, unknown>>;

function statementsOf(policy: string): readonly Statement[] | undefined {
  try {
    const parsed: unknown = JSON.parse(policy);
    if (!isRecord(parsed)) return undefined;
    const statements = listOf(parsed['Statement']);
    return statements.every(isRecord) ? statements : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a statement speaks of the request: everything that it names must fit. */
function applies(statement: Statement, request: ServiceRequest): Trivalent {
  return all([
    principalFits(statement, request),
    elementFits(statement, 'Action', (pattern) => like(pattern.toLowerCase(), request.action.toLowerCase())),
    resourceFits(statement, request),
    conditionFits(statement['Condition'], request),
  ]);
}

/**
 * Whether the principal is everybody or the service. An account's own principal may or may not stand for the services
 * that act for it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function principalFits(statement: Statement, { service, sourceAccount }: ServiceRequest): Trivalent {
  if ('NotPrincipal' in statement) return 'undecided';
  const principal = statement['Principal'];
  if (principal === '*') return true;
  if (!isRecord(principal)) return 'undecided';
  const aws = listOf(principal['AWS']);
  const services = listOf(principal['Service']);
  if (aws.includes('*') || services.includes(service)) return true;
  // Other spellings of the service are not documented for alarms.
  const isLike = (one: unknown) => typeof one === 'string' && (one.includes('*') || one.startsWith('cloudwatch.'));
  if (services.some(isLike)) return 'undecided';
  return aws.some((one) => typeof one === 'string' && one.includes(sourceAccount)) ? 'undecided' : false;
}

/**
 * In a key's policy `*` is the key that it belongs to, and a statement without a resource has no effect. What another
 * resource stands for there AWS does not say.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html
 */
function resourceFits(statement: Statement, { resource }: ServiceRequest): Trivalent {
  if (resource !== undefined) return elementFits(statement, 'Resource', (pattern) => like(pattern, resource));
  if (!('Resource' in statement) && !('NotResource' in statement)) return false;
  return listOf(statement['Resource']).includes('*') ? true : 'undecided';
}

/** `Action` and `Resource`, or their negations. */
function elementFits(statement: Statement, name: string, fits: (pattern: string) => boolean): Trivalent {
  const negated = `Not${name}`;
  const patterns = listOf(statement[name] ?? statement[negated]);
  if (patterns.length === 0 || !patterns.every((pattern) => typeof pattern === 'string')) return 'undecided';
  // A policy variable stands for something that is known only at the time of the request.
  if (patterns.some((pattern) => pattern.includes('${'))) return 'undecided';
  const fitsAny = patterns.some(fits);
  return name in statement ? fitsAny : !fitsAny;
}

/**
 * The condition keys of a request that CloudWatch makes for an alarm. It goes over TLS, as all of AWS's own requests do. The
 * source's owner is a key of SNS alone.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
function contextOf({ resource, sourceArn, sourceAccount }: ServiceRequest): Readonly<Record<string, string>> {
  return {
    'aws:sourcearn': sourceArn,
    'aws:sourceaccount': sourceAccount,
    ...(resource === undefined ? {} : { 'aws:sourceowner': sourceAccount }),
    'aws:securetransport': 'true',
  };
}

function conditionFits(condition: unknown, request: ServiceRequest): Trivalent {
  if (condition === undefined) return true;
  if (!isRecord(condition)) return 'undecided';
  const context = contextOf(request);
  return all(
    Object.entries(condition).flatMap(([operator, keys]): readonly Trivalent[] => {
      if (!isRecord(keys)) return ['undecided'];
      return Object.entries(keys).map(([key, values]) => {
        const value = context[key.toLowerCase()];
        const expected = listOf(values).map(String);
        return value === undefined ? 'undecided' : compared(operator, value, expected);
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
function compared(operator: string, value: string, expected: readonly string[]): Trivalent {
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
      return fitsAny((one) => like(one, value));
    case 'StringNotLike':
      return not(fitsAny((one) => like(one, value)));
    // ArnEquals and ArnLike behave identically.
    case 'ArnEquals':
    case 'ArnLike':
      return fitsAny((one) => arnLike(one, value));
    case 'ArnNotEquals':
    case 'ArnNotLike':
      return not(fitsAny((one) => arnLike(one, value)));
    case 'Bool':
      return fitsAny((one) => one.toLowerCase() === value.toLowerCase());
    case 'Null':
      return fitsAny((one) => one.toLowerCase() === 'false');
    default:
      return 'undecided';
  }
}

/** Each of the six parts between colons is compared alone, with wildcards; of a pattern with fewer nothing is documented. */
function arnLike(pattern: string, arn: string): Trivalent {
  if (pattern === '*') return true;
  const patterns = arnParts(pattern);
  const parts = arnParts(arn);
  if (patterns.length < 6 || parts.length < 6) return 'undecided';
  return patterns.every((one, index) => like(one, parts[index] ?? ''));
}

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : parts;
}

/** `*` stands for any characters, `?` for one. */
export function like(pattern: string, text: string): boolean {
  const source = Array.from(pattern)
    .map((char) => (char === '*' ? '.*' : char === '?' ? '.' : escaped(char)))
    .join('');
  return new RegExp(`^${source}$`, 's').test(text);
}

function escaped(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\/-]/, '\\$&');
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
