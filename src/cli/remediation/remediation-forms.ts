import type { Plan } from '../../remediation/plan/plan.ts';
import { cliScript } from '../../remediation/render/cli.ts';
import { cloudformation } from '../../remediation/render/cloudformation.ts';
import { consoleSteps } from '../../remediation/render/console.ts';
import type { Rendering } from '../../remediation/render/declared.ts';
import { word } from '../../remediation/render/shell/word.ts';
import { terraform } from '../../remediation/render/terraform/terraform.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';

/** How a remediation is written. */
export interface Form {
  /** What people call it. */
  readonly title: string;
  readonly render: (plan: Plan, columns?: number) => Rendering;
  /** Whether one text can follow another in one file. */
  readonly canFollow: boolean;
  /** Where a file in this form goes, below the folder of the account. */
  readonly fileName: (name: string) => string;
}

/** The forms of a remediation, by the values of `--as`. */
export const remediationForms = {
  cli: {
    title: 'AWS CLI',
    render: (plan, columns) => ({ kind: 'text', text: cliScript(plan, columns) }),
    canFollow: true,
    fileName: (name) => `${name}.sh`,
  },
  // The files of one folder are one configuration for Terraform, in which a name may occur once.
  terraform: { title: 'Terraform', render: terraform, canFollow: false, fileName: (name) => `${name}/main.tf` },
  cloudformation: {
    title: 'CloudFormation',
    render: cloudformation,
    canFollow: false,
    fileName: (name) => `${name}.json`,
  },
  console: { title: 'Console', render: consoleSteps, canFollow: true, fileName: (name) => `${name}.txt` },
} as const satisfies Readonly<Record<string, Form>>;

export type RemediationForm = keyof typeof remediationForms;

/** What a file gets when the remediation failed: nothing that runs, and nothing that seems to have run. */
export function failureText(form: RemediationForm, problems: readonly string[]): string {
  const sentences = problems.map((problem) => sanitizeLine(`error: ${problem}`));
  switch (form) {
    case 'cli':
      return `#!/bin/sh\n${sentences.map((sentence) => `printf '%s\\n' ${word(sentence)} >&2\n`).join('')}exit 1\n`;
    case 'terraform':
    case 'cloudformation':
    case 'console':
      return `${sentences.join('\n')}\n`;
  }
}

const UNFINISHED = 'This remediation is not complete: a person has to do the rest, which the command has named.';

/**
 * What follows the text of a remediation that is not complete.
 *
 * @param hasText - whether there is a text
 */
export function unfinishedText(form: RemediationForm, hasText: boolean): string {
  if (!hasText) return failureText(form, [UNFINISHED]);
  // A template that makes a part of a chain is of use; its comments or metadata name the rest.
  return form === 'cli' ? `printf '%s\\n' ${word(UNFINISHED)} >&2\nexit 1\n` : '';
}
