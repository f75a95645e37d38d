import type { Trail } from '../../src/inventory/resources.ts';
import { eventWorld, withRule, withTargets } from '../support/worlds/event-world.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  compositeAlarm,
  confirmed,
  filter,
  soundWorld,
  status,
  topicAttributes,
  trail,
} from '../support/worlds/world.ts';

/** An account whose verdict is satisfied, and one that is unsatisfied only by what one operation answers. */
export interface Accounts {
  readonly satisfied: World;
  readonly unsatisfied: World;
  /** The rule parameters, where the operation is only asked with some. */
  readonly raw?: Readonly<Record<string, string>>;
}

const HERE = `${ACCOUNT} ${REGION}`;
const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const keyPolicyFor = (service: string) =>
  JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
      },
    ],
  });
const customerKey = { arn: KEY_ARN, keyManager: 'CUSTOMER', keyState: 'Enabled' };
const action = { timestamp: '2026-11-19T10:00:00.000Z', notificationResource: TOPIC_ARN };

/** Every service is asked: the filter is on transformed logs, the topic encrypted, the alarm muted now and then. */
const base = soundWorld({
  filters: { [LOG_GROUP_ARN]: [filter({ applyOnTransformedLogs: true })] },
  topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId: KEY_ARN }) },
  keys: { [KEY_ARN]: { ...customerKey, policy: keyPolicyFor('cloudwatch.amazonaws.com') } },
  muteRules: { [`${HERE} mfa-alarm`]: [{ name: 'maintenance', expression: 'cron(0 18 * * FRI)', duration: 'PT4H' }] },
  histories: {
    [`${HERE} mfa-alarm`]: [
      { ...action, summary: `Successfully executed action ${TOPIC_ARN}`, actionState: 'Succeeded' },
    ],
  },
  filterPolicies: {
    [confirmed().subscriptionArn]: { filterPolicy: '{"AlarmName":["mfa-alarm"]}', filterPolicyScope: 'MessageBody' },
  },
});
/** What became of an action would settle doubts about the topic. */
const withoutHistory = { ...base, histories: {} };
const weekend = { name: 'weekend', expression: 'cron(0 18 * * FRI)', duration: 'P2DT12H' };
const silentAlarm = alarm({ alarmActions: [] });
const composite = {
  ...withoutHistory,
  muteRules: {},
  filterPolicies: {},
  alarms: { [HERE]: [silentAlarm, compositeAlarm()] },
};
const withoutSubscribers = { ...base, subscriptions: { [TOPIC_ARN]: [] } };

const pair = (unsatisfied: Partial<World>, satisfied: World = base): Accounts => ({
  satisfied,
  unsatisfied: { ...satisfied, ...unsatisfied },
});

function withoutLogGroup(one: Trail): Trail {
  const { cloudWatchLogsLogGroupArn, ...rest } = one;
  return cloudWatchLogsLogGroupArn === undefined ? one : rest;
}

const overEvents = { acceptedRoutes: 'eventbridge' };

/** The accounts for each operation of the function. */
export const accountsFor: Readonly<Record<string, Accounts>> = {
  DescribeTrails: pair({ trails: [withoutLogGroup(trail())] }),
  ListTrails: pair({ trails: [] }),
  GetTrailStatus: pair({ statuses: { [TRAIL_ARN]: status({ isLogging: false }) } }),
  GetEventSelectors: pair({
    selectors: {
      [TRAIL_ARN]: {
        eventSelectors: [
          { readWriteType: 'ReadOnly', includeManagementEvents: true, excludeManagementEventSources: [] },
        ],
        advancedEventSelectors: [],
      },
    },
  }),
  DescribeMetricFilters: pair({
    filters: {
      [LOG_GROUP_ARN]: [
        filter({ filterPattern: '{ ($.eventName = DeactivateMFADevice) && ($.userIdentity.type = Root) }' }),
      ],
    },
  }),
  DescribeLogGroups: pair({
    logGroupClasses: { [LOG_GROUP_ARN]: 'INFREQUENT_ACCESS' },
    filters: { [LOG_GROUP_ARN]: [] },
  }),
  GetTransformer: pair({ transformers: { [LOG_GROUP_ARN]: { ofLogGroup: true, ofAccount: false } } }),
  DescribeAccountPolicies: pair({ transformers: { [LOG_GROUP_ARN]: { ofLogGroup: false, ofAccount: true } } }),
  DescribeAlarmsForMetric: pair({ alarms: { [HERE]: [alarm({ actionsEnabled: false })] } }),
  DescribeAlarms: pair(
    {
      alarms: {
        [HERE]: [
          silentAlarm,
          alarm({ alarmName: 'load', namespace: 'App', metricName: 'Load', alarmActions: [] }),
          compositeAlarm({ alarmRule: 'ALARM("mfa-alarm") AND ALARM("load")' }),
        ],
      },
    },
    composite,
  ),
  ListAlarmMuteRules: pair({ muteRules: { [`${HERE} mfa-alarm`]: [weekend] } }),
  GetAlarmMuteRule: pair({ muteRules: { [`${HERE} mfa-alarm`]: [weekend] } }),
  DescribeAlarmHistory: pair({
    histories: {
      [`${HERE} mfa-alarm`]: [
        { ...action, summary: `Failed to execute action ${TOPIC_ARN}`, actionState: 'Failed', error: 'no' },
      ],
    },
  }),
  ListSubscriptionsByTopic: pair({
    subscriptions: { [TOPIC_ARN]: [confirmed({ subscriptionArn: 'PendingConfirmation' })] },
  }),
  GetSubscriptionAttributes: pair({
    filterPolicies: {
      [confirmed().subscriptionArn]: { filterPolicy: '{"severity":["high"]}', filterPolicyScope: 'MessageAttributes' },
    },
  }),
  GetTopicAttributes: pair(
    { topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy: '{"Statement":[]}', kmsMasterKeyId: KEY_ARN }) } },
    withoutHistory,
  ),
  ListRules: { satisfied: eventWorld(), unsatisfied: withRule({ state: 'DISABLED' }), raw: overEvents },
  ListTargetsByRule: { satisfied: eventWorld(), unsatisfied: withTargets(), raw: overEvents },
  DescribeKey: pair(
    {
      keys: {
        [KEY_ARN]: {
          ...customerKey,
          keyState: 'PendingDeletion',
          policy: keyPolicyFor('cloudwatch.amazonaws.com'),
        },
      },
    },
    withoutHistory,
  ),
  GetKeyPolicy: pair({ keys: { [KEY_ARN]: { ...customerKey, policy: '{"Statement":[]}' } } }, withoutHistory),
  PutEvaluations: { satisfied: base, unsatisfied: withoutSubscribers },
  ListDiscoveredResources: { satisfied: base, unsatisfied: withoutSubscribers },
  GetComplianceDetailsByConfigRule: { satisfied: base, unsatisfied: withoutSubscribers },
  AssumeRole: { satisfied: base, unsatisfied: withoutSubscribers },
  DescribeOrganization: { satisfied: base, unsatisfied: withoutSubscribers },
};
