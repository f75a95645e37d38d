import type { EventRule, EventRuleTarget } from '../inventory/resources.ts';
import { eventRuleStates } from './choices.ts';
import type { Names } from './names.ts';
import { redactEventPattern } from './pattern/redact-event-pattern.ts';
import { redactArn } from './redact-arn.ts';
import { redactMembers } from './redact-members.ts';
import { redactChoice } from './redact-value.ts';
import type { Redactor } from './redactor.ts';

/** A rule of EventBridge with another name, and with other names in its pattern. */
export function redactEventRule(rule: EventRule, redactor: Redactor): EventRule {
  const { names } = redactor;
  return redactMembers(rule, {
    name: names.text,
    state: (state) => redactChoice(state, eventRuleStates, names),
    eventPattern: (pattern) => redactEventPattern(pattern, redactor),
  });
}

/** A target of a rule: its id is a name, and its ARN and its role say where it is. */
export function redactEventRuleTarget(target: EventRuleTarget, names: Names): EventRuleTarget {
  return redactMembers(target, {
    id: names.text,
    arn: (arn) => redactArn(arn, names),
    roleArn: (arn) => redactArn(arn, names),
  });
}
