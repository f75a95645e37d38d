import type { Inventory, Part, PartKey, PartKind, PartValues } from '../../src/inventory/model.ts';
import type { Alarm, AlarmMuteRule, Dimension, Key, Trail } from '../../src/inventory/resources.ts';
import { parseArn } from '../../src/inventory/arn.ts';
import { alarmsOnMetric, partId, partOf } from '../../src/inventory/model.ts';
import { capitalized, paged, sdkAlarm, sdkTrail, seconds, typeNames } from './shapes.ts';
import { publishersFromLogGroups } from './publishers-from-log-groups.ts';
import type { Request } from './wire.ts';
import { ServiceError } from './wire.ts';

type Input = Readonly<Record<string, unknown>>;
type Operation = (input: Input, request: Request, inventory: Inventory) => unknown;

/** The operations that read each kind of part; a kind without operations does not compile. They answer in AWS's own shapes. */
const operationsByPart: Readonly<Record<PartKind, Readonly<Record<string, Operation>>>> = {
  trails: {
    DescribeTrails: (input, { region }, inventory) => {
      const shadows = input['includeShadowTrails'] !== false;
      const seen = trailsOf(inventory).filter(
        (trail) => trail.homeRegion === region || (shadows && (trail.isMultiRegionTrail || trail.isOrganizationTrail)),
      );
      return { trailList: seen.map(sdkTrail) };
    },
    ListTrails: (input, _request, inventory) => {
      const own = trailsOf(inventory).filter(({ trailArn }) => trailArn.includes(`:${inventory.accountId}:`));
      const { page, next } = paged(own, input['NextToken'], 2);
      return {
        Trails: page.map(({ trailArn, name, homeRegion }) => ({
          TrailARN: trailArn,
          Name: name,
          HomeRegion: homeRegion,
        })),
        NextToken: next,
      };
    },
  },
  'trail-status': {
    GetTrailStatus: (input, { region }, inventory) => {
      const trailArn = String(input['Name']);
      const status = valueOf(
        inventory,
        { kind: 'trail-status', trailArn, homeRegion: region },
        'TrailNotFoundException',
      );
      return {
        IsLogging: status.isLogging,
        StartLoggingTime: seconds(status.startLoggingTime),
        LatestCloudWatchLogsDeliveryTime: seconds(status.latestCloudWatchLogsDeliveryTime),
        LatestCloudWatchLogsDeliveryError: status.latestCloudWatchLogsDeliveryError,
      };
    },
  },
  'event-selectors': {
    GetEventSelectors: (input, { region }, inventory) => {
      const trailArn = String(input['TrailName']);
      const selectors = valueOf(
        inventory,
        { kind: 'event-selectors', trailArn, homeRegion: region },
        'TrailNotFoundException',
      );
      const { eventSelectors, advancedEventSelectors } = selectors;
      if (advancedEventSelectors.length > 0)
        return { TrailARN: trailArn, AdvancedEventSelectors: capitalized(advancedEventSelectors) };
      return { TrailARN: trailArn, EventSelectors: capitalized(eventSelectors) };
    },
  },
  'log-group': {
    DescribeLogGroups: (input, { region }, inventory) => {
      const name = String(input['logGroupNamePrefix']);
      const logGroupArn = logGroupArnOf(name, region, inventory);
      const part = partOf<'log-group'>(inventory, { kind: 'log-group', logGroupArn });
      if (part?.kind === 'unreadable') throw new ServiceError(part.failure.error, 400);
      const other = { logGroupName: `${name}-of-another-class`, logGroupClass: 'INFREQUENT_ACCESS' };
      return { logGroups: part?.value ? [{ logGroupName: name, ...part.value }, other] : [other] };
    },
  },
  'log-transformers': {
    GetTransformer: (input, { region }, inventory) => {
      const logGroupArn = logGroupArnOf(String(input['logGroupIdentifier']), region, inventory);
      const { ofLogGroup } = valueOf(inventory, { kind: 'log-transformers', logGroupArn }, 'ResourceNotFoundException');
      if (!ofLogGroup) throw new ServiceError('ResourceNotFoundException');
      return { logGroupIdentifier: logGroupArn, transformerConfig: [{ parseCloudtrail: {} }] };
    },
    DescribeAccountPolicies: (_input, _request, inventory) => {
      const parts = Object.values(inventory.parts['log-transformers'] ?? {});
      const any = parts.some((part) => part.kind === 'present' && part.value.ofAccount);
      return { accountPolicies: any ? [{ policyName: 'transform', policyType: 'TRANSFORMER_POLICY' }] : [] };
    },
  },
  'metric-filters': {
    DescribeMetricFilters: (input, { region }, inventory) => {
      if (input['logGroupName'] === undefined) return publishersOf(input, region, inventory);
      const logGroupArn = logGroupArnOf(textOf(input['logGroupName']), region, inventory);
      const filters = valueOf(inventory, { kind: 'metric-filters', logGroupArn }, 'ResourceNotFoundException');
      const { page, next } = paged(filters, input['nextToken'], 50);
      return { metricFilters: page, nextToken: next };
    },
  },
  // The operation above answers for these as well.
  'metric-publishers': {},
  'alarms-for-metric': {
    DescribeAlarmsForMetric: (input, { region }, inventory) => {
      const dimensions = ((input['Dimensions'] ?? []) as readonly { Name: string; Value: string }[]).map(
        ({ Name, Value }): Dimension => ({ name: Name, value: Value }),
      );
      const metric = { namespace: String(input['Namespace']), metricName: String(input['MetricName']), dimensions };
      const { accountId } = inventory;
      const known = partOf<'alarms-for-metric'>(inventory, { kind: 'alarms-for-metric', accountId, region, metric });
      if (known?.kind === 'unreadable') throw new ServiceError(known.failure.error, 400);
      const alarms = known ? known.value : alarmsOnMetric(alarmsOf(inventory, region), metric);
      return { MetricAlarms: alarms.map(sdkAlarm) };
    },
  },
  alarms: {
    DescribeAlarms: (input, { region }, inventory) => {
      const types = (input['AlarmTypes'] ?? ['MetricAlarm']) as readonly string[];
      const wanted = alarmsOf(inventory, region).filter(({ kind }) => types.includes(typeNames[kind]));
      const { page, next } = paged(wanted, input['NextToken'], 100);
      const ofKind = (kind: Alarm['kind']) => page.filter((alarm) => alarm.kind === kind).map(sdkAlarm);
      return {
        MetricAlarms: ofKind('metric-alarm'),
        CompositeAlarms: ofKind('composite-alarm'),
        LogAlarms: ofKind('log-alarm'),
        NextToken: next,
      };
    },
  },
  'mute-rules': {
    ListAlarmMuteRules: (input, { region }, inventory) => {
      const { accountId } = inventory;
      const rules =
        input['AlarmName'] === undefined
          ? [...muteRulesOf(inventory, region).values()].map(({ rule }) => rule)
          : valueOf(
              inventory,
              { kind: 'mute-rules', accountId, region, alarmName: textOf(input['AlarmName']) },
              'InternalError',
            );
      const { page, next } = paged(rules, input['NextToken'], 50);
      const arn = (name: string) => `arn:aws:cloudwatch:${region}:${accountId}:alarm-mute-rule:${name}`;
      const summaries = page.map(({ name }) => ({ AlarmMuteRuleArn: arn(name), Status: 'SCHEDULED' }));
      return {
        AlarmMuteRuleSummaries: [...summaries, { AlarmMuteRuleArn: arn('over'), Status: 'EXPIRED' }],
        NextToken: next,
      };
    },
    GetAlarmMuteRule: (input, { region }, inventory) => {
      const found = muteRulesOf(inventory, region).get(String(input['AlarmMuteRuleName']));
      if (found === undefined) throw new ServiceError('ResourceNotFoundException', 404);
      const { name, expression, duration, timezone, startDate, expireDate } = found.rule;
      return {
        Name: name,
        Rule: { Schedule: { Expression: expression, Duration: duration, Timezone: timezone } },
        MuteTargets: { AlarmNames: found.alarmNames },
        StartDate: seconds(startDate),
        ExpireDate: seconds(expireDate),
      };
    },
  },
  'alarm-history': {
    DescribeAlarmHistory: (input, { region }, inventory) => {
      const { page, next } = paged(actionsOf(input, region, inventory), input['NextToken'], 100);
      const items = page.map(({ alarmName, timestamp, summary, ...data }) => ({
        AlarmName: alarmName,
        Timestamp: seconds(timestamp),
        HistorySummary: summary,
        HistoryItemType: 'Action',
        HistoryData: JSON.stringify({ error: null, ...data, publishedMessage: '{}' }),
      }));
      return { AlarmHistoryItems: items, NextToken: next };
    },
  },
  'event-rules': {
    ListRules: (input, { region }, inventory) => {
      const eventBusArn = eventBusArnOf(input, region, inventory);
      const rules = valueOf(inventory, { kind: 'event-rules', eventBusArn }, 'ResourceNotFoundException');
      const { page, next } = paged(rules, input['NextToken'], 100);
      return { Rules: page.map((rule) => capitalized(rule)), NextToken: next };
    },
  },
  'event-rule-targets': {
    ListTargetsByRule: (input, { region }, inventory) => {
      const eventBusArn = eventBusArnOf(input, region, inventory);
      const key = { kind: 'event-rule-targets', eventBusArn, ruleName: String(input['Rule']) } as const;
      const { page, next } = paged(valueOf(inventory, key, 'ResourceNotFoundException'), input['NextToken'], 100);
      return {
        Targets: page.map((target) => ({ ...(capitalized(target) as object), Input: '{"secret":"of the target"}' })),
        NextToken: next,
      };
    },
  },
  subscriptions: {
    ListSubscriptionsByTopic: (input, _request, inventory) => {
      const topicArn = String(input['TopicArn']);
      const subscriptions = valueOf(inventory, { kind: 'subscriptions', topicArn }, 'NotFound', 404);
      const { page, next } = paged(subscriptions, input['NextToken'], 100);
      const members = page.map(({ subscriptionArn, protocol, owner, endpoint }) => ({
        SubscriptionArn: subscriptionArn,
        Owner: owner,
        Protocol: protocol,
        // An inventory keeps the endpoints of email subscriptions only.
        Endpoint: protocol.startsWith('email') ? (endpoint ?? '') : `endpoint of ${subscriptionArn}`,
        TopicArn: topicArn,
      }));
      return { Subscriptions: members, NextToken: next };
    },
  },
  'topic-attributes': {
    GetTopicAttributes: (input, _request, inventory) => {
      const topicArn = String(input['TopicArn']);
      const attributes = valueOf(inventory, { kind: 'topic-attributes', topicArn }, 'NotFound', 404);
      const { policy, kmsMasterKeyId } = attributes;
      const entries = {
        TopicArn: topicArn,
        Policy: policy,
        ...(kmsMasterKeyId ? { KmsMasterKeyId: kmsMasterKeyId } : {}),
      };
      return { Attributes: new Map(Object.entries(entries)) };
    },
  },
  'subscription-attributes': {
    GetSubscriptionAttributes: (input, _request, inventory) => {
      const subscriptionArn = String(input['SubscriptionArn']);
      const key = { kind: 'subscription-attributes', subscriptionArn } as const;
      const { filterPolicy, filterPolicyScope } = valueOf(inventory, key, 'NotFound', 404);
      const entries = {
        SubscriptionArn: subscriptionArn,
        Endpoint: 'somebody@example.com',
        ...(filterPolicy === undefined ? {} : { FilterPolicy: filterPolicy }),
        ...(filterPolicyScope === undefined ? {} : { FilterPolicyScope: filterPolicyScope }),
      };
      return { Attributes: new Map(Object.entries(entries)) };
    },
  },
  key: {
    DescribeKey: (input, request, inventory) => {
      const { arn, keyManager, keyState } = keyOf(input, request, inventory);
      return { KeyMetadata: { KeyId: 'key', Arn: arn, KeyManager: keyManager, KeyState: keyState } };
    },
    GetKeyPolicy: (input, request, inventory) => ({ Policy: keyOf(input, request, inventory).policy }),
  },
};

