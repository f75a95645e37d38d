import type { Answer } from '../filter-pattern/index.ts';
import type { PartKey } from '../inventory/model.ts';
import type { MetricFilter } from '../inventory/resources.ts';
import { judgeAlarms } from './alarm/alarm.ts';
import { byCodeUnit } from './base/by-code-unit.ts';
import type { AlarmPath, Context, FilterPath, Finding, Path } from './base/link.ts';
import { thingsOn } from './base/path-things.ts';
import { meantFor } from './metric-filter/judge-filter.ts';
import { togetherFinding } from './metric-filter/metric-filter.ts';
import { readStoredPattern } from './base/stored-pattern.ts';
import { byNearness } from './order.ts';
import type { ReasonCode } from './reasons.ts';
import { comparePatternsInTime, notInTime } from './required/compare-in-time.ts';
import { premisesOf, readPattern } from './required/premises.ts';
import type { Chain, ChainLink, SatisfiedChain, UnsatisfiedChain } from './verdict.ts';
import { chainOf } from './verdict.ts';
import type { OpenPath } from './walk.ts';
import { walk, walkTo } from './walk.ts';

/** What several filters are to a control that none of them covers alone. */
export type GroupJudgement =
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] }
  /** There are no two filters that could cover it. */
  | { readonly kind: 'nothing' }
  /** They cover it: the chain of each, in order. */
  | { readonly kind: 'satisfied'; readonly chains: readonly [SatisfiedChain, ...SatisfiedChain[]] }
  | { readonly kind: 'unsatisfied'; readonly chain: UnsatisfiedChain };

/** A filter that matches some of the required events, and the fewest of them that take its alarm to ALARM. */
interface Member {
  readonly chain: SatisfiedChain;
  readonly path: AlarmOfFilterPath;
  readonly events: number;
}

type AlarmOfFilterPath = FilterPath & AlarmPath;

/** So many filters that need several events are tried in all combinations. */
const MAX_COSTLY = 8;

/**
 * Judges whether filters cover the control together: every required event is matched by one of them whose own chain holds.
 *
 * The events of filters with an alarm each may be spread so that all alarms but one miss their last event: Σ(nᵢ − 1)
 * events take no alarm to ALARM, and the next one does. Filters that publish the same value to the metric of one alarm
 * count as one filter with all their conditions.
 *
 * @param context - with `patternMatch=covers`; every alarm of the regions must have been read
 */
export function judgeTogether(context: Context): GroupJudgement {
  const parts: Context = { ...context, filters: 'parts' };
  const paths = walkTo('metric-filter', 'metric filter', parts)
    .open.flatMap(({ path, links }) => (isFilterPath(path) ? [{ path, links }] : []))
    .sort((a, b) => byCodeUnit(identityOf(a.path), identityOf(b.path)));
  const [first] = paths;
  const filters = distinct(paths.map(({ path }) => path.filter));
  // Filters with one pattern cover together what each of them covers alone.
  if (first === undefined || filters.length < 2) return { kind: 'nothing' };
  const unsatisfied = (some: readonly MetricFilter[], missed: Answer, doubt?: string): GroupJudgement => ({
    kind: 'unsatisfied',
    chain: unsatisfiedChain(first, togetherFinding(some, first.path.logGroupArn, context, missed, doubt)),
  });
  // What filters miss that serve other controls says nothing about this one.
  const isGroup = filters.filter(meantFor(context)).length > 1;
  const missedByAll = missedBy(filters, context);
  if (missedByAll.kind === 'event') return isGroup ? unsatisfied(filters, missedByAll) : { kind: 'nothing' };

  const { chains, needs } = walk(parts, ['metric-filter']);
  if (needs.length > 0) return { kind: 'needs', keys: needs };
  const members = chains.flatMap((chain) => (chain.outcome === 'satisfied' ? memberOf(chain, context) : []));
  const chosen = cheapest(members, context);
  if (chosen !== undefined) return { kind: 'satisfied', chains: chosen };

  const open = chains.filter((chain): chain is UnsatisfiedChain => chain.outcome === 'undecided');
  const inDoubt = open.flatMap(({ path }) => (path.filter ? [path.filter] : []));
  const possible = distinct([...members.map(({ path }) => path.filter), ...inDoubt]);
  if (possible.length === 0) return { kind: 'nothing' };
  const [doubt] = [...open].sort(byNearness);
  const missed = missedBy(possible, context);
  if (missed.kind === 'event' && !isGroup) return { kind: 'nothing' };
  return unsatisfied(possible, missed, doubt?.finding.sentence);
}

