import { readUntil } from '../../assessment/read-until.ts';
import type { Inventory } from '../../inventory/model.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import type { Choices, Plan } from '../../remediation/plan/plan.ts';
import { planRemediation } from '../../remediation/plan/plan-remediation.ts';
import { describeManualStep } from '../../remediation/render/words.ts';
import type { RemediationText } from '../../report/result.ts';
import { asSentence } from '../../report/sanitize-line.ts';
import { messageOf } from '../terminal/errors.ts';
import type { PlannedFor } from './render-judged.ts';
import { renderJudged } from './render-judged.ts';
import type { Form, RemediationForm } from './remediation-forms.ts';
import { remediationForms, unfinishedText } from './remediation-forms.ts';

/** The remediation of one control in every form, and what is known of the account now. */
export interface PlannedTexts {
  readonly texts: readonly RemediationText[];
  readonly inventory: Inventory;
}

/**
 * The remediation of one control, as formats show it. The plan is made for this control alone, so that its texts can be
 * used without those of other controls. It reads what a plan needs and the verdict did not, and nothing twice. A fault in
 * that reading is the text: the verdict does not depend on it.
 *
 * @param inventory - all that was read to judge the account
 */
export async function remediationTexts(
  reader: InventoryReader,
  inventory: Inventory,
  parameters: Parameters,
  choices: Choices,
): Promise<PlannedTexts> {
  try {
    const planned = await readUntil(reader, inventory, (known) => planRemediation(parameters, choices, known));
    const { answer } = planned;
    const texts =
      answer.kind === 'asks'
        ? [{ form: 'What is missing', text: asSentence(answer.question) }]
        : await textsOf(answer.plan, { inventory: planned.inventory, parameters });
    return { texts, inventory: planned.inventory };
  } catch (error) {
    return {
      texts: [{ form: 'What is missing', text: asSentence(`no remediation was planned: ${messageOf(error)}`) }],
      inventory,
    };
  }
}

async function textsOf(plan: Plan, plannedFor: PlannedFor): Promise<readonly RemediationText[]> {
  if (plan.steps.length === 0) {
    const steps = plan.manualSteps.map((step) => `- ${describeManualStep(step)}`);
    return [
      { form: 'By hand', text: ['There is no command to run. A person has to do this:', ...steps, ''].join('\n') },
    ];
  }
  const names = Object.keys(remediationForms) as readonly RemediationForm[];
  const texts = names.map(async (name): Promise<RemediationText> => {
    const { title: form }: Form = remediationForms[name];
    const rendering = await renderJudged(name, plan, plannedFor);
    if (rendering.kind === 'cannot') return { form, text: `${rendering.problem}\n` };
    return { form, text: plan.complete ? rendering.text : `${rendering.text}${unfinishedText(name, true)}` };
  });
  return Promise.all(texts);
}
