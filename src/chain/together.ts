import { compare as compareAnew } from '../filter-pattern/index.ts';
import type { Answer } from '../filter-pattern/index.ts';
import type { PartKey } from '../inventory/model.ts';
import type { MetricFilter } from '../inventory/resources.ts';
import { judgeAlarms } from './alarm/alarm.ts';
import type { Context, FilterPath, Finding, Path } from './base/link.ts';
import { thingsOn } from './base/path-things.ts';
import { togetherFinding } from './metric-filter/metric-filter.ts';
import { byNearness } from './order.ts';
import { premisesOf, readPattern } from './required/premises.ts';
import { memoize } from './required/memoize.ts';
import type { ReasonCode } from './reasons.ts';
import type { Chain, ChainLink, UnsatisfiedChain, SatisfiedChain } from './verdict.ts';
import { chainOf } from './verdict.ts';
import type { OpenPath } from './walk.ts';
import { walk, walkTo } from './walk.ts';
import { byCodeUnit } from './base/by-code-unit.ts';

const compare = memoize(compareAnew);

/** What filters make of a control that none of them carries alone. */
export type GroupJudgement =
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] }
  /** There are no two filters that could. */
  | { readonly kind: 'nothing' }
  /** They cover it: the chain of each, in order. */
  | { readonly kind: 'satisfied'; readonly chains: readonly [SatisfiedChain, ...SatisfiedChain[]] }
  | { readonly kind: 'faulty'; readonly chain: UnsatisfiedChain };

/** A filter that matches some of the required events, and the least of events that ring an alarm behind it. */
interface Member {
  readonly chain: SatisfiedChain;
  readonly filter: MetricFilter;
  readonly events: number;
}

/** So many filters that take several events are tried in all combinations. */
const MOST_COSTLY = 8;

/**
 * Whether filters cover the control together, each ringing an alarm of its own: every required event is caught by one of
 * them whose own chain holds. Of events spread over them as badly as can be, Σ(nᵢ − 1) ring none, and the next one does.
 *
 * @param context - with `patternMatch=covers`; every alarm of the regions must have been read
 */
export function judgeTogether(context: Context): GroupJudgement {
  const parts: Context = { ...context, filters: 'parts' };
  const paths = walkTo('metric filter', parts)
    .open.flatMap(({ path, links }) => (isFilterPath(path) ? [{ path, links }] : []))
    .sort((a, b) => byCodeUnit(identityOf(a.path), identityOf(b.path)));
  const [first] = paths;
  const filters = distinct(paths.map(({ path }) => path.filter));
  // One pattern, be it in several filters, carries together what it carries alone.
  if (first === undefined || filters.length < 2) return { kind: 'nothing' };
  const missed = missedBy(filters, context);
  const fault = (filtersOfChain: readonly MetricFilter[], answer: Answer, doubt?: string): GroupJudgement => ({
    kind: 'faulty',
    chain: faultyChain(first, togetherFinding(filtersOfChain, context, answer, doubt)),
  });
  if (missed.kind === 'event') return fault(filters, missed);

  const { chains, needs } = walk(parts);
  if (needs.length > 0) return { kind: 'needs', keys: needs };
  const members = chains.flatMap((chain) => (chain.outcome === 'satisfied' ? memberOf(chain, context) : []));
  const chosen = cheapest(members, context);
  if (chosen !== undefined) return { kind: 'satisfied', chains: chosen };

  const open = chains.filter((chain): chain is UnsatisfiedChain => chain.outcome === 'undecided');
  const inDoubt = open.flatMap(({ path }) => (path.filter ? [path.filter] : []));
  const possible = distinct([...members.map(({ filter }) => filter), ...inDoubt]);
  if (possible.length === 0) return { kind: 'nothing' };
  const [doubt] = [...open].sort(byNearness);
  return fault(possible, missedBy(possible, context), doubt?.finding.sentence);
}

function memberOf(chain: SatisfiedChain, context: Context): readonly Member[] {
  const { filter } = chain.path;
  return filter === undefined ? [] : [{ chain, filter, events: eventsToFire(chain, filter, context) }];
}

