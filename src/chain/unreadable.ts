import type { Failure } from '../inventory/model.ts';
import type { Finding, Reasons } from './link.ts';
import { findingsOf } from './link.ts';

/** Reasons that any link may give. */
export const unreadableReasons = {
  UNREADABLE: {
    outcome: 'undecided',
    meaning:
      'A part of the account could not be read, and without it nothing is certain. The missing permission is named.',
    sentence: ({ service, operation, error }: Failure) => `${service} ${operation} failed with ${error}`,
    repair: ({ missingIamAction, service, operation }: Failure) =>
      missingIamAction
        ? `allow ${missingIamAction} to the role that reads the account`
        : `find out why ${service} ${operation} is refused, and make it readable`,
  },
} as const satisfies Reasons;

const found = findingsOf(unreadableReasons);

export function unreadable(failure: Failure): Finding<keyof typeof unreadableReasons> {
  return found('UNREADABLE', failure, { failure });
}
