import { logGroupName, parseArn } from '../../inventory/arn.ts';
import { defaultTopicPolicy } from '../../inventory/default-topic-policy.ts';
import type { Inventory, Part, PartKey, PartKind, PartValues } from '../../inventory/model.ts';
import type { AlarmAction, LogAlarm, MetricAlarm, MetricFilter, Trail } from '../../inventory/resources.ts';
import { logAlarmQuery, logAlarmSettings } from './log-alarm-settings.ts';
import { partId, partOf } from '../../inventory/model.ts';
import type { Change, ChangeOf } from './plan.ts';
import {
  alarmHistoryKey,
  alarmsKey,
  eventRuleTargetsKey,
  eventRulesKey,
  logGroupKey,
  metricPublishersKey,
  muteRulesKey,
  subscriptionAttributesKey,
  subscriptionsKey,
  topicAttributesKey,
  trailsKey,
} from '../../inventory/part-keys.ts';

/**
 * A snapshot holds who publishes to the metrics of the account, and not to a metric that the plan names: nothing does but
 * the filter of the plan. What a live account refuses to say stays unread.
 */
function withOnlyPublisher(inventory: Inventory, logGroupArn: string, filter: MetricFilter): Inventory {
  const { accountId = '', region = '' } = parseArn(logGroupArn) ?? {};
  return filter.metricTransformations.reduce((known, { metricNamespace: namespace, metricName }) => {
    const key = metricPublishersKey({ accountId, region, namespace, metricName });
    const part = partOf<'metric-publishers'>(known, key);
    if (part?.kind !== 'unreadable' || part.failure.error !== 'NotInSnapshot') return known;
    return withValue<'metric-publishers'>(known, key, [{ logGroupName: logGroupName(logGroupArn), filter }]);
  }, inventory);
}

/**
 * What an inventory would be after a change, with everything that AWS sets by itself, so that a plan can be judged
 * before it is printed. Somebody who is subscribed is taken to confirm, and a trail to deliver.
 */
