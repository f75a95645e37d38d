import { assess } from '../../assessment/assess.ts';
import { ontoReader } from '../../inventory/declared/onto/onto-reader.ts';
import { recognizeFile } from '../../inventory/declared/read-file.ts';
import type { Inventory } from '../../inventory/model.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { applyChange } from '../../remediation/plan/apply.ts';
import type { Plan } from '../../remediation/plan/plan.ts';
import type { Rendering } from '../../remediation/render/declared.ts';
import { divide, regionOfStep } from '../../remediation/render/declared.ts';
import type { Form, RemediationForm } from './remediation-forms.ts';
import { remediationForms } from './remediation-forms.ts';

/** What a plan was made for. */
export interface PlannedFor {
  /** The account before the plan is carried out. */
  readonly inventory: Inventory;
  readonly parameters: Parameters;
}

/**
 * Renders a plan, and judges a template before it is shown: laid over the account it has to satisfy the control.
 *
 * @param columns - how wide a line may be; none where nothing is to be broken
 */
export async function renderJudged(
  name: RemediationForm,
  plan: Plan,
  plannedFor: PlannedFor,
  columns?: number,
): Promise<Rendering> {
  const { render }: Form = remediationForms[name];
  const rendering = render(plan, columns);
  // A log alarm in a template is not read; the plan itself was judged with it.
  const hasLogAlarm = plan.steps.some(({ kind }) => kind === 'create-log-alarm');
  if (name !== 'cloudformation' || rendering.kind === 'cannot' || !plan.complete || hasLogAlarm) return rendering;
  const problem = await problemOfTemplate(rendering.text, plan, plannedFor);
  if (problem === undefined) return rendering;
  return { kind: 'cannot', problem: `the template would not satisfy the control (${problem}): use \`--as cli\`` };
}

/**
 * Judges the account as it would be with a template of ours.
 *
 * @param text - the template
 * @returns nothing if the account satisfies the control then; otherwise the reason why it does not
 */
export async function problemOfTemplate(
  text: string,
  plan: Plan,
  { inventory, parameters }: PlannedFor,
): Promise<string | undefined> {
  const division = divide(plan);
  if (division === undefined) return 'it declares nothing';
  const base = division.commanded.reduce(applyChange, inventory);
  const settings = { accountId: plan.accountId, region: regionOfStep(division.declared[0]), now: plan.readAt };
  const file = recognizeFile(text, settings);
  if (file.kind !== 'declared') return file.kind === 'invalid' ? file.problem : 'it is no template';
  // The stack is a new one, so it deletes nothing.
  const { verdict } = await assess(ontoReader(base, { ...file.account, saysDeletions: true }), parameters);
  return verdict.kind === 'satisfied' ? undefined : verdict.chains[0].finding.code;
}
