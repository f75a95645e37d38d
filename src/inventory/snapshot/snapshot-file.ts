import { createHash } from 'node:crypto';

import * as v from 'valibot';

import type { Inventory, PartKind } from '../model.ts';
import { SNAPSHOT_FORMAT_VERSION, snapshotSchema } from '../snapshot-schema.ts';
import { canonicalJson, withoutMember } from './canonical-json.ts';
import type { Completeness } from './completeness.ts';
import { completenessOf, regionsOf } from './completeness.ts';
import { describeIssue } from './describe-issue.ts';
import { duplicateMember } from './duplicate-member.ts';
import { inexactNumber } from './inexact-number.ts';
import type { Integrity, SnapshotHead } from './head.ts';
import { kindsNotHeldBy, upgradeShape, withoutLaterFacts } from './upgrades.ts';

/** A file is not a snapshot. The message names the place in the file and what must be there. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** What a snapshot holds. */
export interface Snapshot {
  readonly inventory: Inventory;
  /** The version in which the file was written. */
  readonly formatVersion: number;
  readonly head: SnapshotHead;
  /** Absent of a file that does not say its digest, as older files do not. */
  readonly integrity?: Integrity;
  /** The digest of what the file holds now. */
  readonly digest: string;
  /** The statement of completeness in the file; absent of older files. */
  readonly statedCompleteness?: Completeness;
  /** What the version of the file does not hold: a sentence each. */
  readonly notHeld: readonly string[];
  /** The kinds of parts that the version of the file does not hold. */
  readonly kindsNotHeld: readonly PartKind[];
}

/**
 * Reads a snapshot of this or an older version of the format.
 *
 * @param json - the file's text
 * @throws SnapshotError if the text is not a snapshot, or is one of a newer version
 */
export function openSnapshot(json: string): Snapshot {
  const file = readObject(json);
  const { formatVersion: version } = file;
  if ('results' in file) throw new SnapshotError('not a snapshot file: it holds results of `evaluate`');
  if (!('formatVersion' in file)) throw new SnapshotError('not a snapshot file: it has no `formatVersion`');
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new SnapshotError(`\`formatVersion\` must be a whole number from 1 on, not ${JSON.stringify(version)}`);
  }
  if (version > SNAPSHOT_FORMAT_VERSION) {
    throw new SnapshotError(
      `written by version ${version} of the format; this is version ${SNAPSHOT_FORMAT_VERSION}. Use a newer version of this ` +
        'program',
    );
  }
  const result = v.safeParse(snapshotSchema, upgradeShape(file, version), { abortEarly: true });
  if (!result.success) throw new SnapshotError(describeIssue(result.issues[0]));
  const { head, accountId, region, readAt, parts, integrity } = result.output;
  const upgraded = withoutLaterFacts({ accountId, region, readAt, parts }, head.upgradedFrom ?? version);
  const { completeness, ...said } = head;
  const notHeld = [...new Set([...(head.notHeld ?? []), ...upgraded.notHeld])];
  return {
    ...upgraded,
    notHeld,
    formatVersion: version,
    head: { ...said, completeness: completenessOf({ parts }, upgraded.kindsNotHeld) },
    digest: digestOf(file),
    ...(completeness === undefined ? {} : { statedCompleteness: completeness as Completeness }),
    ...(integrity === undefined ? {} : { integrity }),
  };
}

function readObject(json: string): Readonly<Record<string, unknown>> {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (cause) {
    throw new SnapshotError(`not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new SnapshotError('not a snapshot file: it does not hold a JSON object');
  }
  const twice = duplicateMember(json);
  if (twice !== undefined)
    throw new SnapshotError(`an object has the member \`${twice}\` twice, so it does not say one thing`);
  const inexact = inexactNumber(json);
  if (inexact !== undefined) throw new SnapshotError(`programs read the number ${inexact} as different ones`);
  return data as Readonly<Record<string, unknown>>;
}

/** A snapshot in the present version of the format, with its digest and without a signature. */
export interface SnapshotFile extends Inventory {
  readonly formatVersion: typeof SNAPSHOT_FORMAT_VERSION;
  readonly head: SnapshotHead;
  readonly integrity: Integrity;
}

/** What a snapshot says of its reading, but for what follows from its parts. */
export type Reading = Omit<SnapshotHead, 'completeness' | 'regions'>;

/** The contents of the file of a snapshot. */
export function snapshotFile(inventory: Inventory, reading: Reading): SnapshotFile {
  const { accountId, region, readAt, parts } = inventory;
  // What a head of another file says of its parts is replaced.
  const lacking = kindsNotHeldBy(reading.upgradedFrom ?? SNAPSHOT_FORMAT_VERSION, parts);
  const head = { ...reading, regions: regionsOf(inventory), completeness: completenessOf(inventory, lacking) };
  const contents = { formatVersion: SNAPSHOT_FORMAT_VERSION, head, accountId, region, readAt, parts } as const;
  return { ...contents, integrity: { sha256: digestOf(contents) } };
}

/** The SHA-256 of the canonical form of a file without its `integrity`, in hexadecimal digits. */
function digestOf(file: object): string {
  return createHash('sha256')
    .update(canonicalJson(withoutMember(file, 'integrity')))
    .digest('hex');
}
