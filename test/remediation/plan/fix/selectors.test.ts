import { expect } from 'chai';

import type { AdvancedEventSelector, EventSelector, EventSelectors } from '../../../../src/inventory/resources.ts';
import type { ChangeOf, Plan } from '../../../../src/remediation/plan/plan.ts';
import { describeStep } from '../../../../src/remediation/render/words.ts';
import { controlById } from '../../../../src/controls/catalog.ts';
import { planFor } from '../../../support/planning.ts';
import { LOG_GROUP_ARN, TRAIL_ARN, filter, soundWorld } from '../../../support/worlds/world.ts';

const KMS = 'kms.amazonaws.com';
const RDS = 'rdsdata.amazonaws.com';
const email = { email: 'oncall@example.com' };

const basic = (readWriteType: string, ...excludeManagementEventSources: readonly string[]): EventSelector => ({
  readWriteType,
  includeManagementEvents: true,
  excludeManagementEventSources,
});
const noManagement: EventSelector = {
  readWriteType: 'All',
  includeManagementEvents: false,
  excludeManagementEventSources: [],
  dataResourceTypes: ['AWS::S3::Object'],
};
type Fields = AdvancedEventSelector['fieldSelectors'];
const management = (...fields: Fields): AdvancedEventSelector => ({
  fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }, ...fields],
});
const data = (...fields: Fields): AdvancedEventSelector => ({
  fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }, ...fields],
});
const reads = { field: 'readOnly', equals: ['true'] };
const writes = { field: 'readOnly', equals: ['false'] };
const without = (...notEquals: readonly string[]) => ({ field: 'eventSource', notEquals });

const basics = (...eventSelectors: readonly EventSelector[]): EventSelectors => ({
  eventSelectors,
  advancedEventSelectors: [],
});
const advanced = (...advancedEventSelectors: readonly AdvancedEventSelector[]): EventSelectors => ({
  eventSelectors: [],
  advancedEventSelectors,
});

/** MFA devices are deactivated by a write of IAM; the others are about KMS, about calls of any service, and about reads. */
type ControlId = 'D9.AWS.MON.25' | 'CloudWatch.7' | 'CloudWatch.2' | typeof READS;
/** A pattern of one's own, about calls that are certain to be reads. */
const READS = '{ $.eventSource = "iam.amazonaws.com" && $.eventName = "GetUser" && $.readOnly IS TRUE }';

/** The plan for a trail with these selectors, in an account in which all the rest is right for the control. */
function planWith(selectors: EventSelectors, controlId: ControlId): Promise<Plan> {
  const filterPattern = controlById(controlId)?.filterPattern ?? READS;
  const world = soundWorld({
    selectors: { [TRAIL_ARN]: selectors },
    filters: { [LOG_GROUP_ARN]: [filter({ filterPattern })] },
  });
  return planFor(world, email, controlId === READS ? { filterPattern } : { controlId });
}

async function addedTo(selectors: EventSelectors, controlId: ControlId): Promise<ChangeOf<'record-management-events'>> {
  const { steps, complete } = await planWith(selectors, controlId);
  const [step, ...others] = steps;
  expect([complete, others]).to.deep.equal([true, []]);
  if (step?.kind !== 'record-management-events') throw new Error(`the plan begins with ${step?.kind ?? 'nothing'}`);
  return step;
}