export function applyChange(inventory: Inventory, change: Change): Inventory {
  switch (change.kind) {
    case 'start-logging':
      return changing<'trail-status'>(
        inventory,
        trailKey('trail-status', change),
        (status) => status && { ...status, isLogging: true, startLoggingTime: inventory.readAt },
      );
    case 'record-all-regions':
      return changingTrail(inventory, change.trailArn, { isMultiRegionTrail: true, includeGlobalServiceEvents: true });
    case 'record-management-events': {
      const { selector } = change;
      return changing<'event-selectors'>(inventory, trailKey('event-selectors', change), (selectors) => ({
        eventSelectors: [...(selectors?.eventSelectors ?? []), ...(selector.kind === 'basic' ? [selector.added] : [])],
        advancedEventSelectors: [
          ...(selectors?.advancedEventSelectors ?? []),
          ...(selector.kind === 'advanced' ? [selector.added] : []),
        ],
      }));
    }
    case 'create-log-group':
      return delivering(withLogGroup(inventory, change.logGroupArn), change.logGroupArn);
    case 'connect-log-group': {
      const { trailArn, logGroupArn } = change;
      const connected = changingTrail(inventory, trailArn, { cloudWatchLogsLogGroupArn: logGroupArn });
      return delivering(withLogGroup(connected, logGroupArn), logGroupArn);
    }
    case 'create-metric-filter': {
      const { logGroupArn, filterName, filterPattern, namespace, metricName } = change;
      const transformation = { metricNamespace: namespace, metricName, metricValue: '1' };
      const added = { filterName, filterPattern, metricTransformations: [transformation] };
      return changing<'metric-filters'>(
        withOnlyPublisher(inventory, logGroupArn, added),
        filtersKey(logGroupArn),
        (filters) => filters && [...filters, added],
      );
    }
    case 'create-topic': {
      const { topicArn, kmsMasterKeyId } = change;
      const policy = change.policy ?? defaultTopicPolicy(topicArn, parseArn(topicArn)?.accountId ?? '');
      const encryption = kmsMasterKeyId === undefined ? {} : { kmsMasterKeyId };
      const attributes = { policy, ...encryption };
      const exists = withValue<'topic-attributes'>(inventory, topicAttributesKey(topicArn), attributes);
      return withValue<'subscriptions'>(exists, subscriptionsKey(topicArn), []);
    }
    case 'allow-publish':
      return changing<'topic-attributes'>(
        forgettingActionsOn(inventory, change.topicArn),
        topicAttributesKey(change.topicArn),
        (attributes) => (attributes ? { ...attributes, policy: change.extendedPolicy } : null),
      );
    case 'subscribe': {
      const subscriptionArn = `${change.topicArn}:confirmed`;
      const confirmed = { subscriptionArn, protocol: 'email', endpoint: change.email };
      return changing<'subscriptions'>(
        withValue<'subscription-attributes'>(inventory, subscriptionAttributesKey(confirmed), {}),
        subscriptionsKey(change.topicArn),
        (subscriptions) => [...(subscriptions ?? []), confirmed],
      );
    }
    case 'create-alarm': {
      const created = changingAlarms(inventory, change.alarmArn, (alarms) => [...alarms, alarmOf(change)]);
      const { accountId = '', region = '' } = parseArn(change.alarmArn) ?? {};
      const place = { accountId, region, alarmName: change.alarmName };
      const unmuted = withValue<'mute-rules'>(created, muteRulesKey(place), []);
      return withValue<'alarm-history'>(unmuted, alarmHistoryKey(place), []);
    }
    case 'create-log-alarm': {
      const created = changingAlarms(inventory, change.alarmArn, (alarms) => [...alarms, logAlarmOf(change)]);
      const { accountId = '', region = '' } = parseArn(change.alarmArn) ?? {};
      const place = { accountId, region, alarmName: change.alarmName };
      const unmuted = withValue<'mute-rules'>(created, muteRulesKey(place), []);
      return withValue<'alarm-history'>(unmuted, alarmHistoryKey(place), []);
    }
    case 'create-event-rule': {
      const { eventBusArn, ruleName, eventPattern, state, topicArn } = change;
      const created = changing<'event-rules'>(inventory, eventRulesKey(eventBusArn), (rules) => [
        ...(rules ?? []),
        { name: ruleName, state, eventPattern },
      ]);
      return withValue<'event-rule-targets'>(created, eventRuleTargetsKey(eventBusArn, ruleName), [
        { id: 'topic', arn: topicArn },
      ]);
    }
    case 'enable-alarm-actions':
      return changingAlarms(inventory, change.alarmArn, (alarms) =>
        alarms.map((alarm) => (alarm.alarmArn === change.alarmArn ? { ...alarm, actionsEnabled: true } : alarm)),
      );
  }
}

/** A log group as it is when it is new: of the standard class, without metric filters. */
function withLogGroup(inventory: Inventory, logGroupArn: string): Inventory {
  const exists = withValue<'log-group'>(inventory, logGroupKey(logGroupArn), { logGroupClass: 'STANDARD' });
  return withValue<'metric-filters'>(exists, filtersKey(logGroupArn), []);
}

/** What became of actions on a topic under its old policy says nothing of the new one. */
function forgettingActionsOn(inventory: Inventory, topicArn: string): Inventory {
  const histories = Object.entries(inventory.parts['alarm-history'] ?? {}).map(
    ([id, part]): readonly [string, Part<readonly AlarmAction[]>] => {
      if (part.kind === 'unreadable') return [id, part];
      return [id, { kind: 'present', value: part.value.filter(({ summary }) => !summary.includes(topicArn)) }];
    },
  );
  const kept: Readonly<Record<string, Part<readonly AlarmAction[]>>> = Object.fromEntries(histories);
  return { ...inventory, parts: { ...inventory.parts, 'alarm-history': kept } };
}

/** The log alarm that a change creates, as AWS would describe it once its query has run. */
function logAlarmOf(change: ChangeOf<'create-log-alarm'>): LogAlarm {
  const { alarmName, alarmArn, logGroupArn, queryString, roleName, topicArn } = change;
  const { partition = 'aws', accountId = '' } = parseArn(alarmArn) ?? {};
  return {
    kind: 'log-alarm',
    alarmName,
    alarmArn,
    actionsEnabled: true,
    alarmActions: [topicArn],
    stateValue: 'OK',
    scheduledQueryConfiguration: {
      ...logAlarmQuery,
      queryString,
      logGroupIdentifiers: [logGroupName(logGroupArn)],
      scheduledQueryRoleARN: `arn:${partition}:iam::${accountId}:role/${roleName}`,
    },
    ...logAlarmSettings,
  };
}

