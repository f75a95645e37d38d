import { byCodeUnit } from '../../../chain/base/by-code-unit.ts';
import type { UnsatisfiedChain } from '../../../chain/verdict.ts';
import { isTopic, parseArn } from '../../../inventory/arn.ts';
import type { PartKey } from '../../../inventory/model.ts';
import { alarmsOnMetric, partOf } from '../../../inventory/model.ts';
import { metricFiltersKey, topicAttributesKey } from '../../../inventory/part-keys.ts';
import type { Alarm, MetricFilter } from '../../../inventory/resources.ts';
import { freeName } from '../../../report/free-name.ts';
import { baseNames } from '../names.ts';
import type { Change } from '../plan.ts';
import type { Fix, FixTask } from './task.ts';
import { allowPublishChange, policyForEvents } from './topic-policy.ts';

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
  task: FixTask,
  alarms: readonly Alarm[],
): TopicCandidates | Fix {
  const place = placeOf(logGroupArn);
  if (task.choices.topicArn !== undefined) return chosenTopic(task.choices.topicArn, place, 'CloudWatch', task);
  const named = findNamedTopics(place, task);
  if (named.kind === 'needs') return named;
  const existing = [...new Set([...topicsInUse(chain, logGroupArn, task, alarms), ...named.existing])];
  const used = existing
    .slice(0, MOST_TOPICS)
    .map((arn): TopicCandidate => ({ topicArn: arn, before: [], isChosen: false }));
  const created = newTopics(named.free, existing, task);
  return created.kind === 'topics' ? { kind: 'topics', candidates: [...used, ...created.candidates] } : created;
}

/**
 * The topics that come into question for a new rule: the one that the user chose; or those that earlier remediations
 * created, as they are or with EventBridge allowed to publish, then a new one, encrypted if the one next to it is.
 *
 * @param unfit - the topic of the chain, which is not good enough
 */
export function findTopicsForRule(
  place: NotifierPlace,
  unfit: string | undefined,
  task: FixTask,
): TopicCandidates | Fix {
  if (task.choices.topicArn !== undefined) return chosenTopic(task.choices.topicArn, place, 'EventBridge', task);
  const named = findNamedTopics(place, task);
  if (named.kind === 'needs') return named;
  const used = named.existing
    .filter((arn) => arn !== unfit)
    .slice(0, MOST_TOPICS)
    .flatMap((topicArn) => waysToUse(topicArn, 'EventBridge', task))
    .map((way): TopicCandidate => ({ ...way, isChosen: false }));
  const neighbours = [...(unfit === undefined ? [] : [unfit]), ...named.existing];
  const created = newTopics(named.free, neighbours, task, policyForEvents(named.free));
  return created.kind === 'topics' ? { kind: 'topics', candidates: [...used, ...created.candidates] } : created;
}

/** Where something that notifies a topic is, and so the topic. */
export interface NotifierPlace {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

function placeOf(arn: string): NotifierPlace {
  const { partition = 'aws', region = '', accountId = '' } = parseArn(arn) ?? {};
  return { partition, region, accountId };
}

/** The topics with the names that a remediation gives, and the first such name that is free. */
function findNamedTopics(
  { partition, region, accountId }: NotifierPlace,
  { control, inventory }: FixTask,
): Needs | { readonly kind: 'named'; readonly existing: readonly string[]; readonly free: string } {
  const arnOf = (name: string) => `arn:${partition}:sns:${region}:${accountId}:${name}`;
  const existing: string[] = [];
  for (;;) {
    const topicArn = arnOf(freeName(baseNames(control).topic, (name) => existing.includes(arnOf(name))));
    const key = topicAttributesKey(topicArn);
    const attributes = partOf<'topic-attributes'>(inventory, key);
    if (attributes === undefined) return { kind: 'needs', keys: [key] };
    // Where one cannot look, the name counts as free: the commands leave a topic of that name as it is.
    if (attributes.kind !== 'present' || attributes.value === null) return { kind: 'named', existing, free: topicArn };
    existing.push(topicArn);
  }
}

/** A new topic, with the key of a topic next to it and without; none where one is planned already. */
function newTopics(
  topicArn: string,
  neighbours: readonly string[],
  task: FixTask,
  policy?: string,
): TopicCandidates | Needs {
  if (task.planned.has('create-topic')) return { kind: 'topics', candidates: [] };
  const neighbour = findNeighbourKey(neighbours, task);
  if (neighbour.kind === 'needs') return neighbour;
  const plain = {
    kind: 'create-topic',
    topicArn,
    isNamed: false,
    ...(policy === undefined ? {} : { policy }),
  } as const;
  const { kmsMasterKeyId } = neighbour;
  const created: readonly Change[] = [...(kmsMasterKeyId === undefined ? [] : [{ ...plain, kmsMasterKeyId }]), plain];
  return {
    kind: 'topics',
    candidates: created.map((change): TopicCandidate => ({ topicArn, before: [change], isChosen: false })),
  };
}

/** The topic that the user chose, as it is, and with the service allowed to publish. */
function chosenTopic(topicArn: string, place: NotifierPlace, service: Publisher, task: FixTask): TopicCandidates | Fix {
  const chosen = parseArn(topicArn);
  if (chosen?.region !== place.region || chosen.partition !== place.partition) {
    const what = service === 'CloudWatch' ? 'alarm' : 'rule';
    const where = `in region ${place.region} of partition ${place.partition}`;
    return { kind: 'asks', question: `the ${what} will be ${where}, so it needs a topic there, not ${topicArn}` };
  }
  const key = topicAttributesKey(topicArn);
  if (partOf<'topic-attributes'>(task.inventory, key) === undefined) return { kind: 'needs', keys: [key] };
  const ways = waysToUse(topicArn, service, task);
  return { kind: 'topics', candidates: ways.map((way) => ({ ...way, isChosen: true })) };
}

type Publisher = 'CloudWatch' | 'EventBridge';

/** A topic as it is, and, if it is the account's own, with the service allowed to publish. */
function waysToUse(
  topicArn: string,
  service: Publisher,
  { inventory }: FixTask,
): readonly Pick<TopicCandidate, 'topicArn' | 'before'>[] {
  const part = partOf<'topic-attributes'>(inventory, topicAttributesKey(topicArn));
  const policy = part?.kind === 'present' ? part.value?.policy : undefined;
  const isOwn = parseArn(topicArn)?.accountId === inventory.accountId;
  const allow = policy === undefined || !isOwn ? undefined : allowPublishChange(topicArn, policy, service);
  return [{ topicArn, before: [] }, ...(allow === undefined ? [] : [{ topicArn, before: [allow] }])];
}

/** The topics in the alarm's region that the chain's alarm notifies, then those of other alarms of the log group. */
function topicsInUse(
  chain: UnsatisfiedChain,
  logGroupArn: string,
  task: FixTask,
  alarms: readonly Alarm[],
): readonly string[] {
  const { region } = parseArn(logGroupArn) ?? {};
  const inUse = [...(chain.path.alarm?.alarmActions ?? []), ...topicsOfLogGroup(logGroupArn, task, alarms)];
  return inUse.filter((arn) => isTopic(arn) && parseArn(arn)?.region === region);
}

/** The key with which a topic next to the new one is encrypted, if any is. */
function findNeighbourKey(
  topicArns: readonly string[],
  { inventory }: FixTask,
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
function topicsOfLogGroup(logGroupArn: string, { inventory }: FixTask, alarms: readonly Alarm[]): readonly string[] {
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
