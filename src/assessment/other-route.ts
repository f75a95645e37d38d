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

/** The route that is looked for. */
const ROUTE: RouteName = 'eventbridge';

/** What is read for it, one after the other: the rules where the events arrive, and the targets of one of them. */
const readable: readonly PartKey['kind'][] = ['event-rules', 'event-rule-targets'];

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
 * two parts at most, of one page each, and nothing that goes wrong here is an error. What was not read, such as the policy of the topic, is not
 * claimed.
 */
export async function findOtherRoute(
  reader: InventoryReader,
  { control, options }: Parameters,
  verdict: Verdict,
  inventory: Inventory,
  isOver: () => boolean,
): Promise<Found> {
  const where = eventRegionOf(control, inventory);
  const isPossible = where.kind === 'one' && !options.acceptedRoutes.includes(ROUTE);
  if (verdict.kind !== 'broken' || !isPossible) return { inventory };
  const isThere = (key: PartKey) => key.kind !== 'event-rules' || key.eventBusArn.split(':')[3] === where.region;
  let known = inventory;
  try {
    for (let read = 0; ; read += 1) {
      if (isOver()) return { inventory: known };
      const context: Context = { control, options, inventory: known, alarms: 'direct', filters: 'alone', isOver };
      const { needs } = walk(context, [ROUTE]);
      const key = needs.find((one) => one.kind === readable[read] && isThere(one));
      if (key === undefined) {
        const sentence = sentenceFor(context);
        return { inventory: known, ...(sentence === undefined ? {} : { otherRoute: { route: ROUTE, sentence } }) };
      }
      const answers = await reader.read([key], { maxPages: 1 });
      // What is refused here is nothing that was asked for.
      if (answers.some(({ part }) => part.kind === 'unreadable')) return { inventory: known, hasFailed: true };
      known = withParts(known, answers);
    }
  } catch {
    return { inventory: known, hasFailed: true };
  }
}

/** What is known of the route; nothing if no rule leads to a topic, or it certainly breaks beyond. */
function sentenceFor(context: Context): string | undefined {
  const { acceptedRoutes } = context.options;
  const setting = `acceptedRoutes=${routeNames.filter((name) => name === ROUTE || acceptedRoutes.includes(name)).join(',')}`;
  const { chains, needs } = walk(context, [ROUTE]);
  const holding = chains.find(({ outcome }) => outcome === 'satisfied');
  if (holding !== undefined && needs.length === 0)
    return `${ruleAndTarget(holding.path, 'notifies')}; ${setting} accepts it`;
  const broken = new Set(chains.filter(({ outcome }) => outcome === 'broken').map(({ path }) => JSON.stringify(path)));
  const open = walkTo(ROUTE, 'topic', context).open.find(
    ({ path, links }) => links.every(({ state }) => state === 'holds') && !broken.has(JSON.stringify(path)),
  );
  return open && `${ruleAndTarget(open.path, 'sends the events to')}; ${setting} judges that route`;
}

function ruleAndTarget(path: Path, does: string): string {
  const names = new Map(thingsOn(path).map(({ kind, name }) => [kind, name]));
  const topic = names.get('topicArn');
  const target = topic === undefined ? names.get('targetArn') : `SNS topic ${topic}`;
  return `EventBridge rule ${names.get('eventRule') ?? ''} ${does} ${target ?? ''}`;
}
