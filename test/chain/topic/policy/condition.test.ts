import { expect } from 'chai';

import { policyConditionHolds } from '../../../../src/chain/topic/policy/condition.ts';
import type { ServiceRequest } from '../../../../src/chain/topic/policy/service-request.ts';
import { ACCOUNT, OTHER_ACCOUNT, TOPIC_ARN, alarmArn } from '../../../support/worlds/world.ts';

type Row = readonly [operator: string, key: string, values: unknown, holds: boolean | 'undecided'];

const publish: ServiceRequest = {
  service: 'cloudwatch.amazonaws.com',
  action: 'sns:Publish',
  target: 'topic',
  resource: TOPIC_ARN,
  topicArn: TOPIC_ARN,
  sourceArn: alarmArn('mfa-alarm'),
  sourceAccount: ACCOUNT,
};
const decrypt: ServiceRequest = { ...publish, action: 'kms:Decrypt', target: 'key', resource: 'arn:aws:kms:::key/1' };

function claim(rows: readonly Row[], request: ServiceRequest): void {
  for (const [operator, key, values, holds] of rows) {
    it(`${operator} ${key} ${JSON.stringify(values)}: ${holds}`, () => {
      expect(policyConditionHolds({ [operator]: { [key]: values } }, request)).to.equal(holds);
    });
  }
}

