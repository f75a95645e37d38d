import { alarmsForMetricKey, alarmsKey, muteRulesKey } from '../../inventory/part-keys.ts';
import { isTopic, parseArn } from '../../inventory/arn.ts';
import type { Alarm, CompositeAlarm, MetricAlarm, MetricName } from '../../inventory/resources.ts';
import { partOf } from '../../inventory/model.ts';
import type { Candidate } from './candidates.ts';
import { candidatesAmong, hasDimensions } from './candidates.ts';
import { mutingBy } from './mute.ts';
import { placeOf } from './place.ts';
import { alarmReasons } from './reasons.ts';
import { judgeFiring, sourceOf } from './firing/firing.ts';
import { compositesOver, effectOn, suppressionOf } from './composite/composite.ts';
import type { AlarmPath, Context, FilterPath, Finding, LinkResult } from '../base/link.ts';
import { end, findingsOf, needs, step, steps, mostSevere } from '../base/link.ts';
import type { MetricSource } from './firing/series.ts';
import type { unreadableReasons } from '../base/unreadable.ts';
import { unreadable } from '../base/unreadable.ts';
import { watchedBy } from './firing/watched-series.ts';
import { byCodeUnit } from '../base/by-code-unit.ts';
import { transformationOf } from '../base/transformation.ts';

const found = findingsOf(alarmReasons);

type Code = keyof typeof alarmReasons | keyof typeof unreadableReasons;

/**
 * The alarms that the filter's metric can set off, in the account and region of the log group, where the metric is:
 * those right on it, those on metric math that reads it, and the composite alarms over them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function judgeAlarms(path: FilterPath, context: Context): LinkResult<AlarmPath, Code> {
  const { accountId = '', region = '' } = parseArn(path.logGroupArn) ?? {};
  const { metricNamespace: namespace, metricName } = transformationOf(path.filter);
  const metric: MetricName = { namespace, metricName, dimensions: [] };
  const judge = (candidate: Candidate) => judgeCandidate(candidate, { path, context, metric, region });
  const onMetric = (alarm: MetricAlarm) => judge({ kind: 'on metric', alarm });
  const ended = (finding: Finding<Code>) => steps(end(finding.code === 'NO_ALARM' ? 'none' : 'alarms', path, finding));

  const directKey = alarmsForMetricKey(accountId, region, metric);
  const direct = partOf<'alarms-for-metric'>(context.inventory, directKey);
  if (context.alarms === 'direct') {
    // No alarm is right on a metric that exists under dimensions only, so nothing is asked.
    if (hasDimensions(path)) return steps();
    if (direct === undefined) return needs(directKey);
    if (direct.kind === 'unreadable') return ended(unreadable(direct.failure));
    return together(inOrder(direct.value).map(onMetric));
  }

  const allKey = alarmsKey(accountId, region);
  const all = partOf<'alarms'>(context.inventory, allKey);
  if (all === undefined) return needs(allKey);
  if (all.kind === 'unreadable') {
    const known = !hasDimensions(path) && direct?.kind === 'present' ? inOrder(direct.value) : [];
    return together([...known.map(onMetric), ended(unreadable(all.failure))]);
  }
  const alarms = inOrder(all.value);
  const candidates = candidatesAmong(alarms, metric, path, context);
  const judged = [...candidates.map(judge), ...judgeComposites(candidates, alarms, path, context)];
  if (judged.length > 0) return together(judged);
  return ended(found('NO_ALARM', { metric: `${namespace}/${metricName}`, region }));
}

function together(results: readonly LinkResult<AlarmPath, Code>[]): LinkResult<AlarmPath, Code> {
  return { steps: results.flatMap((one) => one.steps), needs: results.flatMap((one) => one.needs) };
}

interface Place {
  readonly path: FilterPath;
  readonly context: Context;
  readonly metric: MetricName;
  readonly region: string;
}

function judgeCandidate(candidate: Candidate, { path, context, metric, region }: Place): LinkResult<AlarmPath, Code> {
  const { alarm } = candidate;
  const facts = { alarm: alarm.alarmName, metric: `${metric.namespace}/${metric.metricName}`, region };
  const beyond = (finding: Finding<Code>) => steps(end(alarm.alarmName, { ...path, alarm }, finding));
  switch (candidate.kind) {
    case 'other dimensions':
      return beyond(found('ALARM_OTHER_DIMENSIONS', facts));
    case 'other namespace':
      return beyond(found('ALARM_OTHER_NAMESPACE', { ...facts, namespace: alarm.namespace ?? '' }));
    case 'on metric':
    case 'on math':
    case 'open': {
      const rings = firingOf(candidate, sourceOf(path, context), context);
      return acting(alarm.alarmName, { ...path, alarm }, [...actionFindings(alarm, context), rings], context);
    }
  }
}

type Watching = Exclude<Candidate, { readonly kind: 'other dimensions' | 'other namespace' }>;

/**
 * Whether the alarm rings; of assurance `configured` only whether what it computes is understood.
 *
 * @param extraSeconds - what passes after the alarm rang until its actions are taken
 */
function firingOf(
  candidate: Watching,
  source: MetricSource,
  context: Context,
  extraSeconds?: number,
): Finding<Code> | undefined {
  const { kind, alarm } = candidate;
  if (kind === 'open') return found('ALARM_NOT_COMPUTED', { alarm: alarm.alarmName, why: candidate.why });
  if (context.options.assurance === 'working') {
    const whatIfOpen = kind === 'on math' ? 'ALARM_NOT_COMPUTED' : 'ALARM_UNCERTAIN';
    return judgeFiring(alarm, source, context, whatIfOpen, extraSeconds);
  }
  if (kind === 'on metric') return undefined;
  const watched = watchedBy(alarm, source);
  return watched.kind === 'undecided'
    ? found('ALARM_NOT_COMPUTED', { alarm: alarm.alarmName, why: watched.why })
    : undefined;
}