/** The alarm that a change creates, as AWS would describe it. */
function alarmOf(change: ChangeOf<'create-alarm'>): MetricAlarm {
  const { alarmName, alarmArn, topicArn, namespace, metricName, period } = change;
  return {
    kind: 'metric-alarm',
    alarmName,
    alarmArn,
    actionsEnabled: true,
    alarmActions: [topicArn],
    namespace,
    metricName,
    dimensions: [],
    metrics: [],
    statistic: 'Sum',
    period,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
  };
}

function changingTrail(inventory: Inventory, trailArn: string, change: Partial<Trail>): Inventory {
  return changing<'trails'>(inventory, trailsKey, (trails) =>
    trails?.map((trail) => (trail.trailArn === trailArn ? { ...trail, ...change } : trail)),
  );
}

/** Lets every trail that sends to a log group reach it from now on. */
function delivering(inventory: Inventory, logGroupArn: string): Inventory {
  const trails = partOf<'trails'>(inventory, trailsKey);
  const sending = (trails?.kind === 'present' ? trails.value : []).filter(({ cloudWatchLogsLogGroupArn: arn }) =>
    arn?.startsWith(logGroupArn),
  );
  return sending.reduce(
    (world, { trailArn, homeRegion }) =>
      changing<'trail-status'>(world, trailKey('trail-status', { trailArn, region: homeRegion }), (status) => {
        if (!status) return null;
        // What was reported before is no longer so.
        const { isLogging, startLoggingTime } = status;
        const started = startLoggingTime === undefined ? {} : { startLoggingTime };
        return { isLogging, ...started, latestCloudWatchLogsDeliveryTime: inventory.readAt };
      }),
    inventory,
  );
}

/** Changes a listing of alarms, and every answer about one metric that was read of the same account and region. */
function changingAlarms(
  inventory: Inventory,
  alarmArn: string,
  change: (alarms: PartValues['alarms']) => PartValues['alarms'],
): Inventory {
  const { accountId = '', region = '' } = parseArn(alarmArn) ?? {};
  const changed = changing<'alarms'>(inventory, alarmsKey(accountId, region), (alarms) => alarms && change(alarms));
  const { 'alarms-for-metric': answers = {}, ...others } = changed.parts;
  // What was answered about one metric comes from the listing as well, so it is forgotten rather than kept twice.
  const kept = Object.entries(answers).filter(([id]) => !id.startsWith(`${accountId} ${region} `));
  return { ...changed, parts: { ...others, 'alarms-for-metric': Object.fromEntries(kept) } };
}

function trailKey<K extends 'trail-status' | 'event-selectors'>(
  kind: K,
  { trailArn, region }: { readonly trailArn: string; readonly region: string },
): { readonly kind: K; readonly trailArn: string; readonly homeRegion: string } {
  return { kind, trailArn, homeRegion: region };
}

function filtersKey(logGroupArn: string) {
  return { kind: 'metric-filters', logGroupArn } as const;
}

/** The inventory in which a part has another value. One that is not known stays so: it comes as `undefined`. */
function changing<K extends PartKind>(
  inventory: Inventory,
  key: Extract<PartKey, { readonly kind: K }>,
  change: (value: PartValues[K] | undefined) => PartValues[K] | undefined,
): Inventory {
  const part = partOf<K>(inventory, key);
  const changed = change(part?.kind === 'present' ? part.value : undefined);
  return changed === undefined ? inventory : withValue<K>(inventory, key, changed);
}

function withValue<K extends PartKind>(
  inventory: Inventory,
  key: Extract<PartKey, { readonly kind: K }>,
  value: PartValues[K],
): Inventory {
  const ofKind = { ...inventory.parts[key.kind], [partId(key)]: { kind: 'present', value } };
  return { ...inventory, parts: { ...inventory.parts, [key.kind]: ofKind } };
}
