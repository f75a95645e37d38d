import { keyArn } from '../arns.ts';
import { stopsMessages } from '../data-protection.ts';
import type { Declaration } from '../declaration.ts';
import type { Maybe } from '../value.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';
import { compositeAlarmOf, metricAlarmOf, muteRuleOf } from './alarms.ts';
import { eventRuleOf, eventTargetOf } from './event-rules.ts';
import { keyIdOf, knownArn, nameOf } from './names.ts';
import type { ResourceValues } from './resource-values.ts';
import { selectorsOf } from './selectors.ts';

/** Where a resource is. */
type Where = Pick<Declaration, 'place' | 'change' | 'accountId' | 'region'>;

/** What a resource declares. */
export function declarationOf(values: ResourceValues, where: Where): readonly Declaration[] {
  const { resource, text, json, boolean } = values;
  switch (resource.type) {
    case 'aws_cloudtrail': {
      const group = text('cloud_watch_logs_group_arn');
      return [
        {
          kind: 'trail',
          ...where,
          name: nameOf(resource, 'name'),
          isMultiRegionTrail: boolean('is_multi_region_trail', false),
          isOrganizationTrail: boolean('is_organization_trail', false),
          includeGlobalServiceEvents: boolean('include_global_service_events', true),
          isLogging: boolean('enable_logging', true),
          ...(group === undefined ? {} : { logGroupArn: group }),
          ...selectorsOf(values),
        },
      ];
    }
    case 'aws_cloudwatch_log_group':
      return [
        {
          kind: 'log-group',
          ...where,
          name: nameOf(resource, 'name'),
          logGroupClass: text('log_group_class') ?? 'STANDARD',
        },
      ];
    case 'aws_cloudwatch_log_transformer':
      return [{ kind: 'log-transformer', ...where, logGroup: text('log_group_arn') ?? unknown('the log group') }];
    case 'aws_cloudwatch_log_account_policy':
      return isUnknown(text('policy_type')) || text('policy_type') === 'TRANSFORMER_POLICY'
        ? [{ kind: 'log-transformer', ...where }]
        : [];
    case 'aws_cloudwatch_log_metric_filter':
      return [
        {
          kind: 'metric-filter',
          ...where,
          name: nameOf(resource, 'name'),
          logGroupName: text('log_group_name') ?? unknown('the log group'),
          filter: filterOf(values),
        },
      ];
    case 'aws_cloudwatch_metric_alarm': {
      const name = nameOf(resource, 'alarm_name');
      return [{ kind: 'metric-alarm', ...where, name, alarm: metricAlarmOf(values, name) }];
    }
    case 'aws_cloudwatch_composite_alarm': {
      const name = nameOf(resource, 'alarm_name');
      return [{ kind: 'composite-alarm', ...where, name, alarm: compositeAlarmOf(values, name) }];
    }
    case 'aws_cloudwatch_alarm_mute_rule': {
      const name = nameOf(resource, 'name');
      return [{ kind: 'mute-rule', ...where, name, ...muteRuleOf(values, name) }];
    }
    case 'aws_sns_topic': {
      const [policy, keyId] = [json('policy'), text('kms_master_key_id')];
      return [
        {
          kind: 'topic',
          ...where,
          name: nameOf(resource, 'name'),
          ...(policy === undefined ? {} : { policy }),
          ...(keyId === undefined ? {} : { keyId }),
        },
      ];
    }
    case 'aws_sns_topic_policy':
      return [
        {
          kind: 'topic-policy',
          ...where,
          topicArn: text('arn') ?? unknown('the topic'),
          policy: json('policy') ?? unknown('the policy'),
        },
      ];
    case 'aws_sns_topic_data_protection_policy':
      return stopsMessages(values.get('policy'), text('arn') ?? unknown('the topic'), where);
    case 'aws_sns_topic_subscription':
      return [subscriptionOf(values, where)];
    case 'aws_kms_key':
    case 'aws_kms_external_key':
    case 'aws_kms_replica_key':
    case 'aws_kms_replica_external_key': {
      const policy = json('policy');
      return [
        {
          kind: 'key',
          ...where,
          keyArn: knownArn(resource) ?? keyArn(where, keyIdOf(resource)),
          isEnabled: boolean(resource.type === 'aws_kms_key' ? 'is_enabled' : 'enabled', true),
          ...(policy === undefined ? {} : { policy }),
        },
      ];
    }
    case 'aws_kms_key_policy': {
      const id = text('key_id') ?? unknown('the key');
      return [
        { kind: 'key-policy', ...where, keyArn: arnOfKey(id, where), policy: json('policy') ?? unknown('the policy') },
      ];
    }
    case 'aws_kms_alias': {
      const id = text('target_key_id') ?? unknown('the key');
      return [{ kind: 'key-alias', ...where, name: nameOf(resource, 'name'), keyArn: arnOfKey(id, where) }];
    }
    case 'aws_cloudwatch_event_bus':
      return [{ kind: 'event-bus', ...where, name: nameOf(resource, 'name') }];
    case 'aws_cloudwatch_event_rule':
      return [eventRuleOf(values, where)];
    case 'aws_cloudwatch_event_target':
      return [eventTargetOf(values, where)];
    default:
      return [];
  }
}

