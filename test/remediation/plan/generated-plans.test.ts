import { expect } from 'chai';
import fc from 'fast-check';

import { judge } from '../../../src/chain/judge.ts';
import type { Inventory, Part } from '../../../src/inventory/model.ts';
import { applyChange } from '../../../src/remediation/plan/apply.ts';
import type { Choices, Plan } from '../../../src/remediation/plan/plan.ts';
import { arbitraryInventory, arbitraryRaw } from '../../support/arbitrary-world.ts';
import { parametersOf } from '../../support/judging.ts';
import { planningOn } from '../../support/planning.ts';
import { ACCOUNT, REGION } from '../../support/world.ts';

/** How many plans are tried; `PLANS=5000 npx mocha test/remediation/plan/generated-plans.test.ts` tries more. */
const PLANS = Number(process.env['PLANS'] ?? 60);

const arbitraryChoices: fc.Arbitrary<Choices> = fc.record(
  {
    email: fc.constant('oncall@example.com'),
    topicArn: fc.constantFrom(
      `arn:aws:sns:${REGION}:${ACCOUNT}:security-alerts`,
      `arn:aws:sns:${REGION}:${ACCOUNT}:none`,
    ),
  },
  { requiredKeys: [] },
);
const arbitraryControl = fc.constantFrom({}, { controlId: 'CloudWatch.4' }, { controlId: 'CloudWatch.7' });

/** The members of every list that a person may have made, each as JSON text. */
function existingThings({ parts }: Inventory): readonly string[] {
  const listed: Readonly<Record<string, Part<unknown>>>[] = [
    parts['metric-filters'] ?? {},
    parts.alarms ?? {},
    parts.subscriptions ?? {},
  ];
  const members = listed
    .flatMap((kind) => Object.entries(kind))
    .flatMap(([place, part]) => {
      const value = part.kind === 'present' ? part.value : undefined;
      return Array.isArray(value) ? value.map((one: unknown) => `${place} ${JSON.stringify(one)}`) : [];
    });
  const topics = Object.entries(parts['topic-attributes'] ?? {}).flatMap(([arn, part]) =>
    part.kind === 'present' && part.value !== null ? [`${arn} ${JSON.stringify(part.value)}`] : [],
  );
  return [...members, ...topics];
}

/** What of an account is no longer as it was after a plan, but for what the plan says that it changes. */
function changedThings({ steps }: Plan, before: Inventory, after: Inventory): readonly string[] {
  const now = new Set(existingThings(after));
  const meant = steps.flatMap((step) => {
    if (step.kind === 'enable-alarm-actions') return [`"alarmArn":${JSON.stringify(step.alarmArn)}`];
    return step.kind === 'allow-publish' ? [`${step.topicArn} `] : [];
  });
  return existingThings(before).filter((one) => !now.has(one) && !meant.some((text) => one.includes(text)));
}

describe('a generated plan', () => {
  it(`ends satisfied under assurance=working if it is complete, and changes nothing that exists: ${PLANS} plans`, async () => {
    let complete = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryInventory,
        arbitraryRaw,
        arbitraryControl,
        arbitraryChoices,
        async (inventory, raw, control, choices) => {
          const asked = { ...raw, ...control };
          const { planning, read } = await planningOn(inventory, choices, asked);
          if (planning.kind === 'asks') return;
          const { plan } = planning;
          const after = plan.steps.reduce<Inventory>(applyChange, read);
          expect(changedThings(plan, read, after)).to.deep.equal([]);
          const isLeftToPerson = plan.manualSteps.some(({ kind }) => kind === 'confirm') && choices.email === undefined;
          if (!plan.complete || plan.steps.length === 0 || isLeftToPerson) return;
          complete += 1;
          for (const assurance of ['working', 'configured']) {
            const parameters = parametersOf({ ...asked, assurance });
            const judged = judge(parameters.control, parameters.options, after);
            // Another assurance than the one that was asked for may need parts that nobody read.
            if (judged.kind === 'needs' && assurance !== (raw.assurance ?? 'working')) continue;
            expect(judged.kind === 'verdict' && judged.verdict.kind, assurance).to.equal('satisfied');
          }
        },
      ),
      { numRuns: PLANS },
    );
    expect(complete).to.be.greaterThan(PLANS / 20);
  }).timeout(PLANS * 2000);
});
