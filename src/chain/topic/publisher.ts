import { parseArn } from '../../inventory/arn.ts';
import type { AlarmPath, EventRulePath } from '../base/link.ts';
import { ruleArn } from '../base/rule-arn.ts';

/** What publishes to a topic: an alarm or a rule, and the service that acts for it. */
export interface Publisher {
  /** What people call it: `alarm mfa-alarm`. */
  readonly words: string;
  readonly arn: string;
  readonly accountId: string;
  readonly service: 'CloudWatch' | 'EventBridge';
  /** The service principal. */
  readonly principal: 'cloudwatch.amazonaws.com' | 'events.amazonaws.com';
}

export function alarmPublisher({ alarm: { alarmName, alarmArn } }: AlarmPath): Publisher {
  return {
    words: `alarm ${alarmName}`,
    arn: alarmArn,
    accountId: parseArn(alarmArn)?.accountId ?? '',
    service: 'CloudWatch',
    principal: 'cloudwatch.amazonaws.com',
  };
}

export function rulePublisher({ eventRule }: EventRulePath): Publisher {
  const arn = ruleArn(eventRule);
  return {
    words: `rule ${eventRule.rule.name}`,
    arn,
    accountId: parseArn(arn)?.accountId ?? '',
    service: 'EventBridge',
    principal: 'events.amazonaws.com',
  };
}
