import type { AdvancedFieldSelector } from '../../../resources.ts';
import type { Place } from '../../../place.ts';
import { keyArn, topicArn } from '../../arns.ts';
import type { Change, Declaration, DeclarationOf } from '../../declaration.ts';
import type { Maybe } from '../../value.ts';
import { stopsMessages } from '../../data-protection.ts';
import { firstUnknown, isUnknown, unknown } from '../../value.ts';
import { compositeAlarmOf, logAlarmOf, metricAlarmOf, muteRuleOf } from './alarms.ts';
import { eventRuleOf } from './event-rules.ts';
import { rulesOfEvents, subscriptionsOfFunction } from './sam.ts';
import { subscriptionOf } from './subscriptions.ts';
import type { Properties } from './properties.ts';
import { booleanOf, inCamelCase, jsonOf, listOf, textOf } from './properties.ts';

/** Where a resource is, and what it and its key are called. */
export interface Where {
  /** What stands for the id of a key. */
  readonly keyId: string;
  readonly place: Place;
  readonly change: Change;
  readonly accountId: string;
  readonly region: string;
  readonly nameOf: (property: string) => string;
}

/** The property that names a resource, by the types that are read. Where it is not set, CloudFormation chooses a name. */
export const nameProperties: Readonly<Record<string, string>> = {
  'AWS::CloudTrail::Trail': 'TrailName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Logs::MetricFilter': 'FilterName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::CloudWatch::LogAlarm': 'AlarmName',
  'AWS::CloudWatch::AlarmMuteRule': 'Name',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
};

/**
 * What a resource declares.
 *
 * @param given - its properties, with intrinsic functions computed
 */
export function declarationOf(
  type: string,
  given: Properties,
  { nameOf, keyId, ...where }: Where,
): readonly Declaration[] {
  const text = (name: string) => textOf(given[name]);
  const boolean = (name: string, fallback: boolean) => booleanOf(given[name], fallback);
  switch (type) {
    case 'AWS::CloudTrail::Trail': {
      const group = text('CloudWatchLogsLogGroupArn');
      return [
        {
          kind: 'trail',
          ...where,
          name: nameOf('TrailName'),
          isMultiRegionTrail: boolean('IsMultiRegionTrail', false),
          isOrganizationTrail: boolean('IsOrganizationTrail', false),
          includeGlobalServiceEvents: boolean('IncludeGlobalServiceEvents', true),
          isLogging: boolean('IsLogging', true),
          ...(group === undefined ? {} : { logGroupArn: group }),
          eventSelectors: listOf(given['EventSelectors'], (selector) => ({
            readWriteType: (selector['ReadWriteType'] ?? 'All') as 'All',
            includeManagementEvents: booleanOf(selector['IncludeManagementEvents'], true) as boolean,
            excludeManagementEventSources: (selector['ExcludeManagementEventSources'] ?? []) as readonly string[],
          })),
          advancedEventSelectors: listOf(given['AdvancedEventSelectors'], (selector) => ({
            ...(typeof selector['Name'] === 'string' ? { name: selector['Name'] } : {}),
            fieldSelectors: ((selector['FieldSelectors'] ?? []) as readonly Properties[]).map(
              (field) => inCamelCase(field) as unknown as AdvancedFieldSelector,
            ),
          })),
        },
      ];
    }
    case 'AWS::Logs::LogGroup':
      return [
        {
          kind: 'log-group',
          ...where,
          name: nameOf('LogGroupName'),
          logGroupClass: text('LogGroupClass') ?? 'STANDARD',
        },
      ];
    case 'AWS::Logs::Transformer':
      return [{ kind: 'log-transformer', ...where, logGroup: text('LogGroupIdentifier') ?? unknown('the log group') }];
    case 'AWS::Logs::AccountPolicy': {
      const isOther = !['TRANSFORMER_POLICY', undefined].includes(text('PolicyType') as string | undefined);
      return isOther && !isUnknown(text('PolicyType')) ? [] : [{ kind: 'log-transformer', ...where }];
    }
    case 'AWS::Logs::MetricFilter':
      return [
        {
          kind: 'metric-filter',
          ...where,
          name: nameOf('FilterName'),
          logGroupName: text('LogGroupName') ?? unknown('the log group'),
          filter: filterOf(given, nameOf('FilterName')),
        },
      ];
    case 'AWS::CloudWatch::Alarm': {
      const name = nameOf('AlarmName');
      return [{ kind: 'metric-alarm', ...where, name, alarm: metricAlarmOf(given, name) }];
    }
    case 'AWS::CloudWatch::CompositeAlarm': {
      const name = nameOf('AlarmName');
      return [{ kind: 'composite-alarm', ...where, name, alarm: compositeAlarmOf(given, name) }];
    }
    case 'AWS::CloudWatch::LogAlarm': {
      const name = nameOf('AlarmName');
      return [{ kind: 'log-alarm', ...where, name, alarm: logAlarmOf(given, name) }];
    }
    case 'AWS::CloudWatch::AlarmMuteRule': {
      const name = nameOf('Name');
      return [{ kind: 'mute-rule', ...where, name, ...muteRuleOf(given, name) }];
    }
    case 'AWS::SNS::Topic': {
      const keyId = text('KmsMasterKeyId');
      const topic: Declaration = {
        kind: 'topic',
        ...where,
        name: nameOf('TopicName'),
        ...(keyId === undefined ? {} : { keyId }),
      };
      const subscriptions = (given['Subscription'] ?? []) as Maybe<readonly Properties[]>;
      const arn = topicArn(where, nameOf('TopicName'));
      const stops = stopsMessages(given['DataProtectionPolicy'], arn, where);
      if (isUnknown(subscriptions))
        return [
          topic,
          ...stops,
          { kind: 'subscription', ...where, topicArn: arn, protocol: subscriptions, attributes: {} },
        ];
      return [topic, ...stops, ...subscriptions.map((one) => subscriptionOf({ ...one, TopicArn: arn }, where))];
    }
    case 'AWS::SNS::TopicPolicy': {
      const topics = (given['Topics'] ?? []) as Maybe<readonly Maybe<string>[]>;
      const policy = jsonOf(given['PolicyDocument']);
      return (isUnknown(topics) ? [topics] : topics).map((arn) => ({
        kind: 'topic-policy',
        ...where,
        topicArn: arn,
        policy,
      }));
    }
    case 'AWS::SNS::TopicInlinePolicy':
      return [
        {
          kind: 'topic-policy',
          ...where,
          topicArn: textOf(given['TopicArn']) ?? unknown('the topic'),
          policy: jsonOf(given['PolicyDocument']),
        },
      ];
    case 'AWS::SNS::Subscription':
      return [subscriptionOf(given, where)];
    case 'AWS::Serverless::Function':
      return [...subscriptionsOfFunction(given, where), ...rulesOfEvents(given, 'lambda', where)];
    case 'AWS::Serverless::StateMachine':
      return rulesOfEvents(given, 'states', where);
    case 'AWS::KMS::Key':
      return [
        {
          kind: 'key',
          ...where,
          keyArn: keyArn(where, keyId),
          isEnabled: boolean('Enabled', true),
          ...(given['KeyPolicy'] === undefined ? {} : { policy: jsonOf(given['KeyPolicy']) }),
        },
      ];
    case 'AWS::KMS::Alias': {
      const key = text('TargetKeyId') ?? unknown('the key');
      return [
        {
          kind: 'key-alias',
          ...where,
          name: nameOf('AliasName'),
          keyArn: isUnknown(key) || key.startsWith('arn:') ? key : keyArn(where, key),
        },
      ];
    }
    case 'AWS::Events::EventBus':
      return [{ kind: 'event-bus', ...where, name: nameOf('Name') }];
    case 'AWS::Events::Rule':
      return eventRuleOf(given, nameOf('Name'), where);
    default:
      return [];
  }
}

