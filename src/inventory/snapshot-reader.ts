import * as v from 'valibot';

import { logGroupName, parseArn } from './arn.ts';
import type { Inventory, Part, PartKey, PartKind, Parts, PartValues, ReadPart } from './model.ts';
import { partOf } from './model.ts';
import type { InventoryReader } from './reader.ts';

/** The version of the file format that this reader understands. */
export const SNAPSHOT_FORMAT_VERSION = 1;

/** A file is not a snapshot. The message names the place in the file and what must be there. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

const text = v.string();
const texts = v.array(text);
const time = v.pipe(text, v.isoTimestamp('a time in UTC such as "2026-11-20T10:00:00.000Z"'));

/** An object with these members and no others. Alone, `strictObject` takes a list for an object without members. */
const object = <E extends v.ObjectEntries>(entries: E) =>
  v.pipe(
    v.any(),
    v.check((value) => !Array.isArray(value), 'an object'),
    v.strictObject(entries),
  );

const part = <T extends v.GenericSchema>(value: T) =>
  v.variant('kind', [
    v.strictObject({ kind: v.literal('present'), value }),
    v.strictObject({
      kind: v.literal('unreadable'),
      failure: object({
        service: text,
        operation: text,
        error: text,
        missingIamAction: v.exactOptional(text),
      }),
    }),
  ]);
const partsOf = <T extends v.GenericSchema>(value: T) => v.exactOptional(v.record(text, part(value)));

const trail = object({
  trailArn: text,
  name: text,
  homeRegion: text,
  isMultiRegionTrail: v.boolean(),
  isOrganizationTrail: v.boolean(),
  includeGlobalServiceEvents: v.boolean(),
  cloudWatchLogsLogGroupArn: v.exactOptional(text),
});

const trailStatus = object({
  isLogging: v.boolean(),
  startLoggingTime: v.exactOptional(time),
  latestCloudWatchLogsDeliveryTime: v.exactOptional(time),
  latestCloudWatchLogsDeliveryError: v.exactOptional(text),
});

const eventSelectors = object({
  eventSelectors: v.array(
    object({
      readWriteType: v.exactOptional(text),
      includeManagementEvents: v.exactOptional(v.boolean()),
      excludeManagementEventSources: texts,
      dataResourceTypes: v.exactOptional(texts),
    }),
  ),
  advancedEventSelectors: v.array(
    object({
      name: v.exactOptional(text),
      fieldSelectors: v.array(
        object({
          field: text,
          equals: v.exactOptional(texts),
          notEquals: v.exactOptional(texts),
          startsWith: v.exactOptional(texts),
          notStartsWith: v.exactOptional(texts),
          endsWith: v.exactOptional(texts),
          notEndsWith: v.exactOptional(texts),
        }),
      ),
    }),
  ),
});

const metricFilter = object({
  filterName: text,
  filterPattern: text,
  metricTransformations: v.array(
    object({
      metricNamespace: text,
      metricName: text,
      metricValue: text,
      defaultValue: v.exactOptional(v.number()),
      dimensions: v.exactOptional(v.record(text, text)),
      unit: v.exactOptional(text),
    }),
  ),
  applyOnTransformedLogs: v.exactOptional(v.boolean()),
  fieldSelectionCriteria: v.exactOptional(text),
  emitSystemFieldDimensions: v.exactOptional(texts),
});

const dimensions = v.array(object({ name: text, value: text }));
const alarmBase = {
  alarmName: text,
  alarmArn: text,
  actionsEnabled: v.exactOptional(v.boolean()),
  alarmActions: texts,
  stateValue: v.exactOptional(text),
  stateTransitionedTimestamp: v.exactOptional(time),
  evaluationState: v.exactOptional(text),
  alarmConfigurationUpdatedTimestamp: v.exactOptional(time),
  warmUpConfiguration: v.exactOptional(
    object({
      warmUpPeriodDurationInMinutes: v.exactOptional(v.number()),
      onlyStartEvaluatingAfterWarmUpPeriodEnds: v.exactOptional(v.boolean()),
    }),
  ),
};

