import { parseArn } from '../../arn.ts';
import { alarmArn, keyArn, logGroupArn, topicArn, trailArn } from '../arns.ts';
import type { Declaration } from '../declaration.ts';
import type { Maybe } from '../value.ts';
import { isUnknown, unknown } from '../value.ts';
import { compositeAlarmOf, metricAlarmOf } from './alarms.ts';
import type { TerraformPlan } from './plan.ts';
import { keyIdOf, knownArn, nameOf } from './names.ts';
import { policyDocumentOf } from './policy-document.ts';
import { regionsOf } from './providers.ts';
import { referenceResolver } from './references.ts';
import type { ResourceValues } from './resource-values.ts';
import type { PlannedResource } from './resources.ts';
import { plannedResources } from './resources.ts';
import { selectorsOf } from './selectors.ts';

/** What a plan does not say, and its reader gives. */
export interface PlanContext {
  readonly accountId: string;
  /** For resources of a provider whose region the plan does not say. */
  readonly region: string;
}

/**
 * What a Terraform plan declares of the things that a chain runs through, as they are after it is applied.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export function terraformDeclarations(
  plan: TerraformPlan,
  context: PlanContext,
  resources: readonly PlannedResource[] = plannedResources(plan),
): readonly Declaration[] {
  const regionOf = regionsOf(plan, context.region);
  const resolver = referenceResolver(plan, resources, attributeOf);

  function whereOf(resource: PlannedResource) {
    const arn = typeof resource.values['arn'] === 'string' ? parseArn(resource.values['arn']) : undefined;
    return {
      place: { address: resource.address },
      change: resource.change,
      // A resource that exists says where it is.
      accountId: arn?.accountId ?? context.accountId,
      region: arn?.region ?? regionOf(resource),
    };
  }

  function valuesOf(resource: PlannedResource): ResourceValues {
    const get = (attribute: string): unknown => {
      const value = resource.values[attribute];
      if (!isUnknown(value)) return value ?? undefined;
      // AWS or the provider chooses what is not known and not configured: that is its default.
      return resolver.isConfigured(resource, attribute) ? resolver.resolve(resource, attribute) : undefined;
    };
    const text = (attribute: string) => {
      const value = get(attribute);
      if (isUnknown(value)) return value;
      return value === undefined || value === '' ? undefined : `${value as string | number}`;
    };
    return {
      resource,
      get,
      text,
      json: (attribute) => {
        const value = text(attribute);
        const isKnown = typeof resource.values[attribute] === 'string';
        if (typeof value !== 'string' || isKnown || value.trimStart().startsWith('{')) return value;
        return unknown(`${resource.address}.${attribute} is known after apply`);
      },
      boolean: (attribute, fallback) => {
        const value = get(attribute);
        return isUnknown(value) ? value : value === undefined ? fallback : value === true;
      },
      list: (attribute) => {
        const value = resource.values[attribute];
        if (value === undefined || value === null) return [];
        const members = isUnknown(value) ? [value] : (value as readonly Maybe<string>[]);
        if (!members.some(isUnknown)) return members;
        if (!resolver.isConfigured(resource, attribute)) return [];
        const resolved = resolver.resolveList(resource, attribute).flat() as readonly Maybe<string>[];
        // An expression that refers to something else than ARNs may choose among its references.
        const isOther = (one: unknown) => !isUnknown(one) && !(typeof one === 'string' && one.startsWith('arn:'));
        if (resolved.some(isOther)) return unknown(`${resource.address}.${attribute} is known after apply`);
        // Each reference is a member, as long as they are as many as the list has unknown members.
        const open = members.filter(isUnknown).length;
        if (!isUnknown(value) && resolved.length !== open)
          return unknown(`${resource.address}.${attribute} is known after apply`);
        return [...members.filter((one) => !isUnknown(one)), ...resolved];
      },
    };
  }

  /** What an attribute of a resource will be. ARNs follow from names, as AWS documents. */
  function attributeOf(resource: PlannedResource, attribute: string): unknown {
    const known = resource.values[attribute];
    if (known !== undefined && known !== null && !isUnknown(known)) return known;
    const where = whereOf(resource);
    const name = (of: string) => nameOf(resource, of);
    switch (`${resource.type}.${attribute}`) {
      case 'aws_sns_topic.arn':
      case 'aws_sns_topic.id':
      case 'aws_sns_topic_policy.arn':
        return topicArn(where, name('name'));
      case 'aws_cloudwatch_log_group.arn':
        return logGroupArn(where, name('name'));
      case 'aws_cloudwatch_log_group.name':
      case 'aws_cloudwatch_log_group.id':
        return name('name');
      case 'aws_cloudwatch_metric_alarm.arn':
      case 'aws_cloudwatch_composite_alarm.arn':
        return alarmArn(where, name('alarm_name'));
      case 'aws_cloudwatch_metric_alarm.id':
      case 'aws_cloudwatch_composite_alarm.id':
        return name('alarm_name');
      case 'aws_cloudtrail.arn':
      case 'aws_cloudtrail.id':
        return trailArn(where, name('name'));
      case 'aws_kms_key.arn':
        return keyArn(where, keyIdOf(resource));
      case 'aws_kms_key.id':
      case 'aws_kms_key.key_id':
        return keyIdOf(resource);
      case 'aws_kms_alias.target_key_arn':
        return resolver.resolve(resource, 'target_key_id');
      case 'aws_kms_alias.arn':
        return `${keyArn(where, '').replace(/key\/$/, '')}${name('name')}`;
      case 'aws_iam_policy_document.json':
      case 'aws_iam_policy_document.minified_json':
        return policyDocumentOf(resource, resolver);
      default:
        return isUnknown(known) && resolver.isConfigured(resource, attribute)
          ? resolver.resolve(resource, attribute)
          : known;
    }
  }

  return resources
    .filter(({ isData }) => !isData)
    .flatMap((resource) => declarationOf(valuesOf(resource), whereOf(resource)));
}

