import type { Context } from '../chain/base/link.ts';
import { walk } from '../chain/walk.ts';
import { catalog } from '../controls/catalog.ts';
import type { Inventory, PartKey } from '../inventory/model.ts';
import { distinctKeys, partOf } from '../inventory/model.ts';
import { logTransformersKey } from '../inventory/part-keys.ts';
import { patternsIn, withFiltersOf } from './own-patterns.ts';
import type { InventoryReader } from '../inventory/reader.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { parseParameters } from '../parameters/parameters.ts';
import { emptyInventory, readUntil } from './read-until.ts';

/** Settings under which paths are followed as far as possible, each in its own way. */
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
 * Reads every part that a judgement may need, whatever its control and settings.
 *
 * The judgement's own walk says what to read. It is asked with the default control and with the pattern of each filter of
 * the account: a filter always fits its own pattern, and a filter that cannot be parsed is followed under any control.
 * Unlike a judgement, it does not stop where one chain holds. A part that a new link needs is read without a change here.
 *
 * @throws what the reader throws: a transient fault gives no inventory
 */
export async function readEverything(reader: InventoryReader): Promise<Inventory> {
  const { inventory } = await readUntil(reader, await emptyInventory(reader), (known) => {
    const keys = needsOf(known);
    return keys.length > 0 ? { kind: 'needs', keys } : { kind: 'all-read' };
  });
  return inventory;
}

function needsOf(inventory: Inventory): readonly PartKey[] {
  const needs: PartKey[] = [];
  for (const { asked, of } of questions(inventory)) {
    for (const { control, options } of asked) {
      for (const way of ways) {
        needs.push(...walk({ control, options, inventory: of, isOver: () => false, ...way }).needs);
      }
    }
  }
  return distinctKeys([...needs, ...transformerKeys(inventory)]);
}

/**
 * Whether log events are transformed is judged of log alarms, and of few filters. Whoever plans a log alarm for the account
 * asks it of every log group that may get one.
 */
function transformerKeys(inventory: Inventory): readonly PartKey[] {
  return Object.entries(inventory.parts['metric-filters'] ?? {}).flatMap(([logGroupArn, filters]) => {
    const key = logTransformersKey(logGroupArn);
    const isThere = filters.kind === 'present' && filters.value !== null;
    return isThere && partOf<'log-transformers'>(inventory, key) === undefined ? [key] : [];
  });
}

/** Questions, and the account of which they are asked. */
interface Asked {
  readonly asked: readonly Parameters[];
  readonly of: Inventory;
}

/**
 * The default control of the account as it is; and each pattern that can be asked for, of the account with only the filters
 * of this pattern, so that a hundred filters are not compared with each other.
 */
function questions(inventory: Inventory): readonly Asked[] {
  const own = patternsIn(inventory).map((filterPattern) => ({
    asked: parametersFor({ filterPattern }),
    of: withFiltersOf(inventory, filterPattern),
  }));
  return [{ asked: parametersFor({}), of: inventory }, ...own, { asked: withoutFilters, of: inventory }];
}

/** Every control by the routes that need no filters of the account. */
const withoutFilters = catalog.flatMap(({ id }) => {
  const parsed = parseParameters({ controlId: id, acceptedRoutes: 'eventbridge,log-alarm', patternMatch: 'covers' });
  return parsed.kind === 'parsed' ? [parsed.parameters] : [];
});

function parametersFor(what: Readonly<Record<string, unknown>>): readonly Parameters[] {
  return settings.flatMap((options) => {
    const parsed = parseParameters({ ...options, ...what });
    return parsed.kind === 'parsed' ? [parsed.parameters] : [];
  });
}
