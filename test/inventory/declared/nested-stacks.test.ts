import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { declaredReader } from '../../../src/inventory/declared/declared-reader.ts';
import { recognizeTemplates } from '../../../src/inventory/declared/read-file.ts';
import { ontoReader } from '../../../src/inventory/declared/onto/onto-reader.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';
import { snapshotOf, soundWorld } from '../../support/worlds/world.ts';

/** The topic is passed to the alarms, and the log group comes from an output of the nested stack of the trail. */
const parent = `Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: { Subscription: [{ Protocol: email, Endpoint: oncall@example.com }] }
  Trail:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ./stacks/trail.yaml }
  Alarms:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: stacks/alarms.yaml
      Parameters: { Topic: !Ref Topic, LogGroup: !GetAtt Trail.Outputs.Group }
`;
const trail = `Resources:
  Group: { Type: AWS::Logs::LogGroup }
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      { S3BucketName: audit, IsLogging: true, IsMultiRegionTrail: true, CloudWatchLogsLogGroupArn: !GetAtt Group.Arn }
Outputs:
  Group: { Value: !Ref Group }
`;
const alarms = `Parameters:
  Topic: { Type: String }
  LogGroup: { Type: String }
  Threshold: { Type: Number, Default: 1 }
Resources:
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref LogGroup
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
      Threshold: !Ref Threshold
      ComparisonOperator: GreaterThanOrEqualToThreshold
      TreatMissingData: notBreaching
      AlarmActions: [!Ref Topic]
`;
/** A topic that is named after its stack, with a subscriber if it is given one. */
const topic = `Parameters:
  Mail: { Type: String, Default: '' }
Conditions:
  HasMail: !Not [!Equals [!Ref Mail, '']]
Resources:
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: !Sub '\${AWS::StackName}-alerts' } }
  Mail: { Type: AWS::SNS::Subscription, Condition: HasMail, Properties: { TopicArn: !Ref Topic, Protocol: email, Endpoint: !Ref Mail } }
Outputs:
  Topic: { Value: !Ref Topic }
`;
const twoTopics = parent.replace(/ {2}Topic:\n(?: {4}.*\n)+/, '').replace('!Ref Topic', '!GetAtt Topic.Outputs.Topic')
  .concat(`  Topic: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: topic.yaml } }
  Other:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: topic.yaml, Parameters: { Mail: oncall@example.com } }
`);