/** The least number of events that ring the alarm of a chain that holds. */
function eventsToFire({ path }: SatisfiedChain, filter: MetricFilter, context: Context): number {
  const { trail, logGroupArn, alarm } = path;
  const { maxEventsToAlarm } = context.options;
  if (trail === undefined || logGroupArn === undefined || alarm === undefined) return maxEventsToAlarm;
  const before: FilterPath = { trail, logGroupArn, filter };
  for (let events = 1; events < maxEventsToAlarm; events += 1) {
    const options = { ...context.options, maxEventsToAlarm: events };
    const steps = judgeAlarms(before, { ...context, options }).steps;
    const rings = steps.some(
      (step) => step.path.alarm?.alarmArn === alarm.alarmArn && step.finding?.code !== 'ALARM_NEEDS_MORE_EVENTS',
    );
    if (rings) return events;
  }
  return maxEventsToAlarm;
}

/** Filters that cover the control and whose events stay within what is allowed, or `undefined` if none are found. */
function cheapest(
  members: readonly Member[],
  context: Context,
): readonly [SatisfiedChain, ...SatisfiedChain[]] | undefined {
  const best = new Map<string, Member>();
  for (const member of [...members].sort((a, b) => a.events - b.events || byNearness(a.chain, b.chain))) {
    const { logGroupArn = '' } = member.chain.path;
    const key = `${logGroupArn} ${member.filter.filterName}`;
    if (!best.has(key)) best.set(key, member);
  }
  const all = [...best.values()];
  const free = all.filter(({ events }) => events === 1);
  const costly = all.filter(({ events }) => events > 1).slice(0, MOST_COSTLY);
  for (let mask = 0; mask < 2 ** costly.length; mask += 1) {
    const added = costly.filter((_member, index) => Math.floor(mask / 2 ** index) % 2 === 1);
    const chosen = [...free, ...added];
    const events = chosen.reduce((sum, one) => sum + one.events - 1, 1);
    if (events > context.options.maxEventsToAlarm) continue;
    if (missedBy(distinct(chosen.map(({ filter }) => filter)), context).kind !== 'none') continue;
    const [first, ...rest] = chosen.map((one) => joined(one, chosen)).sort(byNearness);
    if (first) return [first, ...rest];
  }
  return undefined;
}

/** The chain of one of several filters, which says with which others it covers the control. */
function joined({ chain, filter }: Member, all: readonly Member[]): SatisfiedChain {
  const others = all.map((one) => one.filter.filterName).filter((name) => name !== filter.filterName);
  if (others.length === 0) return chain;
  const links = chain.links.map((link) =>
    link.link === 'metric filter'
      ? { ...link, subject: `${link.subject}, with ${others.sort(byCodeUnit).join(', ')}` }
      : link,
  );
  return { ...chain, links };
}

/** Differs for any two paths to filters, whatever the order of lists. */
function identityOf(path: FilterPath): string {
  return JSON.stringify([...thingsOn(path).map(({ id }) => id), path.filter.filterPattern]);
}

function isFilterPath(path: Path): path is FilterPath {
  return path.filter !== undefined;
}

/** A required event that none of the filters matches. */
function missedBy(filters: readonly MetricFilter[], { control, inventory }: Context): Answer {
  const premises = premisesOf(control, inventory);
  const required = readPattern(control.filterPattern);
  const candidates = filters.map(({ filterPattern }) => readPattern(filterPattern));
  return compare({ candidates, required, ...(premises === undefined ? {} : { premises }) }).missed;
}

function faultyChain(
  { path, links }: OpenPath & { readonly path: FilterPath },
  { subject, finding }: { readonly subject: string; readonly finding: Finding<ReasonCode> },
): UnsatisfiedChain {
  const { trail, logGroupArn } = path;
  const before = links.filter(({ link }) => link !== 'metric filter');
  const link: ChainLink = { link: 'metric filter', state: finding.outcome, subject, finding };
  const chain: Chain = chainOf('metric-filter', { trail, logGroupArn }, [...before, link]);
  if (chain.outcome === 'satisfied') throw new Error('a chain with a finding holds');
  return chain;
}

function distinct(filters: readonly MetricFilter[]): readonly MetricFilter[] {
  const byPattern = new Map<string, MetricFilter>();
  for (const filter of [...filters].sort((a, b) => byCodeUnit(a.filterName, b.filterName))) {
    if (!byPattern.has(filter.filterPattern)) byPattern.set(filter.filterPattern, filter);
  }
  return [...byPattern.values()];
}
