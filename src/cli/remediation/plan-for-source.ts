import { emptyInventory, readUntil } from '../../assessment/read-until.ts';
import { judge } from '../../chain/judge.ts';
import type { Verdict } from '../../chain/verdict.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { applyChange } from '../../remediation/plan/apply.ts';
import type { Choices } from '../../remediation/plan/plan.ts';
import type { Planning } from '../../remediation/plan/make-plan.ts';
import { planRemediation } from '../../remediation/plan/plan-remediation.ts';
import type { PlannedFor } from './render-judged.ts';
import type { AccountSource } from '../sources/sources.ts';

/** The plan for one account and control. */
export interface PlannedControl {
  readonly planning: Exclude<Planning, { readonly kind: 'needs' }>;
  readonly verdict: Verdict['kind'];
  readonly controlId: string;
  readonly accountId: string;
  readonly region: string;
  readonly plannedFor: PlannedFor;
}

/**
 * Plans the remediation of an account, control by control. Each plan relies on the plans before it, so that several
 * controls share a trail, a log group and a topic: the plans have to be carried out in this order.
 *
 * @throws what prevents a verdict: no such file, no credentials, a fault that outlasted the retries
 */
export async function planForSource(
  source: AccountSource,
  parameterSets: readonly Parameters[],
  choices: Choices,
): Promise<readonly PlannedControl[]> {
  const reader = await source.open();
  let inventory = await emptyInventory(reader);
  const planned: PlannedControl[] = [];
  for (const parameters of parameterSets) {
    const { control, options } = parameters;
    const judged = await readUntil(reader, inventory, (known) => judge(control, options, known));
    const answered = await readUntil(reader, judged.inventory, (known) => planRemediation(parameters, choices, known));
    const { accountId, region } = answered.inventory;
    const planning = answered.answer;
    const plannedFor = { inventory: answered.inventory, parameters };
    const verdict = judged.answer.verdict.kind;
    planned.push({ planning, verdict, controlId: control.id, accountId, region, plannedFor });
    inventory =
      planning.kind === 'plan' ? planning.plan.steps.reduce(applyChange, answered.inventory) : answered.inventory;
  }
  return planned;
}
