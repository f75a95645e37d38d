import { judge } from '../../chain/judge.ts';
import type { Path } from '../../chain/base/link.ts';
import type { ThingKind } from '../../chain/base/path-things.ts';
import { thingKinds, thingsOn } from '../../chain/base/path-things.ts';
import type { UnsatisfiedChain, Verdict } from '../../chain/verdict.ts';
import type { Inventory, PartKey } from '../../inventory/model.ts';
import type { Alarm } from '../../inventory/resources.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { applyChange } from './apply.ts';
import { addAlarm, enableActions } from './fix-alarm.ts';
import { addMetricFilter } from './fix-filter.ts';
import { allowPublish, createTopic, subscribe } from './fix-topic.ts';
import {
  connectLogGroup,
  createLogGroup,
  recordAllRegions,
  recordManagementEvents,
  startLogging,
} from './fix-trail.ts';
import type { FixName } from './fixes.ts';
import { fixes } from './fixes.ts';
import type { Cause, Change, ChangeKind, Plan, ManualStep, Step, Choices } from './plan.ts';
import type { Fix, PlanFix, Task } from './task.ts';
import { noCommand } from './task.ts';

/** What comes of planning. */
export type Planning =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Parts without which there is no plan. */
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] }
  /** Something that only the user can answer. */
  | { readonly kind: 'asks'; readonly question: string };

const planFix: Readonly<Record<FixName, PlanFix>> = {
  'start logging': startLogging,
  'record all regions': recordAllRegions,
  'record management events': recordManagementEvents,
  'connect a log group': connectLogGroup,
  'create the log group': createLogGroup,
  'add a metric filter': addMetricFilter,
  'add an alarm': addAlarm,
  'enable the actions': enableActions,
  'create the topic': createTopic,
  'allow to publish': allowPublish,
  subscribe,
};

/**
 * Plans what is missing. It takes the nearest chain that commands can fix, plans the fix of its finding, judges the
 * account as it would be then, and goes on until the chain holds or no command helps. It leaves out steps that turn out
 * not to be needed.
 *
 * @param parameters - what was asked of the account
 * @param choices - what the user chose
 * @param inventory - all that was read to judge the account
 */
export function planRemediation(parameters: Parameters, choices: Choices, inventory: Inventory): Planning {
  const judgement = judge(parameters.control, parameters.options, inventory);
  if (judgement.kind === 'needs') return judgement;
  const { verdict } = judgement;
  if (verdict.kind === 'satisfied') return plan(parameters, inventory, [], [], true);
  const question: Question = { parameters, choices, inventory };
  const plans: Plan[] = [];
  for (const chain of chainsToTry(verdict)) {
    const planning = fixChain(chain, question);
    if (planning.kind !== 'plan' || planning.plan.complete) return planning;
    plans.push(planning.plan);
  }
  const begun = plans.find(({ steps }) => steps.length > 0);
  if (begun) return { kind: 'plan', plan: begun };
  return plan(parameters, inventory, [], unique(plans.flatMap(({ manualSteps }) => manualSteps)), false);
}

interface Question {
  readonly parameters: Parameters;
  readonly choices: Choices;
  readonly inventory: Inventory;
}

/**
 * The chains to begin with: those that decide the verdict. As long as one may hold, and only a person can look into it,
 * nothing is added.
 */
function chainsToTry({ kind, chains }: Exclude<Verdict, { readonly kind: 'satisfied' }>): readonly UnsatisfiedChain[] {
  const decisive = chains.filter(({ outcome }) => outcome === kind);
  const forPerson = decisive.filter(({ finding }) => fixes[finding.code].by === 'person');
  return kind === 'undecided' && forPerson.length > 0 ? forPerson : [...decisive].sort(compareEffort);
}

/** The chain that reaches further comes first; of two that reach equally far, the one with fewer findings. */
function compareEffort(a: UnsatisfiedChain, b: UnsatisfiedChain): number {
  const reached = ({ links, finding }: UnsatisfiedChain) => links.findIndex((link) => link.finding === finding);
  const faults = ({ links }: UnsatisfiedChain) => links.filter(({ finding }) => finding).length;
  return reached(b) - reached(a) || faults(a) - faults(b);
}

/** Fixes one chain, finding after finding. */
function fixChain(start: UnsatisfiedChain, { parameters, choices, inventory }: Question): Planning {
  const { control, options } = parameters;
  const steps: Step[] = [];
  let chain = withFindingToFix(start);
  let world = inventory;
  // Every turn plans a kind of change that no turn before it did, so the turns come to an end.
  for (;;) {
    const planned = new Set<ChangeKind>(steps.map(({ kind }) => kind));
    const fix = fixFinding(chain, { control, options, choices, inventory: world, planned });
    switch (fix.kind) {
      case 'needs':
      case 'asks':
        return fix;
      case 'left':
        return plan(
          parameters,
          inventory,
          steps,
          [{ kind: 'confirm', topicArn: fix.topicArn }, testNotification(fix.alarm)],
          true,
        );
      case 'cannot':
        return plan(parameters, inventory, steps, [byHand(chain, fix.why)], false);
      case 'changes':
        steps.push(...fix.changes.map((change) => ({ ...change, cause: causeOf(chain) })));
        world = fix.changes.reduce<Inventory>(applyChange, world);
    }
    const judgement = judge(control, options, world);
    if (judgement.kind === 'needs') return judgement;
    if (judgement.verdict.kind === 'satisfied') return finished(parameters, inventory, steps);
    const { path } = chain;
    const made = fix.changes;
    const next = judgement.verdict.chains.find((one) => continues(one, path, made));
    if (next === undefined)
      throw new Error(`nothing is left of the chain after ${made.map(({ kind }) => kind).join(', ')}`);
    chain = withFindingToFix(next);
  }
}

