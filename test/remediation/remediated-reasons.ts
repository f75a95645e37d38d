import type { ReasonCode } from '../../src/chain/reasons.ts';
import { reasonByCode } from '../../src/chain/reasons.ts';
import type { PlannedFor } from '../../src/cli/remediation/render-judged.ts';
import type { Choices, Plan } from '../../src/remediation/plan/plan.ts';
import { EVENT_TOPIC_ARN } from '../support/worlds/event-world.ts';
import { faults } from '../support/worlds/faulty-accounts.ts';
import { parametersOf } from '../support/judging.ts';
import { planningOn } from '../support/planning.ts';
import { TOPIC_ARN, snapshotOf } from '../support/worlds/world.ts';

/** A reason that commands fix, the plan for an account with that fault, and the account with what is asked of it. */
export type Case = readonly [code: ReasonCode, plan: Plan, plannedFor: PlannedFor];

/** Plans the remediation of every reason that commands fix, each in an account with that fault and no other. */
export function planEveryReason(): Promise<readonly Case[]> {
  const codes = (Object.keys(faults) as (keyof typeof faults)[]).filter(
    (code) => reasonByCode[code].fixedBy.by === 'commands',
  );
  return Promise.all(codes.map((code) => planReason(code, { email: 'oncall@example.com' })));
}

/** Plans some remediations with a chosen topic, and for other controls. */
export function planOtherOptions(): Promise<readonly Case[]> {
  const email = 'oncall@example.com';
  return Promise.all([
    planReason('NO_METRIC_FILTER', { topicArn: TOPIC_ARN }),
    planReason('NO_ALARM', { topicArn: TOPIC_ARN }),
    planReason('NO_EVENT_RULE', { topicArn: EVENT_TOPIC_ARN }),
    // The longest pattern of Security Hub, and one with quotes.
    planReason('NO_METRIC_FILTER', { email }, { controlId: 'CloudWatch.4' }),
    planReason('NO_METRIC_FILTER', { email }, { controlId: 'CloudWatch.6' }),
  ]);
}

/**
 * Plans the remediation of one reason.
 *
 * @throws Error if a person has to choose something first
 */
async function planReason(
  code: keyof typeof faults,
  choices: Choices,
  more: Readonly<Record<string, string>> = {},
): Promise<Case> {
  const { fault, raw } = faults[code];
  const given = { ...raw, ...more };
  const { planning, read } = await planningOn(snapshotOf(fault), choices, given);
  if (planning.kind === 'asks') throw new Error(planning.question);
  return [code, planning.plan, { inventory: read, parameters: parametersOf(given) }];
}
