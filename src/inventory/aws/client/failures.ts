import type { Failure, Part } from '../../model.ts';

/** A fault that may pass outlasted the retries: no verdict is to be made of it. */
export class TransientReadError extends Error {
  override readonly name = 'TransientReadError';
}

/** Too little time was left to read what the verdict needs. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** One API operation, as people and IAM know it. */
export interface Operation {
  /** The IAM prefix, such as `cloudtrail`. */
  readonly service: string;
  readonly operation: string;
}

/** The names under which the services say that something does not exist. */
const notFound = new Set([
  'TrailNotFoundException',
  'ResourceNotFoundException',
  'ResourceNotFound',
  'NotFoundException',
  'NotFound',
]);

/**
 * The names under which the services say that the caller may not: their own exception, or the one that IAM's refusal
 * takes in the service's protocol.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
 */
const refused = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'UnauthorizedOperation',
  'NotAuthorized',
  'InsufficientDependencyServiceAccessPermissionException',
]);

/** The name of an error from the SDK. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'Unknown';
}

export function isNotFound(error: unknown): boolean {
  return notFound.has(errorName(error));
}

/** The names under which a service says that it has no such operation, in a region that is behind the others. */
const unknownOperation = new Set(['UnknownOperationException', 'InvalidAction', 'UnsupportedOperation']);

export function isUnknownOperation(error: unknown): boolean {
  return unknownOperation.has(errorName(error));
}

/**
 * Makes of a failed call what it says about the account.
 *
 * @returns an unreadable part, for what lastingly cannot be read: what the caller may not see, and what the service says is
 *   not there where that has no meaning of its own
 * @throws TransientReadError for everything else: a fault that may pass, credentials that ran out, or an error that is
 *   not known to say anything about the account
 */
export function partOfFailure({ service, operation }: Operation, error: unknown): Part<never> {
  const name = errorName(error);
  if (refused.has(name)) {
    // A role that may not be taken is refused by STS, before the service is asked anything.
    if (error instanceof Error && error.message.includes('sts:AssumeRole')) {
      const sts = { service: 'sts', operation: 'AssumeRole', error: name, missingIamAction: 'sts:AssumeRole' };
      return { kind: 'unreadable', failure: sts };
    }
    const failure: Failure = { service, operation, error: name, missingIamAction: `${service}:${operation}` };
    return { kind: 'unreadable', failure };
  }
  if (isNotFound(error)) return { kind: 'unreadable', failure: { service, operation, error: name } };
  if (error instanceof DeadlineError) throw error;
  const message = error instanceof Error ? error.message : String(error);
  throw new TransientReadError(`${service} ${operation} failed with ${name}: ${message}`, { cause: error });
}
