import type { PartKey, PartValues, ReadPart } from '../model.ts';
import { partId } from '../model.ts';
import type { DeclarationKind, DeclarationOf, DeclaredAccount, Place } from './declaration.ts';
import type { Unknown } from './value.ts';

/** Collects the parts of both inventories. */
export interface Collected {
  readonly known: ReadPart[];
  readonly uncertain: Map<string, { readonly key: PartKey; readonly why: string }>;
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

/** Notes that a list may hold more than the file tells, or something that it does not tell yet. */
export function markUncertain({ uncertain }: Collected, key: PartKey, { unknown: why }: Unknown): void {
  const id = `${key.kind} ${partId(key)}`;
  if (!uncertain.has(id)) uncertain.set(id, { key, why });
}

/** The declarations of one kind. */
export function declared<K extends DeclarationKind>(
  { declarations }: DeclaredAccount,
  kind: K,
): readonly DeclarationOf<K>[] {
  return declarations.filter((one): one is DeclarationOf<K> => one.kind === kind);
}
