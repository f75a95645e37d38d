import { parseArn } from '../inventory/arn.ts';
import type { Inventory } from '../inventory/model.ts';
import type { ComparedTexts } from './compared-texts.ts';
import { comparedTexts } from './compared-texts.ts';
import { lastNameOf } from './redact-selector.ts';
import type { Names } from './names.ts';

/** What is known of the account while it is rewritten. */
export interface Redactor {
  readonly names: Names;
  readonly known: Known;
  /** Notes that something cannot be shown; the filter that it belongs to is left out. */
  readonly omit: (place: string) => void;
}

/** What the texts of an account may speak of. */
export interface Known {
  readonly accountIds: readonly string[];
  readonly alarmNames: readonly string[];
  readonly alarmArns: readonly string[];
  readonly topicArns: readonly string[];
  readonly keyArns: readonly string[];
  /** Metrics that the filters publish. */
  readonly metricNames: readonly string[];
  readonly namespaces: readonly string[];
  /** The dimensions that the filters publish, each with the names of the fields that its value is taken from. */
  readonly dimensions: ReadonlyMap<string, ReadonlySet<string>>;
  /** What regular expressions must match in the copy as they do in the account. */
  readonly compared: ComparedTexts;
}

/** Looks through an inventory for what its policies, queries and alarms may speak of. */
export function knownIn({ accountId, parts }: Inventory): Known {
  const alarms = [...valuesOf(parts.alarms), ...valuesOf(parts['alarms-for-metric'])];
  const publishers = valuesOf(parts['metric-publishers']).map(({ filter }) => filter);
  const filters = [...valuesOf(parts['metric-filters']), ...publishers];
  const transformations = filters.flatMap(({ metricTransformations }) => metricTransformations);
  const topicArns = [...Object.keys(parts['topic-attributes'] ?? {}), ...Object.keys(parts.subscriptions ?? {})];
  const alarmArns = alarms.map(({ alarmArn }) => alarmArn);
  const keys = Object.entries(parts.key ?? {});
  const keyArns = keys.flatMap(([id, part]) => [
    ...(id.startsWith('arn:') ? [id] : []),
    ...(part.kind === 'present' && part.value?.arn !== undefined ? [part.value.arn] : []),
  ]);
  const dimensions = new Map<string, Set<string>>();
  const publish = (name: string, field: string) =>
    dimensions.set(name, (dimensions.get(name) ?? new Set<string>()).add(field));
  for (const [name, selector] of transformations.flatMap((one) => Object.entries(one.dimensions ?? {}))) {
    publish(name, lastNameOf(selector));
  }
  for (const name of filters.flatMap(({ emitSystemFieldDimensions = [] }) => emitSystemFieldDimensions)) {
    publish(name, name);
  }
  const owners = [...alarmArns, ...topicArns].flatMap((arn) => parseArn(arn)?.accountId ?? []);
  return {
    accountIds: unique([accountId, ...owners]),
    alarmNames: unique(alarms.map(({ alarmName }) => alarmName)),
    alarmArns: unique(alarmArns),
    topicArns: unique(topicArns),
    keyArns: unique(keyArns),
    metricNames: unique(transformations.map(({ metricName }) => metricName)),
    namespaces: unique(transformations.map(({ metricNamespace }) => metricNamespace)),
    dimensions,
    compared: comparedTexts(
      Object.values(parts['event-selectors'] ?? {}).flatMap((part) =>
        part.kind === 'present' && part.value !== null ? [part.value] : [],
      ),
      filters.map(({ filterPattern }) => filterPattern),
    ),
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

type ListParts<T> = Readonly<
  Record<string, { readonly kind: 'present'; readonly value: readonly T[] | null } | { readonly kind: 'unreadable' }>
>;

function valuesOf<T>(parts: ListParts<T> = {}): readonly T[] {
  return Object.values(parts).flatMap((part) => (part.kind === 'present' ? (part.value ?? []) : []));
}
