import * as v from 'valibot';

import type { PartKind, Parts } from './model.ts';
import { textMap } from './text-map.ts';

/**
 * The version of the format of snapshots. It goes up with every change of what a file may hold, and the change gets a step
 * in `snapshot/upgrades.ts`.
 */
export const SNAPSHOT_FORMAT_VERSION = 2;

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
/** Parts of one kind by name; `meaning` is for the JSON schema. */
const partsOf = <T extends v.GenericSchema>(meaning: string, value: T) =>
  v.exactOptional(v.pipe(v.record(text, part(value)), v.description(meaning)));

/** A member with its meaning for the JSON schema. */
const said = <T extends v.GenericSchema>(schema: T, meaning: string) => v.pipe(schema, v.description(meaning));
const maybe = <T extends v.GenericSchema>(schema: T, meaning: string) => v.exactOptional(said(schema, meaning));

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
  trails: partsOf('Every trail that applies to the account, under the name `account`.', v.array(trail)),
  'trail-status': partsOf('Whether a trail is logging, by its ARN.', v.nullable(trailStatus)),
  'event-selectors': partsOf('Which events a trail records, by its ARN.', v.nullable(eventSelectors)),
  'log-group': partsOf('A log group, by its ARN.', v.nullable(object({ logGroupClass: text }))),
  'log-transformers': partsOf(
    'Whether the events of a log group are transformed, by its ARN.',
    object({ ofLogGroup: v.boolean(), ofAccount: v.boolean() }),
  ),
  'metric-filters': partsOf('Every metric filter of a log group, by its ARN.', v.nullable(v.array(metricFilter))),
  'metric-publishers': partsOf(
    'Every metric filter that publishes to a metric, by account, region and metric.',
    v.array(object({ logGroupName: text, filter: metricFilter })),
  ),
  'alarms-for-metric': partsOf('The alarms on a metric, by account, region and metric.', v.array(metricAlarm)),
  alarms: partsOf('Every alarm, by account and region.', v.array(alarm)),
  'mute-rules': partsOf('The rules that mute an alarm, by account, region and alarm.', v.array(muteRule)),
  'alarm-history': partsOf('The last actions of an alarm, by account, region and alarm.', v.array(alarmAction)),
  'event-rules': partsOf(
    'Every rule of an EventBridge event bus, by the ARN of the bus.',
    v.nullable(v.array(object({ name: text, state: text, eventPattern: v.exactOptional(text) }))),
  ),
  'event-rule-targets': partsOf(
    'Every target of an EventBridge rule, by the ARN of its bus and its name.',
    v.nullable(v.array(object({ id: text, arn: text, roleArn: v.exactOptional(text) }))),
  ),
  'topic-attributes': partsOf(
    'The policy and the key of a topic, by its ARN.',
    v.nullable(object({ policy: text, kmsMasterKeyId: v.exactOptional(text) })),
  ),
  key: partsOf(
    'The key of a topic, by its ARN, or by account, region and id.',
    v.nullable(object({ arn: v.exactOptional(text), keyManager: text, keyState: text, policy: text })),
  ),
  'subscription-attributes': partsOf(
    'The filter policy of a subscription, by its ARN.',
    v.nullable(object({ filterPolicy: v.exactOptional(text), filterPolicyScope: v.exactOptional(text) })),
  ),
  subscriptions: partsOf(
    'Every subscription of a topic, by its ARN.',
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

const head = object({
  toolVersion: maybe(text, 'The version of the program that read the account.'),
  startedAt: maybe(time, 'When reading began, in UTC.'),
  endedAt: maybe(time, 'When reading ended, in UTC.'),
  caller: maybe(text, 'The ARN of the identity that read the account, as GetCallerIdentity says it.'),
  endpoint: maybe(text, 'The address that was asked in place of AWS; absent for AWS.'),
  regions: maybe(texts, 'The regions that were read.'),
  command: maybe(texts, 'The command that was given, word by word, without secrets.'),
  redacted: maybe(v.literal(true), 'Set for a copy under other names, which names neither the caller nor the command.'),
  upgradedFrom: maybe(v.number(), 'The version of the older file of which this one is a copy.'),
  notHeld: maybe(texts, 'What that older file did not hold, in sentences.'),
  completeness: maybe(
    object({
      isComplete: said(v.boolean(), 'Whether nothing was refused.'),
      read: said(v.record(text, v.number()), 'How many parts of each kind were read.'),
      refused: said(
        v.array(
          object({ part: text, service: text, operation: text, error: text, missingIamAction: v.exactOptional(text) }),
        ),
        'The parts that could not be read, and why.',
      ),
      notNeeded: said(texts, 'The kinds of parts to which nothing in the account leads.'),
    }),
    'Of every kind of part: read, refused or not needed.',
  ),
});

const integrity = object({
  sha256: said(
    text,
    'The SHA-256 of the canonical form (RFC 8785) of this file without `integrity`, in hexadecimal digits.',
  ),
  signature: maybe(
    object({
      algorithm: said(text, 'As AWS KMS calls it.'),
      publicKey: said(text, 'In DER (SubjectPublicKeyInfo), in base64.'),
      keyArn: maybe(text, 'The key in AWS KMS; absent for a key of a file.'),
      signedAt: said(time, 'When it was signed, in UTC.'),
      value: said(text, 'The signature of the canonical form of `integrity` without `value`, in base64.'),
    }),
    'A signature of the digest, the algorithm, the key and the time.',
  ),
});

/** A file with a saved inventory. */
export const snapshotSchema = object({
  formatVersion: said(v.literal(SNAPSHOT_FORMAT_VERSION), 'The version of this format. It goes up with every change.'),
  head: said(head, 'How the account was read.'),
  accountId: v.pipe(text, v.regex(/^[0-9]{12}$/u, 'twelve digits'), v.description('The account.')),
  region: said(text, 'The region from which the account is seen.'),
  readAt: said(time, 'The time from which ages are reckoned, in UTC.'),
  parts: said(
    parts,
    'What was read, by kind and name. Each part is present or unreadable; `null`: there is no such thing.',
  ),
  integrity: maybe(integrity, 'What shows that the file is as it was written.'),
});
