import { isDeepStrictEqual } from 'node:util';

import type { Origin } from '../origin.ts';
import { checkSignature } from './signature.ts';
import type { Snapshot } from './snapshot-file.ts';
import { holdsLaterKinds } from './upgrades.ts';

/** The first version of the format whose files have a digest. */
const FIRST_WITH_DIGEST = 2;

/** The first version of the format whose files can say why the caller is not known. */
const FIRST_WITH_CALLER_FAILURE = 4;

/** Whether a snapshot holds what was written; `unknown` of a file of a version that had no digest. */
export type Contents = 'unchanged' | 'changed' | 'unknown';

/**
 * Whether a snapshot holds what was written: its digest and its statement of completeness are those of its contents. A file
 * without the digest that its version has is changed. So is one whose version never held what the file holds: its version was changed,
 * so that it passes for a file of the time before digests.
 */
export function contentsOf({
  inventory,
  formatVersion,
  integrity,
  digest,
  head,
  statedCompleteness,
}: Snapshot): Contents {
  if (holdsLaterKinds(formatVersion, inventory.parts)) return 'changed';
  if (formatVersion < FIRST_WITH_CALLER_FAILURE && head.callerFailure !== undefined) return 'changed';
  if (formatVersion < FIRST_WITH_DIGEST) return integrity === undefined ? 'unknown' : 'changed';
  if (integrity === undefined) return 'changed';
  // Which kinds are not needed follows from the others, and a newer version knows more kinds.
  const said = ({ isComplete, read, refused }: Snapshot['head']['completeness']) => ({ isComplete, read, refused });
  const isStated =
    statedCompleteness === undefined || isDeepStrictEqual(said(statedCompleteness), said(head.completeness));
  return integrity.sha256 === digest && isStated ? 'unchanged' : 'changed';
}

/** Whether a snapshot is certainly not as it was written: it was changed, or its signature is not one of its contents. */
export function isChanged(snapshot: Snapshot): boolean {
  const { integrity } = snapshot;
  if (contentsOf(snapshot) === 'changed') return true;
  return integrity?.signature !== undefined && checkSignature(integrity).kind === 'invalid';
}

/** Where a snapshot comes from, but for the file that holds it. */
export function originOf(snapshot: Snapshot): Origin {
  const { head, formatVersion, notHeld } = snapshot;
  const { toolVersion, caller, callerFailure, endpoint, startedAt, endedAt, redacted } = head;
  return {
    kind: 'snapshot',
    formatVersion,
    ...(toolVersion === undefined ? {} : { toolVersion }),
    ...(caller === undefined ? {} : { caller }),
    ...(callerFailure === undefined ? {} : { callerFailure }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(redacted === undefined ? {} : { isRedacted: true }),
    ...(isChanged(snapshot) ? { isChanged: true } : {}),
    ...(notHeld.length === 0 ? {} : { notHeld }),
  };
}