/** The operations of the services that a verdict reads, each answering from a saved inventory. */
export const accountOperations: Readonly<Record<string, Operation>> = {
  ...Object.values(operationsByPart).reduce((all, some) => ({ ...all, ...some }), {}),
  GetCallerIdentity: (_input, _request, { accountId }) => ({
    UserId: 'AIDA',
    Account: accountId,
    Arn: `arn:aws:iam::${accountId}:user/tester`,
  }),
};

/** The mute rules of a region by name, each with the alarms that it targets. */
function muteRulesOf({ accountId, parts }: Inventory, region: string) {
  const rules = new Map<string, { readonly rule: AlarmMuteRule; readonly alarmNames: string[] }>();
  for (const { alarmName, value } of perAlarm(parts['mute-rules'], accountId, region)) {
    for (const rule of value) {
      const known = rules.get(rule.name) ?? { rule, alarmNames: [] };
      rules.set(rule.name, known);
      known.alarmNames.push(alarmName);
    }
  }
  return rules;
}

/** The actions of one alarm, or of all alarms of a region, newest first. */
function actionsOf(input: Input, region: string, inventory: Inventory) {
  const { accountId, parts } = inventory;
  if (input['AlarmName'] !== undefined) {
    const alarmName = textOf(input['AlarmName']);
    const actions = valueOf(inventory, { kind: 'alarm-history', accountId, region, alarmName }, 'InternalError');
    return actions.map((action) => ({ alarmName, ...action }));
  }
  return perAlarm(parts['alarm-history'], accountId, region)
    .flatMap(({ alarmName, value }) => value.map((action) => ({ alarmName, ...action })))
    .sort((a, b) => Date.parse(b.timestamp) - Date.parse(a.timestamp));
}

