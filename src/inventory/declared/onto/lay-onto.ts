import type { Inventory } from '../../model.ts';
import type { DeclaredAccount } from '../declaration.ts';
import type { DeclaredInventory } from '../inventory.ts';
import { collect } from '../inventory.ts';
import { changesOf } from './changes.ts';
import { draftOf, idOf } from './draft.ts';
import { deletedByUpdate, forget, isList, lists } from './forget.ts';
import { layAlarms } from './lay-alarms.ts';
import { layEventRules } from './lay-event-rules.ts';
import { layLogGroups } from './lay-log-groups.ts';
import { layTopics } from './lay-topics.ts';
import { layTrails } from './lay-trails.ts';
import type { Laying } from './laying.ts';
import { reachedBy } from './reach.ts';
import { whyMayDelete } from './stack-update.ts';

/**
 * Lays what a plan or a template changes over what an account holds: the account as it is after the deployment.
 *
 * What the deployment does not touch stays as it is in the account, with its history. What it changes, replaces or deletes
 * is taken out first, and what it declares is put in. A list that the snapshot of the account does not hold is not known.
 *
 * @param base - the account before the deployment
 */
export function layOnto(base: Inventory, account: DeclaredAccount): DeclaredInventory {
  const changes = changesOf(base, account);
  const collected = collect({ ...account, declarations: changes.effective });
  const laying: Laying = { base, account, changes, collected, draft: draftOf(base) };
  layTrails(laying);
  layLogGroups(laying);
  layAlarms(laying);
  layTopics(laying);
  layEventRules(laying);
  const { draft } = laying;
  const mayDelete = account.saysDeletions ? undefined : whyMayDelete(base, account);
  const forgotten = [...reachedBy(laying), ...(mayDelete === undefined ? [] : deletedByUpdate(mayDelete))];
  for (const one of forgotten) forget(laying, one);
  for (const { key, why } of collected.uncertain.values()) {
    // A list is known without the member that is not. Anything else is not known any more.
    if (!isList(key.kind)) draft.remove(key.kind, idOf(key));
    draft.doubt(key.kind, idOf(key), why);
  }
  for (const { key, why } of collected.incomplete.values()) {
    // Whether a list is whole depends on what the account shows of it.
    if (!isList(key.kind)) draft.doubt(key.kind, idOf(key), why);
  }
  for (const [kind, why] of collected.everywhere) {
    for (const id of draft.ids(kind)) {
      if (!isList(kind)) draft.remove(kind, id);
      draft.doubt(kind, id, why);
    }
  }
  for (const kind of account.incomplete === undefined ? [] : lists) {
    for (const id of draft.ids(kind)) draft.doubt(kind, id, account.incomplete ?? '');
  }
  return { ...draft.finish(), places: collect(account).places };
}
