import { byCommands, byPerson } from '../base/fixed-by.ts';
import type { Reasons } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';

interface RuleFacts {
  readonly rule: string;
  readonly region: string;
  readonly required: string;
}

/**
 * The one advice for all rules. A rule may serve another purpose, so the advice never is to change or replace one.
 */
const addRule = ({ region, required }: { readonly region: string; readonly required: string }) =>
  `add an EventBridge rule for ${required} to the default event bus of ${region}, with an SNS topic as its target`;

const addRuleForReads = (facts: { readonly region: string; readonly required: string }) =>
  `${addRule(facts)}, in the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`;

/** The reasons of the EventBridge rule, nearest to a chain that holds first. */
export const eventRuleReasons = {
  EVENT_RULE_DISABLED: {
    outcome: 'broken',
    meaning: 'The pattern of the rule fits, and the rule is disabled.',
    sentence: ({ rule, region }: RuleFacts) => `EventBridge rule ${rule} of ${region} is disabled`,
    fix: ({ rule, region }: RuleFacts) => `enable rule ${rule} in ${region}, or add another`,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_MISSES_READS: {
    outcome: 'broken',
    meaning:
      'The pattern of the rule fits, and some of the required events only read. A rule in the state `ENABLED` does not match read-only management events; the state `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` does.',
    sentence: ({ rule, event }: RuleFacts & { readonly event: string }) =>
      `EventBridge rule ${rule} does not match read-only events in its state, for example ${event}`,
    fix: addRuleForReads,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_BROADER: {
    outcome: 'broken',
    meaning:
      'The rule is meant for the control, and it also matches other events, so it also notifies about them. `patternMatch=covers` allows it.',
    sentence: ({ rule, event }: RuleFacts & { readonly event: string }) =>
      `EventBridge rule ${rule} also matches other events, for example ${event}`,
    fix: addRule,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_NARROWER: {
    outcome: 'broken',
    meaning:
      'The rule is meant for the control, and it matches only some of the required events. A condition on a field matches only events that have the field, `anything-but` too.',
    sentence: ({ rule, event }: RuleFacts & { readonly event: string }) =>
      `EventBridge rule ${rule} misses required events, for example ${event}`,
    fix: addRule,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_DIFFERENT: {
    outcome: 'broken',
    meaning:
      'The rule is meant for the control, and it misses all of the required events, or some of them while it matches others. A misspelt field name and another `detail-type` do that.',
    sentence: ({ rule, event }: RuleFacts & { readonly event: string }) =>
      `EventBridge rule ${rule} has another meaning; it misses for example ${event}`,
    fix: addRule,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_IN_OTHER_REGION: {
    outcome: 'broken',
    meaning:
      'A rule for the required events is on the event bus of a region that does not get them. Events of global services such as IAM arrive in one region only.',
    sentence: ({ rule, at, region }: RuleFacts & { readonly at: string }) =>
      `EventBridge rule ${rule} is in ${at}, and the events arrive only in ${region}`,
    fix: addRule,
    fixedBy: byCommands('add an event rule'),
  },
  NO_EVENT_RULE: {
    outcome: 'broken',
    meaning:
      'No rule on the default event bus of the region where the required events arrive is meant for the control.',
    sentence: ({
      region,
      what,
      nearest,
    }: {
      readonly region: string;
      readonly what: string;
      readonly nearest: string | undefined;
    }) => {
      const none = `no EventBridge rule on the default event bus of ${region} is for ${what}`;
      return nearest === undefined ? none : `${none}; nearest: ${nearest}, which also matches other events`;
    },
    fix: addRule,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_TRAIL_ELSEWHERE: {
    outcome: 'undecided',
    meaning:
      'The trail belongs to another account, such as an organization trail seen from a member. AWS does not document whether its events also reach the event buses of this account.',
    sentence: ({ rule, trail }: RuleFacts & { readonly trail: string }) =>
      `it is not documented whether trail ${trail} of another account brings events to EventBridge rule ${rule}`,
    fix: () => 'create a trail in this account that records management events',
    fixedBy: byPerson('a trail of this account needs a bucket, and somebody has to decide about it'),
  },
  EVENT_RULE_ONE_REGION: {
    outcome: 'undecided',
    meaning:
      'The required events arise in every region, and each region has a default event bus of its own. The rules of other regions are not read.',
    sentence: ({ rule, region }: RuleFacts) =>
      `EventBridge rule ${rule} sees the events of ${region}, and the rules of other regions are not read`,
    fix: () => 'use a metric filter on the log group of a multi-region trail for this control',
    fixedBy: byPerson('a rule in every region is needed, or a metric filter'),
  },
  EVENT_RULE_UNDECIDED: {
    outcome: 'undecided',
    meaning:
      'Whether the rule means what is required depends on something that AWS does not document, or that is not computed. The reason is named.',
    sentence: ({ rule, doubt }: RuleFacts & { readonly doubt: string }) =>
      `whether EventBridge rule ${rule} means what is required is not determined: ${doubt}`,
    fix: addRule,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_READS_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'Some of the required events may only read, and it is not determined whether a rule in the state `ENABLED` matches them.',
    sentence: ({ rule }: RuleFacts) =>
      `it is not determined whether EventBridge rule ${rule} matches the required events that only read`,
    fix: addRuleForReads,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_STATE_UNKNOWN: {
    outcome: 'undecided',
    meaning: 'The pattern of the rule fits, and the rule is in a state that is not known.',
    sentence: ({ rule, state }: RuleFacts & { readonly state: string }) =>
      `EventBridge rule ${rule} is in state ${state}, which is not known`,
    fix: addRule,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_NOT_COMPARED: {
    outcome: 'undecided',
    meaning: 'The time for the judgement was over before the rule was compared.',
    sentence: ({ rule }: RuleFacts) => `EventBridge rule ${rule} was not compared in time`,
    fix: addRule,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_UNREAD: {
    outcome: 'undecided',
    meaning:
      'EventBridge accepted the pattern of the rule, but its meaning is not known. This does not hide a rule that fits.',
    sentence: ({ rule, doubt }: RuleFacts & { readonly doubt: string }) =>
      `the pattern of EventBridge rule ${rule} cannot be read: ${doubt}`,
    fix: addRule,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_REGION_UNKNOWN: {
    outcome: 'undecided',
    meaning:
      'It is not known on the event bus of which region the required events arrive. For a filter pattern of your own, `premises` can say it.',
    sentence: () => 'it is not known in which region the required events arrive on the event bus',
    fix: () => 'state with `premises` where the events arise, or use a metric filter',
    fixedBy: byPerson('only somebody who knows the events can say where they arise'),
  },
} as const satisfies Reasons;

/** Makes findings of the reasons of the rule. */
export const eventRuleFinding = findingsOf(eventRuleReasons);
