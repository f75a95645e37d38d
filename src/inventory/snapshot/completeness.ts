import { parseArn } from '../arn.ts';
import type { Failure, Inventory, Part, PartKind } from '../model.ts';
import { partKinds } from './schema/part-schemas.ts';

/** Says of every kind of part whether it was read, refused, or not needed. */
export interface Completeness {
  /** Whether everything that was asked for was read. */
  readonly isComplete: boolean;
  /** How many parts of each kind were read. */
  readonly read: Readonly<Partial<Record<PartKind, number>>>;
  /** What could not be read, and why. */
  readonly refused: readonly RefusedPart[];
  /** The kinds of which no part was asked for, because nothing in the account leads there. */
  readonly notNeeded: readonly PartKind[];
}

/** A part that could not be read. */
export interface RefusedPart extends Failure {
  /** The kind of the part and what it is of: `topic-attributes arn:aws:sns:…`. */
  readonly part: string;
}

/**
 * What of an inventory was read, refused and not needed. A trail whose settings could not be read counts as refused.
 *
 * @param kindsNotHeld - the kinds of parts that were not asked for, because the version of the file did not hold them
 */
export function completenessOf(
  { parts }: Pick<Inventory, 'parts'>,
  kindsNotHeld: readonly PartKind[] = [],
): Completeness {
  const read: Partial<Record<PartKind, number>> = {};
  const refused: RefusedPart[] = [];
  for (const kind of partKinds) {
    const entries: readonly (readonly [string, Part<unknown>])[] = Object.entries(parts[kind] ?? {});
    const present = entries.filter(([, part]) => part.kind === 'present').length;
    if (present > 0) read[kind] = present;
    for (const [id, part] of entries) {
      if (part.kind === 'unreadable') refused.push({ part: `${kind} ${id}`, ...part.failure });
    }
  }
  for (const part of Object.values(parts.trails ?? {})) {
    for (const trail of part.kind === 'present' ? part.value : []) {
      if (trail.unread !== undefined)
        refused.push({ part: `trails ${trail.trailArn || 'other regions'}`, ...trail.unread });
    }
  }
  const isMissing = (kind: PartKind) => Object.keys(parts[kind] ?? {}).length === 0;
  const notNeeded = partKinds.filter((kind) => isMissing(kind) && !kindsNotHeld.includes(kind));
  return { isComplete: refused.length === 0, read, refused, notNeeded };
}

/** The regions of the parts that were read, sorted. */
export function regionsOf({ region, parts }: Inventory): readonly string[] {
  const regions = new Set([region]);
  for (const ofKind of Object.values(parts)) {
    for (const id of Object.keys(ofKind)) {
      // The name of a part is an ARN, or begins with an account and a region.
      const own = parseArn(id)?.region ?? /^\d{12} (\S+)/.exec(id)?.[1];
      if (own) regions.add(own);
    }
  }
  const trails = Object.values(parts.trails ?? {}).flatMap((part) => (part.kind === 'present' ? part.value : []));
  for (const { homeRegion } of trails) if (homeRegion !== '') regions.add(homeRegion);
  return [...regions].sort();
}