/** What is known of each alarm of a region; an error if one of them may not be read. */
function perAlarm<T>(parts: Readonly<Record<string, Part<T>>> = {}, accountId: string, region: string) {
  const start = `${accountId} ${region} `;
  const ofRegion = Object.entries(parts).filter(([id]) => id.startsWith(start));
  return ofRegion.map(([id, part]) => {
    if (part.kind === 'unreadable') throw new ServiceError(part.failure.error, 400);
    return { alarmName: id.slice(start.length), value: part.value };
  });
}

/** The filters of every log group of a region that publish to one metric, or to any. */
function publishersOf(input: Input, region: string, inventory: Inventory): unknown {
  const { accountId, parts } = inventory;
  const of = (namespace: string, metricName: string) => {
    const key = { kind: 'metric-publishers', accountId, region, namespace, metricName } as const;
    const part = partOf<'metric-publishers'>(inventory, key) ?? publishersFromLogGroups(key, inventory);
    if (part?.kind === 'unreadable') throw new ServiceError(part.failure.error, 400);
    return part?.value ?? [];
  };
  const ofEach = () => {
    const start = `${accountId} ${region} `;
    const ids = Object.keys(parts['metric-publishers'] ?? {}).filter((id) => id.startsWith(start));
    return [...new Set(ids.flatMap((id) => of(...(JSON.parse(id.slice(start.length)) as [string, string]))))];
  };
  const { metricNamespace, metricName } = input;
  const publishers = metricName === undefined ? ofEach() : of(textOf(metricNamespace), textOf(metricName));
  const { page, next } = paged(publishers, input['nextToken'], 50);
  return { metricFilters: page.map(({ logGroupName, filter }) => ({ logGroupName, ...filter })), nextToken: next };
}

