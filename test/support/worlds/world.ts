import type { Inventory, Part, PartKey, Parts } from '../../../src/inventory/model.ts';
import type {
  Alarm,
  AlarmAction,
  AlarmMuteRule,
  CompositeAlarm,
  EventRule,
  EventRuleTarget,
  EventSelectors,
  FilterOfLogGroup,
  Key,
  LogAlarm,
  LogGroup,
  LogTransformers,
  MetricAlarm,
  MetricFilter,
  ScheduledQueryConfiguration,
  Subscription,
  SubscriptionAttributes,
  TopicAttributes,
  Trail,
  TrailStatus,
} from '../../../src/inventory/resources.ts';
import { logGroupName, parseArn } from '../../../src/inventory/arn.ts';
import { partId } from '../../../src/inventory/model.ts';
import { metricPublishersKey } from '../../../src/inventory/part-keys.ts';

/** A made-up account as it is, from which snapshots and readers are made. */
export interface World {
  readonly accountId: string;
  readonly region: string;
  readonly readAt: string;
  readonly trails: readonly Trail[];
  readonly statuses: Readonly<Record<string, TrailStatus | null>>;
  readonly selectors: Readonly<Record<string, EventSelectors | null>>;
  readonly filters: Readonly<Record<string, readonly MetricFilter[] | null>>;
  /** By account and region, as in `partId`. */
  readonly alarms: Readonly<Record<string, readonly Alarm[]>>;
  /** By account, region and alarm, as in `partId`; none where nothing is said. */
  readonly muteRules?: Readonly<Record<string, readonly AlarmMuteRule[]>>;
  readonly histories?: Readonly<Record<string, readonly AlarmAction[]>>;
  readonly subscriptions: Readonly<Record<string, readonly Subscription[] | null>>;
  readonly topics: Readonly<Record<string, TopicAttributes | null>>;
  /** By the ARN of the event bus. The default buses have no rules where nothing is said. */
  readonly eventRules?: Readonly<Record<string, readonly EventRule[] | null>>;
  /** By the ARN of the event bus and the name of the rule, as in `partId`. */
  readonly eventRuleTargets?: Readonly<Record<string, readonly EventRuleTarget[] | null>>;
  readonly keys?: Readonly<Record<string, Key | null>>;
  /** Log groups of another class than the standard one. */
  readonly logGroupClasses?: Readonly<Record<string, string>>;
  /** Log groups whose events are transformed. */
  readonly transformers?: Readonly<Record<string, LogTransformers>>;
  /** Subscriptions that do not let every message through. */
  readonly filterPolicies?: Readonly<Record<string, SubscriptionAttributes>>;
}

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '999900001111';
export const REGION = 'eu-west-1';
export const READ_AT = '2026-11-20T10:00:00.000Z';
export const TRAIL_ARN = `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/main`;
export const LOG_GROUP_ARN = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/cloudtrail/main`;
export const TOPIC_ARN = `arn:aws:sns:${REGION}:${ACCOUNT}:security-alerts`;
export const PATTERN = '{($.eventName=DeactivateMFADevice)}';

export const trail = (change: Partial<Trail> = {}): Trail => ({
  trailArn: TRAIL_ARN,
  name: 'main',
  homeRegion: REGION,
  isMultiRegionTrail: true,
  isOrganizationTrail: false,
  includeGlobalServiceEvents: true,
  cloudWatchLogsLogGroupArn: LOG_GROUP_ARN,
  ...change,
});

export const status = (change: Partial<TrailStatus> = {}): TrailStatus => ({
  isLogging: true,
  startLoggingTime: '2025-01-07T08:00:00.000Z',
  latestCloudWatchLogsDeliveryTime: '2026-11-20T09:57:12.000Z',
  ...change,
});

export const allManagementEvents: EventSelectors = {
  eventSelectors: [{ readWriteType: 'All', includeManagementEvents: true, excludeManagementEventSources: [] }],
  advancedEventSelectors: [],
};

export const filter = (change: Partial<MetricFilter> = {}): MetricFilter => ({
  filterName: 'mfa',
  filterPattern: PATTERN,
  metricTransformations: [{ metricNamespace: 'Security', metricName: 'MfaDeactivated', metricValue: '1' }],
  ...change,
});

export const alarmArn = (name: string): string => `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${name}`;

export const alarm = (change: Partial<MetricAlarm> = {}): MetricAlarm => ({
  kind: 'metric-alarm',
  alarmName: 'mfa-alarm',
  alarmArn: alarmArn(change.alarmName ?? 'mfa-alarm'),
  actionsEnabled: true,
  alarmActions: [TOPIC_ARN],
  stateValue: 'OK',
  namespace: 'Security',
  metricName: 'MfaDeactivated',
  dimensions: [],
  statistic: 'Sum',
  period: 300,
  evaluationPeriods: 1,
  threshold: 1,
  comparisonOperator: 'GreaterThanOrEqualToThreshold',
  treatMissingData: 'notBreaching',
  metrics: [],
  ...change,
});

/** An alarm of a file that was saved without states. */
export function withoutState<A extends Alarm>(one: A): A {
  return Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'stateValue')) as unknown as A;
}

export const compositeAlarm = (change: Partial<CompositeAlarm> = {}): CompositeAlarm => ({
  kind: 'composite-alarm',
  alarmName: 'any-security-alarm',
  alarmArn: alarmArn(change.alarmName ?? 'any-security-alarm'),
  actionsEnabled: true,
  alarmActions: [TOPIC_ARN],
  stateValue: 'OK',
  alarmRule: 'ALARM("mfa-alarm")',
  ...change,
});

/** A query that means what {@link PATTERN} means. */
export const QUERY = 'fields @timestamp, @message | filter eventName = "DeactivateMFADevice"';

/** A log alarm that goes into ALARM on one event, and looks back far enough for events that arrive late. */
export const logAlarm = (
  change: Partial<LogAlarm> = {},
  query: Partial<ScheduledQueryConfiguration> = {},
  schedule: Partial<ScheduledQueryConfiguration['scheduleConfiguration']> = {},
): LogAlarm => ({
  kind: 'log-alarm',
  alarmName: 'mfa-log-alarm',
  alarmArn: alarmArn(change.alarmName ?? 'mfa-log-alarm'),
  actionsEnabled: true,
  alarmActions: [TOPIC_ARN],
  stateValue: 'OK',
  scheduledQueryConfiguration: {
    queryString: QUERY,
    logGroupIdentifiers: ['/aws/cloudtrail/main'],
    scheduledQueryRoleARN: `arn:aws:iam::${ACCOUNT}:role/log-alarm-queries`,
    aggregationExpression: 'count(*)',
    scheduleConfiguration: {
      scheduleExpression: 'rate(5 minutes)',
      startTimeOffset: 1200,
      endTimeOffset: 0,
      ...schedule,
    },
    ...query,
  },
  queryResultsToEvaluate: 1,
  queryResultsToAlarm: 1,
  threshold: 0,
  comparisonOperator: 'GreaterThanThreshold',
  treatMissingData: 'notBreaching',
  ...change,
});

export const confirmed = (change: Partial<Subscription> = {}): Subscription => ({
  subscriptionArn: `${TOPIC_ARN}:5d3c9f0e-8a41-4b6e-9d5f-0c7b8e2a1f44`,
  protocol: 'email',
  ...change,
});

/** What SNS gives a topic when it is created: its account may publish. */
export const topicAttributes = (
  topicArn: string = TOPIC_ARN,
  change: Partial<TopicAttributes> = {},
): TopicAttributes => ({
  policy: JSON.stringify({
    Version: '2008-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['SNS:GetTopicAttributes', 'SNS:ListSubscriptionsByTopic', 'SNS:Publish'],
        Resource: topicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': topicArn.split(':')[4] } },
      },
    ],
  }),
  ...change,
});

/** An account in which one chain holds from end to end. */
export const soundWorld = (change: Partial<World> = {}): World => ({
  accountId: ACCOUNT,
  region: REGION,
  readAt: READ_AT,
  trails: [trail()],
  statuses: { [TRAIL_ARN]: status() },
  selectors: { [TRAIL_ARN]: allManagementEvents },
  filters: { [LOG_GROUP_ARN]: [filter()] },
  alarms: { [`${ACCOUNT} ${REGION}`]: [alarm()] },
  subscriptions: { [TOPIC_ARN]: [confirmed()] },
  topics: { [TOPIC_ARN]: topicAttributes() },
  ...change,
});

export const withAlarms = (...alarms: readonly Alarm[]): World =>
  soundWorld({ alarms: { [`${ACCOUNT} ${REGION}`]: alarms } });

/** The inventory of a world in which every part was read. */
export function snapshotOf(world: World): Inventory {
  const { accountId, region, readAt } = world;
  const alarmIds = Object.entries(world.alarms).flatMap(([place, alarms]) =>
    alarms.map(({ alarmName }) => `${place} ${alarmName}`),
  );
  const none = Object.fromEntries(alarmIds.map((id) => [id, []]));
  const parts: Required<Parts> = {
    trails: { account: present(world.trails) },
    'trail-status': presentEach(world.statuses),
    'event-selectors': presentEach(world.selectors),
    'log-group': presentEach(logGroupsOf(world)),
    'log-transformers': presentEach({ ...everyLogGroup(world, untransformed), ...world.transformers }),
    'metric-filters': presentEach(world.filters),
    'metric-publishers': presentEach(publishersOf(world)),
    // The listing of all alarms answers for each metric.
    'alarms-for-metric': {},
    alarms: presentEach(world.alarms),
    'mute-rules': presentEach({ ...none, ...world.muteRules }),
    'alarm-history': presentEach({ ...none, ...world.histories }),
    subscriptions: { ...refusedTopics(world, 'ListSubscriptionsByTopic'), ...presentEach(world.subscriptions) },
    'subscription-attributes': attributesOf(world),
    'event-rules': presentEach({ ...emptyBuses(world), ...world.eventRules }),
    'event-rule-targets': presentEach(world.eventRuleTargets ?? {}),
    'topic-attributes': { ...refusedTopics(world, 'GetTopicAttributes'), ...presentEach(world.topics) },
    key: presentEach(world.keys ?? {}),
  };
  return { accountId, region, readAt, parts };
}

export const defaultBusArn = (region: string, accountId: string = ACCOUNT): string =>
  `arn:aws:events:${region}:${accountId}:event-bus/default`;

/** The default buses of the account's region, and of the region in which the events of IAM are recorded. */
function emptyBuses({ accountId, region }: World): Readonly<Record<string, readonly EventRule[]>> {
  return Object.fromEntries([region, 'us-east-1'].map((one) => [defaultBusArn(one, accountId), []]));
}

/** Topics of other accounts that alarms notify: SNS refuses to read one that the world says nothing about. */
function refusedTopics({ accountId, alarms }: World, operation: string): Readonly<Record<string, Part<never>>> {
  const foreign = Object.values(alarms)
    .flatMap((listed) => listed.flatMap(({ alarmActions }) => alarmActions))
    .filter((arn) => arn.includes(':sns:') && arn.split(':')[4] !== accountId);
  return Object.fromEntries(foreign.map((arn) => [arn, refusedBySns(operation)]));
}

/** Who publishes to each metric: all log groups of an account and region together. */
function publishersOf({ filters, alarms }: World): Readonly<Record<string, readonly FilterOfLogGroup[]>> {
  const publishers: Record<string, FilterOfLogGroup[]> = {};
  for (const [place, listed] of Object.entries(alarms)) {
    const [accountId = '', region = ''] = place.split(' ');
    for (const one of listed) {
      if (one.kind !== 'metric-alarm') continue;
      const direct = { namespace: one.namespace ?? '', metricName: one.metricName ?? '' };
      const inMath = one.metrics.flatMap(({ metricStat }) => (metricStat === undefined ? [] : [metricStat.metric]));
      for (const { namespace, metricName } of [direct, ...inMath]) {
        publishers[partId(metricPublishersKey({ accountId, region, namespace, metricName }))] = [];
      }
    }
  }
  for (const [logGroupArn, list] of Object.entries(filters)) {
    const { accountId = '', region = '' } = parseArn(logGroupArn) ?? {};
    for (const filter of list ?? []) {
      for (const { metricNamespace: namespace, metricName } of filter.metricTransformations) {
        const id = partId(metricPublishersKey({ accountId, region, namespace, metricName }));
        (publishers[id] ??= []).push({ logGroupName: logGroupName(logGroupArn), filter });
      }
    }
  }
  return publishers;
}

const untransformed: LogTransformers = { ofLogGroup: false, ofAccount: false };

function everyLogGroup<T>({ filters }: World, value: T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.keys(filters).map((arn) => [arn, value]));
}

/** A log group is there if its metric filters are. */
function logGroupsOf({ filters, logGroupClasses }: World): Readonly<Record<string, LogGroup | null>> {
  const groups = Object.entries(filters).map(([arn, known]) => {
    const group = known === null ? null : { logGroupClass: logGroupClasses?.[arn] ?? 'STANDARD' };
    return [arn, group] as const;
  });
  return Object.fromEntries(groups);
}

/** A confirmed subscription accepts every message, unless the world says otherwise; SNS refuses those of other accounts. */
function attributesOf(world: World): Readonly<Record<string, Part<SubscriptionAttributes>>> {
  const confirmed = Object.values(world.subscriptions)
    .flatMap((known) => known ?? [])
    .filter(({ subscriptionArn }) => subscriptionArn.startsWith('arn:'));
  const parts = confirmed.map(({ subscriptionArn, owner = world.accountId }) => {
    const part = owner === world.accountId ? present({}) : refusedBySns('GetSubscriptionAttributes');
    return [subscriptionArn, part] as const;
  });
  return { ...Object.fromEntries(parts), ...presentEach(world.filterPolicies ?? {}) };
}

function refusedBySns(operation: string): Part<never> {
  const failure = { service: 'sns', operation, error: 'AuthorizationError', missingIamAction: `sns:${operation}` };
  return { kind: 'unreadable', failure };
}

/** The keys of all parts that an inventory holds, named by kind and id. */
export function partsIn(inventory: Inventory): readonly (readonly [kind: string, id: string])[] {
  return Object.entries(inventory.parts).flatMap(([kind, byId]) =>
    Object.keys(byId).map((id): readonly [string, string] => [kind, id]),
  );
}

/** The inventory with another value in the place of one part. */
export function replacing(inventory: Inventory, kind: string, id: string, part: Part<unknown>): Inventory {
  const byKind = inventory.parts as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return { ...inventory, parts: { ...byKind, [kind]: { ...byKind[kind], [id]: part } } };
}

/** The inventory with only the parts that a test lets through. */
export function onlyParts(inventory: Inventory, keep: (kind: string, id: string) => boolean): Inventory {
  const parts = Object.entries(inventory.parts).map(([kind, byId]) => {
    const kept = Object.entries(byId as Readonly<Record<string, unknown>>).filter(([id]) => keep(kind, id));
    return [kind, Object.fromEntries(kept)] as const;
  });
  return { ...inventory, parts: Object.fromEntries(parts) };
}

export const keyName = (key: PartKey): string => `${key.kind} ${partId(key)}`;

export const present = <T>(value: T): Part<T> => ({ kind: 'present', value });

export const denied = (service: string, operation: string): Part<never> => ({
  kind: 'unreadable',
  failure: { service, operation, error: 'AccessDeniedException', missingIamAction: `${service}:${operation}` },
});

function presentEach<T>(values: Readonly<Record<string, T>>): Readonly<Record<string, Part<T>>> {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, present(value)]));
}