describe('the event selector that a plan adds', () => {
  const basicCases: readonly (readonly [title: string, EventSelectors, ControlId, EventSelector])[] = [
    ['records writes where only reads were', basics(basic('ReadOnly')), 'D9.AWS.MON.25', basic('WriteOnly')],
    [
      'keeps KMS out where the control is about another service',
      basics(basic('ReadOnly', KMS)),
      'D9.AWS.MON.25',
      basic('WriteOnly', KMS),
    ],
    [
      'keeps both sources out where the control is about another service',
      basics(basic('ReadOnly', RDS, KMS)),
      'D9.AWS.MON.25',
      basic('WriteOnly', KMS, RDS),
    ],
    [
      'records the writes of KMS, and not its reads, where the trail excludes KMS',
      basics(basic('All', KMS)),
      'CloudWatch.7',
      basic('WriteOnly'),
    ],
    [
      'keeps the RDS Data API out where KMS has to come in',
      basics(basic('All', KMS, RDS)),
      'CloudWatch.7',
      basic('WriteOnly', RDS),
    ],
    ['records writes of KMS where only reads were', basics(basic('ReadOnly', KMS)), 'CloudWatch.7', basic('WriteOnly')],
    [
      'records reads where the pattern is about reads and only writes were',
      basics(basic('WriteOnly', KMS)),
      READS,
      basic('ReadOnly', KMS),
    ],
    [
      'records reads and writes where the control is about any call: a record may lack the field readOnly',
      basics(basic('WriteOnly')),
      'CloudWatch.2',
      basic('All'),
    ],
    [
      'records everything where the control is about any call and KMS was excluded',
      basics(basic('All', KMS)),
      'CloudWatch.2',
      basic('All'),
    ],
    ['records writes where only data events were', basics(noManagement), 'D9.AWS.MON.25', basic('WriteOnly')],
    [
      'is the fifth, where there are four',
      basics(...[1, 2, 3, 4].map(() => basic('ReadOnly'))),
      'D9.AWS.MON.25',
      basic('WriteOnly'),
    ],
  ];
  for (const [title, selectors, controlId, expected] of basicCases) {
    it(title, async () => {
      const { selector } = await addedTo(selectors, controlId);
      expect(selector).to.deep.equal({ kind: 'basic', added: expected });
    });
  }

  const advancedCases: readonly (readonly [title: string, EventSelectors, ControlId, Fields])[] = [
    ['records writes beside advanced selectors for reads', advanced(management(reads)), 'D9.AWS.MON.25', [writes]],
    [
      'keeps KMS out beside advanced selectors that do',
      advanced(management(reads, without(KMS))),
      'D9.AWS.MON.25',
      [writes, without(KMS)],
    ],
    [
      'records the writes of KMS beside an advanced selector that excludes it',
      advanced(management(without(KMS))),
      'CloudWatch.7',
      [writes],
    ],
    [
      'keeps the RDS Data API out beside advanced selectors where KMS has to come in',
      advanced(management(reads, without(RDS)), management(writes, without(KMS, RDS))),
      'CloudWatch.7',
      [writes, without(RDS)],
    ],
    ['records reads beside an advanced selector for writes', advanced(management(writes)), READS, [reads]],
    [
      'records reads and writes beside an advanced selector for writes where the control is about any call',
      advanced(management(writes)),
      'CloudWatch.2',
      [],
    ],
    [
      'does not take over what selectors for data events exclude',
      advanced(data(without(KMS, 's3.amazonaws.com'))),
      'D9.AWS.MON.25',
      [writes],
    ],
    [
      'is the sixth advanced one: their number has no limit',
      advanced(...[1, 2, 3, 4, 5].map(() => management(reads))),
      'D9.AWS.MON.25',
      [writes],
    ],
  ];
  for (const [title, selectors, controlId, fields] of advancedCases) {
    it(title, async () => {
      const { selector } = await addedTo(selectors, controlId);
      expect(selector.kind === 'advanced' && selector.added.fieldSelectors).to.deep.equal(
        management(...fields).fieldSelectors,
      );
    });
  }

  it('has a name that no other selector of the trail has, since the commands find it by its name', async () => {
    const name = 'Write management events for D9.AWS.MON.25';
    const { selector } = await addedTo(advanced({ ...management(reads), name }), 'D9.AWS.MON.25');
    expect(selector.kind === 'advanced' && selector.added.name).to.equal(`${name} 2`);
  });

  it('is none where the trail records all management events by default', async () => {
    expect((await planWith(basics(), 'D9.AWS.MON.25')).steps).to.deep.equal([]);
  });

  const full: readonly (readonly [title: string, EventSelectors, why: string])[] = [
    [
      'five basic selectors',
      basics(...[1, 2, 3, 4, 5].map(() => basic('ReadOnly'))),
      'the trail has the 5 event selectors that CloudTrail allows',
    ],
    [
      'advanced selectors with 500 values',
      advanced(
        management(reads),
        data({ field: 'resources.ARN', startsWith: Array.from({ length: 497 }, (_, n) => `arn:aws:s3:::${n}/`) }),
      ),
      'the event selectors of the trail would have more than the 500 values that CloudTrail allows',
    ],
  ];
  for (const [title, selectors, why] of full) {
    it(`is left to a person where the trail has ${title}`, async () => {
      const plan = await planWith(selectors, 'D9.AWS.MON.25');
      expect([plan.steps, plan.complete]).to.deep.equal([[], false]);
      expect(plan.manualSteps.map((one) => (one.kind === 'by-hand' ? one.why : one.kind))).to.deep.equal([why]);
    });
  }

  it('is said with what it records, what it still excludes, and what that costs', async () => {
    const words = async (selectors: EventSelectors, controlId: ControlId) =>
      describeStep({ ...(await addedTo(selectors, controlId)), cause: { code: 'TRAIL_DROPS_EVENTS', sentence: '' } });
    const writesOfKms = await words(basics(basic('All', KMS, RDS)), 'CloudWatch.7');
    expect(writesOfKms).to.contain(
      'all management events of type Write, including those of kms.amazonaws.com, which it excluded.',
    );
    expect(writesOfKms).to.contain('It still excludes the events of rdsdata.amazonaws.com.');
    expect(writesOfKms).to.contain('charges for every other copy').and.not.to.contain('99 percent');
    const all = await words(basics(basic('All', KMS)), 'CloudWatch.2');
    expect(all).to.contain('More than 99 percent of the events of AWS KMS are reads, so there can be very many.');
  });
});