const metricAlarm = v.strictObject({
  kind: v.literal('metric-alarm'),
  ...alarmBase,
  namespace: v.exactOptional(text),
  metricName: v.exactOptional(text),
  dimensions,
  statistic: v.exactOptional(text),
  extendedStatistic: v.exactOptional(text),
  period: v.exactOptional(v.number()),
  unit: v.exactOptional(text),
  evaluationPeriods: v.exactOptional(v.number()),
  datapointsToAlarm: v.exactOptional(v.number()),
  threshold: v.exactOptional(v.number()),
  comparisonOperator: v.exactOptional(text),
  treatMissingData: v.exactOptional(text),
  evaluateLowSampleCountPercentile: v.exactOptional(text),
  thresholdMetricId: v.exactOptional(text),
  evaluationWindow: v.exactOptional(text),
  promQuery: v.exactOptional(text),
  metrics: v.array(
    object({
      id: text,
      expression: v.exactOptional(text),
      returnData: v.exactOptional(v.boolean()),
      period: v.exactOptional(v.number()),
      accountId: v.exactOptional(text),
      metricStat: v.exactOptional(
        object({
          metric: object({ namespace: text, metricName: text, dimensions }),
          period: v.number(),
          stat: text,
          unit: v.exactOptional(text),
        }),
      ),
    }),
  ),
});

const alarm = v.variant('kind', [
  metricAlarm,
  v.strictObject({
    kind: v.literal('composite-alarm'),
    ...alarmBase,
    alarmRule: text,
    actionsSuppressor: v.exactOptional(text),
    actionsSuppressorWaitPeriod: v.exactOptional(v.number()),
  }),
  v.strictObject({ kind: v.literal('log-alarm'), ...alarmBase }),
]);

const muteRule = object({
  name: text,
  expression: text,
  duration: text,
  timezone: v.exactOptional(text),
  startDate: v.exactOptional(time),
  expireDate: v.exactOptional(time),
});

const alarmAction = object({
  timestamp: time,
  summary: text,
  actionState: v.exactOptional(text),
  notificationResource: v.exactOptional(text),
  error: v.exactOptional(text),
});

/** One schema for each kind of part: a kind without one does not compile. */
const partSchemas = {
  trails: partsOf(v.array(trail)),
  'trail-status': partsOf(v.nullable(trailStatus)),
  'event-selectors': partsOf(v.nullable(eventSelectors)),
  'log-group': partsOf(v.nullable(object({ logGroupClass: text }))),
  'log-transformers': partsOf(object({ ofLogGroup: v.boolean(), ofAccount: v.boolean() })),
  'metric-filters': partsOf(v.nullable(v.array(metricFilter))),
  'metric-publishers': partsOf(v.array(object({ logGroupName: text, filter: metricFilter }))),
  'alarms-for-metric': partsOf(v.array(metricAlarm)),
  alarms: partsOf(v.array(alarm)),
  'mute-rules': partsOf(v.array(muteRule)),
  'alarm-history': partsOf(v.array(alarmAction)),
  'topic-attributes': partsOf(v.nullable(object({ policy: text, kmsMasterKeyId: v.exactOptional(text) }))),
  key: partsOf(v.nullable(object({ arn: v.exactOptional(text), keyManager: text, keyState: text, policy: text }))),
  'subscription-attributes': partsOf(
    v.nullable(object({ filterPolicy: v.exactOptional(text), filterPolicyScope: v.exactOptional(text) })),
  ),
  subscriptions: partsOf(
    v.nullable(
      v.array(
        object({
          subscriptionArn: text,
          protocol: text,
          owner: v.exactOptional(text),
          endpoint: v.exactOptional(text),
        }),
      ),
    ),
  ),
} satisfies Readonly<Record<PartKind, v.GenericSchema>>;
const parts = object(partSchemas) satisfies v.GenericSchema<unknown, Parts>;

