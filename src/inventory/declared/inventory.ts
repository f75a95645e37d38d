import { collectAlarms } from './collect/collect-alarms.ts';
import { collectEventRules } from './collect/collect-event-rules.ts';
import { collectKeys } from './collect/collect-keys.ts';
import { collectLogGroups } from './collect/collect-log-groups.ts';
import { collectTopics } from './collect/collect-topics.ts';
import { collectTrails } from './collect/collect-trails.ts';
import type { Inventory, PartKey, ReadPart } from '../model.ts';
import { withParts } from '../model.ts';
import type { Collected } from './collect/collected.ts';
import type { Place } from '../place.ts';
import type { DeclaredAccount } from './declaration.ts';
import { withoutUncertainAccounts } from './collect/uncertain-accounts.ts';

/** What a file says of an account, in two inventories. */
export interface DeclaredInventory {
  /**
   * What is declared and known. A list holds what the file declares, and leaves out what is not known before deployment.
   * A chain that holds here will hold after deployment, as more facts never undo one.
   */
  readonly known: Inventory;
  /** The same with every list unreadable of which the file does not say all. A chain that breaks here is certainly broken. */
  readonly certain: Inventory;
  /** Where things are declared, by ARN, and metric filters by log group ARN and name. */
  readonly places: ReadonlyMap<string, Place>;
}

/**
 * Makes the inventories that an account would have after deployment, as far as a file says.
 *
 * A subscription that a person has to confirm counts as confirmed. Deliveries and the history of alarms do not exist yet,
 * so they raise no doubt. What the file declares is taken for all there is of trails and alarms, as nothing else refers
 * to them; filters and subscriptions are all there is only for a log group and a topic that the file creates.
 */
export function declaredInventory(account: DeclaredAccount): DeclaredInventory {
  const { known, uncertain, incomplete, everywhere, places } = collect(account);
  const { accountId, region, readAt } = account;
  const empty: Inventory = { accountId, region, readAt, parts: {} };
  const doubts = [
    ...uncertain.values(),
    ...known.flatMap(({ key }) => {
      const why = everywhere.get(key.kind) ?? (lists.has(key.kind) ? account.incomplete : undefined);
      return why === undefined ? [] : [{ key, why }];
    }),
    ...incomplete.values(),
  ];
  // The first answer for a part stays, so that what is uncertain takes the place of what is known.
  const unreadable = withParts(
    empty,
    doubts.map(({ key, why }) => unreadablePart(key, why)),
  );
  return { known: withParts(empty, known), certain: withParts(unreadable, known), places };
}

/** The lists that lack members where a file leaves resources out. */
const lists: ReadonlySet<string> = new Set([
  'trails',
  'metric-filters',
  'metric-publishers',
  'alarms',
  'event-rules',
  'event-rule-targets',
  'subscriptions',
]);

/** What a file says of every part. */
export function collect(account: DeclaredAccount): Collected {
  const certain = withoutUncertainAccounts(account);
  const collected: Collected = {
    known: [],
    uncertain: new Map(),
    incomplete: new Map(),
    everywhere: new Map(),
    places: new Map(),
  };
  collectTrails(certain, collected);
  collectLogGroups(certain, collected);
  collectAlarms(certain, collected);
  collectTopics(certain, collected);
  collectKeys(certain, collected);
  collectEventRules(certain, collected);
  return collected;
}

/** A part that the file does not say. */
export function unreadablePart(key: PartKey, why: string): ReadPart {
  const failure = { service: 'file', operation: key.kind, error: why };
  return { key, part: { kind: 'unreadable', failure } } as ReadPart;
}