function textOf(member: unknown): string {
  return typeof member === 'string' ? member : '';
}

function logGroupArnOf(name: string, region: string, { accountId }: Inventory): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

const text = (value: unknown) => (typeof value === 'string' ? value : 'default');

function eventBusArnOf(input: Input, region: string, { accountId }: Inventory): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/${text(input['EventBusName'])}`;
}

function keyOf(input: Input, { region }: Request, inventory: Inventory): Key {
  const topicArn = `arn:aws:sns:${region}:${inventory.accountId}:any`;
  return valueOf(inventory, { kind: 'key', keyId: String(input['KeyId']), topicArn }, 'NotFoundException');
}

function trailsOf(inventory: Inventory): readonly Trail[] {
  return valueOf(inventory, { kind: 'trails' }, 'InternalError');
}

function alarmsOf(inventory: Inventory, region: string): readonly Alarm[] {
  return valueOf(inventory, { kind: 'alarms', accountId: inventory.accountId, region }, 'InternalError');
}

/** What a part holds; the service's own error if it is gone, or may not be read. */
function valueOf<K extends PartKind>(
  inventory: Inventory,
  key: Extract<PartKey, { readonly kind: K }>,
  notFound: string,
  status = 400,
): NonNullable<PartValues[K]> {
  const part: Part<PartValues[K]> | undefined = partOf<K>(inventory, key);
  if (part?.kind === 'unreadable') throw new ServiceError(part.failure.error, 400);
  // Services refuse to say whether something of another account exists.
  if (part === undefined && isOfAnotherAccount(partId(key), inventory.accountId)) {
    throw new ServiceError('AuthorizationError', 403);
  }
  const value = part?.value;
  if (value === null || value === undefined) throw new ServiceError(notFound, status);
  return value;
}

/** Whether a part is named by an ARN of another account. */
function isOfAnotherAccount(id: string, accountId: string): boolean {
  const owner = parseArn(id)?.accountId;
  return owner !== undefined && owner !== accountId;
}
