import type { RuleOnBus } from './link.ts';

/**
 * The ARN of a rule: that of a rule on the default bus does not name the bus.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-manage-iam-access.html
 */
export function ruleArn({ eventBusArn, rule }: RuleOnBus): string {
  const [place = '', bus = ''] = eventBusArn.split(':event-bus/');
  return `${place}:rule/${bus === 'default' ? '' : `${bus}/`}${rule.name}`;
}
