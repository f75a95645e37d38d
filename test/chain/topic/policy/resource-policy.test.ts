import { expect } from 'chai';

import { allowsRequest } from '../../../../src/chain/topic/policy/resource-policy.ts';
import type { ServiceRequest } from '../../../../src/chain/topic/policy/service-request.ts';
import { ACCOUNT, OTHER_ACCOUNT, TOPIC_ARN, alarmArn } from '../../../support/world.ts';

const request: ServiceRequest = {
  service: 'cloudwatch.amazonaws.com',
  action: 'sns:Publish',
  resource: TOPIC_ARN,
  sourceArn: alarmArn('mfa-alarm'),
  sourceAccount: ACCOUNT,
};

const allow = {
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Action: 'sns:Publish',
  Resource: TOPIC_ARN,
};
const everybody = { ...allow, Principal: { AWS: '*' } };
const deny = { ...everybody, Effect: 'Deny' };

/** The policy that SNS gives a topic when it is created. */
const byDefault = {
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: ['SNS:GetTopicAttributes', 'SNS:SetTopicAttributes', 'SNS:Subscribe', 'SNS:Publish'],
  Resource: TOPIC_ARN,
  Condition: { StringEquals: { 'AWS:SourceOwner': ACCOUNT } },
};

describe('a resource policy', () => {
  const rows: readonly (readonly [claim: string, statements: unknown, is: boolean | 'undecided'])[] = [
    ['that SNS creates by default allows alarms of the same account', [byDefault], true],
    [
      'that SNS created for another account does not',
      [{ ...byDefault, Condition: { StringEquals: { 'AWS:SourceOwner': OTHER_ACCOUNT } } }],
      false,
    ],
    ['that allows the service lets it publish', [allow], true],
    ['with a statement and not a list of them is read the same', allow, true],
    ['without statements refuses', [], false],
    ['naming only another service refuses', [{ ...allow, Principal: { Service: 'events.amazonaws.com' } }], false],
    [
      'naming several services lets each of them',
      [{ ...allow, Principal: { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] } }],
      true,
    ],
    [
      'naming another account only refuses',
      [{ ...allow, Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` } }],
      false,
    ],
    ['naming the own account is undecided', [{ ...allow, Principal: { AWS: ACCOUNT } }], 'undecided'],
    [
      'naming everybody but somebody is undecided',
      [{ Effect: 'Allow', NotPrincipal: { AWS: '*' }, Action: '*', Resource: '*' }],
      'undecided',
    ],
    [
      'with wildcards in actions and resources fits what they match',
      [{ ...allow, Action: 'SNS:Pub*', Resource: 'arn:aws:sns:*:*:security-????ts' }],
      true,
    ],
    ['for other actions refuses', [{ ...allow, Action: 'sns:Subscribe' }], false],
    [
      'for all but other actions allows',
      [{ Effect: 'Allow', Principal: '*', NotAction: 'sns:DeleteTopic', Resource: '*' }],
      true,
    ],
    ['for another topic refuses', [{ ...allow, Resource: `${TOPIC_ARN}-2` }], false],
    [
      'for alarms of the account fits one',
      [{ ...allow, Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:*` } } }],
      true,
    ],
    [
      'for one alarm refuses another',
      [{ ...allow, Condition: { ArnEquals: { 'aws:SourceArn': alarmArn('other') } } }],
      false,
    ],
    [
      'for the account as a source fits it',
      [{ ...allow, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }],
      true,
    ],
    [
      'with a condition on something else is undecided',
      [{ ...allow, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
      'undecided',
    ],
    [
      'with an operator that is not evaluated is undecided',
      [{ ...allow, Condition: { NumericEquals: { 'aws:SourceAccount': ACCOUNT } } }],
      'undecided',
    ],
    [
      'with a set operator on a key of one value means the same as without',
      [{ ...allow, Condition: { 'ForAnyValue:StringLike': { 'aws:SourceAccount': ACCOUNT } } }],
      true,
    ],
    [
      'with IfExists on a key that is there means the same as without',
      [{ ...allow, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': OTHER_ACCOUNT } } }],
      false,
    ],
    [
      'that requires a known source matches a request that has one',
      [{ ...allow, Condition: { Null: { 'aws:SourceArn': 'false' } } }],
      true,
    ],
    [
      'that requires an unknown source refuses',
      [{ ...allow, Condition: { Null: { 'aws:SourceArn': 'true' } } }],
      false,
    ],
    [
      'with a wildcard in an ARN does not reach over a colon',
      [{ ...allow, Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:*:${ACCOUNT}:alarm:mfa-alarm:*` } } }],
      false,
    ],
    [
      'with an ARN of fewer than six parts is undecided',
      [{ ...allow, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:*' } } }],
      'undecided',
    ],
    [
      'that spells the service in another way is undecided',
      [{ ...allow, Principal: { Service: 'cloudwatch.eu-west-1.amazonaws.com' } }],
      'undecided',
    ],
    [
      'that denies every account but others, whatever the case, refuses',
      [everybody, { ...deny, Condition: { StringNotEqualsIgnoreCase: { 'aws:SourceAccount': OTHER_ACCOUNT } } }],
      false,
    ],
    [
      'with a variable is undecided',
      [{ ...allow, Condition: { StringLike: { 'aws:SourceAccount': '${aws:PrincipalAccount}' } } }],
      'undecided',
    ],
    ['that denies what it allows refuses', [everybody, deny], false],
    [
      'that denies without TLS does not refuse CloudWatch',
      [everybody, { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      true,
    ],
    [
      'that denies other accounts does not refuse this one',
      [everybody, { ...deny, Condition: { StringNotEquals: { 'aws:SourceAccount': ACCOUNT } } }],
      true,
    ],
    [
      'that denies for a reason that is not evaluated is undecided',
      [everybody, { ...deny, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
      'undecided',
    ],
    [
      'that certainly allows nothing refuses, whatever it denies',
      [{ ...deny, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
      false,
    ],
    ['with a statement of no known form is undecided', ['everything'], 'undecided'],
  ];
  for (const [claim, Statement, is] of rows) {
    it(claim, () => {
      expect(allowsRequest(JSON.stringify({ Version: '2012-10-17', Statement }), request)).to.equal(is);
    });
  }

  const { service, sourceArn, sourceAccount } = request;
  const ofKey: ServiceRequest = { service, sourceArn, sourceAccount, action: 'kms:Decrypt' };
  const nothing = { Effect: 'Allow', Principal: '*', Action: 'kms:*' };
  const use = { ...nothing, Resource: '*' };
  const keyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const keyRows: readonly (readonly [claim: string, statement: object, is: boolean | 'undecided'])[] = [
    ['means itself by an asterisk', use, true],
    ['means itself by an asterisk among others', { ...use, Resource: [keyArn, '*'] }, true],
    ['may or may not mean itself by an ARN', { ...use, Resource: keyArn }, 'undecided'],
    ['may or may not mean itself by what it leaves out', { ...nothing, NotResource: keyArn }, 'undecided'],
    ['has no effect without a resource', nothing, false],
    ['may ask for the source', { ...use, Condition: { ArnEquals: { 'aws:SourceArn': alarmArn('mfa-alarm') } } }, true],
    [
      "may ask in vain for the source's owner, which SNS alone tells",
      { ...use, Condition: { StringEquals: { 'aws:SourceOwner': ACCOUNT } } },
      'undecided',
    ],
  ];
  for (const [claim, statement, is] of keyRows) {
    it(`of a key ${claim}: ${is}`, () => {
      expect(allowsRequest(JSON.stringify({ Statement: [statement] }), ofKey)).to.equal(is);
    });
  }

  it('that is no JSON is undecided', () => {
    expect(allowsRequest('{', request)).to.equal('undecided');
  });

  it('takes characters of regular expressions literally', () => {
    const dotted = { ...allow, Resource: TOPIC_ARN.replace('-', '.') };
    expect(allowsRequest(JSON.stringify({ Statement: [dotted] }), request)).to.equal(false);
  });
});
