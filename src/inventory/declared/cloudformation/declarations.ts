import type { AdvancedFieldSelector } from '../../resources.ts';
import type { Place } from '../../place.ts';
import { alarmArn, keyArn, logGroupArn, topicArn, trailArn } from '../arns.ts';
import type { Change, Declaration, DeclarationOf } from '../declaration.ts';
import type { Maybe } from '../value.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';
import { compositeAlarmOf, metricAlarmOf } from './alarms.ts';
import { intrinsicEvaluator } from './intrinsics.ts';
import type { Properties } from './properties.ts';
import { booleanOf, inCamelCase, jsonOf, listOf, textOf } from './properties.ts';
import type { Template } from './template.ts';

/** What a template does not say, and its reader gives. */
export interface StackContext {
  readonly accountId: string;
  readonly region: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly placeOf: (logicalId: string) => Place;
}

/**
 * What a CloudFormation template declares of the things that a chain runs through, as they are after deployment.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export function cloudFormationDeclarations(template: Template, context: StackContext): readonly Declaration[] {
  const { accountId, region } = context;
  const evaluate = intrinsicEvaluator({ template, ...context, attributeOf });
  const properties = new Map<string, Properties>();

  function propertiesOf(logicalId: string): Properties {
    const known = properties.get(logicalId);
    if (known !== undefined) return known;
    // While they are computed a resource has no properties, so that one that refers to itself ends.
    properties.set(logicalId, {});
    const computed = evaluate(template.Resources[logicalId]?.Properties ?? {}) as Properties;
    properties.set(logicalId, computed);
    return computed;
  }

  function nameOf(logicalId: string, property: string): string {
    const name = propertiesOf(logicalId)[property];
    return typeof name === 'string' && name !== '' ? name : `(${logicalId})`;
  }

  /** What `Ref` (without an attribute) and `Fn::GetAtt` give. ARNs follow from names. */
  function attributeOf(logicalId: string, attribute: string | undefined): unknown {
    const where = { accountId, region };
    const type = template.Resources[logicalId]?.Type;
    switch (`${type ?? ''} ${attribute ?? 'Ref'}`) {
      case 'AWS::SNS::Topic Ref':
      case 'AWS::SNS::Topic TopicArn':
        return topicArn(where, nameOf(logicalId, 'TopicName'));
      case 'AWS::SNS::Topic TopicName':
        return nameOf(logicalId, 'TopicName');
      case 'AWS::Logs::LogGroup Ref':
        return nameOf(logicalId, 'LogGroupName');
      case 'AWS::Logs::LogGroup Arn':
        return `${logGroupArn(where, nameOf(logicalId, 'LogGroupName'))}:*`;
      case 'AWS::CloudTrail::Trail Ref':
        return nameOf(logicalId, 'TrailName');
      case 'AWS::CloudTrail::Trail Arn':
        return trailArn(where, nameOf(logicalId, 'TrailName'));
      case 'AWS::CloudWatch::Alarm Ref':
      case 'AWS::CloudWatch::CompositeAlarm Ref':
        return nameOf(logicalId, 'AlarmName');
      case 'AWS::CloudWatch::Alarm Arn':
      case 'AWS::CloudWatch::CompositeAlarm Arn':
        return alarmArn(where, nameOf(logicalId, 'AlarmName'));
      case 'AWS::KMS::Key Ref':
      case 'AWS::KMS::Key KeyId':
        return `(${logicalId})`;
      case 'AWS::KMS::Key Arn':
        return keyArn(where, `(${logicalId})`);
      case 'AWS::KMS::Alias Ref':
        return nameOf(logicalId, 'AliasName');
      default:
        return unknown(`${logicalId}${attribute === undefined ? '' : `.${attribute}`} is known after deployment`);
    }
  }

  return Object.entries(template.Resources).flatMap(
    ([logicalId, { Type: type, Condition: condition }]): readonly Declaration[] => {
      const isThere = condition === undefined ? true : evaluate({ Condition: condition });
      if (isThere === false) return [];
      const where = { place: context.placeOf(logicalId), change: 'create', accountId, region } as const;
      const declaration = declarationOf(type, propertiesOf(logicalId), {
        ...where,
        nameOf: (property) => nameOf(logicalId, property),
      });
      // Whether a resource under an unknown condition is there is not known, so neither is what depends on it.
      return isUnknown(isThere) ? declaration.map((one) => uncertain(one, isThere.unknown)) : declaration;
    },
  );
}

