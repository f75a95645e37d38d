import type { Context, Path, RouteName } from '../chain/base/link.ts';
import { thingsOn } from '../chain/base/path-things.ts';
import { eventRegionOf } from '../chain/event-rule/event-region.ts';
import type { OtherRoute, Verdict } from '../chain/verdict.ts';
import { walk, walkTo } from '../chain/walk.ts';
import type { Inventory, PartKey } from '../inventory/model.ts';
import { withParts } from '../inventory/model.ts';
import type { InventoryReader } from '../inventory/reader.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { routeNames } from '../parameters/routes.ts';

/** The routes that are looked for, and what is read for each: rules where the events arrive and their targets; alarms. */
const sought: readonly { readonly route: RouteName; readonly readable: readonly PartKey['kind'][] }[] = [
  { route: 'eventbridge', readable: ['event-rules', 'event-rule-targets'] },
  { route: 'log-alarm', readable: ['alarms'] },
];

/** So many parts are read for all of them together. */
const MOST_PARTS = 2;

/** What was found out of another route. */
export interface Found {
  readonly otherRoute?: OtherRoute;
  /** With what was read to find out. */
  readonly inventory: Inventory;
  /** Whether reading was refused or failed, so that nobody need ask again. */
  readonly hasFailed?: true;
}

/**
 * Looks whether a broken account notifies somebody by a route that the parameters do not accept. It is only said, so it costs
 * two parts at most, of one page each, and nothing that goes wrong here is an error. What was not read, such as the policy of
 * the topic, is not claimed.
 */
export async function findOtherRoute(
  reader: InventoryReader,
  { control, options }: Parameters,
  verdict: Verdict,
  inventory: Inventory,
  isOver: () => boolean,
): Promise<Found> {
  if (verdict.kind !== 'broken') return { inventory };
  const where = eventRegionOf(control, inventory);
  const isThere = (key: PartKey) =>
    key.kind !== 'event-rules' || (where.kind === 'one' && key.eventBusArn.split(':')[3] === where.region);
  let known = inventory;
  let left = MOST_PARTS;
  try {
    for (const { route, readable } of sought) {
      const isPossible = route !== 'eventbridge' || where.kind === 'one';
      if (options.acceptedRoutes.includes(route) || !isPossible) continue;
      for (;;) {
        if (isOver()) return { inventory: known };
        const context: Context = { control, options, inventory: known, alarms: 'all', filters: 'alone', isOver };
        const { needs } = walk(context, [route]);
        const key = left === 0 ? undefined : needs.find((one) => readable.includes(one.kind) && isThere(one));
        if (key === undefined) {
          const sentence = sentenceFor(route, context);
          if (sentence !== undefined) return { inventory: known, otherRoute: { route, sentence } };
          break;
        }
        left -= 1;
        const answers = await reader.read([key], { maxPages: 1 });
        // What is refused here is nothing that was asked for.
        if (answers.some(({ part }) => part.kind === 'unreadable')) return { inventory: known, hasFailed: true };
        known = withParts(known, answers);
      }
    }
    return { inventory: known };
  } catch {
    return { inventory: known, hasFailed: true };
  }
}

/** What is known of a route; nothing if nothing leads to a topic, or it certainly breaks beyond. */
function sentenceFor(route: RouteName, context: Context): string | undefined {
  const { acceptedRoutes } = context.options;
  const setting = `acceptedRoutes=${routeNames.filter((name) => name === route || acceptedRoutes.includes(name)).join(',')}`;
  const { chains, needs } = walk(context, [route]);
  const holding = chains.find(({ outcome }) => outcome === 'satisfied');
  if (holding !== undefined && needs.length === 0)
    return `${notifierAndTarget(holding.path, 'notifies')}; ${setting} accepts it`;
  const broken = new Set(chains.filter(({ outcome }) => outcome === 'broken').map(({ path }) => JSON.stringify(path)));
  const open = walkTo(route, 'topic', context).open.find(
    ({ path, links }) => links.every(({ state }) => state === 'holds') && !broken.has(JSON.stringify(path)),
  );
  return open && `${notifierAndTarget(open.path, 'sends the events to')}; ${setting} judges that route`;
}

function notifierAndTarget(path: Path, does: string): string {
  const names = new Map(thingsOn(path).map(({ kind, name }) => [kind, name]));
  const topic = names.get('topicArn');
  const target = topic === undefined ? names.get('targetArn') : `SNS topic ${topic}`;
  const rule = names.get('eventRule');
  const notifier = rule === undefined ? `log alarm ${names.get('alarm') ?? ''}` : `EventBridge rule ${rule}`;
  return `${notifier} ${does} ${target ?? ''}`;
}
