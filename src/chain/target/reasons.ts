import { byCommands } from '../base/fixed-by.ts';
import type { Reasons } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';

interface Facts {
  readonly rule: string;
}

/** The reasons of the rule's target, nearest to a chain that holds first. */
export const targetReasons = {
  EVENT_BUS_WITHOUT_RULE: {
    outcome: 'broken',
    meaning: 'The rule sends the events to another event bus, and no enabled rule there matches them.',
    sentence: ({ rule, bus }: Facts & { readonly bus: string }) =>
      `EventBridge rule ${rule} sends the events to event bus ${bus}, where no enabled rule matches them`,
    fix: ({ rule }: Facts) => `give rule ${rule} an SNS topic as a target`,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_RULE_WITHOUT_TARGET: {
    outcome: 'broken',
    meaning: 'The rule has no target.',
    sentence: ({ rule }: Facts) => `EventBridge rule ${rule} has no target`,
    fix: ({ rule }: Facts) => `give rule ${rule} an SNS topic as a target`,
    fixedBy: byCommands('add an event rule'),
  },
  TARGET_ROLE_NOT_READ: {
    outcome: 'undecided',
    meaning:
      'EventBridge publishes to the topic with a role that the target names. Whether the role may be assumed and may publish is not read.',
    sentence: ({ rule, role }: Facts & { readonly role: string }) =>
      `EventBridge rule ${rule} publishes with role ${role}, whose permissions are not read`,
    fix: ({ rule }: Facts) =>
      `add the topic as a target of rule ${rule} without a role, and allow events.amazonaws.com in its policy`,
    fixedBy: byCommands('add an event rule'),
  },
  TARGET_IN_OTHER_ACCOUNT: {
    outcome: 'undecided',
    meaning:
      'The topic is in another account, and the target names no role. AWS documents that a target in another account needs one, and not what happens without it.',
    sentence: ({ rule, topic, account }: Facts & Readonly<Record<'topic' | 'account', string>>) =>
      `EventBridge rule ${rule} names no role for SNS topic ${topic} of account ${account}, and whether it may publish without one is not documented`,
    fix: ({ rule }: Facts) => `give rule ${rule} an SNS topic of its own account as a target`,
    fixedBy: byCommands('add an event rule'),
  },
  EVENT_BUS_NOT_FOLLOWED: {
    outcome: 'undecided',
    meaning:
      'The rule sends the events to another event bus. Whether its role and the policy of that bus allow that is not read; a rule of that bus would notify.',
    sentence: ({ rule, bus }: Facts & { readonly bus: string }) =>
      `EventBridge rule ${rule} sends the events to event bus ${bus}, and whether it may is not read`,
    fix: ({ rule }: Facts) => `give rule ${rule} an SNS topic as a target`,
    fixedBy: byCommands('add an event rule'),
  },
  TARGET_NOT_FOLLOWED: {
    outcome: 'undecided',
    meaning:
      'The target of the rule is not an SNS topic of its region. It may notify somebody, and that is not followed. A function, a queue, a stream or an HTTPS endpoint of the same account and region is accepted where `subscriberProtocols` names some protocols, and its own among them; a stream and an HTTPS endpoint only with a role.',
    sentence: ({ rule, target }: Facts & { readonly target: string }) =>
      `EventBridge rule ${rule} invokes ${target}, which is not followed`,
    fix: ({ rule }: Facts) => `give rule ${rule} an SNS topic as a target`,
    fixedBy: byCommands('add an event rule'),
  },
} as const satisfies Reasons;

/** Makes findings of the reasons of the target. */
export const targetFinding = findingsOf(targetReasons);
