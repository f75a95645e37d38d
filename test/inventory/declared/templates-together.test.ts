import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { declaredReader } from '../../../src/inventory/declared/declared-reader.ts';
import { recognizeTemplates } from '../../../src/inventory/declared/read-file.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';

const trail = `Resources:
  Group: { Type: AWS::Logs::LogGroup }
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      { S3BucketName: audit, IsLogging: true, IsMultiRegionTrail: true, CloudWatchLogsLogGroupArn: !GetAtt Group.Arn }
Outputs:
  Group: { Value: !Ref Group, Export: { Name: !Sub '\${AWS::StackName}-LogGroup' } }
`;
const topic = `Parameters:
  Email: { Type: String }
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: { Subscription: [{ Protocol: email, Endpoint: !Ref Email }] }
Outputs:
  Topic: { Value: !Ref Topic, Export: { Name: alerts-topic } }
`;
/** Its topic has the logical id of another one in another template. */
const alarm = `Parameters:
  TrailStack: { Type: String, Default: trail-stack }
Resources:
  Topic: { Type: AWS::SNS::Topic }
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !ImportValue { 'Fn::Sub': '\${TrailStack}-LogGroup' }
      FilterPattern: '{ $.eventName = "DeactivateMFADevice" }'
      MetricTransformations: [{ MetricName: Mfa, MetricNamespace: Security, MetricValue: '1' }]
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Security
      MetricName: Mfa
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanOrEqualToThreshold
      TreatMissingData: notBreaching
      AlarmActions: [!ImportValue alerts-topic]
`;

async function outcomeOf(...texts: readonly string[]): Promise<string> {
  const files = texts.map((text, at) => ({ text, file: `${at + 1}.yaml` }));
  const settings = { now: '2026-11-20T10:00:00.000Z', accountId: '111122223333', region: 'eu-west-1' };
  const parameters = texts.includes(topic) ? { Email: 'oncall@example.com' } : {};
  const read = recognizeTemplates(files, { ...settings, parameters });
  if (read.kind !== 'declared') return read.kind === 'invalid' ? read.problem : read.kind;
  const { verdict } = await assess(declaredReader(read.account), parametersOf({}));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

describe('several templates of one deployment', () => {
  it('import what another one exports, in any order', async () => {
    for (const templates of [
      [trail, topic, alarm],
      [alarm, trail, topic],
    ]) {
      expect(await outcomeOf(...templates)).to.equal('satisfied SATISFIED');
    }
  });

  const cases: readonly (readonly [claim: string, templates: readonly string[], expected: string])[] = [
    ['without the one that exports the topic', [trail, alarm], 'undecided UNREADABLE'],
    ['without the one that has the trail', [topic, alarm], 'undecided UNREADABLE'],
    [
      'with a topic of the same logical id that nobody subscribed to',
      [trail, topic, alarm.replace('!ImportValue alerts-topic', '!Ref Topic')],
      'broken NO_SUBSCRIBER',
    ],
    [
      'with another name of the stack in the import than in the export',
      [trail, topic, alarm.replace("-LogGroup'", "-LogGroups'")],
      'undecided UNREADABLE',
    ],
    ['with an export that two of them make', [trail, topic, topic, alarm], 'undecided UNREADABLE'],
    [
      'with an export under a condition that is false',
      [
        trail,
        `Conditions: { Never: !Equals [a, b] }\n${topic.replace('{ Value: !Ref Topic,', '{ Condition: Never, Value: !Ref Topic,')}`,
        alarm,
      ],
      'undecided UNREADABLE',
    ],
    [
      'with exports that import each other',
      [
        trail,
        topic.replace('Value: !Ref Topic', 'Value: !ImportValue other'),
        alarm,
        'Resources: {}\nOutputs: { O: { Value: !ImportValue alerts-topic, Export: { Name: other } } }\n',
      ],
      'undecided UNREADABLE',
    ],
  ];
  for (const [claim, templates, expected] of cases) {
    it(`${claim}: ${expected}`, async () => {
      expect(await outcomeOf(...templates)).to.equal(expected);
    });
  }

  it('say in a sentence what they do not declare', async () => {
    const files = ['a.yaml', 'b.yaml'].map((file) => ({ file, text: 'Resources: {}' }));
    const settings = { now: '2026-11-20T10:00:00.000Z', accountId: '111122223333', region: 'eu-west-1' };
    const read = recognizeTemplates(files, settings);
    if (read.kind !== 'declared') throw new Error(read.kind);
    const { verdict } = await assess(declaredReader(read.account), parametersOf({}));
    expect(verdict.kind !== 'satisfied' && verdict.chains[0].finding.sentence).to.contain(
      'the set of CloudFormation templates declares no trail',
    );
  });

  it('name the file that is wrong', async () => {
    expect(await outcomeOf(trail, 'Resources: []')).to.equal(
      '2.yaml: not a CloudFormation template: `Resources` must be Object',
    );
  });
});
