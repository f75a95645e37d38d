import { expect } from 'chai';

import { recordsOwnReads, selectionOf } from '../../../src/chain/trail/selectors.ts';
import type { AdvancedFieldSelector, EventSelector, EventSelectors } from '../../../src/inventory/resources.ts';
import { parametersOf } from '../../support/judging.ts';
import { ACCOUNT, REGION } from '../../support/worlds/world.ts';

const basic = (...selectors: readonly Partial<EventSelector>[]): EventSelectors => ({
  eventSelectors: selectors.map((change) => ({
    readWriteType: 'All',
    includeManagementEvents: true,
    excludeManagementEventSources: [],
    ...change,
  })),
  advancedEventSelectors: [],
});

const advanced = (...selectors: readonly (readonly AdvancedFieldSelector[])[]): EventSelectors => ({
  eventSelectors: [],
  advancedEventSelectors: selectors.map((fieldSelectors) => ({ fieldSelectors })),
});

const management: AdvancedFieldSelector = { field: 'eventCategory', equals: ['Management'] };
const data: AdvancedFieldSelector = { field: 'eventCategory', equals: ['Data'] };
const mfa = parametersOf().control;
const account = { accountId: ACCOUNT, region: REGION };
const stopLogging = parametersOf({ filterPattern: '{ $.eventName = StopLogging }' }).control;

