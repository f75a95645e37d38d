import * as v from 'valibot';

import type { Inventory, PartKey, ReadPart } from './model.ts';
import { partOf } from './model.ts';
import { logGroupKey } from './part-keys.ts';
import { publishersFromLogGroups } from './publishers-from-log-groups.ts';
import type { InventoryReader } from './reader.ts';
import { snapshotSchema } from './snapshot-schema.ts';

/** A file is not a snapshot. The message names the place in the file and what must be there. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/**
 * Reads a saved inventory.
 *
 * @param json - the file's text
 * @returns the inventory as it was saved
 * @throws SnapshotError if the text is not a snapshot of this format version
 */
export function parseSnapshot(json: string): Inventory {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (cause) {
    throw new SnapshotError(`not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new SnapshotError('not a snapshot file: it does not hold a JSON object');
  }
  if ('results' in data) throw new SnapshotError('not a snapshot file: it holds results of `evaluate`');
  if (!('formatVersion' in data)) throw new SnapshotError('not a snapshot file: it has no `formatVersion`');
  const result = v.safeParse(snapshotSchema, data, { abortEarly: true });
  if (!result.success) throw new SnapshotError(describeIssue(result.issues[0]));
  const { accountId, region, readAt, parts: saved } = result.output;
  return { accountId, region, readAt, parts: saved };
}

/** The place in the file, what it must be, and what it is. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const place = `\`${pathOf(issue)}\``;
  if (issue.expected === 'never') return `${place} is not a member that a snapshot has at this place`;
  if (issue.received === 'undefined') return `${place} is missing`;
  // A check has no type to name; its message says what it asks for.
  const expected = issue.expected === null ? issue.message : inWords(issue.expected);
  return `${place} must be ${expected}, not ${inWords(issue.received)}`;
}

const typesInWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
};

/** A type in the notation of the validator, such as `string` or `("a" | "b")`, in words. */
function inWords(type: string): string {
  const types = type.replace(/^\((.*)\)$/s, '$1').split(' | ');
  return types.map((one) => typesInWords[one] ?? one).join(' or ');
}

/** The path of an issue as one would write it: `parts.trails["account"].value[0].name`. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  const steps = (issue.path ?? []).map(({ key }) => {
    if (typeof key === 'number') return `[${key}]`;
    return /^[A-Za-z_][\w-]*$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(key)}]`;
  });
  return steps.join('').replace(/^\./, '') || 'the file';
}

/**
 * Answers from a saved inventory, with the same interface as a live account. A part that the file does not hold is
 * unreadable, because what was not saved is not known.
 *
 * In a live account a log group that has filters is of a class that supports them, so its class is not read. A file may say
 * otherwise, such as a template that nobody deployed. So the filters of a log group come with the log group itself.
 *
 * Earlier versions did not save who publishes to a metric. The filters of all log groups in the file stand in for it.
 */
export function snapshotReader(inventory: Inventory): InventoryReader {
  const { accountId, region, readAt } = inventory;
  return {
    describe: () => Promise.resolve({ accountId, region, readAt }),
    read: (keys) =>
      Promise.resolve(
        [...keys, ...logGroupsOf(keys, inventory)].map((key): ReadPart => {
          const known = partOf(inventory, key) ?? publishersFromLogGroups(key, inventory);
          const failure = { service: 'snapshot', operation: key.kind, error: 'NotInSnapshot' };
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