/** The chain with the finding to fix next: the first, in the order of the links, that a command fixes. */
function withFindingToFix(chain: UnsatisfiedChain): UnsatisfiedChain {
  const findings = chain.links.flatMap(({ finding }) => finding ?? []);
  return { ...chain, finding: findings.find(({ code }) => fixes[code].by === 'commands') ?? chain.finding };
}

/** Plans the fix of a chain's finding. No plan has the same kind of change twice. */
function fixFinding(chain: UnsatisfiedChain, task: Task): Fix {
  const how = fixes[chain.finding.code];
  if (how.by === 'person') return noCommand(how.why);
  const fix = planFix[how.way](chain, task);
  const repeats = fix.kind === 'changes' && fix.changes.some(({ kind }) => task.planned.has(kind));
  return repeats ? noCommand('one fix is planned already, and it is not enough') : fix;
}

/**
 * Whether a chain continues the one that was changed: it runs through the same things, but for those that the changes
 * put in their place. What comes after a new thing may be any.
 */
function continues({ path }: UnsatisfiedChain, before: Path, made: readonly Change[]): boolean {
  const idsOf = (one: Path) => new Map(thingsOn(one).map(({ kind, id }) => [kind, id]));
  const [now, then] = [idsOf(path), idsOf(before)];
  const created: Readonly<Partial<Record<ThingKind, string>>> = Object.fromEntries(
    made.flatMap((change) => Object.entries(thingsMade(change))),
  );
  let isNew = false;
  for (const kind of thingKinds) {
    isNew ||= created[kind] !== undefined;
    const wanted = isNew ? created[kind] : then.get(kind);
    const found = now.get(kind);
    if (wanted !== undefined && found !== undefined && wanted !== found) return false;
  }
  return true;
}

/** The things that a change puts on a path, by their ids. */
function thingsMade(change: Change): Readonly<Partial<Record<ThingKind, string>>> {
  switch (change.kind) {
    case 'create-log-group':
    case 'connect-log-group':
      return { logGroupArn: change.logGroupArn };
    case 'create-metric-filter':
      return { filter: change.filterName };
    case 'create-alarm':
      return { alarm: change.alarmArn, topicArn: change.topicArn };
    case 'start-logging':
    case 'record-all-regions':
    case 'record-management-events':
    case 'create-topic':
    case 'allow-publish':
    case 'subscribe':
    case 'enable-alarm-actions':
      return {};
  }
}

function causeOf({ finding: { code, sentence } }: UnsatisfiedChain): Cause {
  return { code, sentence };
}

function byHand(chain: UnsatisfiedChain, why: string): ManualStep {
  return { kind: 'by-hand', cause: causeOf(chain), fix: chain.finding.fix, why };
}

function unique(manualSteps: readonly ManualStep[]): readonly ManualStep[] {
  return [...new Map(manualSteps.map((one) => [JSON.stringify(one), one])).values()];
}

/** A plan that makes a chain hold, without the steps that do not matter. */
function finished(parameters: Parameters, inventory: Inventory, steps: readonly Step[]): Planning {
  let kept = steps;
  for (const step of steps) {
    const fewer = kept.filter((one) => one !== step);
    if (satisfiedThrough(parameters, inventory, fewer)) kept = fewer;
  }
  const alarm = satisfiedThrough(parameters, inventory, kept);
  return plan(parameters, inventory, kept, alarm && kept.length > 0 ? [testNotification(alarm)] : [], true);
}

/** The alarm of the first chain that holds after the steps, if any does. */
function satisfiedThrough(
  { control, options }: Parameters,
  inventory: Inventory,
  steps: readonly Step[],
): Alarm | undefined {
  const judgement = judge(control, options, steps.reduce<Inventory>(applyChange, inventory));
  if (judgement.kind === 'needs' || judgement.verdict.kind !== 'satisfied') return undefined;
  return judgement.verdict.chains[0].path.alarm;
}

function testNotification({ alarmArn, alarmName }: Alarm): ManualStep {
  return { kind: 'test-notification', alarmArn, alarmName };
}

function plan(
  { control }: Parameters,
  { accountId, readAt }: Inventory,
  steps: readonly Step[],
  left: readonly ManualStep[],
  complete: boolean,
): Planning {
  const { id, title } = control;
  const delivers = steps.some(({ kind }) => waitsForDelivery.includes(kind));
  const subscribed = steps.flatMap((step) => (step.kind === 'subscribe' ? [step] : []));
  const ordered = sortSteps(steps);
  const manualSteps: readonly ManualStep[] = [
    ...subscribed.map(({ topicArn, email }): ManualStep => ({ kind: 'confirm', topicArn, email })),
    ...(delivers ? [{ kind: 'wait-for-delivery' } as const] : []),
    ...left,
  ];
  return { kind: 'plan', plan: { accountId, readAt, control: { id, title }, steps: ordered, manualSteps, complete } };
}

/** After these it takes some minutes until CloudTrail says that it delivers. */
const waitsForDelivery: readonly ChangeKind[] = ['start-logging', 'create-log-group', 'connect-log-group'];

/** Along the way of the event, but the alarm last: it notifies from the moment it is there. */
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
  'create-alarm',
  'enable-alarm-actions',
];

function sortSteps(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
