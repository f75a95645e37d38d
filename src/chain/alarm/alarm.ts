import { parseArn } from '../../inventory/arn.ts';
import { partOf } from '../../inventory/model.ts';
import { alarmsForMetricKey, alarmsKey } from '../../inventory/part-keys.ts';
import type { Alarm, MetricName } from '../../inventory/resources.ts';
import type { AlarmPath, Context, FilterPath, Finding, LinkResult } from '../base/link.ts';
import { end, findingsOf, mostSevere, needs, steps } from '../base/link.ts';
import { takeRoom } from '../base/room.ts';
import { transformationOf } from '../base/transformation.ts';
import { unreadable } from '../base/unreadable.ts';
import type { AlarmCode } from './acting-alarm.ts';
import { actionFindings, stepOver } from './acting-alarm.ts';
import type { AlarmIndex } from './alarm-index.ts';
import { indexAlarms } from './alarm-index.ts';
import { stateFindings } from './alarm-state.ts';
import type { Candidate, WatchingCandidate } from './candidates.ts';
import { candidatesFor, isWatching } from './candidates.ts';
import { compositeFindings } from './composite/composite-findings.ts';
import type { IndexedComposite } from './composite/composite-index.ts';
import { indexComposites } from './composite/composite-index.ts';
import { possibleStates } from './composite/possible-states.ts';
import { hasDimensions } from './dimensions.ts';
import type { Firings } from './firing-finding.ts';
import { firingFinding, firingsOn } from './firing-finding.ts';
import type { Publishers } from './publishers.ts';
import { publishersOf } from './publishers.ts';
import { alarmReasons } from './reasons.ts';

const alarmFinding = findingsOf(alarmReasons);

type Result = LinkResult<AlarmPath, AlarmCode>;

/** What all alarms of one path are judged with. */
interface Question {
  readonly path: FilterPath;
  readonly context: Context;
  readonly metric: MetricName;
  readonly region: string;
  readonly publishers: Publishers;
  readonly firings: Firings;
}

/**
 * Judges the alarms that the filter's metric can take to ALARM, in the account and region of the log group, where the
 * metric is: those directly on it, those on metric math that reads it, and the composite alarms over them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function judgeAlarms(path: FilterPath, context: Context): Result {
  const ended = (subject: string, finding: Finding<AlarmCode>): Result => steps(end(subject, path, finding));
  const transformation = transformationOf(path.filter);
  if (transformation === undefined) {
    return ended('none', alarmFinding('METRIC_UNKNOWN', { filter: path.filter.filterName }));
  }
  const { accountId = '', region = '' } = parseArn(path.logGroupArn) ?? {};
  const { metricNamespace: namespace, metricName } = transformation;
  const metric: MetricName = { namespace, metricName, dimensions: [] };
  const publishers = publishersOf(path, context);
  const question: Question = { path, context, metric, region, publishers, firings: firingsOn(publishers.source) };
  /** Without room the alarms are not even sorted out. */
  const cutAtOnce = (index: AlarmIndex): Result | undefined => {
    const [any] = takeRoom(context, 0) ? [] : index.mayWatch(metricName);
    return any && cut(any, question);
  };
  const judgeDirect = (alarms: readonly Alarm[]): Result => {
    const index = indexAlarms(alarms);
    return cutAtOnce(index) ?? merge(judgeCandidates(candidatesFor(metric, index, path, context), question));
  };

  const directKey = alarmsForMetricKey(accountId, region, metric);
  const direct = partOf<'alarms-for-metric'>(context.inventory, directKey);
  if (context.alarms === 'direct') {
    // A metric that exists only with dimensions has no alarm directly on it, so nothing is read.
    if (hasDimensions(path)) return steps();
    if (direct === undefined) return needs(directKey);
    return direct.kind === 'unreadable' ? ended('alarms', unreadable(direct.failure)) : judgeDirect(direct.value);
  }

  const allKey = alarmsKey(accountId, region);
  const listing = partOf<'alarms'>(context.inventory, allKey);
  if (listing === undefined) return needs(allKey);
  if (listing.kind === 'unreadable') {
    const known = !hasDimensions(path) && direct?.kind === 'present' ? direct.value : [];
    return merge([judgeDirect(known), ended('alarms', unreadable(listing.failure))]);
  }
  const index = indexAlarms(listing.value);
  const atOnce = cutAtOnce(index);
  if (atOnce !== undefined) return atOnce;
  const candidates = candidatesFor(metric, index, path, context);
  const judged = [...judgeCandidates(candidates, question), ...judgeComposites(candidates, listing.value, question)];
  if (judged.length > 0) return merge(judged);
  return ended('none', alarmFinding('NO_ALARM', { metric: `${namespace}/${metricName}`, region }));
}

function merge(results: readonly Result[]): Result {
  return { steps: results.flatMap((one) => one.steps), needs: results.flatMap((one) => one.needs) };
}

/** In characters of metric math, in other publishers, and in alarms that the rules of composite alarms name. */
const PER_STEP = { math: 100, publishers: 50, names: 20 };

