import type { Failure, Part } from '../../model.ts';
import { serviceName } from '../../service-name.ts';
import type { OperationName } from '../answers/operations.ts';
import { services } from '../answers/operations.ts';

/** One call: what was asked, of which service, in which account and region. */
export interface CallPlace {
  readonly operation: OperationName;
  readonly accountId: string | undefined;
  readonly region: string;
}

/** Why a call failed, as far as the caller must know: only the first three and a list that is too long say anything about the account. */
export type FailureKind =
  | 'refused'
  | 'not-found'
  | 'unknown-operation'
  | 'credentials'
  | 'clock'
  | 'throttled'
  | 'unreachable'
  | 'invalid-answer'
  | 'too-long'
  | 'other';

/** A call to AWS failed. The message names the call and its place, gives AWS's words, and says what to do. */
export class AwsCallError extends Error {
  override readonly name = 'AwsCallError';
  readonly operation: OperationName;
  /** AWS's name of the error, such as `AccessDeniedException`. */
  readonly code: string;
  readonly kind: FailureKind;

  constructor(place: CallPlace, cause: unknown) {
    const code = errorName(cause);
    const kind = kindOf(cause);
    const words = wordsOf(cause);
    const said = words === '' || words === code ? code : `${code}: ${words}`;
    super(`${describeCall(place)} failed with ${said}${/[.!?]$/.test(said) ? '' : '.'} ${advice(kind, place)}`, {
      cause,
    });
    this.operation = place.operation;
    this.code = code;
    this.kind = kind;
  }
}

/** There was not enough time left for a call. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** A list has more pages than are read. */
export class ListTooLongError extends Error {
  override readonly name = 'ListTooLong';
}

/** The time for reading was over before a call: nothing went wrong, there is only more to read than fits into it. */
export class NotBegunError extends Error {
  override readonly name = 'NotBegunError';
  readonly operation: OperationName;

  constructor(place: CallPlace) {
    super(`the time for reading was over before ${describeCall(place)}`);
    this.operation = place.operation;
  }
}

/** The error codes that say that the caller is not allowed, in all spellings of the services and of IAM. */
const refusedCodes = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthFailure',
  'AuthorizationError',
  'AuthorizationErrorException',
  'Forbidden',
  'ForbiddenException',
  'InsufficientDependencyServiceAccessPermissionException',
  'InsufficientPrivilegesException',
  'KMSAccessDenied',
  'KMSAccessDeniedException',
  'NotAuthorized',
  'NotAuthorizedException',
  'OptInRequired',
  'Unauthorized',
  'UnauthorizedException',
  'UnauthorizedOperation',
]);

const notFoundCodes = new Set([
  'TrailNotFoundException',
  'ResourceNotFoundException',
  'ResourceNotFound',
  'NotFoundException',
  'NotFound',
]);

/** A service in a region that is behind the others says so of an operation that it does not have yet. */
const unknownOperationCodes = new Set(['UnknownOperationException', 'InvalidAction', 'UnsupportedOperation']);

const credentialsCodes = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);

const clockCodes = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);

/** The code of an error of AWS, or the name of any other error. */
export function errorName(error: unknown): string {
  if (error instanceof AwsCallError) return error.code;
  if (!(error instanceof Error)) return 'Unknown';
  const status = httpStatusOf(error);
  // An error without a body that the service wrote has no code of its own.
  if (status !== undefined && hasNoCode(error)) return `HTTP status ${status}`;
  return error.name;
}

export function isNotFound(error: unknown): boolean {
  return notFoundCodes.has(errorName(error));
}

export function isUnknownOperation(error: unknown): boolean {
  return unknownOperationCodes.has(errorName(error));
}

/** Whether a service says that it does not accept the value of a parameter. */
export function isInvalidParameter(error: unknown): boolean {
  const code = errorName(error);
  return /^(InvalidParameter|InvalidInput|Validation|MalformedQuery|Serialization)/.test(code);
}

