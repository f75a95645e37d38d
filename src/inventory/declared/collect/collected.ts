import type { PartKey, PartKind, PartValues, ReadPart } from '../../model.ts';
import { partName } from '../../model.ts';
import type { Place } from '../../place.ts';
import type { DeclarationKind, DeclarationOf, DeclaredAccount } from '../declaration.ts';
import type { Unknown } from '../value.ts';

/** A part of which a file does not say all, and why. */
export interface Doubt {
  readonly key: PartKey;
  readonly why: string;
}

/** Collects what a file says, part by part. */
export interface Collected {
  readonly known: ReadPart[];
  /** Parts that hold something that the file does not say before deployment. */
  readonly uncertain: Map<string, Doubt>;
  /** Lists of things that the file does not create: the account may hold more. */
  readonly incomplete: Map<string, Doubt>;
  /** Kinds of parts of which any one may hold something more, since the file does not say which one. */
  readonly everywhere: Map<PartKind, string>;
  readonly places: Map<string, Place>;
}

/** Adds a part to what is known. */
export function present<K extends PartKey['kind']>(
  { known }: Collected,
  key: Extract<PartKey, { readonly kind: K }>,
  value: PartValues[K],
): void {
  known.push({ key, part: { kind: 'present', value } } as unknown as ReadPart);
}

/** Notes that a part holds something that the file does not say before deployment. */
export function markUncertain({ uncertain }: Collected, key: PartKey, { unknown: why }: Unknown): void {
  mark(uncertain, key, why);
}

/** Notes that a list may hold more than the file says. */
export function markIncomplete({ incomplete }: Collected, key: PartKey, why: string): void {
  mark(incomplete, key, why);
}

/** Notes that any part of a kind may hold something more: the file does not say which one. */
export function noteEverywhere({ everywhere }: Collected, kind: PartKind, why: string): void {
  if (!everywhere.has(kind)) everywhere.set(kind, why);
}

function mark(doubts: Map<string, Doubt>, key: PartKey, why: string): void {
  const id = partName(key);
  if (!doubts.has(id)) doubts.set(id, { key, why });
}

/** The declarations of one kind. */
export function declared<K extends DeclarationKind>(
  { declarations }: DeclaredAccount,
  kind: K,
): readonly DeclarationOf<K>[] {
  return declarations.filter((one): one is DeclarationOf<K> => one.kind === kind);
}

/**
 * Whether something in a file belongs to a thing of a place that the file does not declare. A thing of the file whose name is
 * not known may be that one.
 *
 * @param place - what the ids of all things of that kind and place begin with
 * @param named - the ids of things that something belongs to
 * @param declaredIds - the ids of the things that the file declares
 */
export function namesUndeclared(
  place: string,
  named: Iterable<string>,
  declaredIds: { readonly has: (id: string) => boolean },
): boolean {
  return [...named].some((id) => id.startsWith(place) && !declaredIds.has(id));
}

/** Whether the deployment makes a thing, so that nothing belongs to it but what the file declares. */
export function isMade({ change }: { readonly change: DeclarationOf<DeclarationKind>['change'] }): boolean {
  return change === 'create' || change === 'replace';
}