/** Judges alarms as long as there is room for them. */
function judgeCandidates(candidates: readonly Candidate[], question: Question): readonly Result[] {
  const results: Result[] = [];
  for (const candidate of candidates) {
    if (!takeRoom(question.context, stepsOf(candidate, question))) return [...results, cut(candidate.alarm, question)];
    results.push(judgeCandidate(candidate, question));
  }
  return results;
}

function stepsOf({ alarm }: Candidate, { publishers }: Question): number {
  const math = alarm.metrics.reduce((sum, { expression = '' }) => sum + expression.length, 0);
  const { otherFilters } = publishers.source;
  return 1 + Math.floor(math / PER_STEP.math) + Math.floor(otherFilters.length / PER_STEP.publishers);
}

function stepsOfNames(composites: readonly IndexedComposite[]): number {
  const names = composites.reduce((sum, { children }) => sum + children.length, 0);
  return Math.floor(names / PER_STEP.names);
}

/** The first of the alarms for which there is no room, for all of them. */
function cut(alarm: Alarm, { path }: Question): Result {
  const why = 'more alarms depend on the metrics of these filters than are followed';
  return steps(end(alarm.alarmName, path, alarmFinding('ALARM_NOT_COMPUTED', { alarm: alarm.alarmName, why })));
}

function judgeCandidate(candidate: Candidate, question: Question): Result {
  const { path, context, metric, region } = question;
  const { alarm } = candidate;
  const facts = { alarm: alarm.alarmName, metric: `${metric.namespace}/${metric.metricName}`, region };
  const ended = (finding: Finding<AlarmCode>) => steps(end(alarm.alarmName, { ...path, alarm }, finding));
  switch (candidate.kind) {
    case 'other-dimensions':
      return ended(alarmFinding('ALARM_OTHER_DIMENSIONS', { ...facts, publishesDimensions: hasDimensions(path) }));
    case 'other-namespace':
      return ended(alarmFinding('ALARM_OTHER_NAMESPACE', { ...facts, namespace: candidate.namespace }));
    case 'on-metric':
    case 'on-math':
    case 'not-followed': {
      const findings = [
        ...stateFindingsOf([alarm], context),
        ...actionFindings(alarm, context),
        firingFinding(candidate, question.firings, context),
      ];
      return withPublishers(findings, question, (all) => stepOver(alarm.alarmName, { ...path, alarm }, all, context));
    }
  }
}

function stateFindingsOf(alarms: readonly Alarm[], { options, inventory }: Context): readonly Finding<AlarmCode>[] {
  if (options.assurance === 'configured') return [];
  return alarms.flatMap((alarm) => stateFindings(alarm, inventory.readAt));
}

/** Whoever else publishes to the metric is asked for only if the alarm would notify with what is known so far. */
function withPublishers(
  findings: readonly (Finding<AlarmCode> | undefined)[],
  { publishers, context }: Question,
  judgeWith: (findings: readonly (Finding<AlarmCode> | undefined)[]) => Result,
): Result {
  const isBroken = mostSevere(findings)?.outcome === 'broken';
  if (context.options.assurance === 'configured' || isBroken) return judgeWith(findings);
  const result = judgeWith([...findings, publishers.finding]);
  return { steps: result.steps, needs: [...result.needs, ...publishers.needs] };
}

/** The composite alarms over alarms that watch the metric: one path for each alarm that each of them may follow. */
function judgeComposites(
  candidates: readonly Candidate[],
  listing: readonly Alarm[],
  question: Question,
): readonly Result[] {
  const watching = candidates.filter(isWatching);
  const [first] = watching;
  if (first === undefined) return [];
  const index = indexComposites(listing);
  const alarms = new Set<Alarm>(watching.map(({ alarm }) => alarm));
  if (!takeRoom(question.context, stepsOfNames(index.above([...alarms])))) return [cut(first.alarm, question)];
  const states = possibleStates(index, alarms, question.context.inventory.readAt);
  const results: Result[] = [];
  for (const candidate of watching) {
    const { alarm: child } = candidate;
    const all = index.above([child]);
    // One without actions only passes on to the composite alarms above it.
    const above = all.filter(({ composite }) => composite.alarmActions.length > 0);
    if (above.length === 0) continue;
    if (!takeRoom(question.context, stepsOfNames(all))) return [...results, cut(child, question)];
    const change = { child, atRest: states.atRest, afterAlarm: states.afterAlarm(child) };
    for (const indexed of above) {
      if (!takeRoom(question.context)) return [...results, cut(child, question)];
      const { findings, waitSeconds } = compositeFindings(indexed, change, question.context);
      results.push(judgeComposite(candidate, indexed.composite, findings, waitSeconds, question));
    }
  }
  return results;
}

function judgeComposite(
  candidate: WatchingCandidate,
  composite: Alarm,
  findings: readonly Finding<AlarmCode>[],
  waitSeconds: number,
  question: Question,
): Result {
  const { path, context, firings } = question;
  const { alarm: childAlarm } = candidate;
  const all = [
    ...stateFindingsOf([composite, childAlarm], context),
    ...findings,
    ...actionFindings(composite, context),
    firingFinding(candidate, firings, context, waitSeconds),
  ];
  const subject = `${composite.alarmName} over ${childAlarm.alarmName}`;
  return withPublishers(all, question, (known) =>
    stepOver(subject, { ...path, alarm: composite, childAlarm }, known, context),
  );
}
