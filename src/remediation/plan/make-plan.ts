import type { Path } from '../../chain/base/link.ts';
import type { SatisfiedChain } from '../../chain/verdict.ts';
import type { Inventory, PartKey } from '../../inventory/model.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { otherActionsOf } from './other-actions.ts';
import type { ChangeKind, Choices, ManualStep, Plan, PlannedStep } from './plan.ts';

/** What comes of planning. */
export type Planning =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Parts without which there is no plan. */
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] }
  /** Something that only the user can answer. */
  | { readonly kind: 'asks'; readonly question: string };

/** What a plan is made for. */
export interface PlanQuestion {
  readonly parameters: Parameters;
  readonly choices: Choices;
  readonly inventory: Inventory;
}

/** Puts a plan together: its steps in order, and what a person has to do after them. */
export function makePlan(
  { parameters, inventory }: PlanQuestion,
  steps: readonly PlannedStep[],
  rest: {
    readonly complete: boolean;
    readonly manual?: readonly ManualStep[];
    readonly notes?: readonly string[];
  },
): Planning {
  const { id, title } = parameters.control;
  const { accountId, readAt } = inventory;
  const { complete, manual = [], notes = [] } = rest;
  const delivers = steps.some(({ kind }) => waitsForDelivery.includes(kind));
  const subscribed = steps.flatMap((step) => (step.kind === 'subscribe' ? [step] : []));
  const manualSteps: readonly ManualStep[] = [
    ...subscribed.map(({ topicArn, email }): ManualStep => ({ kind: 'confirm', topicArn, email })),
    ...(delivers ? [{ kind: 'wait-for-delivery' } as const] : []),
    ...manual,
  ];
  const control = { id, title };
  return { kind: 'plan', plan: { accountId, readAt, control, steps: sortSteps(steps), manualSteps, notes, complete } };
}

/**
 * The test of the alarm on a path. A composite alarm whose state is set by hand keeps it until one of its children
 * changes, so its child is tested, which takes the composite alarm along.
 *
 * @param inventory - the account as it is when the alarm is tested
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
export function testNotification(path: Path, inventory: Inventory): readonly ManualStep[] {
  const { alarm, childAlarm } = path;
  const tested = childAlarm ?? alarm;
  if (alarm === undefined || tested === undefined) return [];
  return [
    {
      kind: 'test-notification',
      alarmArn: tested.alarmArn,
      alarmName: tested.alarmName,
      ...(tested === alarm ? {} : { compositeAlarmName: alarm.alarmName }),
      otherActions: otherActionsOf(path, inventory),
    },
  ];
}

/** Says where no chain that holds notifies the topic that the user chose. */
export function unusedChoice(
  { topicArn }: Choices,
  chains: readonly [SatisfiedChain, ...SatisfiedChain[]],
): readonly string[] {
  const [{ path }] = chains;
  if (topicArn === undefined || chains.some((chain) => chain.path.topicArn === topicArn)) return [];
  if (path.topicArn === undefined) return [];
  const { alarm, eventRule } = path;
  const notifier = alarm ? `alarm, and alarm ${alarm.alarmName}` : `rule, and rule ${eventRule?.rule.name ?? ''}`;
  return [`This plan does not use --topic-arn ${topicArn}: it needs no new ${notifier} notifies ${path.topicArn}.`];
}

/** After these it takes some minutes until CloudTrail says that it delivers. */
const waitsForDelivery: readonly ChangeKind[] = ['start-logging', 'create-log-group', 'connect-log-group'];

/** Along the way of the event, but the rule or the alarm last: it notifies from the moment it is there. */
const order: readonly ChangeKind[] = [
  'start-logging',
  'record-all-regions',
  'record-management-events',
  'create-log-group',
  'connect-log-group',
  'create-metric-filter',
  'create-topic',
  'allow-publish',
  'subscribe',
  'create-event-rule',
  'create-log-alarm',
  'create-alarm',
  'enable-alarm-actions',
];

function sortSteps(steps: readonly PlannedStep[]): readonly PlannedStep[] {
  return [...steps].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