/** A key may be named by its id or its ARN. */
function arnOfKey(id: Maybe<string>, where: Where): Maybe<string> {
  return isUnknown(id) || id.startsWith('arn:') ? id : keyArn(where, id);
}

function subscriptionOf({ resource, text, json }: ResourceValues, where: Where): Declaration {
  const [endpoint, filterPolicy, filterPolicyScope] = [
    text('endpoint'),
    json('filter_policy'),
    text('filter_policy_scope'),
  ];
  const doubt = [filterPolicy, filterPolicyScope].find(isUnknown);
  const arn = knownArn(resource);
  return {
    kind: 'subscription',
    ...where,
    topicArn: text('topic_arn') ?? unknown('the topic'),
    protocol: text('protocol') ?? unknown('the protocol'),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(arn === undefined ? {} : { subscriptionArn: arn }),
    attributes: doubt ?? {
      ...(typeof filterPolicy === 'string' ? { filterPolicy } : {}),
      ...(typeof filterPolicyScope === 'string' ? { filterPolicyScope } : {}),
    },
  };
}

function filterOf({
  resource,
  text,
  get,
  boolean,
}: ResourceValues): Extract<Declaration, { kind: 'metric-filter' }>['filter'] {
  const transformations = (get('metric_transformation') ?? []) as readonly Readonly<Record<string, unknown>>[];
  const pattern = resource.values['pattern'];
  const transformed = boolean('apply_on_transformed_logs', false);
  const criteria = text('field_selection_criteria');
  const systemFields = (get('emit_system_field_dimensions') ?? []) as readonly string[];
  const doubt = firstUnknown([transformations, pattern, transformed, criteria, systemFields]);
  if (doubt !== undefined) return doubt;
  return {
    filterName: nameOf(resource, 'name'),
    filterPattern: typeof pattern === 'string' ? pattern : '',
    metricTransformations: transformations.map((one) => {
      const { name, namespace, value, default_value: defaultValue, unit, dimensions } = one;
      return {
        metricName: name as string,
        metricNamespace: namespace as string,
        metricValue: value as string,
        ...(typeof defaultValue === 'string' && defaultValue !== '' ? { defaultValue: Number(defaultValue) } : {}),
        ...(typeof unit === 'string' && unit !== 'None' ? { unit } : {}),
        ...(isFilled(dimensions) ? { dimensions: dimensions as Readonly<Record<string, string>> } : {}),
      };
    }),
    ...(transformed === true ? { applyOnTransformedLogs: true } : {}),
    ...(typeof criteria === 'string' ? { fieldSelectionCriteria: criteria } : {}),
    ...(systemFields.length > 0 ? { emitSystemFieldDimensions: systemFields } : {}),
  };
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
