import type { Judgement } from '../../chain/judge.ts';
import { judge } from '../../chain/judge.ts';
import type { FixName } from '../../chain/base/fixed-by.ts';
import type { Path } from '../../chain/base/link.ts';
import type { ThingKind } from '../../chain/base/path-things.ts';
import { thingKinds, thingsOn } from '../../chain/base/path-things.ts';
import { reasonByCode } from '../../chain/reasons.ts';
import type { SatisfiedChain, UnsatisfiedChain, Verdict } from '../../chain/verdict.ts';
import type { Inventory } from '../../inventory/model.ts';
import type { Options, Parameters } from '../../parameters/parameters.ts';
import { applyChange } from './apply.ts';
import { addEventRule } from './fix/event-rule.ts';
import { addMetricFilter } from './fix/filter.ts';
import { addLogAlarm } from './fix/log-alarm.ts';
import { addNotifier, enableActions } from './fix/notifier.ts';
import { allowPublish, createTopic, subscribe } from './fix/topic.ts';
import {
  connectLogGroup,
  createLogGroup,
  recordAllRegions,
  recordManagementEvents,
  startLogging,
} from './fix/trail.ts';
import type { Planning, PlanQuestion } from './make-plan.ts';
import { makePlan, testNotification, unusedChoice } from './make-plan.ts';
import type { Cause, Change, ChangeKind, Choices, ManualStep, Plan, PlannedStep } from './plan.ts';
import { alarmsToKnow } from './other-actions.ts';
import type { Fix, PlanFix, FixTask } from './fix/task.ts';
import { noCommand } from './fix/task.ts';

