import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { declaredReader } from '../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';

const sound = {
  Parameters: { Wide: { Type: 'String' } },
  Conditions: { IsWide: { 'Fn::Equals': [{ Ref: 'Wide' }, 'yes'] } },
  Resources: {
    Group: { Type: 'AWS::Logs::LogGroup' },
    Trail: {
      Type: 'AWS::CloudTrail::Trail',
      Properties: {
        ...{ S3BucketName: 'audit', IsLogging: true, IsMultiRegionTrail: true },
        CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['Group', 'Arn'] },
        EventSelectors: [{ ReadWriteType: 'All', ExcludeManagementEventSources: [] }],
      },
    },
    Filter: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: { Ref: 'Group' },
        FilterPattern: '{ $.eventName = "DeactivateMFADevice" }',
        MetricTransformations: [{ MetricName: 'Mfa', MetricNamespace: 'Security', MetricValue: '1' }],
      },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        ...{ Namespace: 'Security', MetricName: 'Mfa', Statistic: 'Sum', Period: 300, EvaluationPeriods: 1 },
        ...{ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' },
        AlarmActions: [{ Ref: 'Topic' }],
      },
    },
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'oncall@example.com' }] },
    },
  },
};

/** The verdict of the sound template with another value for one property of a resource. */
async function outcomeWith(logicalId: keyof typeof sound.Resources, property: string, value: unknown): Promise<string> {
  const changed = structuredClone(sound) as { Resources: Record<string, { Properties?: Record<string, unknown> }> };
  const { Properties: properties = {} } = changed.Resources[logicalId] ?? {};
  changed.Resources[logicalId] = { ...changed.Resources[logicalId], Properties: { ...properties, [property]: value } };
  const settings = { now: '2026-11-20T10:00:00.000Z', accountId: '111122223333', region: 'eu-west-1' };
  const file = recognizeFile(JSON.stringify(changed), settings);
  if (file.kind !== 'declared') throw new Error(file.kind === 'invalid' ? file.problem : file.kind);
  const { verdict } = await assess(declaredReader(file.account), parametersOf({}));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

describe('a template with a value that CloudFormation would refuse, or of which something is not known', () => {
  const perhaps = (value: unknown) => ({ 'Fn::If': ['IsWide', value, { Ref: 'AWS::NoValue' }] });
  const cases: readonly (readonly [logicalId: keyof typeof sound.Resources, property: string, value: unknown])[] = [
    ['Trail', 'EventSelectors', 'All'],
    ['Trail', 'EventSelectors', [null]],
    ['Trail', 'EventSelectors', [{ ExcludeManagementEventSources: 'kms.amazonaws.com' }]],
    ['Filter', 'FilterPattern', ['DeactivateMFADevice']],
    ['Filter', 'MetricTransformations', 'Mfa'],
    ['Filter', 'ApplyOnTransformedLogs', { Ref: 'Wide' }],
    ['Filter', 'FieldSelectionCriteria', { Ref: 'Wide' }],
    ['Filter', 'FieldSelectionCriteria', '@aws.region = "eu-west-1"'],
    ['Filter', 'EmitSystemFieldDimensions', [{ Ref: 'Wide' }]],
    ['Alarm', 'EvaluationWindow', { Ref: 'Wide' }],
    ['Alarm', 'EvaluationCriteria', { PromQLCriteria: { Query: { Ref: 'Wide' } } }],
    ['Alarm', 'WarmUpConfiguration', { WarmUpPeriodDurationInMinutes: 2880 }],
    ['Alarm', 'AlarmActions', { Ref: 'Topic' }],
    ['Alarm', 'AlarmActions', [null]],
    ['Alarm', 'AlarmActions', { 'Fn::Split': [','] }],
    ['Alarm', 'AlarmActions', [{ 'Fn::Join': [','] }]],
    ['Alarm', 'AlarmActions', [{ 'Fn::Select': [0] }]],
    ['Alarm', 'AlarmActions', [{ 'Fn::If': 'IsWide' }]],
    ['Alarm', 'Metrics', 'Mfa'],
    ['Alarm', 'Metrics', perhaps([{ Id: 'm1', Expression: 'SUM(METRICS())' }])],
    ['Alarm', 'Metrics', [{ Id: 'm1', MetricStat: null }]],
    ['Alarm', 'Dimensions', perhaps([{ Name: 'Team', Value: 'blue' }])],
    ['Topic', 'Subscription', 'oncall@example.com'],
  ];
  it('is satisfied with the values that are right', async () => {
    expect(await outcomeWith('Topic', 'DisplayName', 'Alerts')).to.equal('satisfied SATISFIED');
  });
  for (const [logicalId, property, value] of cases) {
    it(`is undecided: ${logicalId}.${property} ${JSON.stringify(value)}`, async () => {
      expect(await outcomeWith(logicalId, property, value)).to.match(/^undecided /);
    });
  }
});
