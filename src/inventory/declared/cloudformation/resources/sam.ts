import type { Declaration, DeclarationOf } from '../../declaration.ts';
import { arnOf } from '../../arns.ts';
import { isUnknown, unknown } from '../../value.ts';
import { eventRuleOf } from './event-rules.ts';
import type { Properties } from './properties.ts';
import { booleanOf, textOf } from './properties.ts';
import { subscriptionOf } from './subscriptions.ts';

/** Where a resource is. */
type Where = Pick<Declaration, 'place' | 'change' | 'accountId' | 'region' | 'stack'>;

/**
 * The subscriptions that SAM makes for the events of a function.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-sns.html
 */
export function subscriptionsOfFunction(given: Properties, where: Where): readonly DeclarationOf<'subscription'>[] {
  const events = given['Events'];
  if (isUnknown(events)) return [subscriptionOf({ TopicArn: events, Protocol: events }, where)];
  return Object.values((events ?? {}) as Readonly<Record<string, Properties>>)
    .filter((event) => isUnknown(event) || event['Type'] === 'SNS')
    .map((event) => {
      const properties = (event['Properties'] ?? {}) as Properties;
      const { Topic: topic, SqsSubscription: queue = false } = properties;
      const protocol = isUnknown(queue) ? queue : queue === false ? 'lambda' : 'sqs';
      return subscriptionOf({ ...properties, TopicArn: topic, Protocol: protocol, Endpoint: undefined }, where);
    });
}

/**
 * The rules of EventBridge that SAM makes for the events of a function or a state machine, which is their target. SAM chooses
 * their names where none are given.
 *
 * @param service - that of the target, which has a stand-in for its name
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventbridgerule.html
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-statemachine-statemachineeventbridgerule.html
 */
export function rulesOfEvents(given: Properties, service: 'lambda' | 'states', where: Where): readonly Declaration[] {
  const { address } = where.place;
  const events = given['Events'];
  const listed = isUnknown(events) ? { events } : ((events ?? {}) as Readonly<Record<string, unknown>>);
  return Object.entries(listed).flatMap(([id, event]): readonly Declaration[] => {
    if (isUnknown(event)) return eventRuleOf({ EventPattern: event }, `(${address} ${id})`, where);
    const { Type: type, Properties: properties = {} } = event as Properties;
    if (isUnknown(type) || isUnknown(properties)) {
      return eventRuleOf({ EventPattern: unknown(`the events of ${address}`) }, `(${address} ${id})`, where);
    }
    if (type !== 'EventBridgeRule' && type !== 'CloudWatchEvent') return [];
    const { RuleName, EventBusName, Pattern, State, Target, Enabled } = properties as Properties;
    const name = textOf(RuleName) ?? `(${address} ${id})`;
    const isEnabled = booleanOf(Enabled, true);
    const target = (isUnknown(Target) ? { Id: Target } : (Target ?? { Id: id })) as Properties;
    const resource = `${service === 'lambda' ? 'function' : 'stateMachine'}:(${address})`;
    const rule = {
      ...(EventBusName === undefined ? {} : { EventBusName }),
      State: State ?? (isUnknown(isEnabled) ? isEnabled : isEnabled ? 'ENABLED' : 'DISABLED'),
      ...(Pattern === undefined ? {} : { EventPattern: Pattern }),
      Targets: [
        {
          Id: target['Id'],
          Arn: arnOf(service, where, resource),
          ...(service === 'states' ? { RoleArn: 'a role' } : {}),
        },
      ],
    };
    const named = isUnknown(name) ? { ...where, nameDoubt: name } : where;
    return eventRuleOf(rule, isUnknown(name) ? `(${address} ${id})` : name, named);
  });
}