function memberOf(chain: SatisfiedChain, context: Context): readonly Member[] {
  const { path } = chain;
  return isAlarmPath(path) ? [{ chain, path, events: eventsToFire(path, context) }] : [];
}

/** The fewest events that take the alarm of a path whose chain holds to ALARM. */
function eventsToFire({ trail, logGroupArn, filter, alarm }: AlarmOfFilterPath, context: Context): number {
  const { maxEventsToAlarm } = context.options;
  for (let events = 1; events < maxEventsToAlarm; events += 1) {
    const options = { ...context.options, maxEventsToAlarm: events };
    const { steps } = judgeAlarms({ trail, logGroupArn, filter }, { ...context, options });
    const fires = steps.some(
      ({ path, finding }) => path.alarm?.alarmArn === alarm.alarmArn && finding?.code !== 'ALARM_NEEDS_MORE_EVENTS',
    );
    if (fires) return events;
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
    const { logGroupArn, filter } = member.path;
    const key = JSON.stringify([logGroupArn, filter.filterName, filter.filterPattern]);
    if (!best.has(key)) best.set(key, member);
  }
  const all = [...best.values()];
  const free = all.filter(({ events }) => events === 1);
  const costly = all.filter(({ events }) => events > 1).slice(0, MAX_COSTLY);
  const combinations = Array.from({ length: 2 ** costly.length }, (_, mask) =>
    costly.filter((_member, index) => Math.floor(mask / 2 ** index) % 2 === 1),
  );
  // The alarms of few filters are found first; those that count as one filter belong together.
  for (const added of combinations) {
    const chosen = [...free, ...added];
    if (eventsToFireAny(chosen) > context.options.maxEventsToAlarm) continue;
    if (missedBy(distinct(chosen.map(({ path }) => path.filter)), context).kind !== 'none') continue;
    const [first, ...rest] = chosen.map((one) => withOthers(one, chosen)).sort(byNearness);
    if (first) return [first, ...rest];
  }
  return undefined;
}

/** The fewest events that take some alarm to ALARM, however they are spread over the filters. */
function eventsToFireAny(members: readonly Member[]): number {
  const byCounter = new Map<string, number>();
  for (const { path, events } of members) {
    const counter = counterOf(path);
    byCounter.set(counter, Math.max(byCounter.get(counter) ?? 1, events));
  }
  return [...byCounter.values()].reduce((sum, events) => sum + events - 1, 1);
}

/** What counts the events of a filter: filters that publish the same to the metric of one alarm share it. */
function counterOf({ logGroupArn, filter, childAlarm, alarm }: AlarmOfFilterPath): string {
  const published = filter.metricTransformations.map((one) => [
    ...[one.metricNamespace, one.metricName, one.metricValue, one.unit, one.defaultValue],
    Object.entries(one.dimensions ?? {}).sort(([a], [b]) => byCodeUnit(a, b)),
  ]);
  return JSON.stringify([logGroupArn, childAlarm?.alarmArn, alarm.alarmArn, published]);
}

/** The chain of one of several filters, with the names of the others that cover the control together with it. */
function withOthers({ chain, path }: Member, all: readonly Member[]): SatisfiedChain {
  const others = all.map((one) => one.path.filter.filterName).filter((name) => name !== path.filter.filterName);
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

/** A path that reached an alarm passed all links before it. */
function isAlarmPath(path: Path): path is AlarmOfFilterPath {
  return path.alarm !== undefined;
}

/** A required event that none of the filters matches. */
function missedBy(filters: readonly MetricFilter[], { control, inventory, isOver }: Context): Answer {
  const premises = premisesOf(control, inventory);
  const required = readPattern(control.filterPattern);
  const candidates = filters.map(readStoredPattern).flatMap((one) => (one.kind === 'read' ? [one.pattern] : []));
  return comparePatternsInTime({ isOver }, { candidates, required, premises })?.missed ?? notInTime;
}

/** The chain up to the link of the metric filter, which gives way to what there is to say of several filters. */
function unsatisfiedChain(
  { path, links }: OpenPath & { readonly path: FilterPath },
  { subject, finding }: { readonly subject: string; readonly finding: Finding<ReasonCode> },
): UnsatisfiedChain {
  const { trail, logGroupArn } = path;
  const link: ChainLink = { link: 'metric filter', state: finding.outcome, subject, finding };
  const chain: Chain = chainOf('metric-filter', { trail, logGroupArn }, [...links.slice(0, -1), link]);
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
