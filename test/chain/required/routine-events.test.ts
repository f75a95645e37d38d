import { expect } from 'chai';

import { routineCallIn, routineCallMatchedBy } from '../../../src/chain/required/routine-events.ts';
import { jsonPattern } from '../../support/judging.ts';
import { ACCOUNT, OTHER_ACCOUNT, REGION } from '../../support/worlds/world.ts';

const account = { accountId: ACCOUNT, region: REGION };
const nothing = '{ $.eventName = NoSuchCall }';
const callIn = (candidate: string, required = nothing) =>
  routineCallIn(jsonPattern(candidate), jsonPattern(required), account);

describe('the routine calls that a filter matches', () => {
  const calls: readonly (readonly [source: string, isRead: boolean, ...names: readonly string[]])[] = [
    ['cloudtrail', true, 'DescribeTrails', 'ListTrails', 'GetTrailStatus', 'GetEventSelectors'],
    ['logs', true, 'DescribeLogGroups', 'DescribeMetricFilters'],
    ['monitoring', true, 'DescribeAlarmsForMetric', 'DescribeAlarms', 'ListAlarmMuteRules', 'DescribeAlarmHistory'],
    ['sns', true, 'ListSubscriptionsByTopic', 'GetTopicAttributes', 'GetSubscriptionAttributes'],
    ['config', false, 'PutEvaluations'],
    ['logs', false, 'CreateLogStream'],
    ['sts', true, 'AssumeRole'],
  ];
  for (const [service, isRead, ...names] of calls) {
    for (const name of names) {
      it(`are ${name}, which ${isRead ? 'reads' : 'writes'}`, () => {
        const call = `($.eventSource = "${service}.amazonaws.com") && ($.eventName = ${name})`;
        expect(callIn(`{ ${call} }`)).to.equal(name);
        expect(callIn(`{ ${call} && ($.readOnly IS ${isRead ? 'TRUE' : 'FALSE'}) }`)).to.equal(name);
        expect(callIn(`{ ${call} && ($.readOnly IS ${isRead ? 'FALSE' : 'TRUE'}) }`)).to.equal(undefined);
      });
    }
  }

  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
  it('have the account and the region, and succeed', () => {
    const rows = [
      [`$.recipientAccountId = "${ACCOUNT}"`, 'DescribeTrails'],
      [`$.recipientAccountId = "${OTHER_ACCOUNT}"`, undefined],
      [`$.awsRegion = "${REGION}"`, 'DescribeTrails'],
      ['$.awsRegion = "us-east-1"', undefined],
      ['$.errorCode = "*"', undefined],
      ['$.responseElements IS NULL', 'DescribeTrails'],
      ['$.managementEvent IS TRUE', 'DescribeTrails'],
      ['$.eventType = AwsApiCall && $.eventCategory = Management', 'DescribeTrails'],
      ['$.requestID = %^[-0-9a-f]{36}$% && $.eventID = %^[-0-9a-f]{36}$%', 'DescribeTrails'],
      ['$.eventVersion = "1.*" && $.eventTime = %^20[0-9]{2}-% && $.requestParameters.x NOT EXISTS', 'DescribeTrails'],
    ] as const;
    for (const [condition, call] of rows) expect(callIn(`{ ${condition} }`), condition).to.equal(call);
  });

  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
  it('are made by the role of the function, from an address and with the client of the SDK', () => {
    const conditions = [
      '$.userIdentity.type = AssumedRole',
      '$.userIdentity.principalId = "AROA*:*"',
      `$.userIdentity.arn = "arn:aws:sts::${ACCOUNT}:assumed-role/*"`,
      `$.userIdentity.accountId = "${ACCOUNT}"`,
      '$.userIdentity.accessKeyId = "ASIA*"',
      '$.userIdentity.sessionContext.sessionIssuer.type = Role',
      '$.userIdentity.sessionContext.sessionIssuer.principalId = "AROA*"',
      `$.userIdentity.sessionContext.sessionIssuer.arn = "arn:aws:iam::${ACCOUNT}:role/*"`,
      `$.userIdentity.sessionContext.sessionIssuer.accountId = "${ACCOUNT}"`,
      '$.userIdentity.sessionContext.sessionIssuer.userName = "mfa-*"',
      '$.userIdentity.sessionContext.attributes.mfaAuthenticated = "false"',
      '$.userIdentity.sessionContext.attributes.creationDate = %^20[0-9]{2}-%',
      '$.sourceIPAddress = 203.0.113.*',
      '$.userAgent = "aws-sdk-js/*AWS_Lambda*"',
      '$.tlsDetails.tlsVersion = "TLSv1.3"',
      '$.tlsDetails.cipherSuite = "TLS_*"',
      '$.tlsDetails.clientProvidedHostHeader = "cloudtrail.amazonaws.com"',
    ];
    for (const condition of conditions) expect(callIn(`{ ${condition} }`), condition).to.equal('DescribeTrails');
    expect(callIn('{ $.userIdentity.type = Root }')).to.equal(undefined);
    expect(callIn('{ $.userIdentity.type = IAMUser }')).to.equal(undefined);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
  it('are also those of AWS Lambda, which assumes the role of the function as a service', () => {
    for (const condition of [
      '$.userIdentity.type = AWSService',
      '$.userIdentity.invokedBy = "lambda.amazonaws.com"',
      '$.sourceIPAddress = "lambda.amazonaws.com"',
      '$.userAgent = "lambda.amazonaws.com"',
      '$.tlsDetails.tlsVersion NOT EXISTS',
    ]) {
      expect(callIn(`{ ${condition} }`), condition).to.equal('AssumeRole');
    }
  });

  it('do not count where the control requires them', () => {
    const all = '{ $.eventSource = "*" }';
    expect(callIn(all)).to.equal('DescribeTrails');
    expect(callIn(all, '{ $.eventSource = "cloudtrail.amazonaws.com" }')).to.equal('DescribeLogGroups');
    expect(callIn(all, all)).to.equal(undefined);
  });

  it('count where it is not determined whether they are matched', () => {
    const matched = (answers: Readonly<Record<string, 'undecided' | true>>) =>
      routineCallMatchedBy(
        (event) => answers[(JSON.parse(event) as { readonly eventName: string }).eventName] ?? false,
        jsonPattern(nothing),
        account,
      );
    expect(matched({})).to.equal(undefined);
    expect(matched({ PutEvaluations: 'undecided' })).to.equal('PutEvaluations');
    expect(matched({ AssumeRole: true, DescribeAlarms: true })).to.equal('DescribeAlarms');
  });
});