const snapshot = object({
  formatVersion: v.literal(SNAPSHOT_FORMAT_VERSION),
  accountId: v.pipe(
    text,
    v.check((id) => /^\d{12}$/.test(id), 'twelve digits'),
  ),
  region: text,
  readAt: time,
  parts,
});

/**
 * Reads a saved inventory.
 *
 * @param json - the file's text
 * @returns the inventory as it was saved
 * @throws SnapshotError if the text is not a snapshot of this format version
 */
export function parseSnapshot(json: string): Inventory {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (cause) {
    throw new SnapshotError(`not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new SnapshotError('not a snapshot file: it does not hold a JSON object');
  }
  if ('results' in data) throw new SnapshotError('not a snapshot file: it holds results of `evaluate`');
  if (!('formatVersion' in data)) throw new SnapshotError('not a snapshot file: it has no `formatVersion`');
  const result = v.safeParse(snapshot, data, { abortEarly: true });
  if (!result.success) throw new SnapshotError(describeIssue(result.issues[0]));
  const { accountId, region, readAt, parts: saved } = result.output;
  return { accountId, region, readAt, parts: saved };
}

/** The place in the file, what it must be, and what it is. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  const place = `\`${pathOf(issue)}\``;
  if (issue.expected === 'never') return `${place} is not a member that a snapshot has at this place`;
  if (issue.received === 'undefined') return `${place} is missing`;
  // A check has no type to name; its message says what it asks for.
  const expected = issue.expected === null ? issue.message : inWords(issue.expected);
  return `${place} must be ${expected}, not ${inWords(issue.received)}`;
}

const typesInWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
};

/** A type in the notation of the validator, such as `string` or `("a" | "b")`, in words. */
function inWords(type: string): string {
  const types = type.replace(/^\((.*)\)$/s, '$1').split(' | ');
  return types.map((one) => typesInWords[one] ?? one).join(' or ');
}

/** The path of an issue as one would write it: `parts.trails["account"].value[0].name`. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  const steps = (issue.path ?? []).map(({ key }) => {
    if (typeof key === 'number') return `[${key}]`;
    return /^[A-Za-z_][\w-]*$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(key)}]`;
  });
  return steps.join('').replace(/^\./, '') || 'the file';
}

/**
 * Answers from a saved inventory, with the same interface as a live account. A part that the file does not hold is
 * unreadable, because what was not saved is not known.
 *
 * Earlier versions did not save who publishes to a metric. The filters of all log groups in the file stand in for it.
 */
export function snapshotReader(inventory: Inventory): InventoryReader {
  const { accountId, region, readAt } = inventory;
  return {
    describe: () => Promise.resolve({ accountId, region, readAt }),
    read: (keys) =>
      Promise.resolve(
        keys.map((key): ReadPart => {
          const known = partOf(inventory, key) ?? publishersFromLogGroups(key, inventory);
          const failure = { service: 'snapshot', operation: key.kind, error: 'NotInSnapshot' };
          return { key, part: known ?? { kind: 'unreadable', failure } } as ReadPart;
        }),
      ),
  };
}

/** Who publishes to a metric, as far as the metric filters of the log groups in an inventory show it. */
export function publishersFromLogGroups(
  key: PartKey,
  { parts: { 'metric-filters': lists = {} } }: Inventory,
): Part<PartValues['metric-publishers']> | undefined {
  if (key.kind !== 'metric-publishers') return undefined;
  const value = Object.entries(lists).flatMap(([logGroupArn, list]) => {
    const { accountId, region } = parseArn(logGroupArn) ?? {};
    if (list.kind === 'unreadable' || accountId !== key.accountId || region !== key.region) return [];
    return (list.value ?? [])
      .filter(({ metricTransformations }) =>
        metricTransformations.some((one) => one.metricNamespace === key.namespace && one.metricName === key.metricName),
      )
      .map((filter) => ({ logGroupName: logGroupName(logGroupArn), filter }));
  });
  return { kind: 'present', value };
}
