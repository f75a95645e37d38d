import type { PartKey, ReadPart } from './model.ts';
import { partId } from './model.ts';
import type { InventoryReader } from './reader.ts';

/** A reader that asks another for each part only once, so that several controls are judged on one inventory. */
export function cachingReader(reader: InventoryReader): InventoryReader {
  const known = new Map<string, ReadPart>();
  let described: ReturnType<InventoryReader['describe']> | undefined;
  return {
    describe: () => (described ??= reader.describe()),
    read: async (keys) => {
      const missing = keys.filter((key) => !known.has(nameOf(key)));
      const read = missing.length === 0 ? [] : await reader.read(missing);
      for (const part of read) known.set(nameOf(part.key), part);
      return keys.flatMap((key) => known.get(nameOf(key)) ?? []);
    },
  };
}

function nameOf(key: PartKey): string {
  return `${key.kind} ${partId(key)}`;
}
