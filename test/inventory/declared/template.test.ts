import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { declaredReader } from '../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';

const sound = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Email:
    Type: String
    Default: oncall@example.com
  Environment:
    Type: String
    Default: production
Mappings:
  Names:
    production: { Topic: security-alerts }
Conditions:
  IsProduction: !Equals [!Ref Environment, production]
Resources:
  Group:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: !Sub '/aws/cloudtrail/\${Environment}' }
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      TrailName: main
      S3BucketName: audit-trail
      IsLogging: true
      IsMultiRegionTrail: 'true'
      CloudWatchLogsLogGroupArn: !GetAtt Group.Arn
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref Group
      FilterPattern: '{ $.eventName = "DeactivateMFADevice" }'
      MetricTransformations: [{ MetricName: Mfa, MetricNamespace: Security, MetricValue: '1' }]
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !FindInMap [Names, !Ref Environment, Topic]
      Subscription:
        - Protocol: email
          Endpoint: !Ref Email
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: cloudwatch.amazonaws.com }
            Action: sns:Publish
            Resource: !Ref Topic
            Condition: { StringEquals: { 'aws:SourceAccount': !Ref 'AWS::AccountId' } }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: !Join ['-', [mfa, deactivated]]
      Namespace: Security
      MetricName: Mfa
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: '1'
      ComparisonOperator: GreaterThanOrEqualToThreshold
      TreatMissingData: notBreaching
      AlarmActions: [!If [IsProduction, !Ref Topic, !Ref 'AWS::NoValue']]