function filterOf(given: Properties, filterName: string): DeclarationOf<'metric-filter'>['filter'] {
  const { FilterPattern, MetricTransformations, FieldSelectionCriteria, EmitSystemFieldDimensions } = given;
  const transformed = booleanOf(given['ApplyOnTransformedLogs'], false);
  const criteria = textOf(FieldSelectionCriteria);
  const systemFields = (EmitSystemFieldDimensions ?? []) as readonly string[];
  const doubt = firstUnknown([FilterPattern, MetricTransformations, transformed, criteria, systemFields]);
  if (doubt !== undefined) return doubt;
  return {
    filterName,
    filterPattern: (textOf(given['FilterPattern']) as string | undefined) ?? '',
    metricTransformations: ((given['MetricTransformations'] ?? []) as readonly Properties[]).map((one) => ({
      metricName: one['MetricName'] as string,
      metricNamespace: one['MetricNamespace'] as string,
      metricValue: one['MetricValue'] as string,
      ...(one['DefaultValue'] === undefined ? {} : { defaultValue: Number(one['DefaultValue']) }),
      ...(typeof one['Unit'] === 'string' && one['Unit'] !== 'None' ? { unit: one['Unit'] } : {}),
      ...(Array.isArray(one['Dimensions'])
        ? {
            dimensions: Object.fromEntries(
              (one['Dimensions'] as readonly Properties[]).map(({ Key, Value }) => [Key, Value]),
            ) as Readonly<Record<string, string>>,
          }
        : {}),
    })),
    ...(transformed === true ? { applyOnTransformedLogs: true } : {}),
    ...(typeof criteria === 'string' ? { fieldSelectionCriteria: criteria } : {}),
    ...(systemFields.length > 0 ? { emitSystemFieldDimensions: systemFields } : {}),
  };
}
