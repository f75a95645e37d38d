import { eventPatternFor } from '../../../chain/event-rule/event-pattern-for.ts';
import { eventRegionOf } from '../../../chain/event-rule/event-region.ts';
import { readsAmong } from '../../../chain/event-rule/reads-among.ts';
import { parseArn } from '../../../inventory/arn.ts';
import { partOf } from '../../../inventory/model.ts';
import { eventRulesKey } from '../../../inventory/part-keys.ts';
import { freeName } from '../../../report/free-name.ts';
import { baseNames, shorten } from '../names.ts';
import type { ChangeOf } from '../plan.ts';
import type { Fix, PlanFix } from './task.ts';
import { noCommand } from './task.ts';
import { findTopicsForRule } from './topics.ts';
import { tryTopics } from './try-topics.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const MOST_NAME_CHARACTERS = 64;

/**
 * Adds a rule to the default event bus of the region where the events arrive. PutRule overwrites a rule of the same name,
 * so the new one gets a free name. It notifies the topic that the user chose, one that an earlier remediation created, or a
 * new one, whichever works.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 */
export const addEventRule: PlanFix = (chain, task): Fix => {
  const { control, inventory } = task;
  const { trail } = chain.path;
  if (trail === undefined) throw new Error('a rule is missing on a path without a trail');
  if (task.planned.has('create-event-rule')) return noCommand('one rule is planned already');
  const where = eventRegionOf(control, inventory);
  if (where.kind !== 'one') return noCommand('the events do not arrive in one region only');
  const pattern = eventPatternFor(control);
  if (pattern === undefined) return noCommand('the required pattern cannot be written as an event pattern');

  const { partition = 'aws' } = parseArn(trail.trailArn) ?? {};
  const place = { partition, region: where.region, accountId: inventory.accountId };
  const eventBusArn = `arn:${partition}:events:${where.region}:${inventory.accountId}:event-bus/default`;
  const key = eventRulesKey(eventBusArn);
  const rules = partOf<'event-rules'>(inventory, key);
  if (rules === undefined) return { kind: 'needs', keys: [key] };
  if (rules.kind === 'unreadable') return noCommand('the rules, whose names are taken, are not known');
  const taken = new Set((rules.value ?? []).map(({ name }) => name));
  const base = shorten(baseNames(control).watch, MOST_NAME_CHARACTERS - 4);
  const ruleName = freeName(base, (name) => taken.has(name));

  const topics = findTopicsForRule(place, chain.path.topicArn, task);
  if (topics.kind !== 'topics') return topics;
  const ruleOn = (topicArn: string): ChangeOf<'create-event-rule'> => ({
    kind: 'create-event-rule',
    eventBusArn,
    ruleArn: `arn:${partition}:events:${where.region}:${inventory.accountId}:rule/${ruleName}`,
    ruleName,
    description: `${control.id}: ${control.title}`.slice(0, 512),
    eventPattern: JSON.stringify(pattern),
    state: readsAmong(control, inventory).kind === 'none' ? 'ENABLED' : 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
    topicArn,
  });
  const fix = tryTopics(topics.candidates, [], ruleOn, task);
  return fix.kind === 'silent' ? noCommand('no rule that can be added reaches a topic') : fix;
};