/**
 * Whether an alarm does something that reaches an SNS topic when it goes to ALARM.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
function actionFindings(alarm: Alarm, { options }: Context): readonly (Finding<Code> | undefined)[] {
  const { alarmName, alarmActions, actionsEnabled } = alarm;
  return [
    alarmActions.length === 0 ? found('ALARM_WITHOUT_ACTION', { alarm: alarmName }) : undefined,
    alarmActions.length > 0 && !alarmActions.some(isTopic)
      ? found('ALARM_WITHOUT_SNS_ACTION', { alarm: alarmName, actions: servicesOf(alarmActions) })
      : undefined,
    options.assurance === 'working' && !actionsEnabled
      ? found('ALARM_ACTIONS_DISABLED', { alarm: alarmName })
      : undefined,
  ];
}

/**
 * The step over an alarm that acts: whether its mute rules let it is asked only if it would ring.
 *
 * A rule that mutes at times is told, and breaks nothing: who made it knows when nobody will hear.
 */
function acting(
  subject: string,
  path: AlarmPath,
  findings: readonly (Finding<Code> | undefined)[],
  { options, inventory }: Context,
): LinkResult<AlarmPath, Code> {
  const finding = mostSevere(findings);
  if (options.assurance === 'configured' || finding?.outcome === 'broken') return steps(step(subject, path, finding));
  const { alarmName: alarm } = path.alarm;
  const key = muteRulesKey(placeOf(path));
  const rules = partOf<'mute-rules'>(inventory, key);
  if (rules === undefined) return { steps: [step(subject, path, finding)], needs: [key] };
  const mutedAs = (muted: Finding<Code>) => steps(step(subject, path, mostSevere([finding, muted])));
  if (rules.kind === 'unreadable') return mutedAs(unreadable(rules.failure));
  const muting = mutingBy(rules.value, inventory.readAt);
  switch (muting.kind) {
    case 'never':
      return steps(step(subject, path, finding));
    case 'at times':
      return steps(step(`${subject} (muted at times, for up to ${muting.hours} hours)`, path, finding));
    case 'for long':
      return mutedAs(found('ALARM_MUTED', { alarm, rule: muting.rules, hours: muting.hours }));
    case 'undecided':
      return mutedAs(found('ALARM_UNCERTAIN', { alarm, why: muting.why }));
  }
}

/** The composite alarms over alarms that watch the metric: one path for each of those that it may follow. */
function judgeComposites(
  candidates: readonly Candidate[],
  alarms: readonly Alarm[],
  path: FilterPath,
  context: Context,
): readonly LinkResult<AlarmPath, Code>[] {
  const watching = candidates.filter(
    (candidate): candidate is Watching => candidate.kind !== 'other dimensions' && candidate.kind !== 'other namespace',
  );
  const source = sourceOf(path, context);
  return watching.flatMap((candidate) =>
    compositesOver(new Set([candidate.alarm]), alarms)
      // One that does nothing is there for the composite alarms above it.
      .filter(({ alarmActions }) => alarmActions.length > 0)
      .map((composite) => {
        const change = { child: candidate.alarm, watching: new Set<Alarm>(watching.map(({ alarm }) => alarm)), alarms };
        const { findings, waitSeconds } = compositeFindings(composite, change, context);
        const rings = firingOf(candidate, source, context, waitSeconds);
        const all = [...findings, ...actionFindings(composite, context), rings];
        const subject = `${composite.alarmName} over ${candidate.alarm.alarmName}`;
        return acting(subject, { ...path, alarm: composite, childAlarm: candidate.alarm }, all, context);
      }),
  );
}

function compositeFindings(composite: CompositeAlarm, change: Parameters<typeof effectOn>[1], { options }: Context) {
  const facts = { alarm: composite.alarmName, child: change.child.alarmName };
  const findings: Finding<Code>[] = [];
  const effect = effectOn(composite, change);
  switch (effect.kind) {
    case 'goes to alarm':
      break;
    case 'stays':
      findings.push(found('ALARM_RULE_NOT_MET', { ...facts, why: effect.why }));
      break;
    case 'rests in alarm':
      findings.push(found('ALARM_RESTS_IN_ALARM', { ...facts, why: effect.why }));
      break;
    case 'undecided':
      findings.push(found('ALARM_NOT_COMPUTED', { ...facts, why: effect.why }));
      break;
  }
  const suppression = suppressionOf(composite, change);
  if (options.assurance === 'configured') return { findings, waitSeconds: 0 };
  if (suppression.kind === 'none') return { findings, waitSeconds: suppression.waitSeconds };
  const code = suppression.kind === 'suppressed' ? 'ALARM_SUPPRESSED' : 'ALARM_NOT_COMPUTED';
  return { findings: [...findings, found(code, { ...facts, why: suppression.why })], waitSeconds: 0 };
}

/** The services that an alarm's actions go to: `lambda, ssm`. */
function servicesOf(actions: readonly string[]): string {
  return [...new Set(actions.map((action) => parseArn(action)?.service ?? action))].sort(byCodeUnit).join(', ');
}

function inOrder<A extends Alarm>(alarms: readonly A[]): readonly A[] {
  return [...alarms].sort((a, b) => byCodeUnit(a.alarmArn, b.alarmArn));
}
