import type { PartKind } from '../../model.ts';
import type { Declaration } from '../declaration.ts';
import type { PlannedResource } from './resources.ts';

type Where = Pick<Declaration, 'place' | 'change' | 'accountId' | 'region'>;

/** Resources whose things a plan does not show: stacks and products, and whatever Cloud Control makes. */
const holders: readonly string[] = [
  'aws_cloudformation_stack',
  'aws_cloudformation_stack_instances',
  'aws_cloudformation_stack_set_instance',
  'aws_cloudcontrolapi_resource',
  'aws_serverlessapplicationrepository_cloudformation_stack',
  'aws_servicecatalog_provisioned_product',
];

/** The parts of each service that a resource of the provider `awscc`, which is not read, may change. */
const partsOfService: Readonly<Record<string, readonly PartKind[]>> = {
  cloudtrail: ['trails', 'trail-status', 'event-selectors'],
  logs: ['log-group', 'log-transformers', 'metric-filters', 'metric-publishers'],
  cloudwatch: ['alarms', 'alarms-for-metric', 'mute-rules', 'alarm-history'],
  events: ['event-rules', 'event-rule-targets'],
  sns: ['topic-attributes', 'subscriptions', 'subscription-attributes'],
  kms: ['key'],
};

/**
 * What a resource may do to things that the plan does not show.
 *
 * @see https://registry.terraform.io/providers/hashicorp/awscc/latest/docs
 */
export function opaqueOf({ type, address }: PlannedResource, where: Where): readonly Declaration[] {
  const why = `${address} makes or changes things that the plan does not show`;
  if (holders.includes(type)) return [{ kind: 'opaque', ...where, reach: { kind: 'anything' }, why }];
  const parts = partsOfService[/^awscc_([a-z]+)_/.exec(type)?.[1] ?? ''];
  return parts === undefined ? [] : [{ kind: 'opaque', ...where, reach: { kind: 'parts', parts }, why }];
}
