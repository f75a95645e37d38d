import * as v from 'valibot';

import type { PartKind, Parts } from './model.ts';
import { textMap } from './text-map.ts';

/** The version of the file format that this reader understands. */
export const SNAPSHOT_FORMAT_VERSION = 1;

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

const failure = object({
  service: text,
  operation: text,
  error: text,
  missingIamAction: v.exactOptional(text),
});

const part = <T extends v.GenericSchema>(value: T) =>
  v.variant('kind', [
    v.strictObject({ kind: v.literal('present'), value }),
    v.strictObject({
      kind: v.literal('unreadable'),
      failure,
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
  unread: v.exactOptional(failure),
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
      dimensions: v.exactOptional(textMap),
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

/** A file with a saved inventory. */
export const snapshotSchema = object({
  formatVersion: v.literal(SNAPSHOT_FORMAT_VERSION),
  accountId: v.pipe(
    text,
    v.check((id) => /^\d{12}$/.test(id), 'twelve digits'),
  ),
  region: text,
  readAt: time,
  parts,
});
