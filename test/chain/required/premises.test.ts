import { expect } from 'chai';

import { premisesOf, premisesText } from '../../../src/chain/required/premises.ts';
import { catalog } from '../../../src/controls/catalog.ts';
import type { Comparison } from '../../../src/filter-pattern/index.ts';
import { compareTexts } from '../../../src/filter-pattern/index.ts';
import { parametersOf } from '../../support/judging.ts';
import { ACCOUNT, OTHER_ACCOUNT, REGION } from '../../support/worlds/world.ts';

const account = { accountId: ACCOUNT, region: REGION };

function compared(candidate: string, required: string, premises: string): Comparison {
  const comparison = compareTexts(candidate, required, premises);
  if (comparison.relation === 'invalid') throw new Error('not a pattern');
  return comparison;
}

const and = (pattern: string, condition: string): string => `{ (${pattern.slice(1, -1)}) && (${condition}) }`;

describe('the premises of a control', () => {
  for (const control of catalog) {
    const { id, filterPattern, recordedIn } = control;
    const premises = premisesText(control, account);
    const conditions = [
      `$.recipientAccountId = "${ACCOUNT}"`,
      '$.eventCategory = "Management"',
      '$.managementEvent IS TRUE',
      '$.eventID = "*"',
      '$.eventType = "*"',
      ...(recordedIn === 'global-service-region' ? ['$.awsRegion = "us-east-1"'] : ['$.awsRegion = "*"']),
      ...(control.premises.includes('AwsApiCall') ? ['$.eventType != "AwsServiceEvent"', '$.readOnly IS FALSE'] : []),
    ];

    it(`let a filter for ${id} also ask for what is always so`, () => {
      for (const condition of conditions) {
        expect(compared(and(filterPattern, condition), filterPattern, premises).relation, condition).to.equal(
          'equivalent',
        );
      }
    });

    it(`leave a filter for ${id} narrower that misses failed calls, other accounts or some users`, () => {
      for (const condition of [
        ...(filterPattern.includes('error') ? [] : ['$.errorCode NOT EXISTS']),
        `$.recipientAccountId = "${OTHER_ACCOUNT}"`,
        '$.userIdentity.userName = "alice"',
      ]) {
        expect(compared(and(filterPattern, condition), filterPattern, premises).missed.kind, condition).to.equal(
          'event',
        );
      }
    });

    it(`make examples for ${id} that CloudTrail may write`, () => {
      const { missed } = compared('{ $.eventName = "NoSuchCall" }', filterPattern, premises);
      const event = JSON.parse(missed.kind === 'event' ? missed.event : '{}') as Readonly<Record<string, unknown>>;
      expect(event['eventType']).to.be.oneOf(['AwsApiCall', 'AwsConsoleSignIn', 'AwsConsoleAction']);
      expect(event['eventID']).to.match(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
      expect(Date.parse(String(event['eventTime']))).not.to.be.NaN;
      expect(event).to.include({ recipientAccountId: ACCOUNT, eventCategory: 'Management', managementEvent: true });
      expect(event['errorCode'] ?? 'none').to.be.oneOf(['none', 'AccessDenied', 'Client.UnauthorizedOperation']);
    });
  }

  it('name the region of a global service only where AWS documents it', () => {
    const [control] = catalog;
    for (const [region, expected] of [
      ['eu-west-1', 'us-east-1'],
      ['ap-southeast-7', 'us-east-1'],
      ['us-gov-east-1', 'us-gov-west-1'],
      ['cn-north-1', undefined],
      ['us-iso-east-1', undefined],
      ['eusc-de-east-1', undefined],
    ] as const) {
      const named = /awsRegion = "?([a-z]+-[a-z-]+-\d)/.exec(
        premisesText(control, { accountId: ACCOUNT, region }),
      )?.[1];
      expect(named, region).to.equal(expected);
    }
  });

  it("give way where a pattern of one's own asks for the events of another account", () => {
    const { control } = parametersOf({ filterPattern: `{ $.recipientAccountId = "${OTHER_ACCOUNT}" }` });
    expect(() => premisesOf(control, account)).not.to.throw();
    expect(compared(control.filterPattern, control.filterPattern, premisesText(control, account)).relation).to.equal(
      'equivalent',
    );
  });
});