describe('the event selectors of a trail', () => {
  const rows: readonly (readonly [claim: string, selectors: EventSelectors, is: string])[] = [
    ['that are not set record all management events', basic(), 'all'],
    ['that name all management events record them', basic({}), 'all'],
    ['that record writes only record a write', basic({ readWriteType: 'WriteOnly' }), 'all'],
    ['that record reads only drop a write', basic({ readWriteType: 'ReadOnly' }), 'none'],
    [
      'that record reads and writes by two selectors record both',
      basic({ readWriteType: 'ReadOnly' }, { readWriteType: 'WriteOnly' }),
      'all',
    ],
    ['that leave management events out drop them', basic({ includeManagementEvents: false }), 'none'],
    [
      'that exclude another service record this one',
      basic({ excludeManagementEventSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] }),
      'all',
    ],
    ['that name the management category record it', advanced([management]), 'all'],
    [
      'that name the data category only drop management events',
      advanced([data, { field: 'resources.type', equals: ['AWS::S3::Object'] }]),
      'none',
    ],
    ['that record writes record a write', advanced([management, { field: 'readOnly', equals: ['false'] }]), 'all'],
    ['that record reads drop a write', advanced([management, { field: 'readOnly', equals: ['true'] }]), 'none'],
    [
      'that select sources by their end record one with that end',
      advanced([management, { field: 'eventSource', endsWith: ['.amazonaws.com'] }]),
      'all',
    ],
    [
      'that select sources by another end drop it',
      advanced([management, { field: 'eventSource', endsWith: ['.example.com'] }]),
      'none',
    ],
    [
      'that leave out sources by their beginning drop one with that beginning',
      advanced([management, { field: 'eventSource', notStartsWith: ['iam.'] }]),
      'none',
    ],
    [
      'that exclude KMS record IAM',
      advanced([management, { field: 'eventSource', notEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] }]),
      'all',
    ],
    [
      'that exclude IAM drop it',
      advanced([management, { field: 'eventSource', notEquals: ['iam.amazonaws.com'] }]),
      'none',
    ],
    [
      'that name services of which it is one record it',
      advanced([management, { field: 'eventSource', startsWith: ['iam.', 'sts.'] }]),
      'all',
    ],
    [
      'that drop just this event break the chain',
      advanced([management, { field: 'eventName', notEquals: ['DeactivateMFADevice'] }]),
      'none',
    ],
    ['that drop other events do not', advanced([management, { field: 'eventName', notEndsWith: ['Bucket'] }]), 'all'],
    [
      'that name a role record only what it does',
      advanced([management, { field: 'userIdentity.arn', notStartsWith: ['arn:aws:iam::111122223333:role/noisy'] }]),
      'some-dropped',
    ],
    [
      'that select by a field that is not followed are undecided',
      advanced([management, { field: 'vpcEndpointId', equals: ['vpce-1'] }]),
      'undecided',
    ],
    [
      'that select by an operator that is not read, so that none is left, are undecided',
      advanced([management, { field: 'eventName' }]),
      'undecided',
    ],
    ['whose operators have no values are undecided', advanced([{ field: 'eventCategory', equals: [] }]), 'undecided'],
    [
      'that select by it next to one that records all record all',
      advanced([management, { field: 'vpcEndpointId', equals: ['vpce-1'] }], [management]),
      'all',
    ],
    [
      'with several operators on one field record what is selected and not deselected',
      advanced([management, { field: 'eventName', equals: ['x'], startsWith: ['De'], notEndsWith: ['x'] }]),
      'all',
    ],
    [
      'that deselect what they select drop it',
      advanced([management, { field: 'eventName', startsWith: ['De'], notEndsWith: ['MFADevice'] }]),
      'none',
    ],
    [
      'that have an asterisk of their own are undecided',
      advanced([management, { field: 'eventName', equals: ['Deactivate*'] }]),
      'undecided',
    ],
    [
      'that deselect an asterisk of their own, which fits no name, record all',
      advanced([management, { field: 'eventName', notEquals: ['Create*'] }]),
      'all',
    ],
    [
      'of more text than a filter pattern may have are followed all the same',
      advanced([
        management,
        {
          field: 'eventSource',
          notEquals: Array.from({ length: 100 }, (_, index) => `service-${index}.amazonaws.com`),
        },
      ]),
      'all',
    ],
    [
      'that leave out sessions of the console drop what is done there',
      advanced([management, { field: 'sessionCredentialFromConsole', notEquals: ['true'] }]),
      'some-dropped',
    ],
    [
      'that record sessions of the console only drop what programs do',
      advanced([management, { field: 'sessionCredentialFromConsole', equals: ['true'] }]),
      'some-dropped',
    ],
    [
      'that ask whether it is false, which is not documented, are undecided',
      advanced([management, { field: 'sessionCredentialFromConsole', notEquals: ['false'] }]),
      'undecided',
    ],
    [
      'that record API calls only record it',
      advanced([management, { field: 'eventType', equals: ['AwsApiCall'] }]),
      'all',
    ],
    [
      'that leave out service events record it',
      advanced([management, { field: 'eventType', notEquals: ['AwsServiceEvent'] }]),
      'all',
    ],
    [
      'that have a read-write type of the future are undecided',
      basic({ readWriteType: 'DestructiveOnly' }),
      'undecided',
    ],
    [
      'that have one next to a selector of all events record all',
      basic({ readWriteType: 'DestructiveOnly' }, {}),
      'all',
    ],
    [
      'that do not say whether they record management events are undecided',
      { eventSelectors: [{ readWriteType: 'All', excludeManagementEventSources: [] }], advancedEventSelectors: [] },
      'undecided',
    ],
    [
      'that do not say reads or writes are undecided',
      {
        eventSelectors: [{ includeManagementEvents: true, excludeManagementEventSources: [] }],
        advancedEventSelectors: [],
      },
      'undecided',
    ],
    [
      'that exclude IAM drop it, whatever the read-write type of the future means',
      basic({ readWriteType: 'DestructiveOnly', excludeManagementEventSources: ['iam.amazonaws.com'] }),
      'none',
    ],
    ['that have no field are undecided', advanced([]), 'undecided'],
    // AWS documents `readOnly` with Equals and the values true and false only.
    ...(
      [
        ['that ask whether `readOnly` is another word', { equals: ['no'] }],
        ['that ask how `readOnly` begins', { startsWith: ['false'] }],
        ['that ask how `readOnly` ends', { endsWith: ['false'] }],
        ['that ask what `readOnly` is not', { notEquals: ['true'] }],
      ] as const
    ).map(
      ([claim, operator]) =>
        [`${claim} are undecided`, advanced([management, { field: 'readOnly', ...operator }]), 'undecided'] as const,
    ),
    [
      'that ask whether a field that is not followed is true are undecided',
      advanced([management, { field: 'isFromTheFuture', equals: ['true'] }]),
      'undecided',
    ],
  ];
  for (const [claim, selectors, is] of rows) {
    it(claim, () => {
      expect(selectionOf(selectors, mfa, account).kind).to.equal(is);
    });
  }

  it('show an event that they drop', () => {
    const selection = selectionOf(basic({ readWriteType: 'ReadOnly' }), mfa, account);
    expect(selection.kind === 'none' && (JSON.parse(selection.event) as object)).to.include({
      eventName: 'DeactivateMFADevice',
      readOnly: false,
    });
  });

  it("are undecided where they may drop events of a pattern of one's own", () => {
    expect(selectionOf(basic({}), stopLogging, account).kind).to.equal('all');
    expect(selectionOf(basic({ readWriteType: 'ReadOnly' }), stopLogging, account).kind).to.equal('undecided');
  });

  it("drop events of a pattern of one's own where its premises say so", () => {
    const write = '{ $.eventCategory = "Management" && $.readOnly IS FALSE }';
    const control = parametersOf({ filterPattern: '{ $.eventName = StopLogging }', premises: write }).control;
    expect(selectionOf(basic({ readWriteType: 'ReadOnly' }), control, account).kind).to.equal('none');
    expect(selectionOf(basic({ readWriteType: 'WriteOnly' }), control, account).kind).to.equal('all');
  });

  it('record what is done in the console if they record sessions of the console only, and drop it if they leave those out', () => {
    const ofConsole = '{ $.eventName = StopLogging && $.sessionCredentialFromConsole = "true" }';
    const { control } = parametersOf({ filterPattern: ofConsole });
    const kindOf = (operator: Partial<AdvancedFieldSelector>) =>
      selectionOf(advanced([management, { field: 'sessionCredentialFromConsole', ...operator }]), control, account)
        .kind;
    expect(kindOf({ equals: ['true'] })).to.equal('all');
    expect(kindOf({ notEquals: ['true'] })).to.equal('none');
  });

  it('are undecided for Insights events, whose own selectors are not read', () => {
    const { control } = parametersOf({
      filterPattern: '{ $.eventName = RunInstances }',
      premises: '{ $.eventCategory = "Insight" }',
    });
    expect(selectionOf(basic({}), control, account).kind).to.equal('undecided');
  });

  describe('that there is no time to compare', () => {
    /** Of a question that was not asked before, with so many comparisons before the time is over. */
    const after = (comparisons: number) => {
      let asked = 0;
      const { control } = parametersOf({ filterPattern: `{ $.eventName = Late${comparisons} }` });
      return selectionOf(basic({ readWriteType: 'ReadOnly' }), control, account, () => (asked += 1) > comparisons);
    };
    for (const comparisons of [0, 1]) {
      it(`are undecided after ${comparisons} of the two comparisons`, () => {
        expect(after(comparisons)).to.deep.equal({ kind: 'undecided', why: 'not compared in time' });
      });
    }

    it('are undecided where only what they certainly record was not compared', () => {
      let asked = 0;
      const { control } = parametersOf({ filterPattern: '{ $.eventName = LateAtFirst }' });
      const isOver = () => (asked += 1) === 1;
      expect(selectionOf(basic({ readWriteType: 'ReadOnly' }), control, account, isOver).kind).to.equal('undecided');
    });

    it('perhaps record the reads that every tool makes', () => {
      const selectors = basic({ excludeManagementEventSources: ['late.amazonaws.com'] });
      expect(recordsOwnReads(selectors, () => true)).to.equal('undecided');
    });
  });

  describe('asked for data events', () => {
    const reads = { filterPattern: '{ $.eventName = GetObject }', premises: '{ $.eventCategory = "Data" }' };
    const { control } = parametersOf(reads);
    const dataSelectors: readonly (readonly [claim: string, selectors: EventSelectors, is: string])[] = [
      ['drop them by default', basic(), 'none'],
      ['drop them if they name no data resources', basic({ dataResourceTypes: [] }), 'none'],
      ['are undecided if they name some', basic({ dataResourceTypes: ['AWS::S3::Object'] }), 'undecided'],
      ['are undecided if it was not read whether they name any', basic({}), 'undecided'],
      ['drop them if they name management events', advanced([management]), 'none'],
      ['record them if they name all of them', advanced([data]), 'all'],
      [
        'are undecided if they name one type of resource',
        advanced([data, { field: 'resources.type', equals: ['AWS::S3::Object'] }]),
        'undecided',
      ],
    ];
    for (const [claim, selectors, is] of dataSelectors) {
      it(claim, () => {
        expect(selectionOf(selectors, control, account).kind).to.equal(is);
      });
    }

    it('take a pattern that itself names them at its word', () => {
      const own = parametersOf({ filterPattern: '{ $.eventCategory = Data }' }).control;
      expect(selectionOf(basic(), own, account).kind).to.equal('none');
    });
  });

  describe('record the reads that every tool makes', () => {
    const reads: readonly (readonly [claim: string, selectors: EventSelectors, is: boolean | 'undecided'])[] = [
      ['by default', basic(), true],
      [
        'if they exclude KMS and the RDS Data API',
        basic({ excludeManagementEventSources: ['kms.amazonaws.com'] }),
        true,
      ],
      ['if they record reads only', basic({ readWriteType: 'ReadOnly' }), true],
      ['not if they record writes only', basic({ readWriteType: 'WriteOnly' }), false],
      ['not if they exclude CloudTrail', basic({ excludeManagementEventSources: ['cloudtrail.amazonaws.com'] }), false],
      ['not if they name data events', advanced([data]), false],
      ['perhaps, with a read-write type of the future', basic({ readWriteType: 'DestructiveOnly' }), 'undecided'],
    ];
    for (const [claim, selectors, is] of reads) {
      it(claim, () => {
        expect(recordsOwnReads(selectors)).to.equal(is);
      });
    }
  });
});
