import { resourceName } from '../../inventory/arn.ts';
import { asSentence } from '../../report/sanitize-line.ts';
import type { ChangeOf, Plan, PlannedStep } from '../plan/plan.ts';
import { commandBlock } from './cli.ts';
import type { Division } from './declared.ts';
import { regionOfStep } from './declared.ts';
import { refuseSubscribed } from './shell/notify-steps.ts';
import { stepCommands } from './shell/steps.ts';
import { describeCause, describeStep } from './words.ts';

/** What has to be run before a template is used: changes that it cannot declare, and checks. */
export interface BeforeTemplate {
  readonly steps: readonly { readonly reason: string; readonly sentences: readonly string[] }[];
  /** What the commands check, and why, as sentences. */
  readonly checks: readonly string[];
  /** A block for a POSIX shell, line by line. */
  readonly commands: readonly string[];
}

/**
 * The commands to run before a template is used.
 *
 * @param tool - what applies the template: it takes what SNS says exists for its own, and deletes it with the rest
 * @returns nothing if there is nothing to run
 */
export function beforeTemplate(
  plan: Plan,
  { declared, commanded }: Division,
  tool: 'Terraform' | 'CloudFormation',
): BeforeTemplate | undefined {
  const makesTopic = declared.some(({ kind }) => kind === 'create-topic');
  const subscribed = makesTopic ? [] : declared.filter((step) => step.kind === 'subscribe');
  if (commanded.length === 0 && subscribed.length === 0) return undefined;
  const instead =
    `If it was not this template that subscribed it, do not use the template: ${tool} would delete that subscription ` +
    'with the rest. Run remediate again.';
  const commands = [
    ...commanded.flatMap(stepCommands),
    ...subscribed.flatMap((step) => refuseSubscribed(step, instead)),
  ];
  return {
    steps: commanded.map((step) => ({
      reason: describeCause(step),
      sentences: [asSentence(describeStep(step)), ...whyCommanded(step, tool)],
    })),
    checks: subscribed.map((step) => describeCheck(step, tool)),
    commands: commandBlock(plan, regionOfStep(declared[0]), commands),
  };
}

/** Why a change that creates something is no part of the template. */
function whyCommanded(step: PlannedStep, tool: string): readonly string[] {
  if (step.kind === 'create-topic') {
    return [
      `${tool} does not declare this topic: something notifies it by its ARN, so something else may create it ` +
        `meanwhile, and ${tool} would then delete it with the rest.`,
    ];
  }
  if (step.kind !== 'subscribe') return [];
  return [`${tool} does not declare this subscription: something else made it, and it waits to be confirmed.`];
}

function describeCheck({ topicArn, email }: ChangeOf<'subscribe'>, tool: string): string {
  return (
    `The commands stop if ${email} is subscribed to SNS topic ${resourceName(topicArn)} already: ${tool} would take that ` +
    'subscription for its own, and delete it with the rest.'
  );
}
