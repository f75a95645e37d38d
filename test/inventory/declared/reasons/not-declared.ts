import type { ReasonCode } from '../../../../src/chain/reasons.ts';

/** What neither a plan nor a template can say of an account, and the code that it gets instead. */
export const notDeclared: Readonly<Partial<Record<ReasonCode, string>>> = {
  // The account may have a trail, a log group or a topic that the file does not declare.
  NO_TRAIL: 'UNREADABLE',
  LOG_GROUP_GONE: 'UNREADABLE',
  TOPIC_GONE: 'UNREADABLE',
  // A trail of another account is not declared here, and whether it covers this account is not said.
  EVENT_RULE_TRAIL_ELSEWHERE: 'UNREADABLE',
  // The policy is known after the deployment only.
  TOPIC_POLICY_UNCERTAIN: 'UNREADABLE',
  // Nothing was delivered yet, no alarm was in any state, and nothing was muted.
  LOG_DELIVERY_FAILING: 'SATISFIED',
  LOG_DELIVERY_STALE: 'SATISFIED',
  LOG_DELIVERY_SILENT: 'SATISFIED',
  LOG_DELIVERY_NOT_RESUMED: 'SATISFIED',
  LOG_DELIVERY_UNKNOWN: 'SATISFIED',
  ALARM_ALREADY_IN_ALARM: 'SATISFIED',
  ALARM_NOT_EVALUATED: 'SATISFIED',
  ALARM_MUTED: 'SATISFIED',
  TOPIC_ACTION_FAILED: 'SATISFIED',
  // Whoever subscribes is in the account that is declared, and confirms.
  SUBSCRIBER_IN_OTHER_ACCOUNT: 'SATISFIED',
  SUBSCRIBER_NOT_CONFIRMED: 'SATISFIED',
};
