import type { ChangeKind, Plan, PlannedStep } from '../plan/plan.ts';
import { regionOf } from '../../inventory/arn.ts';

/** A rendered plan, or why it cannot be said in that form. */
export type Rendering =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'cannot'; readonly problem: string };

/**
 * The changes that a template can declare: those that create something under a name that nothing else has. A command
 * changes what exists already, such as the policy of a topic: a template would overwrite what others added to it, and
 * reset it when it is deleted.
 */
const declarable = [
  'create-log-group',
  'create-metric-filter',
  'create-topic',
  'subscribe',
  'create-event-rule',
  'create-log-alarm',
  'create-alarm',
] as const satisfies readonly ChangeKind[];

export type DeclaredStep = Extract<PlannedStep, { readonly kind: (typeof declarable)[number] }>;

export interface Division {
  readonly declared: readonly [DeclaredStep, ...DeclaredStep[]];
  /** Changes of what is there, which commands make first. */
  readonly commanded: readonly PlannedStep[];
}

/** Divides a plan into what a template declares and what commands do; `undefined` if there is nothing to declare. */
export function divide({ steps }: Plan): Division | undefined {
  const isDeclared = (step: PlannedStep): step is DeclaredStep =>
    declarable.some((kind) => kind === step.kind) && !mayBeOfOthers(step);
  const [first, ...others] = steps.filter(isDeclared);
  if (first === undefined) return undefined;
  return { declared: [first, ...others], commanded: steps.filter((step) => !isDeclared(step)) };
}

/**
 * Whether SNS answers with what something else made or makes meanwhile: a topic under the name that an alarm gives, or a
 * subscription that waits to be confirmed. A template would take it for its own, and delete it with the rest.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
function mayBeOfOthers(step: PlannedStep): boolean {
  return (step.kind === 'create-topic' && step.isNamed) || (step.kind === 'subscribe' && step.waits === true);
}

/** The ARN of what a step changes or makes, or makes it for. */
export function arnOfStep(step: PlannedStep): string {
  switch (step.kind) {
    case 'start-logging':
    case 'record-all-regions':
    case 'record-management-events':
    case 'connect-log-group':
      return step.trailArn;
    case 'create-log-group':
    case 'create-metric-filter':
      return step.logGroupArn;
    case 'create-topic':
    case 'allow-publish':
    case 'subscribe':
      return step.topicArn;
    case 'create-event-rule':
      return step.ruleArn;
    case 'create-alarm':
    case 'create-log-alarm':
    case 'enable-alarm-actions':
      return step.alarmArn;
  }
}

/** The region that a step is for. */
export function regionOfStep(step: PlannedStep): string {
  return 'region' in step ? step.region : regionOf(arnOfStep(step));
}
