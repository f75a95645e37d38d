import type { EventRule } from '../../inventory/resources.ts';
import type { Context, Finding } from '../base/link.ts';
import { isMeantFor } from '../metric-filter/meant-for.ts';
import { lookedFor } from '../metric-filter/judge-filter.ts';
import type { RuleComparison } from './compare-rule.ts';
import { compareRule, shortMissedEvent } from './compare-rule.ts';
import { readsAmong } from './reads-among.ts';
import type { eventRuleReasons } from './reasons.ts';
import { eventRuleFinding } from './reasons.ts';

export type RuleFinding = Finding<keyof typeof eventRuleReasons>;

/** What one rule is to the control. */
export type RuleVerdict =
  | { readonly kind: 'fits' }
  /** It may fit, or it is meant for the control and is wrong. */
  | { readonly kind: 'finding'; readonly finding: RuleFinding }
  /** It certainly does not fit, and it is not meant for the control. */
  | {
      readonly kind: 'unrelated';
      /** An event that it matches besides all required ones, as JSON text. */
      readonly alsoMatches?: string;
    };

/** Whether a rule is clearly meant for the control, right or wrong: its pattern has the texts that are looked for. */
export function isMeantForControl({ eventPattern = '' }: EventRule, context: Context): boolean {
  return isMeantFor(eventPattern, lookedFor(context));
}

/**
 * Compares one rule with the control, as `patternMatch` asks, and looks at its state.
 *
 * @param region - of the bus that the rule is on, for words
 */
export function judgeRule(rule: EventRule, region: string, context: Context): RuleVerdict {
  const { eventPattern } = rule;
  // A rule that runs on a schedule matches no event.
  if (eventPattern === undefined) return { kind: 'unrelated' };
  const facts = { rule: rule.name, region, required: context.control.filterPattern };
  const comparison = compareRule(eventPattern, context);
  if (comparison.kind === 'not-in-time') return finding(eventRuleFinding('EVENT_RULE_NOT_COMPARED', facts));
  if (comparison.kind === 'unread') {
    return finding(eventRuleFinding('EVENT_RULE_UNREAD', { ...facts, doubt: comparison.doubt }));
  }
  const wrong = patternFinding({ ...rule, eventPattern }, comparison, facts, context);
  if (wrong !== undefined) return wrong;
  const state = stateFinding(rule, facts, context);
  return state === undefined ? { kind: 'fits' } : finding(state);
}

type Facts = Readonly<Record<'rule' | 'region' | 'required', string>>;

/** What is wrong with the pattern; nothing if it means what is required. */
function patternFinding(
  rule: EventRule & { readonly eventPattern: string },
  { missed, extra, shared }: Extract<RuleComparison, { readonly kind: 'compared' }>,
  facts: Facts,
  context: Context,
): RuleVerdict | undefined {
  const isMeant = isMeantForControl(rule, context);
  const undecided = (doubt: string) => finding(eventRuleFinding('EVENT_RULE_UNDECIDED', { ...facts, doubt }));
  switch (missed.kind) {
    case 'event': {
      if (!isMeant) return { kind: 'unrelated' };
      const isNarrower = extra.kind === 'none' && shared.kind === 'event';
      const { event } = missed;
      const example = shortMissedEvent(event, rule.eventPattern, context);
      return finding(
        eventRuleFinding(
          isNarrower ? 'EVENT_RULE_NARROWER' : 'EVENT_RULE_DIFFERENT',
          { ...facts, event: example },
          { event },
        ),
      );
    }
    case 'undecided':
      return shared.kind === 'none' ? { kind: 'unrelated' } : undecided(missed.reason);
    case 'none': {
      if (context.options.patternMatch === 'covers' || extra.kind === 'none') return undefined;
      if (extra.kind === 'undecided') return undecided(extra.reason);
      const { event } = extra;
      if (!isMeant) return { kind: 'unrelated', alsoMatches: event };
      return finding(eventRuleFinding('EVENT_RULE_BROADER', { ...facts, event }, { event }));
    }
  }
}

/**
 * What keeps the state of the rule from matching; nothing if nothing does. What the CloudGuard rule would ask of the state
 * of a rule it does not say, so a disabled rule is broken under any assurance.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
function stateFinding({ state }: EventRule, facts: Facts, context: Context): RuleFinding | undefined {
  switch (state) {
    case 'DISABLED':
      return eventRuleFinding('EVENT_RULE_DISABLED', facts);
    case 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS':
      return undefined;
    case 'ENABLED': {
      const reads = readsAmong(context.control, context.inventory);
      if (reads.kind === 'none') return undefined;
      if (reads.kind === 'undecided') return eventRuleFinding('EVENT_RULE_READS_UNCERTAIN', facts);
      return eventRuleFinding('EVENT_RULE_MISSES_READS', { ...facts, event: reads.event }, { event: reads.event });
    }
    default:
      return eventRuleFinding('EVENT_RULE_STATE_UNKNOWN', { ...facts, state });
  }
}

function finding(one: RuleFinding): RuleVerdict {
  return { kind: 'finding', finding: one };
}
