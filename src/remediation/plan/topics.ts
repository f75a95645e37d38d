import { byCodeUnit } from '../../chain/base/by-code-unit.ts';
import type { UnsatisfiedChain } from '../../chain/verdict.ts';
import { isTopic, parseArn } from '../../inventory/arn.ts';
import type { PartKey } from '../../inventory/model.ts';
import { alarmsOnMetric, partOf } from '../../inventory/model.ts';
import { metricFiltersKey, topicAttributesKey } from '../../inventory/part-keys.ts';
import type { Alarm, MetricFilter } from '../../inventory/resources.ts';
import { freeName } from '../../report/free-name.ts';
import { baseNames } from './names.ts';
import type { Change } from './plan.ts';
import type { Fix, Task } from './task.ts';
import { allowPublishChange } from './topic-policy.ts';

/** Topics in use that are tried before a new one is created. */
const MOST_TOPICS = 8;

/** A topic to notify, and what has to be done before it can be. */
export interface TopicCandidate {
  readonly topicArn: string;
  readonly before: readonly Change[];
  /** Whether the user chose it, so that no other will do. */
  readonly isChosen: boolean;
}

export interface TopicCandidates {
  readonly kind: 'topics';
  readonly candidates: readonly TopicCandidate[];
}

interface Needs {
  readonly kind: 'needs';
  readonly keys: readonly PartKey[];
}

/**
 * The topics that come into question, in the order in which they are tried: the one that the user chose; or those of the
 * chain's alarm, then those that alarms on other metrics of the log group notify, most used first, then one that an
 * earlier remediation created, then a new one, encrypted if the others are.
 */
export function findTopicCandidates(
  chain: UnsatisfiedChain,
  logGroupArn: string,
  task: Task,
  alarms: readonly Alarm[],
): TopicCandidates | Fix {
  const { partition = 'aws', region = '', accountId = '' } = parseArn(logGroupArn) ?? {};
  if (task.choices.topicArn !== undefined) return chosenTopic(task.choices.topicArn, logGroupArn, task);

  const known = topicsInUse(chain, logGroupArn, task, alarms);
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
    const used = existing.map((arn): TopicCandidate => ({ topicArn: arn, before: [], isChosen: false }));
    if (task.planned.has('create-topic')) return { kind: 'topics', candidates: used };
    const neighbour = findNeighbourKey(existing, task);
    if (neighbour.kind === 'needs') return neighbour;
    const plain = { kind: 'create-topic', topicArn, isNamed: false } as const;
    const created: readonly Change[] = [
      ...(neighbour.kmsMasterKeyId === undefined ? [] : [{ ...plain, kmsMasterKeyId: neighbour.kmsMasterKeyId }]),
      plain,
    ];
    const candidates = created.map((change): TopicCandidate => ({ topicArn, before: [change], isChosen: false }));
    return { kind: 'topics', candidates: [...used, ...candidates] };
  }
}

/** The topic that the user chose, as it is, and with CloudWatch allowed to publish. */
function chosenTopic(topicArn: string, logGroupArn: string, { inventory }: Task): TopicCandidates | Fix {
  const { partition, region } = parseArn(logGroupArn) ?? {};
  const chosen = parseArn(topicArn);
  if (chosen?.region !== region || chosen?.partition !== partition) {
    const place = `in region ${region ?? ''} of partition ${partition ?? ''}`;
    return { kind: 'asks', question: `the alarm will be ${place}, so it needs a topic there, not ${topicArn}` };
  }
  const key = topicAttributesKey(topicArn);
  const part = partOf<'topic-attributes'>(inventory, key);
  if (part === undefined) return { kind: 'needs', keys: [key] };
  const policy = part.kind === 'present' ? part.value?.policy : undefined;
  const isOwn = chosen?.accountId === inventory.accountId;
  const allow = policy === undefined || !isOwn ? undefined : allowPublishChange(topicArn, policy, 'CloudWatch');
  const ways: readonly (readonly Change[])[] = [[], ...(allow === undefined ? [] : [[allow]])];
  return { kind: 'topics', candidates: ways.map((before) => ({ topicArn, before, isChosen: true })) };
}

/** The topics in the alarm's region that the chain's alarm notifies, then those of other alarms of the log group. */
export function topicsInUse(
  chain: UnsatisfiedChain,
  logGroupArn: string,
  task: Task,
  alarms: readonly Alarm[],
): readonly string[] {
  const { region } = parseArn(logGroupArn) ?? {};
  const inUse = [...(chain.path.alarm?.alarmActions ?? []), ...topicsOfLogGroup(logGroupArn, task, alarms)];
  return inUse.filter((arn) => isTopic(arn) && parseArn(arn)?.region === region);
}

/** The key with which a topic next to the new one is encrypted, if any is. */
export function findNeighbourKey(
  topicArns: readonly string[],
  { inventory }: Task,
): Needs | { readonly kind: 'key'; readonly kmsMasterKeyId?: string } {
  const own = topicArns.filter((arn) => parseArn(arn)?.accountId === inventory.accountId).slice(0, MOST_TOPICS);
  const keys = own.map(topicAttributesKey);
  const unread = keys.filter((key) => partOf<'topic-attributes'>(inventory, key) === undefined);
  if (unread.length > 0) return { kind: 'needs', keys: unread };
  for (const key of keys) {
    const part = partOf<'topic-attributes'>(inventory, key);
    const kmsMasterKeyId = part?.kind === 'present' ? part.value?.kmsMasterKeyId : undefined;
    if (kmsMasterKeyId !== undefined) return { kind: 'key', kmsMasterKeyId };
  }
  return { kind: 'key' };
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
