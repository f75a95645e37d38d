import { assess } from '../../src/assessment/assess.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { withParts } from '../../src/inventory/model.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import type { Plan, Choices } from '../../src/remediation/plan/plan.ts';
import type { Planning } from '../../src/remediation/plan/make-plan.ts';
import { planRemediation } from '../../src/remediation/plan/plan-remediation.ts';
import { parametersOf } from './judging.ts';
import type { World } from './worlds/world.ts';
import { snapshotOf } from './worlds/world.ts';

/** Plans the remediation of an inventory, with what is not in it unreadable. */
export async function planningOn(
  inventory: Inventory,
  choices: Choices,
  raw: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly planning: Exclude<Planning, { readonly kind: 'needs' }>; readonly read: Inventory }> {
  const parameters = parametersOf(raw);
  const reader = snapshotReader(inventory);
  let { inventory: read } = await assess(reader, parameters);
  for (;;) {
    const planning = planRemediation(parameters, choices, read);
    if (planning.kind !== 'needs') return { planning, read };
    read = withParts(read, await reader.read(planning.keys));
  }
}

/** The plan for a world. */
export async function planFor(
  world: World,
  choices: Choices,
  raw: Readonly<Record<string, unknown>> = {},
): Promise<Plan> {
  const { planning } = await planningOn(snapshotOf(world), choices, raw);
  if (planning.kind === 'asks') throw new Error(planning.question);
  return planning.plan;
}
