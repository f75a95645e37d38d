import { trailsKey } from '../inventory/part-keys.ts';
import type { Control } from '../controls/catalog.ts';
import { parseArn } from '../inventory/arn.ts';
import type { Inventory, PartKey } from '../inventory/model.ts';
import { distinctKeys, partOf } from '../inventory/model.ts';
import type { Options } from '../parameters/parameters.ts';
import type { Context, LinkName } from './base/link.ts';
import { isAboutQuery } from './log-alarm/reasons.ts';
import { nearestTexts } from './nearest-texts.ts';
import { byNearness } from './order.ts';
import type { ReasonCode } from './reasons.ts';
import { requirementsOf } from './required/requirements.ts';
import { judgeTogether } from './together.ts';
import type { Chain, UnsatisfiedChain, SatisfiedChain, Verdict } from './verdict.ts';
import type { Trunk } from './walk.ts';
import { newTrunk, walk, walkTo } from './walk.ts';
import { byCodeUnit } from './base/by-code-unit.ts';

/** A verdict, or the parts without which there is none. */
export type Judgement =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] };

/** Time without a limit. */
const never = () => false;

/**
 * Judges a control on what is known of an account.
 *
 * Links are ANDed and chains ORed, in three values: `satisfied` needs one chain with every link certain, `broken` needs
 * every chain certainly broken, anything else is `undecided`. The same facts always give the same verdict, in the same
 * words. More facts never change it, since it needs no part that it does not depend on.
 *
 * The texts of the control are ORed too, in their order: an account that satisfies one of them is satisfied.
 *
 * The alarms that watch the metric directly come first, since they are cheap to list. Only if no chain holds through
 * those is the whole listing needed, which also has metric math and composite alarms; and only if no filter covers the
 * control alone does it matter what several cover together.
 *
 * @param isOver - whether the time for the judgement is over. Filters that are not compared in time are undecided.
 */
export function judge(
  control: Control,
  options: Options,
  inventory: Inventory,
  isOver: () => boolean = never,
): Judgement {
  const missing: PartKey[] = [];
  const unsatisfied: (readonly UnsatisfiedChain[])[] = [];
  const questions = requirementsOf(control).map((requirement): Question => {
    const context: Context = { control: requirement, options, inventory, alarms: 'direct', filters: 'alone', isOver };
    return { context, trunk: newTrunk() };
  });
  const isLate = isOver();
  const sound = isLate ? judgeCertain(questions) : undefined;
  if (sound !== undefined) return sound.kind === 'needs' ? sound : verdict({ ...sound.verdict, control });
  for (const question of questions) {
    const judgement = judgeQuestion(question, isLate);
    if (judgement.kind === 'needs') missing.push(...judgement.keys);
    else if (judgement.verdict.kind !== 'satisfied') unsatisfied.push(judgement.verdict.chains);
    else if (missing.length === 0) return verdict({ ...judgement.verdict, control });
  }
  if (missing.length > 0) return { kind: 'needs', keys: distinctKeys(missing) };
  return verdict(fold(nearestTexts(unsatisfied), control, inventory));
}

/**
 * Compares what takes few steps of an account with several controls, and remembers it for their judgements. Else the filters
 * of one control could take the time of the others. What the trails record comes first, since nothing holds without it.
 *
 * @param isOver - as in {@link judge}
 */
export function compareQuickly(
  questions: readonly { readonly control: Control; readonly options: Options }[],
  inventory: Inventory,
  isOver: () => boolean = never,
): void {
  if (isOver()) return;
  for (const [link, quick] of [
    ['trail', 'likely'],
    ['metric filter', 'likely'],
    ['metric filter', 'all'],
  ] as const) {
    for (const { control, options } of questions.filter(({ options }) =>
      options.acceptedRoutes.includes('metric-filter'),
    )) {
      for (const requirement of requirementsOf(control)) {
        const of = { control: requirement, options, inventory, isOver };
        walkTo('metric-filter', link, { ...of, alarms: 'direct', filters: 'alone', quick });
      }
    }
  }
}

/** One of the texts of a control, as if it were the only one. */
interface Question {
  /** Of the alarms right on the metrics, and of filters alone. */
  readonly context: Context;
  readonly trunk: Trunk;
}

/**
 * Looks for a chain that holds where the time for the judgement is over. Hundreds of paths may be in doubt then. Whatever else
 * is known of those, they do not hold, so that they are followed only where no other path does.
 *
 * @returns `undefined` if no chain holds
 */
function judgeCertain(questions: readonly Question[]): Judgement | undefined {
  const missing: PartKey[] = [];
  for (const { context, trunk } of questions) {
    for (const alarms of ['direct', 'all'] as const) {
      const { chains, needs } = walk({ ...context, alarms, follows: 'certain' }, context.options.acceptedRoutes, trunk);
      missing.push(...needs);
      if (needs.length > 0) break;
      const satisfied = satisfiedBy(chains, context);
      if (satisfied !== undefined) return satisfied;
    }
  }
  return missing.length === 0 ? undefined : { kind: 'needs', keys: distinctKeys(missing) };
}