/**
 * What a failed call says about the account.
 *
 * @returns an unreadable part for what lastingly cannot be read: the caller is not allowed to, the service says that
 *   something does not exist which must exist, or the account holds more than there is time to read
 * @throws AwsCallError, or DeadlineError, for everything else: a fault that may pass, credentials that expired, or an
 *   error that does not say anything about the account
 */
export function partOfFailure(error: unknown): Part<never> {
  if (error instanceof NotBegunError) {
    const { operation } = error;
    return { kind: 'unreadable', failure: { service: services[operation], operation, error: 'NotReadInTime' } };
  }
  if (!(error instanceof AwsCallError)) throw error;
  const { operation, kind, code } = error;
  const failure: Failure = { service: services[operation], operation, error: code };
  switch (kind) {
    case 'refused':
      return {
        kind: 'unreadable',
        failure: { ...failure, missingIamAction: `${services[operation]}:${operation}` },
      };
    case 'not-found':
    case 'too-long':
      return { kind: 'unreadable', failure };
    case 'unknown-operation':
    case 'credentials':
    case 'clock':
    case 'throttled':
    case 'unreachable':
    case 'invalid-answer':
    case 'other':
      throw error;
  }
}

function kindOf(error: unknown): FailureKind {
  const code = errorName(error);
  const status = httpStatusOf(error);
  if (code === 'InvalidAnswer') return 'invalid-answer';
  if (code === 'ListTooLong') return 'too-long';
  if (refusedCodes.has(code)) return 'refused';
  if (notFoundCodes.has(code)) return 'not-found';
  if (unknownOperationCodes.has(code)) return 'unknown-operation';
  if (clockCodes.has(code) || (code === 'InvalidSignatureException' && wordsOf(error).includes('expired'))) {
    return 'clock';
  }
  if (credentialsCodes.has(code)) return 'credentials';
  if (status === 429 || /throttl|TooManyRequests|RequestLimitExceeded|SlowDown/i.test(code)) return 'throttled';
  if (status === 403 && code.startsWith('HTTP status')) return 'refused';
  if ((status !== undefined && status >= 500) || isOfNetwork(error)) return 'unreachable';
  return 'other';
}

/** `CloudTrail DescribeTrails in account 111122223333, region eu-west-1` */
export function describeCall({ operation, accountId, region }: CallPlace): string {
  const account = accountId === undefined ? '' : `account ${accountId}, `;
  return `${serviceName(services[operation])} ${operation} in ${account}region ${region}`;
}

function advice(kind: FailureKind, { operation }: CallPlace): string {
  switch (kind) {
    case 'refused':
      return `Allow ${services[operation]}:${operation} to the role that makes the call.`;
    case 'not-found':
      return 'Check that it exists in this account and region.';
    case 'unknown-operation':
      return 'The service does not have this operation in this region.';
    case 'credentials':
      return 'Renew the credentials and run again.';
    case 'clock':
      return 'Set the clock of this machine and run again.';
    case 'throttled':
      return 'AWS limits the calls of this account: run again later.';
    case 'unreachable':
      return 'Run again later; check the network, and https://health.aws.amazon.com/health/status.';
    case 'invalid-answer':
      return 'Something else than AWS may have answered: check proxy and endpoint, and run again.';
    case 'too-long':
      return 'The account may hold too many; or something else than AWS answers: check proxy and endpoint.';
    case 'other':
      return 'Look the error up in the API reference of the operation.';
  }
}

function isOfNetwork(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { readonly code?: string; readonly name?: string };
  return name === 'TimeoutError' || name === 'AbortError' || /^E[A-Z_]+$/.test(code ?? '');
}

function httpStatusOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } } | undefined)?.$metadata
    ?.httpStatusCode;
}

function hasNoCode({ name }: Error): boolean {
  return ['Error', 'SyntaxError', 'TypeError', 'Unknown', 'UnknownError'].includes(name);
}

/** AWS's own words in one line, without the SDK's hint at hidden fields. */
function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').trim();
}
