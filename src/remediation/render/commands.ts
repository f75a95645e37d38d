import { logGroupName, parseArn, regionOf, resourceName } from '../../inventory/arn.ts';
import type { AdvancedEventSelector, EventSelector } from '../../inventory/resources.ts';
import type { AwsCommand } from './aws-command.ts';
import { logAlarmQuery, logAlarmSettings } from '../plan/log-alarm-settings.ts';
import type { ChangeOf } from '../plan/plan.ts';

/**
 * A trail of the own account, asked in its home region, goes by its name.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartLogging.html
 */
export function startLogging({ trailArn, region }: ChangeOf<'start-logging'>): AwsCommand {
  return { service: 'cloudtrail', operation: 'start-logging', region, input: { Name: resourceName(trailArn) } };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html */
export function recordAllRegions({ trailArn, region }: ChangeOf<'record-all-regions'>): AwsCommand {
  const input = { Name: resourceName(trailArn), IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true };
  return { service: 'cloudtrail', operation: 'update-trail', region, input };
}

/** A selector as the API spells it. */
export function selectorInput({ selector }: ChangeOf<'record-management-events'>): object {
  return selector.kind === 'basic' ? basicInput(selector.added) : advancedInput(selector.added);
}

function basicInput({ readWriteType, includeManagementEvents, excludeManagementEventSources }: EventSelector): object {
  return {
    ReadWriteType: readWriteType,
    IncludeManagementEvents: includeManagementEvents,
    ExcludeManagementEventSources: excludeManagementEventSources,
  };
}

function advancedInput({ name, fieldSelectors }: AdvancedEventSelector): object {
  const fields = fieldSelectors.map(({ field, equals, notEquals }) => ({
    Field: field,
    Equals: equals,
    NotEquals: notEquals,
  }));
  return { Name: name, FieldSelectors: fields };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export function createLogGroup(logGroupArn: string, tags?: Readonly<Record<string, string>>): AwsCommand {
  const input = { logGroupName: logGroupName(logGroupArn), ...(tags === undefined ? {} : { tags }) };
  return { service: 'logs', operation: 'create-log-group', region: regionOf(logGroupArn), input };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export function putRetention(logGroupArn: string, retentionInDays: number): AwsCommand {
  const input = { logGroupName: logGroupName(logGroupArn), retentionInDays };
  return { service: 'logs', operation: 'put-retention-policy', region: regionOf(logGroupArn), input };
}

/**
 * The role with which CloudTrail writes to a log group, what it may do, and the trail that uses it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export function connectLogGroup({ trailArn, region, logGroupArn, roleName }: ChangeOf<'connect-log-group'>): {
  readonly createRole: AwsCommand;
  readonly allowRole: AwsCommand;
  readonly updateTrail: AwsCommand;
  /** The tag of the role and of the log group, by which a later run knows them. */
  readonly tag: { readonly Key: string; readonly Value: string };
} {
  const { partition = 'aws', accountId = '' } = parseArn(logGroupArn) ?? {};
  const trust = policyWith({
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  const rights = policyWith({
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `${logGroupArn}:log-stream:*`,
  });
  const tag = { Key: 'CreatedForTrail', Value: trailArn };
  return {
    tag,
    ...roleWith({ region, roleName, tag, trust, policyName: 'write-to-log-group', rights }),
    updateTrail: {
      service: 'cloudtrail',
      operation: 'update-trail',
      region,
      input: {
        Name: resourceName(trailArn),
        CloudWatchLogsLogGroupArn: `${logGroupArn}:*`,
        CloudWatchLogsRoleArn: `arn:${partition}:iam::${accountId}:role/${roleName}`,
      },
    },
  };
}

function policyWith(statement: object): object {
  return { Version: '2012-10-17', Statement: [statement] };
}

/** A new role: who may assume it, and what it may do. */
interface NewRole {
  readonly region: string;
  readonly roleName: string;
  readonly tag: { readonly Key: string; readonly Value: string };
  readonly trust: object;
  readonly policyName: string;
  readonly rights: object;
}

function roleWith({ region, roleName, tag, trust, policyName, rights }: NewRole): {
  readonly createRole: AwsCommand;
  readonly allowRole: AwsCommand;
} {
  const name = { RoleName: roleName };
  return {
    createRole: {
      service: 'iam',
      operation: 'create-role',
      region,
      input: { ...name, AssumeRolePolicyDocument: JSON.stringify(trust), Tags: [tag] },
    },
    allowRole: {
      service: 'iam',
      operation: 'put-role-policy',
      region,
      input: { ...name, PolicyName: policyName, PolicyDocument: JSON.stringify(rights) },
    },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
export function putMetricFilter(change: ChangeOf<'create-metric-filter'>): AwsCommand {
  const { logGroupArn, filterName, filterPattern, namespace: metricNamespace, metricName } = change;
  const metricTransformations = [{ metricName, metricNamespace, metricValue: '1' }];
  const input = { logGroupName: logGroupName(logGroupArn), filterName, filterPattern, metricTransformations };
  return { service: 'logs', operation: 'put-metric-filter', region: regionOf(logGroupArn), input };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export function createTopic({ topicArn, kmsMasterKeyId, policy }: ChangeOf<'create-topic'>): AwsCommand {
  const attributes = {
    ...(kmsMasterKeyId === undefined ? {} : { KmsMasterKeyId: kmsMasterKeyId }),
    ...(policy === undefined ? {} : { Policy: policy }),
  };
  const input = {
    Name: resourceName(topicArn),
    ...(Object.keys(attributes).length === 0 ? {} : { Attributes: attributes }),
  };
  return { service: 'sns', operation: 'create-topic', region: regionOf(topicArn), input };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
export function setTopicPolicy({ topicArn, extendedPolicy }: ChangeOf<'allow-publish'>): AwsCommand {
  const input = { TopicArn: topicArn, AttributeName: 'Policy', AttributeValue: extendedPolicy };
  return { service: 'sns', operation: 'set-topic-attributes', region: regionOf(topicArn), input };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export function subscribe({ topicArn, email }: ChangeOf<'subscribe'>): AwsCommand {
  const input = { TopicArn: topicArn, Protocol: 'email', Endpoint: email };
  return { service: 'sns', operation: 'subscribe', region: regionOf(topicArn), input };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export function putRule(change: ChangeOf<'create-event-rule'>): AwsCommand {
  const { ruleArn, ruleName, eventPattern, state, description } = change;
  const input = { Name: ruleName, Description: description, EventPattern: eventPattern, State: state };
  return { service: 'events', operation: 'put-rule', region: regionOf(ruleArn), input };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
export function putTargets({ ruleArn, ruleName, topicArn }: ChangeOf<'create-event-rule'>): AwsCommand {
  const input = { Rule: ruleName, Targets: [{ Id: 'topic', Arn: topicArn }] };
  return { service: 'events', operation: 'put-targets', region: regionOf(ruleArn), input };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export function putMetricAlarm(change: ChangeOf<'create-alarm'>): AwsCommand {
  const input = {
    AlarmName: change.alarmName,
    AlarmDescription: change.description,
    Namespace: change.namespace,
    MetricName: change.metricName,
    Statistic: 'Sum',
    Period: change.period,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [change.topicArn],
  };
  return { service: 'cloudwatch', operation: 'put-metric-alarm', region: regionOf(change.alarmArn), input };
}

/**
 * The role with which the query of a log alarm runs, what it may do, and the log alarm.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/scheduled-queries-concepts.html (the role)
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutLogAlarm.html
 */
export function logAlarm(change: ChangeOf<'create-log-alarm'>): {
  readonly createRole: AwsCommand;
  readonly allowRole: AwsCommand;
  readonly putLogAlarm: AwsCommand;
  /** The tag of the role, by which a later run knows it. */
  readonly tag: { readonly Key: string; readonly Value: string };
} {
  const { alarmArn, alarmName, description, logGroupArn, queryString, roleName, topicArn } = change;
  const { partition = 'aws', accountId = '' } = parseArn(alarmArn) ?? {};
  const region = regionOf(alarmArn);
  const tag = { Key: 'CreatedForAlarm', Value: alarmName };
  const { trust, rights } = queryRole(logGroupArn);
  return {
    tag,
    ...roleWith({ region, roleName, tag, trust, policyName: 'query-log-group', rights }),
    putLogAlarm: {
      service: 'cloudwatch',
      operation: 'put-log-alarm',
      region,
      input: {
        AlarmName: alarmName,
        AlarmDescription: description,
        ScheduledQueryConfiguration: {
          ...capitalized(logAlarmQuery),
          ScheduleConfiguration: capitalized(logAlarmQuery.scheduleConfiguration),
          QueryString: queryString,
          LogGroupIdentifiers: [logGroupName(logGroupArn)],
          ScheduledQueryRoleARN: `arn:${partition}:iam::${accountId}:role/${roleName}`,
        },
        ...capitalized(logAlarmSettings),
        AlarmActions: [topicArn],
      },
    },
  };
}

/** Who may assume the role of a query, and what the role may do. `DescribeLogGroups` cannot be limited to one log group. */
export function queryRole(logGroupArn: string): { readonly trust: object; readonly rights: object } {
  const Version = '2012-10-17';
  const Effect = 'Allow';
  const queries = ['logs:StartQuery', 'logs:StopQuery', 'logs:GetQueryResults'];
  return {
    trust: { Version, Statement: [{ Effect, Principal: { Service: 'logs.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    rights: {
      Version,
      Statement: [
        { Effect, Action: queries, Resource: [logGroupArn, `${logGroupArn}:*`] },
        { Effect, Action: ['logs:DescribeLogGroups', 'logs:StopQuery', 'logs:GetQueryResults'], Resource: '*' },
      ],
    },
  };
}

function capitalized(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).map(([key, value]) => [key.charAt(0).toUpperCase() + key.slice(1), value]),
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_EnableAlarmActions.html */
export function enableAlarmActions({ alarmArn, alarmName }: ChangeOf<'enable-alarm-actions'>): AwsCommand {
  const input = { AlarmNames: [alarmName] };
  return { service: 'cloudwatch', operation: 'enable-alarm-actions', region: regionOf(alarmArn), input };
}

/**
 * Sets off an alarm on purpose. Its own next evaluation sets it back.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
export function setAlarmState(alarm: { readonly alarmArn: string; readonly alarmName: string }): AwsCommand {
  const input = {
    AlarmName: alarm.alarmName,
    StateValue: 'ALARM',
    StateReason: 'Test notification: does this reach a person?',
  };
  return { service: 'cloudwatch', operation: 'set-alarm-state', region: regionOf(alarm.alarmArn), input };
}