describe('a condition of a topic policy, for the request of an alarm:', () => {
  claim(
    [
      // A key with one value, under every operator that is evaluated.
      ['StringEquals', 'aws:SourceAccount', ACCOUNT, true],
      ['StringEquals', 'aws:SourceAccount', [OTHER_ACCOUNT, ACCOUNT], true],
      ['StringEquals', 'aws:SourceAccount', '*', false],
      ['StringNotEquals', 'aws:SourceAccount', ACCOUNT, false],
      ['StringNotEquals', 'aws:SourceAccount', '*', true],
      ['StringEqualsIgnoreCase', 'aws:PrincipalServiceName', 'CloudWatch.amazonaws.com', true],
      ['StringEqualsIgnoreCase', 'aws:PrincipalServiceName', 'events.amazonaws.com', false],
      ['StringEquals', 'aws:PrincipalServiceName', 'CloudWatch.amazonaws.com', false],
      ['StringNotEqualsIgnoreCase', 'aws:PrincipalServiceName', 'CloudWatch.amazonaws.com', false],
      ['StringNotEqualsIgnoreCase', 'aws:PrincipalServiceName', 'events.amazonaws.com', true],
      ['StringLike', 'aws:SourceArn', 'arn:aws:cloudwatch:*:alarm:mfa-*', true],
      ['StringLike', 'aws:SourceArn', 'arn:aws:cloudwatch:*:alarm:cpu-*', false],
      ['StringNotLike', 'aws:SourceArn', 'arn:aws:cloudwatch:*:alarm:mfa-*', false],
      ['StringNotLike', 'aws:SourceArn', 'arn:aws:cloudwatch:*:alarm:cpu-*', true],
      ['ArnLike', 'aws:SourceArn', `arn:aws:cloudwatch:*:${ACCOUNT}:alarm:*`, true],
      ['ArnLike', 'aws:SourceArn', `arn:aws:cloudwatch:*:${OTHER_ACCOUNT}:alarm:*`, false],
      ['ArnNotLike', 'aws:SourceArn', `arn:aws:cloudwatch:*:${ACCOUNT}:alarm:*`, false],
      ['ArnNotLike', 'aws:SourceArn', `arn:aws:cloudwatch:*:${OTHER_ACCOUNT}:alarm:*`, true],
      ['ArnNotEquals', 'aws:SourceArn', alarmArn('mfa-alarm'), false],
      ['ArnNotEquals', 'aws:SourceArn', alarmArn('other'), true],
      ['Bool', 'aws:SecureTransport', 'true', true],
      ['Bool', 'aws:SecureTransport', true, true],
      ['Bool', 'aws:SecureTransport', 'false', false],
      // Each of the six parts of an ARN is compared alone, and the last one may hold colons.
      ['ArnLike', 'aws:SourceArn', '*', true],
      ['ArnLike', 'aws:SourceArn', `arn:aws:cloudwatch:*:${ACCOUNT}:alarm?mfa-alarm`, true],
      ['ArnLike', 'aws:SourceArn', `arn:aws:cloudwatch:*:${ACCOUNT}`, 'undecided'],
      ['ArnLike', 'aws:SourceAccount', 'arn:aws:iam::*:root', 'undecided'],
      // Quotation marks around numbers are optional.
      ['StringEquals', 'aws:SourceAccount', Number(ACCOUNT), true],
      // A variable has a value only at the time of the request.
      ['StringEquals', 'aws:SourceAccount', '${aws:PrincipalAccount}', 'undecided'],
      ['StringNotEquals', 'aws:SourceAccount', '${aws:PrincipalAccount}', 'undecided'],
      ['StringLike', 'aws:SourceArn', ['*', '${aws:PrincipalArn}'], 'undecided'],
      // The request is made by a service principal.
      ['Bool', 'aws:PrincipalIsAWSService', 'true', true],
      ['Bool', 'aws:PrincipalIsAWSService', 'false', false],
      ['BoolIfExists', 'aws:PrincipalIsAWSService', 'false', false],
      ['StringEquals', 'aws:PrincipalServiceName', 'cloudwatch.amazonaws.com', true],
      ['StringNotEqualsIfExists', 'aws:PrincipalServiceName', 'cloudtrail.amazonaws.com', true],
      ['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'cloudwatch.amazonaws.com', true],
      ['ForAnyValue:StringLike', 'aws:PrincipalServiceNamesList', 'cloudwatch.*', true],
      ['ForAnyValue:StringEquals', 'aws:PrincipalServiceNamesList', 'cloudwatch.eu-west-1.amazonaws.com', 'undecided'],
      ['ForAllValues:StringEquals', 'aws:PrincipalServiceNamesList', 'cloudwatch.amazonaws.com', 'undecided'],
      ['ForAnyValue:StringNotEquals', 'aws:PrincipalServiceNamesList', 'x.amazonaws.com', 'undecided'],
      // What a service principal does not have.
      ['StringEquals', 'aws:PrincipalOrgID', 'o-1', false],
      ['StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-1', true],
      ['StringNotEquals', 'aws:PrincipalOrgID', 'o-1', true],
      ['StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-1', true],
      ['StringNotLike', 'aws:PrincipalOrgID', 'o-*', true],
      ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-1/*', false],
      ['ForAnyValue:StringNotLike', 'aws:PrincipalOrgPaths', 'o-1/*', false],
      ['ForAllValues:StringLike', 'aws:PrincipalOrgPaths', 'o-1/*', true],
      ['StringEquals', 'aws:PrincipalTag/team', 'security', false],
      ['StringEquals', 'aws:SourceVpce', 'vpce-1', false],
      ['StringNotEquals', 'aws:SourceVpc', 'vpc-1', true],
      ['StringEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}', false],
      ['IpAddress', 'aws:VpcSourceIp', '10.0.0.0/8', false],
      ['NotIpAddress', 'aws:VpcSourceIp', '10.0.0.0/8', true],
      ['Null', 'aws:PrincipalOrgID', 'true', true],
      ['Null', 'aws:PrincipalOrgID', 'false', false],
      ['Null', 'aws:SourceArn', ['false'], true],
      ['Null', 'aws:SourceArn', 'true', false],
      ['Null', 'aws:SourceArn', 'yes', 'undecided'],
      ['Null', 'aws:SourceOrgID', 'false', 'undecided'],
      // What is not known of the request, or of the operator.
      ['StringEquals', 'aws:SourceOrgID', 'o-1', 'undecided'],
      ['StringEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/x', 'undecided'],
      ['IpAddress', 'aws:SourceIp', '10.0.0.0/8', 'undecided'],
      ['NumericEquals', 'aws:SourceAccount', ACCOUNT, 'undecided'],
      ['StringSimilar', 'aws:SourceAccount', ACCOUNT, 'undecided'],
      ['StringSimilar', 'aws:PrincipalOrgID', 'o-1', 'undecided'],
      ['NullIfExists', 'aws:PrincipalOrgID', 'true', 'undecided'],
      ['toString', 'aws:PrincipalOrgID', 'o-1', 'undecided'],
      ['StringEquals', 'aws:SourceAccount', [], 'undecided'],
      ['StringEquals', 'aws:SourceAccount', [null], 'undecided'],
      ['StringEquals', 'aws:SourceAccount', [ACCOUNT, null], 'undecided'],
      ['StringEquals', 'aws:SourceAccount', { account: ACCOUNT }, 'undecided'],
      ['StringEquals', 'kms:EncryptionContext:aws:sns:topicArn', TOPIC_ARN, 'undecided'],
      ['StringEquals', 'AWS:SourceOwner', ACCOUNT, true],
    ],
    publish,
  );

  it('several operators and keys must all hold', () => {
    const both = { StringEquals: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceOwner': OTHER_ACCOUNT } };
    expect(policyConditionHolds(both, publish)).to.equal(false);
    const perimeter = {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    };
    expect(policyConditionHolds(perimeter, publish)).to.equal(false);
  });

  it('on a source that could not be found out is undecided', () => {
    const unknown = { ...publish, sourceAccount: '' };
    expect(policyConditionHolds({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }, unknown)).to.equal('undecided');
    expect(policyConditionHolds({ Null: { 'aws:SourceAccount': 'false' } }, unknown)).to.equal('undecided');
  });

  it('that is no object, or whose operator has no object, is undecided', () => {
    for (const condition of [null, 'x', [], { StringEquals: 'x' }, { StringEquals: null }]) {
      expect(policyConditionHolds(condition, publish)).to.equal('undecided');
    }
  });

  it('on the ARN of an alarm with non-ASCII characters is undecided, as AWS says to use the account alone', () => {
    const request = { ...publish, sourceArn: alarmArn('MFA-gelöscht') };
    const arn = { ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:*:${ACCOUNT}:alarm:*` } };
    expect(policyConditionHolds(arn, request)).to.equal('undecided');
    expect(policyConditionHolds({ Null: { 'aws:SourceArn': 'false' } }, request)).to.equal('undecided');
    expect(policyConditionHolds({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }, request)).to.equal(true);
  });
});

describe('a condition of a key policy, for the request of an alarm:', () => {
  claim(
    [
      ['StringEquals', 'kms:EncryptionContext:aws:sns:topicArn', TOPIC_ARN, true],
      ['StringEquals', 'kms:EncryptionContext:aws:sns:topicArn', `${TOPIC_ARN}-2`, false],
      ['ArnLike', 'kms:EncryptionContext:aws:sns:topicArn', `arn:aws:sns:*:${ACCOUNT}:*`, true],
      ['StringEquals', 'kms:ViaService', 'sns.eu-west-1.amazonaws.com', 'undecided'],
      ['StringEquals', 'aws:SourceOwner', ACCOUNT, 'undecided'],
      ['ArnEquals', 'aws:SourceArn', alarmArn('mfa-alarm'), true],
      ['StringEquals', 'aws:PrincipalOrgID', 'o-1', false],
    ],
    decrypt,
  );
});