type Where = Pick<Declaration, 'place' | 'change' | 'accountId' | 'region'>;

function declarationOf(values: ResourceValues, where: Where): readonly Declaration[] {
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
      return text('policy_type') === 'TRANSFORMER_POLICY' ? [{ kind: 'log-transformer', ...where }] : [];
    case 'aws_cloudwatch_log_metric_filter':
      return [
        {
          kind: 'metric-filter',
          ...where,
          logGroupName: text('log_group_name') ?? unknown('the log group'),
          filter: filterOf(values),
        },
      ];
    case 'aws_cloudwatch_metric_alarm':
      return [{ kind: 'metric-alarm', ...where, alarm: metricAlarmOf(values, nameOf(resource, 'alarm_name')) }];
    case 'aws_cloudwatch_composite_alarm':
      return [{ kind: 'composite-alarm', ...where, alarm: compositeAlarmOf(values, nameOf(resource, 'alarm_name')) }];
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
    case 'aws_sns_topic_subscription':
      return [subscriptionOf(values, where)];
    case 'aws_kms_key': {
      const policy = json('policy');
      return [
        {
          kind: 'key',
          ...where,
          keyArn: knownArn(resource) ?? keyArn(where, keyIdOf(resource)),
          isEnabled: boolean('is_enabled', true),
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

function filterOf({ resource, text, get }: ResourceValues): Extract<Declaration, { kind: 'metric-filter' }>['filter'] {
  const transformations = (get('metric_transformation') ?? []) as Maybe<readonly Readonly<Record<string, unknown>>[]>;
  const pattern = resource.values['pattern'];
  if (isUnknown(transformations)) return transformations;
  if (isUnknown(pattern)) return pattern;
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
    ...(text('apply_on_transformed_logs') === 'true' ? { applyOnTransformedLogs: true } : {}),
  };
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
