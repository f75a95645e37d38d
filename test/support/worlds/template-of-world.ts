import { logGroupName, resourceName } from '../../../src/inventory/arn.ts';
import type { Alarm, Dimension, LogAlarm, MetricAlarm, MetricFilter } from '../../../src/inventory/resources.ts';
import type { World } from './world.ts';

type Properties = Readonly<Record<string, unknown>>;
interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
}

/**
 * The CloudFormation template that makes a world, as far as a template can: what another account or another region holds,
 * what exists without being declared, and what happened, is left out.
 */
export function templateOf(world: World, region: string = world.region): string {
  const { accountId } = world;
  const isHere = (arn: string) => arn.split(':')[3] === region && arn.split(':')[4] === accountId;
  const resources: Resource[] = [];
  const add = (type: string, properties: Properties) => {
    resources.push({ Type: type, Properties: defined(properties) });
  };
  /** The key of a topic, which the template makes too. */
  const keyOf = (id: string | undefined): unknown => {
    const key = id === undefined ? undefined : (world.keys?.[id] ?? world.keys?.[`${accountId} ${region} ${id}`]);
    if (key?.keyManager !== 'CUSTOMER') return id;
    add('AWS::KMS::Key', { KeyPolicy: policyOf(key.policy), Enabled: key.keyState === 'Enabled' });
    return { 'Fn::GetAtt': [`Resource${resources.length - 1}`, 'Arn'] };
  };
  for (const trail of world.trails.filter(({ trailArn }) => isHere(trailArn))) {
    const selectors = world.selectors[trail.trailArn];
    add('AWS::CloudTrail::Trail', {
      TrailName: trail.name,
      S3BucketName: 'audit-trail',
      IsLogging: world.statuses[trail.trailArn]?.isLogging,
      IsMultiRegionTrail: trail.isMultiRegionTrail,
      IsOrganizationTrail: trail.isOrganizationTrail,
      IncludeGlobalServiceEvents: trail.includeGlobalServiceEvents,
      CloudWatchLogsLogGroupArn:
        trail.cloudWatchLogsLogGroupArn === undefined ? undefined : `${trail.cloudWatchLogsLogGroupArn}:*`,
      EventSelectors: filled(selectors?.eventSelectors.map(upper)),
      AdvancedEventSelectors: filled(
        selectors?.advancedEventSelectors.map(({ name, fieldSelectors }) =>
          defined({ Name: name, FieldSelectors: fieldSelectors.map(upper) }),
        ),
      ),
    });
  }
  for (const [arn, filters] of Object.entries(world.filters)) {
    if (filters === null || !isHere(arn)) continue;
    add('AWS::Logs::LogGroup', { LogGroupName: logGroupName(arn), LogGroupClass: world.logGroupClasses?.[arn] });
    const { ofLogGroup = false, ofAccount = false } = world.transformers?.[arn] ?? {};
    if (ofLogGroup) add('AWS::Logs::Transformer', { LogGroupIdentifier: logGroupName(arn) });
    if (ofAccount) add('AWS::Logs::AccountPolicy', { PolicyType: 'TRANSFORMER_POLICY' });
    for (const filter of filters) add('AWS::Logs::MetricFilter', filterProperties(filter, logGroupName(arn)));
  }
  for (const [place, alarms] of Object.entries(world.alarms)) {
    if (place !== `${accountId} ${region}`) continue;
    for (const alarm of alarms) {
      if (alarm.kind === 'log-alarm') add('AWS::CloudWatch::LogAlarm', logAlarmProperties(alarm));
      else if (alarm.kind === 'composite-alarm') add('AWS::CloudWatch::CompositeAlarm', alarmProperties(alarm));
      if (alarm.kind === 'metric-alarm') add('AWS::CloudWatch::Alarm', metricAlarmProperties(alarm));
    }
  }
  for (const [arn, topic] of Object.entries(world.topics)) {
    if (topic === null || world.subscriptions[arn] === null || !isHere(arn)) continue;
    add('AWS::SNS::Topic', { TopicName: resourceName(arn), KmsMasterKeyId: keyOf(topic.kmsMasterKeyId) });
    add('AWS::SNS::TopicPolicy', { Topics: [arn], PolicyDocument: policyOf(topic.policy) });
    for (const { subscriptionArn, protocol, endpoint } of world.subscriptions[arn] ?? []) {
      const { filterPolicy, filterPolicyScope } = world.filterPolicies?.[subscriptionArn] ?? {};
      add('AWS::SNS::Subscription', {
        ...{ TopicArn: arn, Protocol: protocol, Endpoint: endpoint ?? 'oncall@example.com' },
        FilterPolicy: filterPolicy === undefined ? undefined : (JSON.parse(filterPolicy) as unknown),
        FilterPolicyScope: filterPolicyScope,
      });
    }
  }
  for (const [bus, rules] of Object.entries(world.eventRules ?? {})) {
    if (rules === null || !isHere(bus)) continue;
    const name = resourceName(bus);
    if (name !== 'default') add('AWS::Events::EventBus', { Name: name });
    for (const rule of rules) {
      add('AWS::Events::Rule', {
        ...{ Name: rule.name, State: rule.state, EventBusName: name === 'default' ? undefined : name },
        EventPattern: rule.eventPattern === undefined ? undefined : patternOf(rule.eventPattern),
        Targets: filled((world.eventRuleTargets?.[`${bus} ${rule.name}`] ?? []).map(upper)),
      });
    }
  }
  return JSON.stringify({ Resources: Object.fromEntries(resources.map((one, at) => [`Resource${at}`, one])) });
}

