import type { Context } from '../chain/base/link.ts';
import { walk } from '../chain/walk.ts';
import type { Inventory, PartKey } from '../inventory/model.ts';
import type { MetricFilter } from '../inventory/resources.ts';
import { partId, withParts } from '../inventory/model.ts';
import type { InventoryReader } from '../inventory/reader.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { parseParameters } from '../parameters/parameters.ts';

/** Settings under which paths are followed as far as they go, each in a way of its own. */
const lenient = { maxEventsToAlarm: 1000, maxAlarmDelayMinutes: 7 * 24 * 60, maxDeliveryAgeHours: 366 * 24 };
const settings: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { ...lenient, patternMatch: 'covers' },
  { ...lenient, patternMatch: 'covers', assurance: 'configured' },
];

/** The ways in which a judgement may walk. */
const ways = (['direct', 'all'] as const).flatMap((alarms) =>
  (['alone', 'parts'] as const).map((filters): Pick<Context, 'alarms' | 'filters'> => ({ alarms, filters })),
);

/**
 * Reads every part that a judgement may ask for, whatever control and settings it is asked with.
 *
 * It is the judgement's own walk that says what to read, asked with the default control and with each pattern that a filter
 * of the account has: a filter means what it says itself, and one that cannot be read is followed under any control. Unlike
 * a judgement it does not stop where one chain holds. So a part that a link comes to ask for is read without a change here.
 *
 * @throws what the reader throws: a fault that may pass makes no inventory
 */
export async function readEverything(reader: InventoryReader): Promise<Inventory> {
  let inventory: Inventory = { ...(await reader.describe()), parts: {} };
  for (;;) {
    const keys = needsOf(inventory);
    if (keys.length === 0) return inventory;
    const before = inventory;
    inventory = withParts(inventory, await reader.read(keys));
    if (JSON.stringify(before.parts) === JSON.stringify(inventory.parts)) {
      throw new Error(`the reader gave no answer for ${JSON.stringify(keys[0])}`);
    }
  }
}

function needsOf(inventory: Inventory): readonly PartKey[] {
  const needs = new Map<string, PartKey>();
  for (const { asked, of } of questions(inventory)) {
    for (const { control, options } of asked) {
      for (const way of ways) {
        for (const key of walk({ control, options, inventory: of, ...way }).needs) {
          needs.set(`${key.kind} ${partId(key)}`, key);
        }
      }
    }
  }
  return [...needs.values()];
}

/** What is asked, and of what account. */
interface Asked {
  readonly asked: readonly Parameters[];
  readonly of: Inventory;
}

/**
 * The default control of the account as it is; and every pattern that is there and can be asked for, of the account with
 * the filters of just this pattern, so that a hundred filters are not compared with each other.
 */
function questions(inventory: Inventory): readonly Asked[] {
  const own = patternsIn(inventory).map((filterPattern) => ({
    asked: parametersFor({ filterPattern }),
    of: withFiltersOf(inventory, filterPattern),
  }));
  return [{ asked: parametersFor({}), of: inventory }, ...own];
}

function parametersFor(what: Readonly<Record<string, unknown>>): readonly Parameters[] {
  return settings.flatMap((options) => {
    const parsed = parseParameters({ ...options, ...what });
    return parsed.kind === 'parsed' ? [parsed.parameters] : [];
  });
}

function withFiltersOf(inventory: Inventory, filterPattern: string): Inventory {
  const lists = Object.entries(inventory.parts['metric-filters'] ?? {}).map(([id, part]) => {
    if (part.kind === 'unreadable' || part.value === null) return [id, part] as const;
    return [id, { ...part, value: part.value.filter((filter) => filter.filterPattern === filterPattern) }] as const;
  });
  return { ...inventory, parts: { ...inventory.parts, 'metric-filters': Object.fromEntries(lists) } };
}

function patternsIn({ parts }: Inventory): readonly string[] {
  const lists = Object.values(parts['metric-filters'] ?? {}).map((part): readonly MetricFilter[] =>
    part.kind === 'present' ? (part.value ?? []) : [],
  );
  return [...new Set(lists.flat().map(({ filterPattern }) => filterPattern))];
}
