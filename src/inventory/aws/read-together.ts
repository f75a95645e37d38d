import type { PartKey } from '../model.ts';
import { readAlarmHistoriesTogether, readMuteRulesTogether } from './alarm-records.ts';
import type { AccountAccess } from './client/access.ts';
import { AwsCallError, NotBegunError } from './client/failures.ts';
import { readPublishersTogether } from './logs.ts';

/** Names a part that the listing of its region holds with others of its kind. */
export type ListedKey = Extract<PartKey, { readonly kind: 'metric-publishers' | 'mute-rules' | 'alarm-history' }>;

/** Keys of one kind, account and region. */
export type ListedGroup = readonly [ListedKey, ...ListedKey[]];

/** What is read at once: a part, or several that one listing may answer. */
export type ReadTask =
  { readonly kind: 'single'; readonly key: PartKey } | { readonly kind: 'together'; readonly keys: ListedGroup };

/** From so many parts of one kind in one region on, the listing of the region is tried: it mostly takes fewer calls. */
const MANY = 5;

/** So many calls run side by side, and the pages of a list one after another. */
const CALLS_IN_PARALLEL = 8;

/** Puts the keys that one listing may answer into one task. These come first, since a listing may have several pages. */
export function tasksFor(keys: readonly PartKey[]): readonly ReadTask[] {
  const listed = new Map<string, [ListedKey, ...ListedKey[]]>();
  for (const key of keys) {
    if (!isListed(key)) continue;
    const group = listed.get(placeOf(key));
    if (group === undefined) listed.set(placeOf(key), [key]);
    else group.push(key);
  }
  const groups = [...listed.values()].filter(({ length }) => length >= MANY);
  const grouped = new Set<PartKey>(groups.flat());
  return [
    ...groups.map((group): ReadTask => ({ kind: 'together', keys: group })),
    ...keys.filter((key) => !grouped.has(key)).map(single),
  ];
}

export function single(key: PartKey): ReadTask {
  return { kind: 'single', key };
}

/**
 * Reads a group of parts from one listing of their region.
 *
 * The listing is given up where it is longer than the time in which the parts would be read one by one: an account may have
 * thousands of filters and of actions of other alarms.
 *
 * @returns a value for each key, in order; `undefined` if the parts must be read one by one: the listing is longer, is
 *   refused as a whole, does not say to which part an item belongs, or there is no time to begin it
 * @throws AwsCallError for a fault that may pass, as it does for a single part
 */
export async function readTogether(keys: ListedGroup, access: AccountAccess): Promise<readonly unknown[] | undefined> {
  const [{ kind, region }] = keys;
  const maxPages = Math.ceil(keys.length / CALLS_IN_PARALLEL);
  try {
    switch (kind) {
      case 'metric-publishers': {
        const metrics = keys.filter((key) => key.kind === kind);
        return await readPublishersTogether(access, region, metrics, maxPages);
      }
      case 'mute-rules':
        return await readMuteRulesTogether(access, region, alarmNames(keys), maxPages);
      case 'alarm-history':
        return await readAlarmHistoriesTogether(access, region, alarmNames(keys), maxPages);
    }
  } catch (error) {
    // Some of the parts may be read already, and the others are unreadable one by one.
    if (error instanceof NotBegunError) return undefined;
    if (error instanceof AwsCallError && saysNothingOfSingleParts(error)) return undefined;
    throw error;
  }
}

/** Whether a single part may be readable although the listing is not: a policy may name the alarms that may be read. */
function saysNothingOfSingleParts({ kind }: AwsCallError): boolean {
  return kind === 'refused' || kind === 'not-found' || kind === 'other';
}

function isListed(key: PartKey): key is ListedKey {
  return key.kind === 'metric-publishers' || key.kind === 'mute-rules' || key.kind === 'alarm-history';
}

function placeOf({ kind, accountId, region }: ListedKey): string {
  return `${kind} ${accountId} ${region}`;
}

function alarmNames(keys: ListedGroup): readonly string[] {
  return keys.flatMap((key) => ('alarmName' in key ? [key.alarmName] : []));
}
