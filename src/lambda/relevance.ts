import type { JsonObject } from '../chain/base/json.ts';
import { isJsonObject, parseJson } from '../chain/base/json.ts';

/** The recorded resource types that are links of the chain: the scope of the rule. */
export const chainTypes: readonly string[] = ['AWS::CloudTrail::Trail', 'AWS::CloudWatch::Alarm', 'AWS::SNS::Topic'];

/**
 * The same with what the scope of a rule may have in addition, where `acceptedRoutes` names `eventbridge`. AWS Config records
 * it: https://docs.aws.amazon.com/config/latest/APIReference/API_ResourceIdentifier.html
 */
const linkTypes: readonly string[] = [...chainTypes, 'AWS::Events::Rule'];

/**
 * Why a change cannot move the verdict, or `undefined` if it may.
 *
 * Auto Scaling creates, changes and deletes alarms on the services' own metrics all day long, and metric filters do
 * not publish there. An alarm counts as one of those only if every namespace that the event shows, before and after the
 * change, begins with `AWS/`; metric math shows none, and a deleted alarm often none either.
 *
 * @param configuration - of the item, as an object or as JSON text; `null` for most deleted ones
 * @param diff - `configurationItemDiff`: `null` when the item was not compared with an earlier one
 * @see https://docs.aws.amazon.com/config/latest/developerguide/example-sns-notification.html
 */
export function whyIrrelevant(resourceType: string, configuration: unknown, diff: unknown): string | undefined {
  if (!linkTypes.includes(resourceType)) return `${resourceType} is not a link of the chain`;
  if (resourceType !== 'AWS::CloudWatch::Alarm') return undefined;
  const namespaces = [...namespacesOf(asObject(configuration)), ...changedNamespaces(asObject(diff))];
  if (namespaces.length === 0 || !namespaces.every((namespace) => namespace.startsWith('AWS/'))) return undefined;
  return `metric filters do not publish to ${[...new Set(namespaces)].sort().join(', ')}`;
}

/** The namespaces that a change took away or brought, whole or alone: `Configuration` or `Configuration.Namespace`. */
function changedNamespaces(diff: JsonObject): readonly string[] {
  return Object.entries(asObject(diff['changedProperties'])).flatMap(([property, change]) => {
    const { previousValue, updatedValue } = asObject(change);
    switch (property.toLowerCase()) {
      case 'configuration':
        return [...namespacesOf(asObject(previousValue)), ...namespacesOf(asObject(updatedValue))];
      case 'configuration.namespace':
        // An alarm without a namespace of its own watches metric math, which may be on any metric.
        return [previousValue, updatedValue].map((value) => (typeof value === 'string' ? value : ''));
      default:
        return [];
    }
  });
}

function namespacesOf(configuration: JsonObject): readonly string[] {
  const namespace = configuration['namespace'];
  return typeof namespace === 'string' ? [namespace] : [];
}

/** An object, or the object that JSON text holds; an empty one for everything else. */
function asObject(value: unknown): JsonObject {
  const data = typeof value === 'string' ? parseJson(value) : value;
  return isJsonObject(data) ? data : {};
}
