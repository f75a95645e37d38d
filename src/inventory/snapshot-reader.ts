import type { Inventory, PartKey, PartKind, ReadPart } from './model.ts';
import { partOf } from './model.ts';
import { logGroupKey } from './part-keys.ts';
import type { InventoryReader } from './reader.ts';
import { openSnapshot } from './snapshot/snapshot-file.ts';
import { publishersOfUnwatchedMetric } from './snapshot/unwatched-metric.ts';

/**
 * Reads a saved inventory.
 *
 * @param json - the file's text
 * @returns the inventory as it was saved
 * @throws SnapshotError if the text is not a snapshot of this version of the format or an older one
 */
export function parseSnapshot(json: string): Inventory {
  return openSnapshot(json).inventory;
}

/**
 * Answers from a saved inventory, with the same interface as a live account. A part that the file does not hold is
 * unreadable, because what was not saved is not known; but for who publishes to a metric that no alarm watches, which a
 * remediation asks for.
 *
 * In a live account a log group that has filters is of a class that supports them, so its class is not read. A file may say
 * otherwise, such as a template that nobody deployed. So the filters of a log group come with the log group itself.
 *
 * @param kindsNotHeld - the kinds of parts that the version of the file does not hold
 */
export function snapshotReader(inventory: Inventory, kindsNotHeld: readonly PartKind[] = []): InventoryReader {
  const { accountId, region, readAt } = inventory;
  return {
    describe: () => Promise.resolve({ accountId, region, readAt }),
    read: (keys) =>
      Promise.resolve(
        [...keys, ...logGroupsOf(keys, inventory)].map((key): ReadPart => {
          const known = partOf(inventory, key) ?? publishersOfUnwatchedMetric(key, inventory);
          const error = kindsNotHeld.includes(key.kind) ? 'OlderFormat' : 'NotInSnapshot';
          const failure = { service: 'snapshot', operation: key.kind, error };
          return { key, part: known ?? { kind: 'unreadable', failure } } as ReadPart;
        }),
      ),
  };
}

/** The log groups whose filters are asked for, where the file has both. Without filters they are asked for by themselves. */
function logGroupsOf(keys: readonly PartKey[], inventory: Inventory): readonly PartKey[] {
  return keys.flatMap((key) => {
    if (key.kind !== 'metric-filters') return [];
    const filters = partOf<'metric-filters'>(inventory, key);
    const groupKey = logGroupKey(key.logGroupArn);
    const hasFilters = filters?.kind === 'present' && filters.value !== null && filters.value.length > 0;
    const isAsked = keys.some((one) => one.kind === 'log-group' && one.logGroupArn === key.logGroupArn);
    return hasFilters && !isAsked && partOf(inventory, groupKey) !== undefined ? [groupKey] : [];
  });
}
