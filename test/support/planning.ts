import { assess } from '../../src/assessment/assess.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { withParts } from '../../src/inventory/model.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import type { Plan, Wishes } from '../../src/remediation/plan/plan.ts';
import type { Planning } from '../../src/remediation/plan/plan-remediation.ts';
import { planRepair } from '../../src/remediation/plan/plan-remediation.ts';
import { parametersOf } from './judging.ts';
import type { World } from './world.ts';
import { snapshotOf } from './world.ts';

/** What comes of planning the repair of an inventory, with what is not in it unreadable. */
export async function planningOn(
  inventory: Inventory,
  wishes: Wishes,
  raw: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly planning: Exclude<Planning, { readonly kind: 'needs' }>; readonly read: Inventory }> {
  const parameters = parametersOf(raw);
  const reader = snapshotReader(inventory);
  let { inventory: read } = await assess(reader, parameters);
  for (;;) {
    const planning = planRepair(parameters, wishes, read);
    if (planning.kind !== 'needs') return { planning, read };
    read = withParts(read, await reader.read(planning.keys));
  }
}

/** The plan for a world. */
export async function planFor(
  world: World,
  wishes: Wishes,
  raw: Readonly<Record<string, unknown>> = {},
): Promise<Plan> {
  const { planning } = await planningOn(snapshotOf(world), wishes, raw);
  if (planning.kind === 'asks') throw new Error(planning.question);
  return planning.plan;
}
