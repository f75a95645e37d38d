import { byCommands } from '../base/fixed-by.ts';
import type { Reasons } from '../base/link.ts';
import { findingsOf } from '../base/link.ts';

interface Facts {
  readonly topic: string;
}

export const subscriberReasons = {
  SUBSCRIBER_FILTERED: {
    outcome: 'broken',
    meaning:
      'The topic has confirmed subscriptions, and the filter policy of each rejects the message of the alarm or the rule.',
    sentence: ({ topic, count }: Facts & { readonly count: number }) =>
      count === 1
        ? `the filter policy of the only confirmed subscription of SNS topic ${topic} rejects the message`
        : `the filter policies of all ${count} confirmed subscriptions of SNS topic ${topic} reject the message`,
    fix: ({ topic }: Facts) => `subscribe a person to topic ${topic}, without a filter policy`,
    fixedBy: byCommands('subscribe'),
  },
  SUBSCRIBER_PROTOCOL_NOT_ALLOWED: {
    outcome: 'broken',
    meaning: 'The topic has confirmed subscriptions, and none has a protocol that `subscriberProtocols` names.',
    sentence: ({ topic, protocols }: Facts & { readonly protocols: string }) =>
      `the confirmed subscriptions of SNS topic ${topic} have protocols that \`subscriberProtocols\` does not name: ${protocols}`,
    fix: ({ topic, allowed }: Facts & { readonly allowed: readonly string[] }) =>
      `subscribe to topic ${topic} with one of these protocols, and confirm: ${allowed.join(', ')}`,
    fixedBy: byCommands('subscribe'),
  },
  SUBSCRIBER_NOT_CONFIRMED: {
    outcome: 'broken',
    meaning: 'The topic has subscriptions, and none of them is confirmed: they are pending or deleted.',
    sentence: ({ topic, count }: Facts & { readonly count: number }) =>
      count === 1
        ? `the only subscription of SNS topic ${topic} is not confirmed`
        : `none of the ${count} subscriptions of SNS topic ${topic} is confirmed`,
    fix: ({ topic }: Facts) =>
      `ask a subscriber of topic ${topic} to confirm, or subscribe again: an unconfirmed subscription expires`,
    fixedBy: byCommands('subscribe'),
  },
  NO_SUBSCRIBER: {
    outcome: 'broken',
    meaning: 'The topic has no subscription.',
    sentence: ({ topic }: Facts) => `SNS topic ${topic} has no subscriber`,
    fix: ({ topic }: Facts) => `subscribe a person to topic ${topic}, who then confirms the subscription`,
    fixedBy: byCommands('subscribe'),
  },
  SUBSCRIBER_PROTOCOL_UNKNOWN: {
    outcome: 'undecided',
    meaning: 'The only confirmed subscriptions that may receive the message have a protocol that is not known.',
    sentence: ({ topic, protocols }: Facts & { readonly protocols: string }) =>
      `SNS topic ${topic} has a confirmed subscription of a protocol that is not known: ${protocols}`,
    fix: ({ topic, allowed }: Facts & { readonly allowed: readonly string[] }) =>
      `subscribe to topic ${topic} with one of these protocols, and confirm: ${allowed.join(', ')}`,
    fixedBy: byCommands('subscribe'),
  },
  SUBSCRIBER_IN_OTHER_ACCOUNT: {
    outcome: 'undecided',
    meaning:
      'Another account made the subscription, its filter policy may not be read from this account, and no role is given for that account.',
    sentence: ({ topic, account }: Facts & { readonly account: string }) =>
      `account ${account} made the subscription to SNS topic ${topic}, and its filter policy may not be read from this account`,
    fix: ({ topic, account }: Facts & { readonly account: string }) =>
      `name a role to read account ${account} with \`foreignAccountRoleName\`, or subscribe to topic ${topic} from this account`,
    fixedBy: byCommands('subscribe'),
  },
  SUBSCRIBER_FILTER_UNCERTAIN: {
    outcome: 'undecided',
    meaning:
      'Whether the filter policy of a confirmed subscription accepts the message depends on something that is not known before the message is sent.',
    sentence: ({ topic }: Facts) =>
      `it is not determined whether the filter policies of the subscriptions of SNS topic ${topic} accept the message`,
    fix: ({ topic }: Facts) => `subscribe a person to topic ${topic}, without a filter policy`,
    fixedBy: byCommands('subscribe'),
  },
} as const satisfies Reasons;

/** Makes findings of the subscriber's reasons. */
export const subscriberFinding = findingsOf(subscriberReasons);