/** A pattern as an object, as people write it; as a text where it is none. */
function patternOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A policy; what a template does not say, where the text is none. */
function policyOf(text: string): unknown {
  return text === '' ? { 'Fn::ImportValue': 'policy' } : (JSON.parse(text) as unknown);
}

function filterProperties(filter: MetricFilter, group: string): Properties {
  return {
    ...{ LogGroupName: group, FilterName: filter.filterName, FilterPattern: filter.filterPattern },
    ApplyOnTransformedLogs: filter.applyOnTransformedLogs,
    MetricTransformations: filter.metricTransformations.map(({ dimensions, ...one }) =>
      defined({
        ...upper(one),
        Dimensions:
          dimensions === undefined
            ? undefined
            : Object.entries(dimensions).map(([name, value]) => ({ Key: name, Value: value })),
      }),
    ),
  };
}

function alarmProperties({ alarmName, actionsEnabled, alarmActions, ...alarm }: Alarm): Properties {
  return {
    ...{ AlarmName: alarmName, ActionsEnabled: actionsEnabled, AlarmActions: alarmActions },
    ...(alarm.kind === 'composite-alarm'
      ? {
          AlarmRule: alarm.alarmRule,
          ActionsSuppressor: alarm.actionsSuppressor,
          ActionsSuppressorWaitPeriod: alarm.actionsSuppressorWaitPeriod,
        }
      : {}),
  };
}

function metricAlarmProperties(alarm: MetricAlarm): Properties {
  const { evaluationPeriods, datapointsToAlarm, threshold, comparisonOperator, treatMissingData } = alarm;
  const { evaluateLowSampleCountPercentile, thresholdMetricId } = alarm;
  const { namespace, metricName, statistic, extendedStatistic, period, unit, dimensions, metrics } = alarm;
  const settings = { evaluationPeriods, datapointsToAlarm, threshold, comparisonOperator, treatMissingData };
  const metric = { namespace, metricName, statistic, extendedStatistic, period, unit };
  return {
    ...alarmProperties(alarm),
    ...upper({ ...settings, ...metric, evaluateLowSampleCountPercentile, thresholdMetricId }),
    Dimensions: filled(dimensionsOf(dimensions)),
    Metrics: filled(
      metrics.map(({ metricStat, ...query }) =>
        defined({
          ...upper(query),
          MetricStat:
            metricStat === undefined
              ? undefined
              : {
                  ...upper({ period: metricStat.period, stat: metricStat.stat, unit: metricStat.unit }),
                  Metric: {
                    Namespace: metricStat.metric.namespace,
                    MetricName: metricStat.metric.metricName,
                    Dimensions: dimensionsOf(metricStat.metric.dimensions),
                  },
                },
        }),
      ),
    ),
  };
}

function logAlarmProperties(alarm: LogAlarm): Properties {
  const { queryResultsToEvaluate, queryResultsToAlarm, threshold, comparisonOperator, treatMissingData } = alarm;
  const { scheduledQueryConfiguration: query } = alarm;
  return {
    ...alarmProperties(alarm),
    ...upper({ queryResultsToEvaluate, queryResultsToAlarm, threshold, comparisonOperator, treatMissingData }),
    ScheduledQueryConfiguration:
      query === undefined ? undefined : { ...upper(query), ScheduleConfiguration: upper(query.scheduleConfiguration) },
  };
}

function dimensionsOf(dimensions: readonly Dimension[]): readonly Properties[] {
  return dimensions.map(({ name, value }) => ({ Name: name, Value: value }));
}

/** The names that CloudFormation has for the members. */
function upper(given: object): Properties {
  return defined(
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        value as unknown,
      ]),
    ),
  );
}

function defined(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** Nothing in the place of an empty list, which a template has no reason to hold. */
function filled<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}