async function outcomeOf(files: Readonly<Record<string, string>>): Promise<string> {
  const settings = { now: '2026-11-20T10:00:00.000Z', accountId: '111122223333', region: 'eu-west-1' };
  const read = Object.entries(files).map(([file, text]) => ({ file, text }));
  const recognized = recognizeTemplates(read, settings);
  if (recognized.kind !== 'declared') return recognized.kind === 'invalid' ? recognized.problem : recognized.kind;
  const { verdict } = await assess(declaredReader(recognized.account), parametersOf({}));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

describe('a template with nested stacks whose templates are given', () => {
  const all = { 'parent.yaml': parent, 'stacks/trail.yaml': trail, 'stacks/alarms.yaml': alarms };
  const cases: readonly (readonly [claim: string, files: Readonly<Record<string, string>>, expected: string])[] = [
    ['is judged with what it passes and gets', all, 'satisfied SATISFIED'],
    [
      'is judged with a parameter that differs from its default',
      { ...all, 'parent.yaml': parent.replace('{ Topic: !Ref Topic,', '{ Threshold: 2, Topic: !Ref Topic,') },
      'broken ALARM_NEEDS_MORE_EVENTS',
    ],
    ['is undecided without one of them', { 'parent.yaml': parent, 'stacks/trail.yaml': trail }, 'undecided UNREADABLE'],
    ['is undecided where two files have the name', { ...all, 'other/alarms.yaml': alarms }, 'undecided UNREADABLE'],
    [
      'leaves out a nested stack under a condition that does not hold',
      {
        ...all,
        'parent.yaml': `Conditions: { Never: !Equals [a, b] }\n${parent.replace('  Alarms:\n', '  Alarms:\n    Condition: Never\n')}`,
      },
      'broken NO_METRIC_FILTER',
    ],
    [
      'knows the template of an asset of the CDK',
      {
        ...all,
        'parent.yaml': parent
          .replace(
            'TemplateURL: stacks/alarms.yaml',
            "TemplateURL: !Sub 'https://s3.${AWS::Region}.amazonaws.com/bucket/0123.json'",
          )
          .replace('  Alarms:\n', '  Alarms:\n    Metadata: { "aws:asset:path": alarms.yaml }\n'),
      },
      'satisfied SATISFIED',
    ],
    [
      'tells apart what is named after each stack that one template makes',
      { ...all, 'parent.yaml': twoTopics, 'topic.yaml': topic },
      'broken NO_SUBSCRIBER',
    ],
    [
      'knows which stack of one template has the subscriber',
      { ...all, 'parent.yaml': twoTopics.replace('!GetAtt Topic.', '!GetAtt Other.'), 'topic.yaml': topic },
      'satisfied SATISFIED',
    ],
    [
      'ends where a template nests itself',
      { 'parent.yaml': parent.replace('stacks/alarms.yaml', 'parent.yaml'), 'stacks/trail.yaml': trail },
      'undecided UNREADABLE',
    ],
  ];
  for (const [claim, files, expected] of cases) {
    it(`${claim}: ${expected}`, async () => {
      expect(await outcomeOf(files)).to.equal(expected);
    });
  }
});

describe('stacks of one deployment that export and import', () => {
  const chain = (topic: string) => `Resources:
  Group: { Type: AWS::Logs::LogGroup }
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      { S3BucketName: audit, IsLogging: true, IsMultiRegionTrail: true, CloudWatchLogsLogGroupArn: !GetAtt Group.Arn }
${alarms.slice(alarms.indexOf('  Filter:')).replace('!Ref LogGroup', '!Ref Group').replace('!Ref Threshold', '1').replace('!Ref Topic', topic)}`;
  const nesting = (file: string, more = '') =>
    `  Inner: { Type: AWS::CloudFormation::Stack, ${more}Properties: { TemplateURL: ${file} } }\n`;
  const exporting = `Resources:
  Topic: { Type: AWS::SNS::Topic, Properties: { Subscription: [{ Protocol: email, Endpoint: oncall@example.com }] } }
Outputs: { Topic: { Value: !Ref Topic, Export: { Name: alerts } } }
`;
  const importing = chain('!ImportValue alerts');
  const cases: readonly (readonly [claim: string, files: Readonly<Record<string, string>>, expected: string])[] = [
    [
      'a parent from the stack that it nests',
      { 'parent.yaml': importing + nesting('topic.yaml'), 'topic.yaml': exporting },
      'satisfied SATISFIED',
    ],
    [
      'a parent from a stack that it does not nest after all',
      {
        'parent.yaml': `Conditions: { Never: !Equals [a, b] }\n${importing}${nesting('topic.yaml', 'Condition: Never, ')}`,
        'topic.yaml': exporting,
      },
      'undecided UNREADABLE',
    ],
    [
      'another stack from a nested one',
      { 'parent.yaml': `Resources:\n${nesting('topic.yaml')}`, 'topic.yaml': exporting, 'alarms.yaml': importing },
      'satisfied SATISFIED',
    ],
    [
      'a nested stack from its parent, which exports only after it has made that',
      { 'parent.yaml': exporting.replace('Outputs:', `${nesting('alarms.yaml')}Outputs:`), 'alarms.yaml': importing },
      'undecided UNREADABLE',
    ],
    [
      'what two stacks export, one of them nested',
      {
        'parent.yaml': importing + nesting('topic.yaml'),
        'topic.yaml': exporting,
        'other.yaml': exporting.replace(/, Properties:.*/, ' }'),
      },
      'undecided UNREADABLE',
    ],
  ];
  for (const [claim, files, expected] of cases) {
    it(`${claim}: ${expected}`, async () => {
      expect(await outcomeOf(files)).to.equal(expected);
    });
  }

  const named = (name: string) =>
    `{ Type: AWS::SNS::Topic, Properties: { TopicName: ${name}, Subscription: [{ Protocol: email, Endpoint: oncall@example.com }] } }`;
  const passing = (logicalId: string, file: string, value: string) =>
    `  ${logicalId}: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${file}, Parameters: { In: ${value} } } }\n`;
  const same = 'Parameters: { In: { Type: String } }\nResources: {}\nOutputs: { Out: { Value: !Ref In } }\n';
  const topicNamed = `Parameters: { In: { Type: String } }
Resources: { Topic: ${named('!Ref In')} }
Outputs: { Out: { Value: !GetAtt Topic.TopicName }, Arn: { Value: !Ref Topic } }
`;
  const circles: readonly (readonly [claim: string, files: Readonly<Record<string, string>>])[] = [
    [
      'two topics',
      {
        'a.yaml': `${chain('!Ref One')}  One: ${named('!GetAtt Two.TopicName')}\n  Two: ${named('!GetAtt One.TopicName')}\n`,
      },
    ],
    [
      'a topic and the output of a nested stack',
      {
        'a.yaml': `${chain('!Ref One')}  One: ${named('!GetAtt Two.Outputs.Out')}\n${passing('Two', 'b.yaml', '!GetAtt One.TopicName')}`,
        'b.yaml': same,
      },
    ],
    [
      'the outputs of two nested stacks',
      {
        'a.yaml': `${chain('!GetAtt One.Outputs.Out')}${passing('One', 'b.yaml', '!GetAtt Two.Outputs.Out')}${passing('Two', 'c.yaml', '!GetAtt One.Outputs.Out')}`,
        'b.yaml': same,
        'c.yaml': same,
      },
    ],
    [
      'topics in two nested stacks',
      {
        'a.yaml': `${chain('!GetAtt One.Outputs.Arn')}${passing('One', 'b.yaml', '!GetAtt Two.Outputs.Out')}${passing('Two', 'c.yaml', '!GetAtt One.Outputs.Out')}`,
        'b.yaml': topicNamed,
        'c.yaml': topicNamed,
      },
    ],
  ];
  for (const [claim, files] of circles) {
    it(`are undecided where they depend on each other in a circle, which CloudFormation refuses: ${claim}`, async () => {
      expect(await outcomeOf(files)).to.equal('undecided UNREADABLE');
    });
  }

  it('are judged where a value only passes through nested stacks', async () => {
    const files = {
      'a.yaml': `${chain('!GetAtt One.Outputs.Out')}${passing('One', 'b.yaml', '!GetAtt Two.Outputs.Out')}${passing('Two', 'c.yaml', '!Ref Topic')}  Topic: ${named('alerts')}\n`,
      'b.yaml': same,
      'c.yaml': same,
    };
    expect(await outcomeOf(files)).to.equal('satisfied SATISFIED');
  });
});

describe('templates with nested stacks that are laid over an account with those that are deployed', () => {
  const nesting = 'Resources: { Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: inner.yaml } } }';
  const filterOf =
    'Resources: { Filter: { Type: AWS::Logs::MetricFilter, Properties: ' +
    `{ FilterName: mfa, LogGroupName: /aws/cloudtrail/main, FilterPattern: '{ $.eventName = "DeactivateMFADevice" }', ` +
    "MetricTransformations: [{ MetricName: MfaDeactivated, MetricNamespace: Security, MetricValue: '1' }] } } }";

  it('are undecided where a thing moves into a nested stack, as its deletion comes last', async () => {
    const base = snapshotOf(soundWorld());
    const [before, after] = [
      [{ file: 'a.yaml', text: filterOf }],
      [
        { file: 'b.yaml', text: nesting },
        { file: 'inner.yaml', text: filterOf },
      ],
    ];
    for (const [files, expected] of [
      [before, 'undecided'],
      [after, 'satisfied'],
    ] as const) {
      const settings = { now: '2026-11-20T10:00:00.000Z', onto: base, stack: { kind: 'deployed', files } } as const;
      const recognized = recognizeTemplates(after, settings);
      if (recognized.kind !== 'declared') throw new Error(recognized.kind);
      const { verdict } = await assess(ontoReader(base, recognized.account), parametersOf({}));
      expect(verdict.kind).to.equal(expected);
    }
  });
});
