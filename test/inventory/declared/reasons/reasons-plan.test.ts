import { expect } from 'chai';

import { assess } from '../../../../src/assessment/assess.ts';
import { declaredReader } from '../../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../../../src/inventory/declared/read-file.ts';
import { faults } from '../../../support/worlds/faulty-accounts.ts';
import { codeOf, parametersOf } from '../../../support/judging.ts';
import { READ_AT } from '../../../support/worlds/world.ts';
import { digestOf, moduleText, planFor, plannedWorlds, readRecorded } from './recorded-plans.ts';

/** What a plan cannot say of an account, and the code that it gets instead. */
const notInPlans: Readonly<Record<string, string>> = {
  // The account may have a trail, a log group or a topic that the plan does not declare.
  NO_TRAIL: 'UNREADABLE',
  LOG_GROUP_GONE: 'UNREADABLE',
  TOPIC_GONE: 'UNREADABLE',
  // Whether the trail of an organization covers this account is not said.
  EVENT_RULE_TRAIL_ELSEWHERE: 'UNREADABLE',
  // The policy is known after apply only.
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
  // Whoever subscribes confirms, and the plan says what a subscription of another account lets through.
  SUBSCRIBER_NOT_CONFIRMED: 'SATISFIED',
  SUBSCRIBER_IN_OTHER_ACCOUNT: 'SATISFIED',
};

/** What Terraform refuses to plan, and what it says. */
const refusedByTerraform: Readonly<Record<string, RegExp>> = {
  TRAIL_SELECTORS_UNCERTAIN: /field to be one of \[.*\], got vpcEndpointId$/,
  // This version of the provider has no such argument yet.
  FILTER_MAY_BE_BLIND: /No argument or block type is named "apply_on_transformed_logs"/,
  METRIC_UNKNOWN: /At least 1 "metric_transformation" blocks are required/,
  SUBSCRIBER_PROTOCOL_UNKNOWN: /protocol to be one of \[.*\], got carrier-pigeon$/,
  EVENT_RULE_STATE_UNKNOWN: /state to be one of \[.*\], got PAUSED$/,
};

describe('an account with one fault, planned by Terraform before it is deployed,', () => {
  const recorded = readRecorded();

  it('is recorded for every reason, from the configuration as it is now', () => {
    const digests = { ...recorded.plans, ...recorded.refused };
    const known = Object.entries(digests).map(([code, { configuration }]) => [code, configuration]);
    const now = Object.entries(plannedWorlds).map(([code, world]) => [code, digestOf(moduleText(world))]);
    expect(Object.fromEntries(known), 'record the plans again with `npm run terraform`').to.deep.equal(
      Object.fromEntries(now),
    );
  });

  for (const [code, plan] of Object.entries(recorded.plans)) {
    const raw = code === 'SATISFIED' ? {} : faults[code as keyof typeof faults].raw;
    const expected = notInPlans[code] ?? code;
    it(`${code === expected ? 'gets' : `does not know of ${code}, and gets`} ${expected}`, async () => {
      const file = recognizeFile(planFor(recorded, plan), { now: READ_AT, accountId: '111122223333' });
      if (file.kind !== 'declared') throw new Error(file.kind === 'invalid' ? file.problem : file.kind);
      const { verdict } = await assess(declaredReader(file.account), parametersOf(raw ?? {}));
      expect(codeOf(verdict)).to.equal(expected);
    });
  }

  for (const [code, message] of Object.entries(refusedByTerraform)) {
    it(`with ${code} is refused by Terraform`, () => {
      expect(recorded.refused[code]?.message).to.match(message);
    });
  }

  it('is planned or refused for a reason that is known', () => {
    expect(Object.keys(recorded.refused)).to.have.members(Object.keys(refusedByTerraform));
  });
});