const planFix: Readonly<Record<FixName, PlanFix>> = {
  'start logging': startLogging,
  'record all regions': recordAllRegions,
  'record management events': recordManagementEvents,
  'connect a log group': connectLogGroup,
  'create the log group': createLogGroup,
  'add a metric filter': addMetricFilter,
  'add an alarm': addNotifier,
  'add an event rule': addEventRule,
  'add a log alarm': addLogAlarm,
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
 * Whatever `assurance` the user asks for decides whether there is something to do. The plan itself is always made for
 * `working`: a chain that looks right and notifies nobody is not a remediation.
 *
 * @param parameters - what was asked of the account
 * @param choices - what the user chose
 * @param inventory - all that was read to judge the account
 */
export function planRemediation(parameters: Parameters, choices: Choices, inventory: Inventory): Planning {
  const judgement = judge(parameters.control, parameters.options, inventory);
  if (judgement.kind === 'needs') return judgement;
  const question: PlanQuestion = { parameters, choices, inventory };
  if (judgement.verdict.kind === 'satisfied') return nothingToDo(question, judgement.verdict.chains);
  const full = judgeFully(parameters, inventory);
  if (full.kind === 'needs') return full;
  const { verdict } = full;
  if (verdict.kind === 'satisfied') return nothingToDo(question, verdict.chains);
  const plans: Plan[] = [];
  for (const chain of chainsToTry(verdict)) {
    const planning = fixChain(chain, question);
    if (planning.kind !== 'plan' || planning.plan.complete) return planning;
    plans.push(planning.plan);
  }
  const begun = plans.find(({ steps }) => steps.length > 0);
  if (begun) return { kind: 'plan', plan: begun };
  return makePlan(question, [], { complete: false, manual: unique(plans.flatMap(({ manualSteps }) => manualSteps)) });
}

/** Judges under `assurance=working`, and, where that is satisfied, under what was asked for as well. */
function judgeFully({ control, options }: Parameters, inventory: Inventory): Judgement {
  const judgement = judge(control, working(options), inventory);
  const isSatisfied = judgement.kind === 'verdict' && judgement.verdict.kind === 'satisfied';
  return isSatisfied && options.assurance !== 'working' ? judge(control, options, inventory) : judgement;
}

/** A plan follows one route: the first of those that are accepted. */
function working(options: Options): Options {
  return { ...options, assurance: 'working', acceptedRoutes: options.acceptedRoutes.slice(0, 1) };
}

/**
 * The chains to begin with: those that decide the verdict. As long as one may hold, and only a person can look into it,
 * nothing is added.
 */
function chainsToTry({ kind, chains }: Exclude<Verdict, { readonly kind: 'satisfied' }>): readonly UnsatisfiedChain[] {
  const decisive = chains.filter(({ outcome }) => outcome === kind);
  const forPerson = decisive.filter(({ finding }) => reasonByCode[finding.code].fixedBy.by === 'person');
  return kind === 'undecided' && forPerson.length > 0 ? forPerson : [...decisive].sort(compareEffort);
}

/** The chain that reaches further comes first; of two that reach equally far, the one with fewer findings. */
function compareEffort(a: UnsatisfiedChain, b: UnsatisfiedChain): number {
  const reached = ({ links, finding }: UnsatisfiedChain) => links.findIndex((link) => link.finding === finding);
  const findings = ({ links }: UnsatisfiedChain) => links.filter(({ finding }) => finding).length;
  return reached(b) - reached(a) || findings(a) - findings(b);
}

/** Fixes one chain, finding after finding. */
function fixChain(start: UnsatisfiedChain, question: PlanQuestion): Planning {
  const { parameters, choices, inventory } = question;
  const { control, options } = parameters;
  const steps: PlannedStep[] = [];
  const notes: string[] = [];
  let chain = withFindingToFix(start);
  let world = inventory;
  // Every turn plans a kind of change that no turn before it did, so the turns come to an end.
  for (;;) {
    const planned = new Set<ChangeKind>(steps.map(({ kind }) => kind));
    const fix = fixFinding(chain, { control, options: working(options), choices, inventory: world, planned });
    switch (fix.kind) {
      case 'needs':
      case 'asks':
        return fix;
      case 'unconfirmed': {
        const unread = alarmsToKnow(chain.path, world);
        if (unread.length > 0) return { kind: 'needs', keys: unread };
        const others = chain.links.flatMap(({ finding }) => (finding && finding !== chain.finding ? [finding] : []));
        const manual: readonly ManualStep[] = [
          ...others.map((finding) => byHand({ ...chain, finding }, 'it needs a person')),
          { kind: 'confirm', topicArn: fix.topicArn },
          ...testNotification(chain.path, world),
        ];
        return makePlan(question, steps, { complete: others.length === 0, manual, notes });
      }
      case 'no-command':
        return makePlan(question, steps, { complete: false, manual: [byHand(chain, fix.why)], notes });
      case 'changes':
        steps.push(...fix.changes.map((change) => ({ ...change, cause: causeOf(chain) })));
        if (fix.note !== undefined) notes.push(fix.note);
        world = fix.changes.reduce<Inventory>(applyChange, world);
    }
    const judgement = judgeFully(parameters, world);
    if (judgement.kind === 'needs') return judgement;
    if (judgement.verdict.kind === 'satisfied') return finishPlan(question, steps, notes);
    const { path } = chain;
    const made = fix.changes;
    const next = judgement.verdict.chains.find((one) => continues(one, path, made));
    if (next === undefined) {
      throw new Error(`nothing is left of the chain after ${made.map(({ kind }) => kind).join(', ')}`);
    }
    chain = withFindingToFix(next);
  }
}

/** The chain with the finding to fix next: the first, in the order of the links, that a command fixes. */
function withFindingToFix(chain: UnsatisfiedChain): UnsatisfiedChain {
  const findings = chain.links.flatMap(({ finding }) => finding ?? []);
  return {
    ...chain,
    finding: findings.find(({ code }) => reasonByCode[code].fixedBy.by === 'commands') ?? chain.finding,
  };
}

/** Plans the fix of a chain's finding. No plan has the same kind of change twice. */
function fixFinding(chain: UnsatisfiedChain, task: FixTask): Fix {
  const how = reasonByCode[chain.finding.code].fixedBy;
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
    case 'create-log-alarm':
      return { alarm: change.alarmArn, topicArn: change.topicArn };
    case 'create-event-rule':
      return { eventRule: change.ruleArn, topicArn: change.topicArn };
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
function finishPlan(question: PlanQuestion, steps: readonly PlannedStep[], notes: readonly string[]): Planning {
  let kept = steps;
  for (const step of steps) {
    const fewer = kept.filter((one) => one !== step);
    if (satisfiedChains(question, fewer)) kept = fewer;
  }
  const chains = satisfiedChains(question, kept);
  if (chains === undefined) return makePlan(question, kept, { complete: true, notes });
  const after = kept.reduce<Inventory>(applyChange, question.inventory);
  const unread = kept.length > 0 ? alarmsToKnow(chains[0].path, after) : [];
  if (unread.length > 0) return { kind: 'needs', keys: unread };
  const manual = kept.length > 0 ? testNotification(chains[0].path, after) : [];
  return makePlan(question, kept, {
    complete: true,
    manual,
    notes: [...notes, ...unusedChoice(question.choices, chains)],
  });
}

function nothingToDo(question: PlanQuestion, chains: SatisfiedChains): Planning {
  return makePlan(question, [], { complete: true, notes: unusedChoice(question.choices, chains) });
}

type SatisfiedChains = readonly [SatisfiedChain, ...SatisfiedChain[]];

/** The chains that hold after the steps, if any does. */
function satisfiedChains(
  { parameters, inventory }: PlanQuestion,
  steps: readonly PlannedStep[],
): SatisfiedChains | undefined {
  const judgement = judgeFully(parameters, steps.reduce<Inventory>(applyChange, inventory));
  if (judgement.kind === 'needs' || judgement.verdict.kind !== 'satisfied') return undefined;
  return judgement.verdict.chains;
}
