import { byPerson } from './fixed-by.ts';
import type { Failure } from '../../inventory/model.ts';
import { serviceName } from '../../inventory/service-name.ts';
import type { Finding, Reasons } from './link.ts';
import { findingsOf } from './link.ts';

/** Reasons that any link may give. */
export const unreadableReasons = {
  UNREADABLE: {
    outcome: 'undecided',
    meaning:
      'A part of the account could not be read, and without it nothing is certain. The missing permission is named, or the call that there was no time for.',
    sentence: ({ service, operation, error, missingIamAction }: Failure) =>
      service === 'file'
        ? `what becomes of the ${operation.replaceAll('-', ' ')} is not known: ${error}`
        : service === 'snapshot'
          ? `the snapshot does not hold ${operation}` +
            (error === 'OlderFormat' ? ', which its older version of the format did not have' : '')
          : error === 'NotReadInTime'
            ? `there was no time left for ${serviceName(service)} ${operation}`
            : `${serviceName(service)} ${operation} failed with ${error}` +
              (missingIamAction === undefined ? '' : `: the permission ${missingIamAction} is missing`),
    fix: ({ missingIamAction, service, operation, error }: Failure) => {
      if (error === 'NotReadInTime')
        return 'evaluate again; if it lasts, find out what the account holds so many of, such as alarms or topics';
      if (service === 'snapshot') return 'take a whole snapshot, or judge the account itself';
      if (service === 'file') return 'say what is missing, or evaluate the account after the deployment';
      return missingIamAction
        ? `allow ${missingIamAction} to the role that reads the account`
        : `find out why ${serviceName(service)} ${operation} is refused, and make it readable`;
    },
    fixedBy: byPerson('what is missing is not known until it can be read'),
  },
} as const satisfies Reasons;

const found = findingsOf(unreadableReasons);

export function unreadable(failure: Failure): Finding<keyof typeof unreadableReasons> {
  return found('UNREADABLE', failure, { failure });
}