/** @param holdsNone - whether it is known that no chain holds */
function judgeQuestion({ context: direct, trunk }: Question, holdsNone: boolean): Judgement {
  const { control, options, inventory } = direct;
  if (!holdsNone) {
    const first = walk(direct, options.acceptedRoutes, trunk);
    if (first.needs.length > 0) return { kind: 'needs', keys: distinctKeys(first.needs) };
    const satisfied = satisfiedBy(first.chains, direct);
    if (satisfied !== undefined) return satisfied;
  }

  const context: Context = { ...direct, alarms: 'all' };
  const all = walk(context, options.acceptedRoutes, trunk);
  if (all.needs.length > 0) return { kind: 'needs', keys: distinctKeys(all.needs) };
  const alone = fold(all.chains, control, inventory);
  const mayCoverTogether = options.patternMatch === 'covers' && options.acceptedRoutes.includes('metric-filter');
  if (alone.kind === 'satisfied' || !mayCoverTogether) return verdict(alone);

  const together = judgeTogether(context);
  switch (together.kind) {
    case 'needs':
      return { kind: 'needs', keys: distinctKeys(together.keys) };
    case 'nothing':
      return verdict(alone);
    case 'satisfied':
      return verdict({ kind: 'satisfied', chains: together.chains, ...base(control, inventory) });
    case 'unsatisfied':
      return verdict(fold([...all.chains, together.chain], control, inventory));
  }
}

/** The verdict of the chains that hold, or `undefined` if none does. */
function satisfiedBy(chains: readonly Chain[], { control, inventory }: Pick<Context, 'control' | 'inventory'>) {
  const satisfied = inOrder(chains.filter((chain): chain is SatisfiedChain => chain.outcome === 'satisfied'));
  return isSome(satisfied) ? verdict({ kind: 'satisfied', chains: satisfied, ...base(control, inventory) }) : undefined;
}

function fold(chains: readonly Chain[], control: Control, inventory: Inventory): Verdict {
  const satisfied = satisfiedBy(chains, { control, inventory });
  if (satisfied !== undefined) return satisfied.verdict;
  const unsatisfied = inOrder(chains.filter((chain): chain is UnsatisfiedChain => chain.outcome !== 'satisfied'));
  const hasNearMiss = unsatisfied.some(missesWithFittingPattern);
  const unread = hasNearMiss ? unsatisfied.filter(hasUnreadPattern) : [];
  const [nearest, ...others] = [...unsatisfied.filter((chain) => !unread.includes(chain)), ...unread];
  if (nearest === undefined) throw new Error('a walk with nothing left to read ended without a chain');
  const counted = others.filter((chain) => !unread.includes(chain));
  const open = [nearest, ...counted].filter(({ outcome }) => outcome === 'undecided');
  if (open.length === 0) return { kind: 'broken', chains: [nearest, ...others], ...base(control, inventory) };
  const onlyForeign = open.every((chain) => isForeign(chain, inventory));
  return { kind: 'undecided', chains: [nearest, ...others], onlyForeign, ...base(control, inventory) };
}

/** The links with patterns. */
const patternLinks: ReadonlySet<LinkName> = new Set(['metric filter', 'event rule', 'log alarm']);

/** Whether a chain is certainly broken although its pattern fits: the account has the filter, or the rule, for the control. */
function missesWithFittingPattern({ outcome, links }: Chain): boolean {
  return (
    outcome === 'broken' &&
    links.some(
      ({ link, state, finding }) =>
        patternLinks.has(link) &&
        (state === 'holds' || (link === 'log alarm' && finding && !isAboutQuery(finding.code))),
    )
  );
}

/**
 * Whether the pattern of a chain's filter or rule cannot be read. Such a pattern is undecided for itself only: it does not
 * hide that the chain of a pattern that fits is broken.
 */
function hasUnreadPattern({ links }: Chain): boolean {
  return links.some(({ finding }) => finding !== undefined && unreadCodes.has(finding.code));
}

const unreadCodes: ReadonlySet<ReasonCode> = new Set(['FILTER_UNREAD', 'EVENT_RULE_UNREAD', 'LOG_ALARM_UNREAD']);

function base(control: Control, inventory: Inventory) {
  const trails = partOf<'trails'>(inventory, trailsKey);
  const known = (trails?.kind === 'present' ? trails.value : []).filter(({ trailArn }) => trailArn !== '');
  return { control, trails: [...known].sort((a, b) => byCodeUnit(a.trailArn, b.trailArn)) };
}

/** Whether a chain runs through a trail that another account owns, such as an organization trail seen from a member. */
function isForeign({ path }: Chain, { accountId }: Inventory): boolean {
  return path.trail !== undefined && parseArn(path.trail.trailArn)?.accountId !== accountId;
}

function inOrder<C extends Chain>(chains: readonly C[]): readonly C[] {
  return [...chains].sort(byNearness);
}

function isSome<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}

function verdict(decided: Verdict): Extract<Judgement, { readonly kind: 'verdict' }> {
  return { kind: 'verdict', verdict: decided };
}
