import * as v from 'valibot';

import type { Inventory, Parts, ReadPart } from './model.ts';
import { partOf } from './model.ts';
import type { InventoryReader } from './reader.ts';

/** The version of the file format that this reader understands. */
export const SNAPSHOT_FORMAT_VERSION = 1;

/** A file is not a snapshot. The message names the path inside the file, what was expected and what was found. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

const text = v.string();
const texts = v.array(text);
const time = v.pipe(text, v.isoTimestamp('a time in UTC such as "2026-11-20T10:00:00.000Z"'));

const part = <T extends v.GenericSchema>(value: T) =>
  v.variant('kind', [
    v.strictObject({ kind: v.literal('present'), value }),
    v.strictObject({
      kind: v.literal('unreadable'),
      failure: v.strictObject({
        service: text,
        operation: text,
        error: text,
        missingIamAction: v.exactOptional(text),
      }),
    }),
  ]);
const partsOf = <T extends v.GenericSchema>(value: T) => v.exactOptional(v.record(text, part(value)));

const trail = v.strictObject({
  trailArn: text,
  name: text,
  homeRegion: text,
  isMultiRegionTrail: v.boolean(),
  isOrganizationTrail: v.boolean(),
  includeGlobalServiceEvents: v.boolean(),
  cloudWatchLogsLogGroupArn: v.exactOptional(text),
});

const trailStatus = v.strictObject({
  isLogging: v.boolean(),
  startLoggingTime: v.exactOptional(time),
  latestCloudWatchLogsDeliveryTime: v.exactOptional(time),
  latestCloudWatchLogsDeliveryError: v.exactOptional(text),
});

const eventSelectors = v.strictObject({
  eventSelectors: v.array(
    v.strictObject({
      readWriteType: v.picklist(['All', 'ReadOnly', 'WriteOnly']),
      includeManagementEvents: v.boolean(),
      excludeManagementEventSources: texts,
    }),
  ),
  advancedEventSelectors: v.array(
    v.strictObject({
      name: v.exactOptional(text),
      fieldSelectors: v.array(
        v.strictObject({
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

const metricFilter = v.strictObject({
  filterName: text,
  filterPattern: text,
  metricTransformations: v.array(
    v.strictObject({
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

const dimensions = v.array(v.strictObject({ name: text, value: text }));
const alarmBase = { alarmName: text, alarmArn: text, actionsEnabled: v.boolean(), alarmActions: texts };

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
    v.strictObject({
      id: text,
      expression: v.exactOptional(text),
      returnData: v.exactOptional(v.boolean()),
      period: v.exactOptional(v.number()),
      accountId: v.exactOptional(text),
      metricStat: v.exactOptional(
        v.strictObject({
          metric: v.strictObject({ namespace: text, metricName: text, dimensions }),
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

const muteRule = v.strictObject({
  name: text,
  expression: text,
  duration: text,
  timezone: v.exactOptional(text),
  startDate: v.exactOptional(time),
  expireDate: v.exactOptional(time),
});

const alarmAction = v.strictObject({
  timestamp: time,
  summary: text,
  actionState: v.exactOptional(text),
  notificationResource: v.exactOptional(text),
  error: v.exactOptional(text),
});

const parts = v.strictObject({
  trails: partsOf(v.array(trail)),
  'trail-status': partsOf(v.nullable(trailStatus)),
  'event-selectors': partsOf(v.nullable(eventSelectors)),
  'log-group': partsOf(v.nullable(v.strictObject({ logGroupClass: text }))),
  'log-transformers': partsOf(v.strictObject({ ofLogGroup: v.boolean(), ofAccount: v.boolean() })),
  'metric-filters': partsOf(v.nullable(v.array(metricFilter))),
  'alarms-for-metric': partsOf(v.array(metricAlarm)),
  alarms: partsOf(v.array(alarm)),
  'mute-rules': partsOf(v.array(muteRule)),
  'alarm-history': partsOf(v.array(alarmAction)),
  'topic-attributes': partsOf(v.nullable(v.strictObject({ policy: text, kmsMasterKeyId: v.exactOptional(text) }))),
  key: partsOf(
    v.nullable(v.strictObject({ keyManager: v.picklist(['AWS', 'CUSTOMER']), keyState: text, policy: text })),
  ),
  'subscription-attributes': partsOf(
    v.nullable(v.strictObject({ filterPolicy: v.exactOptional(text), filterPolicyScope: v.exactOptional(text) })),
  ),
  subscriptions: partsOf(v.nullable(v.array(v.strictObject({ subscriptionArn: text, protocol: text })))),
}) satisfies v.GenericSchema<unknown, Parts>;

const snapshot = v.strictObject({
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
  if (Array.isArray(data)) throw new SnapshotError('expected one JSON object, found a list');
  const result = v.safeParse(snapshot, data, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    // A check has no type to name; its message says what it asks for.
    const expected = issue.expected ?? issue.message;
    throw new SnapshotError(`at \`${pathOf(issue)}\`: expected ${expected}, found ${issue.received}`);
  }
  const { accountId, region, readAt, parts: saved } = result.output;
  return { accountId, region, readAt, parts: saved };
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
 * unreadable: what was not saved cannot be told.
 */
export function snapshotReader(inventory: Inventory): InventoryReader {
  const { accountId, region, readAt } = inventory;
  return {
    describe: () => Promise.resolve({ accountId, region, readAt }),
    read: (keys) =>
      Promise.resolve(
        keys.map((key): ReadPart => {
          const known = partOf(inventory, key);
          const failure = { service: 'snapshot', operation: key.kind, error: 'NotInSnapshot' };
          return { key, part: known ?? { kind: 'unreadable', failure } } as ReadPart;
        }),
      ),
  };
}
