import { expect } from 'chai';
import fc from 'fast-check';

import { assess } from '../../../src/assessment/assess.ts';
import type { Inventory, Part, PartKind } from '../../../src/inventory/model.ts';
import { snapshotReader } from '../../../src/inventory/snapshot-reader.ts';
import { applyChange } from '../../../src/remediation/plan/apply.ts';
import type { Choices, Plan } from '../../../src/remediation/plan/plan.ts';
import { arbitraryInventory, arbitraryRaw } from '../../support/worlds/arbitrary-world.ts';
import { parametersOf } from '../../support/judging.ts';
import { planningOn } from '../../support/planning.ts';
import { ACCOUNT, REGION } from '../../support/worlds/world.ts';

/** How many plans are tried: `npm run plans` tries 5,000, with another seed each time. */
const PLANS = Number(process.env['PLANS'] ?? 60);
/** The seed of the plans that the gate tries. */
const SEED = process.env['PLANS'] === undefined ? 20261126 : Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);

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

/** The same account, but that a topic which is gone has neither attributes nor subscriptions. */
function consistent(account: Inventory): Inventory {
  const { subscriptions = {}, 'topic-attributes': attributes = {} } = account.parts;
  const isGone = (part: Part<unknown> | undefined) => part?.kind === 'present' && part.value === null;
  const gone = [...new Set([...Object.keys(subscriptions), ...Object.keys(attributes)])].filter(
    (arn) => isGone(subscriptions[arn]) || isGone(attributes[arn]),
  );
  const nothing = Object.fromEntries(gone.map((arn) => [arn, { kind: 'present', value: null }] as const));
  return {
    ...account,
    parts: {
      ...account.parts,
      subscriptions: { ...subscriptions, ...nothing },
      'topic-attributes': { ...attributes, ...nothing },
    },
  };
}

/** The account with what a plan read of it besides, such as that something cannot be read. */
function withEverything(account: Inventory, read: Inventory): Inventory {
  const kinds = [...new Set([...Object.keys(account.parts), ...Object.keys(read.parts)])] as readonly PartKind[];
  const parts = kinds.map((kind) => [kind, { ...account.parts[kind], ...read.parts[kind] }] as const);
  return { ...account, parts: Object.fromEntries(parts) };
}

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
        arbitraryInventory.map(consistent),
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
          const whole = plan.steps.reduce<Inventory>(applyChange, withEverything(inventory, read));
          for (const assurance of ['working', 'configured']) {
            const parameters = parametersOf({ ...asked, assurance });
            // Another assurance may need parts that the plan did not: they are read of the whole account as it is then.
            const { verdict } = await assess(snapshotReader(whole), parameters);
            expect(verdict.kind, assurance).to.equal('satisfied');
          }
        },
      ),
      { numRuns: PLANS, seed: SEED },
    );
    expect(complete).to.be.greaterThan(PLANS / 20);
  }).timeout(PLANS * 2000);
});
