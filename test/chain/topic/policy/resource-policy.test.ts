import { expect } from 'chai';

import { allowsRequest } from '../../../../src/chain/topic/policy/resource-policy.ts';
import type { ServiceRequest } from '../../../../src/chain/topic/policy/service-request.ts';
import { ACCOUNT, OTHER_ACCOUNT, TOPIC_ARN, alarmArn } from '../../../support/worlds/world.ts';

const request: ServiceRequest = {
  service: 'cloudwatch.amazonaws.com',
  action: 'sns:Publish',
  target: 'topic',
  resource: TOPIC_ARN,
  topicArn: TOPIC_ARN,
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
const role = `arn:aws:iam::${ACCOUNT}:role/publisher`;
const session = `arn:aws:sts::${ACCOUNT}:assumed-role/publisher/session`;

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
      'with a condition on the organization of the source is undecided',
      [{ ...allow, Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } } }],
      'undecided',
    ],
    [
      'for everybody of an organization refuses: a service is in none',
      [{ ...everybody, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
      false,
    ],
    [
      'that denies who is not in the organization refuses',
      [allow, { ...deny, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
      false,
    ],
    [
      'that denies who is neither in the organization nor a service allows',
      [
        allow,
        {
          ...deny,
          Condition: {
            StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' },
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          },
        },
      ],
      true,
    ],
    ['naming only a role of the own account refuses', [{ ...allow, Principal: { AWS: role } }], false],
    ['naming only a user refuses', [{ ...allow, Principal: { AWS: role.replace('role', 'user') } }], false],
    ['naming only a session refuses', [{ ...allow, Principal: { AWS: session } }], false],
    ['naming only a deleted role refuses', [{ ...allow, Principal: { AWS: 'AROAEXAMPLEEXAMPLEID' } }], false],
    ['naming an identity provider refuses', [{ ...allow, Principal: { Federated: 'accounts.google.com' } }], false],
    ['naming a user of Amazon S3 refuses', [{ ...allow, Principal: { CanonicalUser: '79a59df9' } }], false],
    ['naming all roles, which no principal can, refuses', [{ ...allow, Principal: { AWS: `${role}*` } }], false],
    [
      'naming part of a service, which no principal can, refuses',
      [{ ...allow, Principal: { Service: '*.com' } }],
      false,
    ],
    ['naming every service is undecided', [{ ...allow, Principal: { Service: '*' } }], 'undecided'],
    ['naming an unknown type of principal is undecided', [{ ...allow, Principal: { Machine: 'x' } }], 'undecided'],
    ['naming something unknown is undecided', [{ ...allow, Principal: { AWS: 'somebody' } }], 'undecided'],
    ['naming a number is undecided', [{ ...allow, Principal: { AWS: 1 } }], 'undecided'],
    ['with an empty principal is undecided', [{ ...allow, Principal: {} }], 'undecided'],
    ['with an empty list of principals is undecided', [{ ...allow, Principal: { AWS: [] } }], 'undecided'],
    ['without a principal is undecided', [{ Effect: 'Allow', Action: '*', Resource: '*' }], 'undecided'],
    ['without an action is undecided', [{ ...everybody, Action: undefined }], 'undecided'],
    ['that denies a named role allows', [allow, { ...deny, Principal: { AWS: role } }], true],
    ['that denies the own account is undecided', [allow, { ...deny, Principal: { AWS: ACCOUNT } }], 'undecided'],
    ['with an unknown effect is undecided', [allow, { ...everybody, Effect: 'Audit' }], 'undecided'],
    ['without an effect is undecided', [allow, { ...everybody, Effect: undefined }], 'undecided'],
    ['with an unknown effect for others allows', [allow, { ...allow, Effect: 'Audit', Action: 'sns:Subscribe' }], true],
    [
      'for topics with an asterisk at the end of a segment allows',
      [{ ...allow, Resource: 'arn:aws:sns:*:security-alerts' }],
      true,
    ],
    [
      'for topics with an asterisk within a segment, over a colon, is undecided',
      [{ ...allow, Resource: 'arn:aws:sns:eu*3:security-alerts' }],
      'undecided',
    ],
    [
      'for all but this topic refuses',
      [{ Effect: 'Allow', Principal: '*', Action: '*', NotResource: TOPIC_ARN }],
      false,
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
      [everybody, { ...deny, Condition: { StringNotEquals: { 'aws:SourceOrgID': 'o-1' } } }],
      'undecided',
    ],
    [
      'that certainly allows nothing refuses, whatever it denies',
      [{ ...deny, Condition: { StringNotEquals: { 'aws:SourceOrgID': 'o-1' } } }],
      false,
    ],
    ['with a statement of no known form is undecided', ['everything'], 'undecided'],
    [
      'whose variable in a resource may name this topic is undecided',
      [everybody, { ...deny, Resource: 'arn:aws:sns:*:*:${aws:PrincipalTag/topic}' }],
      'undecided',
    ],
    [
      'with a variable in one of several resources is undecided',
      [{ ...allow, Resource: [`${TOPIC_ARN}-2`, '${topic}'] }],
      'undecided',
    ],
    ['with an action that is no text is undecided', [{ ...allow, Action: ['sns:Publish', 1] }], 'undecided'],
    [
      'for topics with a question mark at the end of a segment, over a colon, is undecided',
      [{ ...allow, Resource: 'arn:aws:sns?eu-west-1:*:security-alerts' }],
      'undecided',
    ],
    [
      'for topics with an asterisk within a segment, and as many segments as the ARN, allows',
      [{ ...allow, Resource: `arn:a*s:sns:eu-*-1:${ACCOUNT}:security-alerts` }],
      true,
    ],
    [
      'that denies everybody but somebody is undecided, whatever else it names',
      [allow, { ...deny, NotPrincipal: { AWS: role } }],
      'undecided',
    ],
    [
      'that denies a principal of an empty list among others is undecided',
      [allow, { ...deny, Principal: { Federated: 'accounts.google.com', AWS: [] } }],
      'undecided',
    ],
    [
      'naming more digits than an account has is undecided',
      [{ ...allow, Principal: { AWS: `${ACCOUNT}0` } }],
      'undecided',
    ],
    ['naming another account by its number refuses', [{ ...allow, Principal: { AWS: OTHER_ACCOUNT } }], false],
  ];
  for (const [claim, Statement, is] of rows) {
    it(claim, () => {
      expect(allowsRequest(JSON.stringify({ Version: '2012-10-17', Statement }), request)).to.equal(is);
    });
  }

  const ofRule: ServiceRequest = {
    ...request,
    service: 'events.amazonaws.com',
    sourceArn: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/mfa-rule`,
  };
  const forRules = { ...allow, Principal: { Service: 'events.amazonaws.com' } };
  const ownerRows: readonly (readonly [claim: string, statement: object, is: boolean | 'undecided'])[] = [
    ['without a condition allows', forRules, true],
    ['with an empty condition allows', { ...forRules, Condition: {} }, true],
    ['with a condition of no known form is undecided', { ...forRules, Condition: [] }, 'undecided'],
    [
      'with a condition that certainly fails refuses',
      { ...forRules, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      false,
    ],
    [
      'with a condition that should hold is undecided',
      { ...forRules, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      'undecided',
    ],
    ['that allows everybody for the owner of the source refuses', byDefault, false],
    ['that allows everybody, written as one asterisk, refuses', { ...byDefault, Principal: '*' }, false],
    [
      'that allows everybody for the account of the source refuses',
      { ...byDefault, Condition: { StringLike: { 'aws:SourceAccount': ACCOUNT } } },
      false,
    ],
    [
      'that asks for the account of the source among other keys refuses',
      { ...byDefault, Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1', 'AWS:SOURCEACCOUNT': ACCOUNT } } },
      false,
    ],
    [
      'that allows everybody for an organization of the source is undecided',
      { ...byDefault, Condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } } },
      'undecided',
    ],
    [
      'that allows everybody by an operator which may hold without the key is undecided',
      { ...byDefault, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } } },
      'undecided',
    ],
    [
      'that allows the service itself for the account of the source is undecided',
      { ...forRules, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } },
      'undecided',
    ],
    [
      'that allows everybody, and the service besides, for the account of the source is undecided',
      {
        ...byDefault,
        Principal: { AWS: '*', Service: 'events.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      },
      'undecided',
    ],
  ];
  for (const [claim, statement, is] of ownerRows) {
    it(`for a rule of EventBridge, ${claim}`, () => {
      expect(allowsRequest(JSON.stringify({ Statement: statement }), ofRule)).to.equal(is);
    });
  }

  it('for a rule of EventBridge, that denies refuses where its condition holds, and is undecided by the source', () => {
    const denying = (Condition: object) =>
      allowsRequest(JSON.stringify({ Statement: [forRules, { ...deny, Condition }] }), ofRule);
    expect(denying({ Bool: { 'aws:SecureTransport': 'true' } })).to.equal(false);
    expect(denying({ StringNotEquals: { 'aws:SourceAccount': ACCOUNT } })).to.equal('undecided');
  });

  const keyArn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const ofKey: ServiceRequest = { ...request, action: 'kms:Decrypt', target: 'key', resource: keyArn };
  const nothing = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'kms:*' };
  const use = { ...nothing, Resource: '*' };
  const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const keyRows: readonly (readonly [claim: string, statements: unknown, is: boolean | 'undecided'])[] = [
    ['names itself by an asterisk', use, true],
    ['names itself by an asterisk among others', { ...use, Resource: [`${keyArn}-2`, '*'] }, true],
    ['names itself by its ARN', { ...use, Resource: keyArn }, true],
    ['names itself by a pattern of its ARN', { ...use, Resource: `arn:aws:kms:*:${ACCOUNT}:key/*` }, true],
    ['names another key', { ...use, Resource: keyArn.replace('1234', '4321') }, false],
    ['names another account', { ...use, Resource: keyArn.replace(ACCOUNT, OTHER_ACCOUNT) }, false],
    ['names an alias, which is not a key', { ...use, Resource: `arn:aws:kms:eu-west-1:${ACCOUNT}:alias/own` }, false],
    ['names all keys but itself', { ...nothing, NotResource: keyArn }, false],
    ['has no effect without a resource', nothing, false],
    ['has no effect without an action', { ...use, Action: undefined }, false],
    ['that is the default gives the key to IAM policies only', { ...use, Principal: root }, false],
    ['may ask for the source', { ...use, Condition: { ArnEquals: { 'aws:SourceArn': alarmArn('mfa-alarm') } } }, true],
    ['that denies the account is undecided', [use, { ...use, Effect: 'Deny', Principal: root }], 'undecided'],
    ['that denies a role allows', [use, { ...use, Effect: 'Deny', Principal: { AWS: role } }], true],
    ['for other actions refuses', { ...use, Action: ['kms:Encrypt', 'kms:GenerateDataKey*'] }, false],
  ];
  for (const [claim, Statement, is] of keyRows) {
    it(`of a key ${claim}: ${is}`, () => {
      expect(allowsRequest(JSON.stringify({ Statement }), ofKey)).to.equal(is);
    });
  }

  it('of a key whose ARN is not known is undecided where it names an ARN, and not where it names an asterisk', () => {
    const { service, action, target, topicArn, sourceArn, sourceAccount } = ofKey;
    const unnamed: ServiceRequest = { service, action, target, topicArn, sourceArn, sourceAccount };
    const of = (Statement: unknown) => allowsRequest(JSON.stringify({ Statement }), unnamed);
    expect(of({ ...use, Resource: keyArn })).to.equal('undecided');
    expect(of({ ...nothing, NotResource: keyArn })).to.equal('undecided');
    expect(of(use)).to.equal(true);
  });

  it('of a key that allows everybody for the account of the source is undecided for a rule of EventBridge', () => {
    const forAccount = { ...use, Principal: '*', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } };
    const byRule: ServiceRequest = { ...ofRule, action: 'kms:Decrypt', target: 'key', resource: keyArn };
    expect(allowsRequest(JSON.stringify({ Statement: forAccount }), byRule)).to.equal('undecided');
  });

  it('without the element of statements is undecided', () => {
    expect(allowsRequest('{}', request)).to.equal('undecided');
    expect(allowsRequest('[]', request)).to.equal('undecided');
    expect(allowsRequest('', request)).to.equal('undecided');
  });

  it('that is no JSON is undecided', () => {
    expect(allowsRequest('{', request)).to.equal('undecided');
  });

  it('takes characters of regular expressions literally', () => {
    const dotted = { ...allow, Resource: TOPIC_ARN.replace('-', '.') };
    expect(allowsRequest(JSON.stringify({ Statement: [dotted] }), request)).to.equal(false);
  });
});
