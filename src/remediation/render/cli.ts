import { asSentence, sanitizeLine } from '../../report/sanitize-line.ts';
import type { Plan, PlannedStep } from '../plan/plan.ts';
import { awsWords } from './aws-command.ts';
import { regionOfStep } from './declared.ts';
import { SHELL_FUNCTIONS } from './shell/lines.ts';
import { stepCommands } from './shell/steps.ts';
import { word } from './shell/word.ts';
import { PAGE_WIDTH, commentLines, describeCause, describeManualStep, describeStep } from './words.ts';

/**
 * The plan as a POSIX shell script of `aws` commands. The shell reads it to its end before it runs any of it, and stops
 * at the first command that fails. A script that was interrupted can run again: it skips what is done.
 *
 * @param columns - how wide a comment may be; commands have an option on each line, which is never broken
 */
export function cliScript(plan: Plan, columns = PAGE_WIDTH): string {
  const [first] = plan.steps;
  const comment = (text: string) => commentLines(text, columns);
  const lines = [
    '#!/bin/sh',
    ...comment(`${plan.control.id}: ${plan.control.title}.`),
    ...comment(
      `For account ${plan.accountId} as it was read at ${plan.readAt}. The script deletes and replaces nothing.`,
    ),
    ...comment(NEEDS_POSIX_SHELL),
    ...plan.notes.flatMap((note) => comment(`Note: ${note}`)),
    'set -eu',
    "export AWS_PAGER=''",
    '{',
    ...SHELL_FUNCTIONS,
    ...(first
      ? ['', ...comment('The commands are for this account only.'), ...checkAccount(plan, regionOfStep(first))]
      : []),
    ...plan.steps.flatMap((step, index) => [
      '',
      ...(hasSameCause(step, plan.steps[index - 1]) ? [] : comment(describeCause(step))),
      ...comment(asSentence(describeStep(step))),
      ...stepCommands(step),
    ]),
    ...(plan.manualSteps.length > 0 ? ['', ...comment('A person has to do this.')] : []),
    ...plan.manualSteps.map((one) => `printf '%s\\n' ${word(sanitizeLine(describeManualStep(one)))}`),
    '} </dev/null',
  ];
  return `${lines.join('\n')}\n`;
}

const NEEDS_POSIX_SHELL =
  'It needs a POSIX shell and the AWS CLI. On Windows, run it in AWS CloudShell, in WSL or in Git Bash.';

/** Whether the step before has the same reason, so that it is printed already. */
function hasSameCause(step: PlannedStep, before: PlannedStep | undefined): boolean {
  return before !== undefined && describeCause(step) === describeCause(before);
}

function checkAccount({ accountId }: Plan, region: string): readonly string[] {
  const identity = { service: 'sts', operation: 'get-caller-identity', region, input: {} };
  return [
    `account=$(${awsWords(identity, '--query Account --output text').join(' ')})`,
    `[ "$account" = ${accountId} ] || stop "The credentials are of account $account, not ${accountId}."`,
  ];
}

/**
 * Commands as a block that runs alone: pasted into a POSIX shell, it ends only itself where it has to stop. It checks the
 * account first.
 *
 * @param commands - the commands of steps, which may use the functions of `SHELL_FUNCTIONS`
 */
export function commandBlock(plan: Plan, region: string, commands: readonly string[]): readonly string[] {
  return [
    '(',
    'set -eu',
    "export AWS_PAGER=''",
    ...SHELL_FUNCTIONS,
    ...checkAccount(plan, region),
    ...commands,
    ') </dev/null',
  ];
}