`;

const settings = { now: '2026-11-20T10:00:00.000Z', accountId: '111122223333', region: 'eu-west-1' };

async function outcomeOf(text: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
  const file = recognizeFile(text, { ...settings, parameters });
  if (file.kind !== 'declared') return file.kind === 'invalid' ? file.problem : file.kind;
  const { verdict } = await assess(declaredReader(file.account), parametersOf({}));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

/** The template with one part replaced, which must be there. */
function withChange(part: string | RegExp, next: string): string {
  const changed = sound.replace(part, next);
  expect(changed).not.to.equal(sound);
  return changed;
}

describe('a CloudFormation template gives the verdict that the account would get', () => {
  const cases: readonly (readonly [
    claim: string,
    template: () => string,
    expected: string,
    parameters?: Readonly<Record<string, string>>,
  ])[] = [
    ['with every function computed', () => sound, 'satisfied SATISFIED'],
    ['without a subscription', () => withChange(/ {6}Subscription:\n.*\n.*\n/, ''), 'broken NO_SUBSCRIBER'],
    [
      'with a narrower filter',
      () => withChange('"DeactivateMFADevice" }', '"DeactivateMFADevice" && $.userIdentity.type = "Root" }'),
      'broken FILTER_NARROWER',
    ],
    ['with a trail that is off', () => withChange('IsLogging: true', 'IsLogging: false'), 'broken TRAIL_NOT_LOGGING'],
    [
      'with a parameter that removes the action',
      () => sound.replace('Topic: security-alerts }', 'Topic: security-alerts }\n    test: { Topic: test-alerts }'),
      'broken ALARM_WITHOUT_ACTION',
      { Environment: 'test' },
    ],
    [
      'with a condition that removes the alarm',
      () =>
        withChange('Type: AWS::CloudWatch::Alarm\n', 'Type: AWS::CloudWatch::Alarm\n    Condition: IsTest\n').replace(
          'Conditions:\n',
          'Conditions:\n  IsTest: !Not [!Condition IsProduction]\n',
        ),
      'broken NO_ALARM',
    ],
    [
      'with a policy for another account',
      () => withChange("!Ref 'AWS::AccountId'", "'999988887777'"),
      'broken TOPIC_REFUSES_ALARM',
    ],
    [
      'with a topic that another stack exports',
      () => withChange("[!If [IsProduction, !Ref Topic, !Ref 'AWS::NoValue']]", '[!ImportValue SharedTopic]'),
      'undecided UNREADABLE',
    ],
    [
      'with a pattern from a dynamic reference',
      () => withChange('\'{ $.eventName = "DeactivateMFADevice" }\'', "'{{resolve:ssm:pattern}}'"),
      'undecided UNREADABLE',
    ],
    ['with a parameter without a value', () => withChange('    Default: production\n', ''), 'undecided UNREADABLE'],
    [
      'with a condition that is not known',
      () =>
        withChange('Type: AWS::CloudWatch::Alarm\n', 'Type: AWS::CloudWatch::Alarm\n    Condition: IsShared\n').replace(
          'Conditions:\n',
          'Conditions:\n  IsShared: !Equals [!ImportValue Shared, yes]\n',
        ),
      'undecided UNREADABLE',
    ],
  ];
  for (const [claim, template, expected, parameters] of cases) {
    it(`${claim}: ${expected}`, async () => {
      expect(await outcomeOf(template(), parameters)).to.equal(expected);
    });
  }

  const leftOut: readonly (readonly [claim: string, template: () => string])[] = [
    [
      'a nested stack',
      () =>
        `${withoutSubscription()}  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: https://x.example/t }\n`,
    ],
    ['a module', () => `${withoutSubscription()}  Inner:\n    Type: My::Alerts::Topic::MODULE\n`],
    ['a loop', () => `${withoutSubscription()}  Fn::ForEach::Mails: [Mail, [a, b], {}]\n`],
  ];
  const withoutSubscription = () => withChange(/ {6}Subscription:\n.*\n.*\n/, '');
  for (const [claim, template] of leftOut) {
    it(`with ${claim} that may hold what is missing: undecided UNREADABLE`, async () => {
      expect(await outcomeOf(withoutSubscription())).to.equal('broken NO_SUBSCRIBER');
      expect(await outcomeOf(template())).to.equal('undecided UNREADABLE');
    });
  }

  const transforms: readonly (readonly [transform: string, expected: string])[] = [
    ['AWS::Serverless-2016-10-31', 'satisfied SATISFIED'],
    ['[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]', 'satisfied SATISFIED'],
    ['MyMacro', 'undecided UNREADABLE'],
    ['[AWS::LanguageExtensions, MyMacro]', 'undecided UNREADABLE'],
    ['{ Name: AWS::Include, Parameters: { Location: s3://bucket/part.yaml } }', 'undecided UNREADABLE'],
  ];
  for (const [transform, expected] of transforms) {
    it(`with the transform ${transform}: ${expected}`, async () => {
      expect(await outcomeOf(`Transform: ${transform}\n${sound}`)).to.equal(expected);
    });
  }

  it('is the same in JSON with long forms', async () => {
    const file = recognizeFile(sound, settings);
    expect(file.kind).to.equal('declared');
    const { parseTemplateYaml } = await import('../../../src/inventory/declared/cloudformation/template.ts');
    expect(await outcomeOf(JSON.stringify(parseTemplateYaml(sound)))).to.equal('satisfied SATISFIED');
  });

  it('says what is wrong with a parameter that it does not have', async () => {
    expect(await outcomeOf(sound, { Mail: 'x' })).to.equal(
      'the template has no parameter `Mail`; its parameters are Email, Environment',
    );
  });

  it('asks for the region', () => {
    const file = recognizeFile(sound, { now: settings.now });
    expect(file).to.deep.equal({
      kind: 'invalid',
      problem: 'a template does not say in which region it is deployed; give `--region`',
    });
  });

  it('ends where a template refers to itself', async () => {
    const circular = withChange(
      'IsProduction: !Equals [!Ref Environment, production]',
      'IsProduction: !Not [!Condition IsProduction]',
    );
    expect(await outcomeOf(circular)).to.equal('undecided UNREADABLE');
  });
});

describe('a file', () => {
  for (const [what, text] of [
    ['a snapshot', '{"formatVersion":1,"accountId":"111122223333"}'],
    ['text', 'not a template'],
    ['a list', '[1]'],
    ['nothing', ''],
  ] as const) {
    it(`with ${what} is no plan and no template`, () => {
      expect(recognizeFile(text, settings)).to.deep.equal({ kind: 'other' });
    });
  }

  it('that is a plan of another format version is named', () => {
    const plan = { format_version: '2.0', resource_changes: [], configuration: {} };
    const file = recognizeFile(JSON.stringify(plan), settings);
    expect(file).to.have.property('kind', 'invalid');
    expect(file).to.have.property('problem').that.contains('format_version');
  });

  it('that is a plan without its configuration is named, with the command that prints it', () => {
    const file = recognizeFile('{"format_version":"1.2","planned_values":{}}', settings);
    expect(file).to.have.property('problem').that.contains('terraform show -json');
  });
});
