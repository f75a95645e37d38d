import { expect } from 'chai';

import { selectionOf } from '../../../src/chain/trail/selectors.ts';
import type { AdvancedFieldSelector, EventSelector, EventSelectors } from '../../../src/inventory/resources.ts';
import { parametersOf } from '../../support/judging.ts';
import { ACCOUNT } from '../../support/world.ts';

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
const account = { accountId: ACCOUNT };
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
      'some dropped',
    ],
    [
      'that select by a field that is not followed cannot be told',
      advanced([management, { field: 'vpcEndpointId', equals: ['vpce-1'] }]),
      'undecided',
    ],
    [
      'that select by it beside one that records all record all',
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
      'that begin with an asterisk of their own cannot be told to let anything through',
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
      'that leave out sessions of the console may drop some of its events',
      advanced([management, { field: 'sessionCredentialFromConsole', notEquals: ['true'] }]),
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

  it("cannot be told to drop events of a pattern of one's own, of which it is not known what they are", () => {
    expect(selectionOf(basic({}), stopLogging, account).kind).to.equal('all');
    expect(selectionOf(basic({ readWriteType: 'ReadOnly' }), stopLogging, account).kind).to.equal('undecided');
  });

  it("record none of the events of a pattern of one's own that are no management events", () => {
    const data = parametersOf({ filterPattern: '{ $.eventCategory = Data }' }).control;
    expect(selectionOf(basic(), data, account).kind).to.equal('none');
  });
});
