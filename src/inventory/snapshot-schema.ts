import * as v from 'valibot';

import { head, integrity } from './snapshot/schema/head-schema.ts';
import { maybe, object, said, text, time } from './snapshot/schema/members.ts';
import { parts } from './snapshot/schema/part-schemas.ts';

/**
 * The version of the format of snapshots. It goes up with every change of what a file may hold, and the change gets a step
 * in `snapshot/upgrades.ts`.
 */
export const SNAPSHOT_FORMAT_VERSION = 4;

/** A file with a saved inventory. */
export const snapshotSchema = object({
  formatVersion: said(v.literal(SNAPSHOT_FORMAT_VERSION), 'The version of this format. It goes up with every change.'),
  head: said(head, 'How the account was read.'),
  accountId: v.pipe(text, v.regex(/^[0-9]{12}$/u, 'twelve digits'), v.description('The account.')),
  region: said(text, 'The region from which the account is seen.'),
  readAt: said(time, 'The time from which ages are counted, in UTC.'),
  parts: said(
    parts,
    'What was read, by kind and name. Each part is present or unreadable; `null`: there is no such thing.',
  ),
  integrity: maybe(integrity, 'What shows that the file is as it was written.'),
});
