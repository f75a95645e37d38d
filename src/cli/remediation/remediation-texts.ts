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

/** Stands for the address to subscribe, which nobody gave. SNS takes no endpoint for email without `@`. */
const ADDRESS_PLACEHOLDER = 'ADDRESS-TO-REPLACE';

/** A text that says that its placeholder is one. A script with the placeholder ends before it does anything. */
function withPlaceholder({ form, text }: RemediationText): RemediationText {
  if (!text.includes(ADDRESS_PLACEHOLDER)) return { form, text };
  const guard = [
    `case ${ADDRESS_PLACEHOLDER} in`,
    '  *@*) ;;',
    "  *) printf '%s\\n' 'Replace the placeholder in this script with the address to notify.' >&2; exit 1 ;;",
    'esac',
    '',
  ].join('\n');
  const guarded = text.replace(/^#!\/bin\/sh\n/, (first) => `${first}${guard}`);
  return { form, text: guarded, placeholder: ADDRESS_PLACEHOLDER };
}

/**
 * The remediation of one control, as formats show it. The plan is made for this control alone, so that its texts can be
 * used without those of other controls. It reads what a plan needs and the verdict did not, and nothing twice. A fault in
 * that reading is the text: the verdict does not depend on it. Where an address is needed and nobody gave one, the texts
 * have a placeholder in its place.
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
    if (answer.kind === 'plan') {
      const texts = await textsOf(answer.plan, { inventory: planned.inventory, parameters });
      return { texts, inventory: planned.inventory };
    }
    if (choices.email === undefined) {
      const stated = { ...choices, email: ADDRESS_PLACEHOLDER };
      const { texts, inventory: known } = await remediationTexts(reader, planned.inventory, parameters, stated);
      return { texts: texts.map(withPlaceholder), inventory: known };
    }
    const texts = [{ form: 'What is missing', text: asSentence(answer.question) }];
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
