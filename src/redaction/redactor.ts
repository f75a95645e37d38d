import type { Inventory } from '../inventory/model.ts';
import { logGroupName, resourceName } from '../inventory/arn.ts';
import type { NameKind, StandIn } from './stand-in.ts';

/** What is known of the account while it is rewritten. */
export interface Redactor {
  readonly standIn: StandIn;
  readonly known: Known;
}

/** What the texts of an account may speak of. */
export interface Known {
  readonly accountIds: readonly string[];
  readonly alarmNames: readonly string[];
  readonly alarmArns: readonly string[];
  readonly topicArns: readonly string[];
  /** What trails, log groups, topics and alarms are called, for texts that speak of them by name. */
  readonly names: ReadonlyMap<string, NameKind>;
  /** What finds the ARNs of alarms, and such names, in a text. */
  readonly mentions: { readonly alarmArns: RegExp; readonly names: RegExp };
  /** Metrics that the filters publish. */
  readonly metricNames: readonly string[];
  /** The dimensions that the filters publish, each with the selectors that its value is taken from. */
  readonly dimensions: ReadonlyMap<string, readonly string[]>;
}

/** Looks through an inventory for what its policies, queries and alarms may speak of. */
export function knownIn({ accountId, parts }: Inventory): Known {
  const alarms = [...valuesOf(parts.alarms), ...valuesOf(parts['alarms-for-metric'])];
  const filters = valuesOf(parts['metric-filters']);
  const transformations = filters.flatMap(({ metricTransformations }) => metricTransformations);
  const topics = [...Object.keys(parts['topic-attributes'] ?? {}), ...Object.keys(parts.subscriptions ?? {})];
  const alarmArns = [...new Set(alarms.map(({ alarmArn }) => alarmArn))];
  const dimensions = new Map<string, string[]>();
  for (const [name, selector] of transformations.flatMap((one) => Object.entries(one.dimensions ?? {}))) {
    dimensions.set(name, [...(dimensions.get(name) ?? []), selector]);
  }
  for (const name of filters.flatMap(({ emitSystemFieldDimensions = [] }) => emitSystemFieldDimensions)) {
    dimensions.set(name, [...(dimensions.get(name) ?? []), name]);
  }
  const names = new Map<string, NameKind>([
    ...alarms.map(({ alarmName }) => [alarmName, 'alarm'] as const),
    ...topics.map((arn) => [resourceName(arn), 'topic'] as const),
    ...Object.keys(parts['metric-filters'] ?? {}).map((arn) => [logGroupName(arn), 'log-group'] as const),
    ...valuesOf(parts.trails).map(({ name }) => [name, 'trail'] as const),
  ]);
  return {
    accountIds: [...new Set([accountId, ...[...alarmArns, ...topics].map((arn) => arn.split(':')[4] ?? '')])],
    alarmNames: [...new Set(alarms.map(({ alarmName }) => alarmName))],
    alarmArns,
    topicArns: [...new Set(topics)],
    names,
    mentions: { alarmArns: anyOf(alarmArns), names: anyOf([...names.keys()]) },
    metricNames: [...new Set(transformations.map(({ metricName }) => metricName))],
    dimensions,
  };
}

type ListParts<T> = Readonly<
  Record<string, { readonly kind: 'present'; readonly value: readonly T[] | null } | { readonly kind: 'unreadable' }>
>;

function valuesOf<T>(parts: ListParts<T> = {}): readonly T[] {
  return Object.values(parts).flatMap((part) => (part.kind === 'present' ? (part.value ?? []) : []));
}

/** Any of some texts, the longest that there is, and no part of a longer word. */
function anyOf(texts: readonly string[]): RegExp {
  const longestFirst = [...texts].filter((text) => text !== '').sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`(?<![\\w/.-])(?:${escaped.join('|') || '(?!)'})(?![\\w/-])`, 'g');
}
