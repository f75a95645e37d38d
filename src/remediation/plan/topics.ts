import type { UnsatisfiedChain } from '../../chain/verdict.ts';
import { isTopic, parseArn } from '../../inventory/arn.ts';
import type { Alarm, MetricFilter } from '../../inventory/resources.ts';
import { alarmsOnMetric, partOf } from '../../inventory/model.ts';
import { baseNames } from './names.ts';
import type { Change } from './plan.ts';
import type { Fix, Task } from './task.ts';
import { metricFiltersKey, topicAttributesKey } from '../../inventory/part-keys.ts';
import { byCodeUnit } from '../../chain/base/by-code-unit.ts';
import { freeName } from '../../report/free-name.ts';

/** Topics in use that are tried before a new one is made. */
const MOST_TOPICS = 8;

/** A topic to notify, and what has to be done before it can be. */
export interface TopicCandidate {
  readonly topicArn: string;
  readonly before: readonly Change[];
  /** Whether it is the one that was asked for, so that no other will do. */
  readonly isChosen: boolean;
}

export interface TopicCandidates {
  readonly kind: 'topics';
  readonly candidates: readonly TopicCandidate[];
}

/**
 * The topics that come into question: the one that is asked for; or those of the chain's alarm, then those that alarms
 * on other metrics of the log group notify, most used first, then one that an earlier remediation created, then a new one.
 */
export function findTopicCandidates(
  chain: UnsatisfiedChain,
  logGroupArn: string,
  task: Task,
  alarms: readonly Alarm[],
): TopicCandidates | Fix {
  const { partition = 'aws', region = '', accountId = '' } = parseArn(logGroupArn) ?? {};
  const { topicArn: chosen } = task.choices;
  if (chosen !== undefined) {
    if (parseArn(chosen)?.region !== region) {
      return { kind: 'asks', question: `the alarm will be in ${region}, so it needs a topic there, not ${chosen}` };
    }
    return { kind: 'topics', candidates: [{ topicArn: chosen, before: [], isChosen: true }] };
  }
  const inUse = [...(chain.path.alarm?.alarmActions ?? []), ...topicsOfLogGroup(logGroupArn, task, alarms)];
  const known = inUse.filter((arn) => isTopic(arn) && parseArn(arn)?.region === region);
  const arnOf = (name: string) => `arn:${partition}:sns:${region}:${accountId}:${name}`;

  const earlier: string[] = [];
  for (;;) {
    const topicArn = arnOf(freeName(baseNames(task.control).topic, (name) => earlier.includes(arnOf(name))));
    const key = topicAttributesKey(topicArn);
    const attributes = partOf<'topic-attributes'>(task.inventory, key);
    if (attributes === undefined) return { kind: 'needs', keys: [key] };
    if (attributes.kind === 'present' && attributes.value !== null) {
      earlier.push(topicArn);
      continue;
    }
    // Where one cannot look, creating the topic does no harm: CreateTopic leaves one of that name as it is.
    const existing = [...new Set([...known, ...earlier])].slice(0, MOST_TOPICS);
    const candidates = existing.map((arn): TopicCandidate => ({ topicArn: arn, before: [], isChosen: false }));
    if (task.planned.has('create-topic')) return { kind: 'topics', candidates };
    const made: TopicCandidate = { topicArn, before: [{ kind: 'create-topic', topicArn }], isChosen: false };
    return { kind: 'topics', candidates: [...candidates, made] };
  }
}

/** The topics that alarms on metrics of the log group's filters notify, the most used first. */
function topicsOfLogGroup(logGroupArn: string, { inventory }: Task, alarms: readonly Alarm[]): readonly string[] {
  const filters = partOf<'metric-filters'>(inventory, metricFiltersKey(logGroupArn));
  const metrics = (filters?.kind === 'present' ? (filters.value ?? []) : []).flatMap((one) => metricOf(one) ?? []);
  const watching = new Set(metrics.flatMap((metric) => alarmsOnMetric(alarms, { ...metric, dimensions: [] })));
  const uses = new Map<string, number>();
  for (const { alarmActions } of watching) for (const arn of alarmActions) uses.set(arn, (uses.get(arn) ?? 0) + 1);
  return [...uses].sort(([a, usesA], [b, usesB]) => usesB - usesA || byCodeUnit(a, b)).map(([arn]) => arn);
}

/** A metric without dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
}

/** The metric of a filter, if an alarm can be put right on it. */
export function metricOf({
  metricTransformations: [first],
  emitSystemFieldDimensions = [],
}: MetricFilter): Metric | undefined {
  if (first === undefined || emitSystemFieldDimensions.length > 0) return undefined;
  if (Object.keys(first.dimensions ?? {}).length > 0) return undefined;
  return { namespace: first.metricNamespace, metricName: first.metricName };
}
