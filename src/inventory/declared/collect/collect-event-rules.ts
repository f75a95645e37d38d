import { parseArn } from '../../arn.ts';
import { eventRuleTargetsKey, eventRulesKey } from '../../part-keys.ts';
import type { EventRule, EventRuleTarget } from '../../resources.ts';
import { eventBusArn } from '../arns.ts';
import type { Collected } from './collected.ts';
import { declared, isMade, markIncomplete, markUncertain, noteEverywhere, present } from './collected.ts';
import type { DeclaredAccount } from '../declaration.ts';
import { firstUnknown, isUnknown } from '../value.ts';

/**
 * The rules of EventBridge, by bus, with their targets. Those of the file are taken for all that the default buses have, in
 * the accounts and regions in which something is declared.
 */
export function collectEventRules(account: DeclaredAccount, collected: Collected): void {
  const made = new Set(
    declared(account, 'event-bus')
      .filter(isMade)
      .map((bus) => eventBusArn(bus, bus.name)),
  );
  const buses = new Map<string, EventRule[]>([...made, ...defaultBuses(account)].map((arn) => [arn, []]));
  for (const { eventBusArn: bus, name, rule, place } of declared(account, 'event-rule')) {
    if (isUnknown(bus)) {
      noteEverywhere(collected, 'event-rules', bus.unknown);
      continue;
    }
    const list = buses.get(bus) ?? [];
    buses.set(bus, list);
    if (isUnknown(rule)) markUncertain(collected, eventRulesKey(bus), rule);
    else {
      list.push(rule);
      collected.places.set(ruleArn(bus, name), place);
    }
  }
  for (const [bus, rules] of buses) {
    present(collected, eventRulesKey(bus), rules);
    if (!made.has(bus) && !bus.endsWith(':event-bus/default'))
      markIncomplete(collected, eventRulesKey(bus), `${account.source} does not create event bus ${bus}`);
  }
  collectTargets(account, collected);
}

function collectTargets(account: DeclaredAccount, collected: Collected): void {
  const made = new Set<string>();
  const lists = new Map<string, { readonly bus: string; readonly rule: string; readonly targets: EventRuleTarget[] }>();
  const listOf = (bus: string, rule: string) => {
    const id = `${bus} ${rule}`;
    const list = lists.get(id) ?? { bus, rule, targets: [] };
    lists.set(id, list);
    return list.targets;
  };
  for (const rule of declared(account, 'event-rule')) {
    if (isUnknown(rule.eventBusArn)) continue;
    listOf(rule.eventBusArn, rule.name);
    if (isMade(rule)) made.add(`${rule.eventBusArn} ${rule.name}`);
  }
  for (const { eventBusArn: bus, ruleName, target } of declared(account, 'event-target')) {
    const doubt = firstUnknown([bus, ruleName]);
    if (isUnknown(bus) || isUnknown(ruleName)) {
      noteEverywhere(collected, 'event-rule-targets', doubt?.unknown ?? 'the rule of a target');
      continue;
    }
    const targets = listOf(bus, ruleName);
    if (isUnknown(target)) markUncertain(collected, eventRuleTargetsKey(bus, ruleName), target);
    else targets.push(target);
  }
  for (const [id, { bus, rule, targets }] of lists) {
    present(collected, eventRuleTargetsKey(bus, rule), targets);
    if (!made.has(id))
      markIncomplete(collected, eventRuleTargetsKey(bus, rule), `${account.source} does not create event rule ${rule}`);
  }
}

/** The default bus of every account and region in which something is declared. */
function defaultBuses({ declarations }: DeclaredAccount): readonly string[] {
  return declarations.map((one) => eventBusArn(one, 'default'));
}

/** As results name a rule: the ARN of one on the default bus does not name the bus. */
function ruleArn(bus: string, name: string): string {
  const { resource = '' } = parseArn(bus) ?? {};
  const path = resource === 'event-bus/default' ? '' : `${resource.replace(/^event-bus\//, '')}/`;
  return `${bus.slice(0, bus.length - resource.length)}rule/${path}${name}`;
}
