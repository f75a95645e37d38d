import { eventRuleTargetsKey, eventRulesKey } from '../../part-keys.ts';
import type { EventRule, EventRuleTarget } from '../../resources.ts';
import { eventBusArn, eventRuleArn } from '../arns.ts';
import type { Collected } from './collected.ts';
import {
  declared,
  isMade,
  markIncomplete,
  markUncertain,
  namesUndeclared,
  noteEverywhere,
  present,
} from './collected.ts';
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
      collected.places.set(eventRuleArn(bus, name), place);
    }
  }
  for (const [bus, rules] of buses) {
    present(collected, eventRulesKey(bus), rules);
    if (!made.has(bus) && isCustom(bus))
      markIncomplete(collected, eventRulesKey(bus), `${account.source} does not create event bus ${bus}`);
  }
  for (const bus of declared(account, 'event-bus')) {
    const arn = eventBusArn(bus, bus.name);
    const isNamed = namesUndeclared(eventBusArn(bus, ''), [...buses.keys()].filter(isCustom), made);
    if (bus.nameDoubt !== undefined && isNamed) markIncomplete(collected, eventRulesKey(arn), bus.nameDoubt.unknown);
  }
  collectTargets(account, collected);
}

const isCustom = (busArn: string): boolean => !busArn.endsWith(':event-bus/default');

function collectTargets(account: DeclaredAccount, collected: Collected): void {
  const made = new Set<string>();
  const lists = new Map<string, { readonly bus: string; readonly rule: string; readonly targets: EventRuleTarget[] }>();
  const listOf = (bus: string, rule: string) => {
    const id = `${bus} ${rule}`;
    const list = lists.get(id) ?? { bus, rule, targets: [] };
    lists.set(id, list);
    return list.targets;
  };
  const rules = declared(account, 'event-rule');
  for (const rule of rules) {
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
  const known = new Set(rules.flatMap(({ eventBusArn: bus, name }) => (isUnknown(bus) ? [] : `${bus} ${name}`)));
  for (const { eventBusArn: bus, name, nameDoubt } of rules) {
    // A target of a rule that the file does not declare may be one of this rule.
    if (nameDoubt !== undefined && !isUnknown(bus) && namesUndeclared(`${bus} `, lists.keys(), known))
      markIncomplete(collected, eventRuleTargetsKey(bus, name), nameDoubt.unknown);
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
