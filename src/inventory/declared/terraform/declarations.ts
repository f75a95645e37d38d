import type { Arn } from '../../arn.ts';
import { parseArn } from '../../arn.ts';
import { alarmArn, eventBusArn, eventRuleArn, keyArn, logGroupArn, topicArn, trailArn } from '../arns.ts';
import type { Declaration } from '../declaration.ts';
import { uncertain } from '../uncertain.ts';
import type { Maybe, Unknown } from '../value.ts';
import { isUnknown, unknown } from '../value.ts';
import { busArnOf } from './event-rules.ts';
import { inShape } from './attribute-shapes.ts';
import type { TerraformPlan } from './plan.ts';
import { keyIdOf, nameAttributeOf, nameOf } from './names.ts';
import { opaqueOf } from './opaque.ts';
import { policyDocumentOf } from './policy-document.ts';
import { placesOf, providersOf } from './providers.ts';
import { referenceResolver } from './references.ts';
import { declarationOf } from './resource-declarations.ts';
import type { ResourceValues } from './resource-values.ts';
import type { PlannedResource } from './resources.ts';
import { plannedResources } from './resources.ts';

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
  given: readonly PlannedResource[] = plannedResources(plan),
): readonly Declaration[] {
  const resources = given.map(inShape);
  const placeOf = placesOf(providersOf(plan, context.accountId), context);
  const resolver = referenceResolver(plan, resources, attributeOf);

  function whereOf(resource: PlannedResource) {
    // A resource that exists says where it is.
    const { accountId, region } = knownPlaceOf(resource) ?? placeOf(resource);
    return { place: { address: resource.address }, change: resource.change, accountId, region };
  }

  /** Why a resource may be in another account or region. */
  function placeDoubtOf(resource: PlannedResource): Unknown | undefined {
    return knownPlaceOf(resource) === undefined ? placeOf(resource).doubt : undefined;
  }

  function valuesOf(resource: PlannedResource): ResourceValues {
    const get = (attribute: string): unknown => {
      const value = resource.values[attribute];
      if (!isUnknown(value)) return value ?? undefined;
      if (value.isSaid === true) return value;
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
        if (!members.some(isUnknown) || members.some((one) => isUnknown(one) && one.isSaid === true)) return members;
        if (!resolver.isConfigured(resource, attribute)) return [];
        const notKnown = unknown(`${resource.address}.${attribute} is known after apply`);
        return membersOf(value, members, resolver.resolveList(resource, attribute)) ?? notKnown;
      },
    };
  }

  /** What an attribute of a resource will be. ARNs follow from names, as AWS documents. */
  function attributeOf(resource: PlannedResource, attribute: string): unknown {
    const known = resource.values[attribute];
    if (known !== undefined && known !== null && !isUnknown(known)) return known;
    const placeDoubt = placeDoubtOf(resource);
    if (placeDoubt !== undefined && /(?:^|_)(?:arn|id)$/.test(attribute)) return placeDoubt;
    // What a data source finds exists, and has no stand-in for its name.
    const lookedUpBy = resource.isData ? resource.values[nameAttributeOf(resource)] : undefined;
    if (isUnknown(lookedUpBy)) return lookedUpBy;
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
      case 'aws_cloudwatch_event_bus.name':
      case 'aws_cloudwatch_event_bus.id':
      case 'aws_cloudwatch_event_rule.name':
        return name('name');
      case 'aws_cloudwatch_event_rule.arn': {
        const bus = busArnOf(valuesOf(resource), where);
        return isUnknown(bus) ? bus : eventRuleArn(bus, name('name'));
      }
      case 'aws_cloudwatch_event_bus.arn':
        return eventBusArn(where, name('name'));
      case 'aws_kms_alias.target_key_arn':
        return resolver.resolve(resource, 'target_key_id');
      case 'aws_kms_alias.arn':
        return `${keyArn(where, '').replace(/key\/$/, '')}${name('name')}`;
      case 'aws_iam_policy_document.json':
      case 'aws_iam_policy_document.minified_json':
        return policyDocumentOf(resource, resolver);
      default:
        return isUnknown(known) && known.isSaid !== true && resolver.isConfigured(resource, attribute)
          ? resolver.resolve(resource, attribute)
          : known;
    }
  }

  /** A name that nobody sets is chosen by the provider or AWS, for a new thing. */
  function nameDoubtOf(resource: PlannedResource): Pick<Declaration, 'nameDoubt'> {
    const attribute = nameAttributeOf(resource);
    const name = resource.values[attribute];
    if (!isUnknown(name)) return {};
    return name.isSaid === true || resolver.isConfigured(resource, attribute) ? { nameDoubt: name } : {};
  }

  return resources
    .filter(({ isData }) => !isData)
    .flatMap((resource) => {
      const where = { ...whereOf(resource), ...nameDoubtOf(resource) };
      const declared = [...declarationOf(valuesOf(resource), where), ...opaqueOf(resource, where)];
      const doubt = placeDoubtOf(resource);
      if (doubt === undefined) return declared;
      return declared.map((one) => ({ ...uncertain(one, doubt.unknown), placeDoubt: doubt }));
    });
}

/** Where a resource that exists is: its ARN says it. The `arn` of a target of EventBridge is that of another thing. */
function knownPlaceOf({ type, values }: PlannedResource): Arn | undefined {
  if (type === 'aws_cloudwatch_event_target') return undefined;
  return typeof values['arn'] === 'string' ? parseArn(values['arn']) : undefined;
}

/**
 * The members of a list of ARNs of which some are known after apply only, where they follow from the references of its
 * expression.
 *
 * @param value - the list as the plan has it, or an unknown in its place
 * @param resolved - what each reference leads to
 */
function membersOf(
  value: unknown,
  members: readonly Maybe<string>[],
  resolved: readonly unknown[],
): readonly Maybe<string>[] | undefined {
  const isArn = (one: unknown): one is Maybe<string> =>
    isUnknown(one) || (typeof one === 'string' && one.startsWith('arn:'));
  const listed = resolved.flatMap((one): readonly unknown[] => (Array.isArray(one) && one.length > 0 ? one : [one]));
  const known = members.filter((one) => !isUnknown(one));
  const open = listed.filter(isArn).filter((one) => !known.includes(one));
  // An expression that refers to something else than ARNs may choose among its references, or have none of them.
  if (isUnknown(value)) return listed.every(isArn) ? open : undefined;
  // Where the list has as many unknown members as there are references to ARNs, each is a member.
  return open.length === members.length - known.length ? [...known, ...open] : undefined;
}
