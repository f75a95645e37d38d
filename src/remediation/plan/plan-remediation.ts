import { judge } from '../../chain/judge.ts';
import type { Path } from '../../chain/base/link.ts';
import type { ThingKind } from '../../chain/base/path-things.ts';
import { thingKinds, thingsOn } from '../../chain/base/path-things.ts';
import type { UnsatisfiedChain, Verdict } from '../../chain/verdict.ts';
import type { Inventory, PartKey } from '../../inventory/model.ts';
import type { Alarm } from '../../inventory/resources.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { applied } from './apply.ts';
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
import type { Way } from './fixes.ts';
import { mending } from './fixes.ts';
import type { Because, Change, ChangeKind, Plan, Remainder, Step, Wishes } from './plan.ts';
import type { Mend, Mender, Task } from './task.ts';
import { cannot } from './task.ts';

/** What comes of planning. */
export type Planning =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Parts without which there is no plan. */
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] }
  /** Something that only who asks can say. */
  | { readonly kind: 'asks'; readonly question: string };

const menders: Readonly<Record<Way, Mender>> = {
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
 * Plans what is missing. The nearest chain that commands can mend is followed: its finding is mended, the account is
 * judged as it would be then, and so on, until the chain holds or there is nothing more that a command can do. Steps
 * that turn out not to be needed are left out.
 *
 * @param parameters - what was asked of the account
 * @param wishes - what only who asks can say
 * @param inventory - all that was read to judge the account
 */
export function planRepair(parameters: Parameters, wishes: Wishes, inventory: Inventory): Planning {
  const judgement = judge(parameters.control, parameters.options, inventory);
  if (judgement.kind === 'needs') return judgement;
  const { verdict } = judgement;
  if (verdict.kind === 'satisfied') return plan(parameters, inventory, [], [], true);
  const question: Question = { parameters, wishes, inventory };
  const plans: Plan[] = [];
  for (const chain of startsOf(verdict)) {
    const planning = follow(chain, question);
    if (planning.kind !== 'plan' || planning.plan.complete) return planning;
    plans.push(planning.plan);
  }
  const begun = plans.find(({ steps }) => steps.length > 0);
  if (begun) return { kind: 'plan', plan: begun };
  return plan(parameters, inventory, [], unique(plans.flatMap(({ remainders }) => remainders)), false);
}

interface Question {
  readonly parameters: Parameters;
  readonly wishes: Wishes;
  readonly inventory: Inventory;
}

/**
 * The chains to begin with: those that decide the verdict. As long as one may hold, and only a person can look into it,
 * nothing is put beside it.
 */
function startsOf({ kind, chains }: Exclude<Verdict, { readonly kind: 'satisfied' }>): readonly UnsatisfiedChain[] {
  const decisive = chains.filter(({ outcome }) => outcome === kind);
  const forPerson = decisive.filter(({ finding }) => mending[finding.code].by === 'person');
  return kind === 'undecided' && forPerson.length > 0 ? forPerson : [...decisive].sort(byWork);
}

/** The further along the way the first, and of those equally far, those with less to mend. */
function byWork(a: UnsatisfiedChain, b: UnsatisfiedChain): number {
  const reached = ({ links, finding }: UnsatisfiedChain) => links.findIndex((link) => link.finding === finding);
  const faults = ({ links }: UnsatisfiedChain) => links.filter(({ finding }) => finding).length;
  return reached(b) - reached(a) || faults(a) - faults(b);
}

/** Mends one chain, finding after finding. */
function follow(start: UnsatisfiedChain, { parameters, wishes, inventory }: Question): Planning {
  const { control, options } = parameters;
  const steps: Step[] = [];
  let chain = toMend(start);
  let world = inventory;
  // Every turn plans a kind of change that no turn before it did, so the turns come to an end.
  for (;;) {
    const planned = new Set<ChangeKind>(steps.map(({ kind }) => kind));
    const mend = mendOf(chain, { control, options, wishes, inventory: world, planned });
    switch (mend.kind) {
      case 'needs':
      case 'asks':
        return mend;
      case 'left':
        return plan(
          parameters,
          inventory,
          steps,
          [{ kind: 'confirm', topicArn: mend.topicArn }, drill(mend.alarm)],
          true,
        );
      case 'cannot':
        return plan(parameters, inventory, steps, [byHand(chain, mend.why)], false);
      case 'changes':
        steps.push(...mend.changes.map((change) => ({ ...change, because: becauseOf(chain) })));
        world = mend.changes.reduce<Inventory>(applied, world);
    }
    const judgement = judge(control, options, world);
    if (judgement.kind === 'needs') return judgement;
    if (judgement.verdict.kind === 'satisfied') return finished(parameters, inventory, steps);
    const { path } = chain;
    const made = mend.changes;
    const next = judgement.verdict.chains.find((one) => continues(one, path, made));
    if (next === undefined)
      throw new Error(`nothing is left of the chain that ${made.map(({ kind }) => kind).join(', ')} mends`);
    chain = toMend(next);
  }
}

/** The chain with that of its findings which is mended next: the first, in the order of the links, that a command mends. */
function toMend(chain: UnsatisfiedChain): UnsatisfiedChain {
  const findings = chain.links.flatMap(({ finding }) => finding ?? []);
  return { ...chain, finding: findings.find(({ code }) => mending[code].by === 'commands') ?? chain.finding };
}

/** What mends a chain's finding; a kind of change that is planned already does not. */
function mendOf(chain: UnsatisfiedChain, task: Task): Mend {
  const how = mending[chain.finding.code];
  if (how.by === 'person') return cannot(how.why);
  const mend = menders[how.way](chain, task);
  const repeats = mend.kind === 'changes' && mend.changes.some(({ kind }) => task.planned.has(kind));
  return repeats ? cannot('it was mended once, and is still at fault') : mend;
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

function becauseOf({ finding: { code, sentence } }: UnsatisfiedChain): Because {
  return { code, sentence };
}

function byHand(chain: UnsatisfiedChain, why: string): Remainder {
  return { kind: 'by hand', because: becauseOf(chain), repair: chain.finding.fix, why };
}

function unique(remainders: readonly Remainder[]): readonly Remainder[] {
  return [...new Map(remainders.map((one) => [JSON.stringify(one), one])).values()];
}

/** A plan that makes a chain hold, without the steps that do not matter. */
function finished(parameters: Parameters, inventory: Inventory, steps: readonly Step[]): Planning {
  let kept = steps;
  for (const step of steps) {
    const fewer = kept.filter((one) => one !== step);
    if (soundAlarm(parameters, inventory, fewer)) kept = fewer;
  }
  const alarm = soundAlarm(parameters, inventory, kept);
  return plan(parameters, inventory, kept, alarm && kept.length > 0 ? [drill(alarm)] : [], true);
}

/** The alarm of the first chain that holds after the steps, if any does. */
function soundAlarm({ control, options }: Parameters, inventory: Inventory, steps: readonly Step[]): Alarm | undefined {
  const judgement = judge(control, options, steps.reduce<Inventory>(applied, inventory));
  if (judgement.kind === 'needs' || judgement.verdict.kind !== 'satisfied') return undefined;
  return judgement.verdict.chains[0].path.alarm;
}

function drill({ alarmArn, alarmName }: Alarm): Remainder {
  return { kind: 'drill', alarmArn, alarmName };
}

function plan(
  { control }: Parameters,
  { accountId, readAt }: Inventory,
  steps: readonly Step[],
  left: readonly Remainder[],
  complete: boolean,
): Planning {
  const { id, title } = control;
  const delivers = steps.some(({ kind }) => waitsForDelivery.includes(kind));
  const subscribed = steps.flatMap((step) => (step.kind === 'subscribe' ? [step] : []));
  const ordered = inOrder(steps);
  const remainders: readonly Remainder[] = [
    ...subscribed.map(({ topicArn, email }): Remainder => ({ kind: 'confirm', topicArn, email })),
    ...(delivers ? [{ kind: 'wait for delivery' } as const] : []),
    ...left,
  ];
  return { kind: 'plan', plan: { accountId, readAt, control: { id, title }, steps: ordered, remainders, complete } };
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

function inOrder(steps: readonly Step[]): readonly Step[] {
  return [...steps].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
