import type { EventRule, EventRuleTarget } from '../../resources.ts';
import { eventBusArn } from '../arns.ts';
import type { Declaration, DeclarationOf } from '../declaration.ts';
import type { Maybe } from '../value.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';
import { nameOf } from './names.ts';
import type { ResourceValues } from './resource-values.ts';

type Where = Pick<Declaration, 'place' | 'change' | 'accountId' | 'region' | 'nameDoubt'>;

/**
 * An `aws_cloudwatch_event_rule`. `is_enabled` is the older attribute for its state.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_rule
 */
export function eventRuleOf(values: ResourceValues, where: Where): DeclarationOf<'event-rule'> {
  const { resource, text, json, boolean } = values;
  const name = nameOf(resource, 'name');
  const isEnabled = boolean('is_enabled', true);
  const state = text('state') ?? (isUnknown(isEnabled) ? isEnabled : isEnabled ? 'ENABLED' : 'DISABLED');
  const eventPattern = json('event_pattern');
  const rule = { name, state, ...(eventPattern === undefined ? {} : { eventPattern }) };
  return {
    kind: 'event-rule',
    ...where,
    name,
    eventBusArn: busArnOf(values, where),
    rule: firstUnknown(rule) ?? (rule as EventRule),
  };
}

/**
 * An `aws_cloudwatch_event_target`. The provider chooses the id where none is set.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_target
 */
export function eventTargetOf(values: ResourceValues, where: Where): DeclarationOf<'event-target'> {
  const { resource, text } = values;
  const [arn, roleArn] = [text('arn') ?? unknown('the target'), text('role_arn')];
  const id = nameOf(resource, 'target_id');
  // A role that the plan makes has no ARN yet. What counts is that there is one.
  const role = roleArn === undefined ? {} : { roleArn: isUnknown(roleArn) ? 'a role' : roleArn };
  const target: Maybe<EventRuleTarget> = isUnknown(arn) ? arn : { id, arn, ...role };
  const ruleName = text('rule') ?? unknown('the rule');
  return { kind: 'event-target', ...where, eventBusArn: busArnOf(values, where), ruleName, id, target };
}

/** A bus may be named by its ARN. */
export function busArnOf({ text }: ResourceValues, where: Pick<Where, 'accountId' | 'region'>): Maybe<string> {
  const bus = text('event_bus_name') ?? 'default';
  return isUnknown(bus) || bus.startsWith('arn:') ? bus : eventBusArn(where, bus);
}
