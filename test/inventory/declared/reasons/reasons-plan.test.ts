import { expect } from 'chai';

import { assess } from '../../../../src/assessment/assess.ts';
import type { ReasonCode } from '../../../../src/chain/reasons.ts';
import { declaredReader } from '../../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../../../src/inventory/declared/read-file.ts';
import { faults } from '../../../support/worlds/faulty-accounts.ts';
import { codeOf, parametersOf } from '../../../support/judging.ts';
import { READ_AT } from '../../../support/worlds/world.ts';
import { notDeclared } from './not-declared.ts';
import { digestOf, moduleText, planFor, plannedWorlds, readRecorded } from './recorded-plans.ts';

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
    const expected = notDeclared[code as ReasonCode] ?? code;
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