interface Where {
  readonly place: Place;
  readonly change: Change;
  readonly accountId: string;
  readonly region: string;
  readonly nameOf: (property: string) => string;
}

function uncertain(declaration: Declaration, why: string): Declaration {
  switch (declaration.kind) {
    case 'trail':
      return { ...declaration, isMultiRegionTrail: unknown(why) };
    case 'log-group':
      return { ...declaration, logGroupClass: unknown(why) };
    case 'metric-filter':
      return { ...declaration, filter: unknown(why) };
    case 'metric-alarm':
    case 'composite-alarm':
      return { ...declaration, alarm: unknown(why) };
    case 'topic':
    case 'topic-policy':
    case 'key':
    case 'key-policy':
      return { ...declaration, policy: unknown(why) };
    case 'subscription':
      return { ...declaration, protocol: unknown(why) };
    case 'key-alias':
      return { ...declaration, keyArn: unknown(why) };
  }
}

function declarationOf(type: string, given: Properties, { nameOf, ...where }: Where): readonly Declaration[] {
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
            includeManagementEvents: booleanOf(selector['IncludeManagementEvents'], true) === true,
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
    case 'AWS::Logs::MetricFilter':
      return [
        {
          kind: 'metric-filter',
          ...where,
          logGroupName: text('LogGroupName') ?? unknown('the log group'),
          filter: filterOf(given, nameOf('FilterName')),
        },
      ];
    case 'AWS::CloudWatch::Alarm':
      return [{ kind: 'metric-alarm', ...where, alarm: metricAlarmOf(given, nameOf('AlarmName')) }];
    case 'AWS::CloudWatch::CompositeAlarm':
      return [{ kind: 'composite-alarm', ...where, alarm: compositeAlarmOf(given, nameOf('AlarmName')) }];
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
      if (isUnknown(subscriptions))
        return [topic, { kind: 'subscription', ...where, topicArn: arn, protocol: subscriptions, attributes: {} }];
      return [topic, ...subscriptions.map((one) => subscriptionOf({ ...one, TopicArn: arn }, where))];
    }
    case 'AWS::SNS::TopicPolicy': {
      const topics = given['Topics'] as Maybe<readonly Maybe<string>[]>;
      const policy = jsonOf(given['PolicyDocument']);
      return (isUnknown(topics) ? [topics] : topics).map((arn) => ({
        kind: 'topic-policy',
        ...where,
        topicArn: arn,
        policy,
      }));
    }
    case 'AWS::SNS::Subscription':
      return [subscriptionOf(given, where)];
    case 'AWS::KMS::Key':
      return [
        {
          kind: 'key',
          ...where,
          keyArn: keyArn(where, `(${where.place.address})`),
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
    default:
      return [];
  }
}

function subscriptionOf(given: Properties, where: Omit<Where, 'nameOf'>): DeclarationOf<'subscription'> {
  const [endpoint, scope] = [textOf(given['Endpoint']), textOf(given['FilterPolicyScope'])];
  const filterPolicy = given['FilterPolicy'] === undefined ? undefined : jsonOf(given['FilterPolicy']);
  const doubt = [filterPolicy, scope].find(isUnknown);
  return {
    kind: 'subscription',
    ...where,
    topicArn: textOf(given['TopicArn']) ?? unknown('the topic'),
    protocol: textOf(given['Protocol']) ?? unknown('the protocol'),
    ...(endpoint === undefined ? {} : { endpoint }),
    attributes: doubt ?? {
      ...(typeof filterPolicy === 'string' ? { filterPolicy } : {}),
      ...(typeof scope === 'string' ? { filterPolicyScope: scope } : {}),
    },
  };
}

function filterOf(given: Properties, filterName: string): DeclarationOf<'metric-filter'>['filter'] {
  const doubt = firstUnknown([given['FilterPattern'], given['MetricTransformations']]);
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
    ...(booleanOf(given['ApplyOnTransformedLogs'], false) === true ? { applyOnTransformedLogs: true } : {}),
  };
}
