import type { RuleOnBus } from './link.ts';

/**
 * The ARN of a rule: that of a rule on the default bus does not name the bus.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html
 */
export function ruleArn({ eventBusArn, rule }: RuleOnBus): string {
  const place = eventBusArn.replace(':event-bus/', ':rule/').replace(/:rule\/default$/, ':rule');
  return `${place}/${rule.name}`;
}
