import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../../src/assessment/assess.ts';
import { declaredReader } from '../../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile, recognizeTemplates } from '../../../../src/inventory/declared/read-file.ts';
import { codeOf, parametersOf } from '../../../support/judging.ts';

/** In the form that the CDK writes. */
const cdk = readFileSync('test/inventory/declared/data/templates/Audit.template.json', 'utf8');

const yaml = `Resources:
  Group: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: !Sub '/aws/\${AWS::StackName}' } }
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: { S3BucketName: audit, IsLogging: true, IsMultiRegionTrail: true, CloudWatchLogsLogGroupArn: !GetAtt Group.Arn }
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref Group
      FilterPattern: '{ $.eventName = "DeactivateMFADevice" }'
      MetricTransformations: [{ MetricName: Mfa, MetricNamespace: Security, MetricValue: '1' }]
  Topic:
    Type: AWS::SNS::Topic
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Topic, Protocol: email, Endpoint: oncall@example.com }
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
      AlarmActions: [!Ref Topic]
`;

interface Given {
  readonly region?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly others?: readonly string[];
  readonly raw?: Readonly<Record<string, string>>;
}

async function outcomeOf(text: string, given: Given): Promise<string> {
  const { region = 'eu-west-1', parameters = {}, others = [], raw = {} } = given;
  const settings = { now: '2026-11-20T10:00:00.000Z', accountId: '111122223333', region, parameters };
  const files = [text, ...others].map((one, at) => ({ text: one, file: `${at}.template` }));
  const file = others.length === 0 ? recognizeFile(text, settings) : recognizeTemplates(files, settings);
  if (file.kind !== 'declared') return file.kind === 'invalid' ? file.problem : file.kind;
  const { verdict } = await assess(declaredReader(file.account), parametersOf(raw));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

/** A template with one part replaced, which must be there. */
function replacing(template: string, part: string, next: string): string {
  expect(template).to.contain(part);
  return template.replace(part, next);
}
const inYaml = (part: string, next: string) => replacing(yaml, part, next);
const ACTIONS = 'AlarmActions: [!Ref Topic]';
const SUBSCRIPTION = /\s{2}Subscription:\n.*\n.*\n/;
const samFunction = (event: string) =>
  `Transform: AWS::Serverless-2016-10-31\n${yaml.replace(SUBSCRIPTION, '\n')}  Page:\n    Type: AWS::Serverless::Function\n    Properties: { Events: ${event} }\n`;

/** A function of SAM with an event that is a rule, in the region where the events of IAM arrive. */
const samRule = (event: string) => samFunction(`{ Alert: ${event} }`);
const PATTERN =
  "Pattern: { source: [aws.iam], detail-type: ['AWS API Call via CloudTrail'], detail: { eventName: [DeactivateMFADevice] } }";
const overEvents: Given = { region: 'us-east-1', raw: { acceptedRoutes: 'eventbridge' } };
const overFunctions: Given = { ...overEvents, raw: { ...overEvents.raw, subscriberProtocols: 'lambda' } };

describe('a template of another shape gives the verdict that the account would get', () => {
  const cases: readonly (readonly [claim: string, template: () => string, expected: string, given?: Given])[] = [
    ['of the CDK, with its own parameters and conditions', () => cdk, 'satisfied SATISFIED'],
    [
      'of the CDK, with a parameter that turns the alarm off',
      () => cdk,
      'broken ALARM_ACTIONS_DISABLED',
      { parameters: { Stage: 'dev' } },
    ],
    ['of the CDK, in a region of China', () => cdk, 'satisfied SATISFIED', { region: 'cn-north-1' }],
    ['of the CDK, in a secret region', () => cdk, 'satisfied SATISFIED', { region: 'us-isob-east-1' }],
    [
      'of the CDK, with a policy for another partition',
      () => cdk.replaceAll(/\{\s*"Ref": "AWS::Partition"\s*\}/g, '"aws"'),
      'broken TOPIC_REFUSES_ALARM',
      { region: 'us-isob-east-1' },
    ],
    [
      'of the CDK, with a topic of another stack that is given as well',
      () => replacing(yaml, ACTIONS, "AlarmActions: [!ImportValue 'Audit:ExportsOutputRefAlerts60C3C8F1']"),
      'satisfied SATISFIED',
      { others: [cdk] },
    ],
    ['with a byte order mark', () => `\uFEFF${yaml}`, 'satisfied SATISFIED'],
    ['with the ends of lines of Windows', () => yaml.replaceAll('\n', '\r\n'), 'satisfied SATISFIED'],
    ['in JSON with tabs', () => JSON.stringify(JSON.parse(cdk), null, '\t'), 'satisfied SATISFIED'],
    [
      'with an alias',
      () => inYaml(ACTIONS, `OKActions: &topics [!Ref Topic]\n      AlarmActions: *topics`),
      'satisfied SATISFIED',
    ],
    [
      'with an alias of a tagged value in a function',
      () =>
        inYaml(
          ACTIONS,
          `OKActions: [&topic !Ref Topic]\n      AlarmActions: !Split [',', !Join [',', [*topic, *topic]]]`,
        ),
      'satisfied SATISFIED',
    ],
    [
      'with a merged object',
      () => inYaml('      Namespace: Security\n', '      <<: { Namespace: Security }\n'),
      'satisfied SATISFIED',
    ],
    ['with the booleans of YAML 1.1', () => inYaml('IsLogging: true', 'IsLogging: Yes'), 'satisfied SATISFIED'],
    ['with such a boolean that says no', () => inYaml('IsLogging: true', 'IsLogging: off'), 'broken TRAIL_NOT_LOGGING'],
    [
      'with a text in the place of a boolean',
      () => inYaml('IsLogging: true', 'IsLogging: maybe'),
      'undecided UNREADABLE',
    ],
    [
      'with a value that Fn::Select and Fn::Split take out',
      () => inYaml(ACTIONS, "AlarmActions: [!Select [1, !Split [',', !Sub 'none,${Topic}']]]"),
      'satisfied SATISFIED',
    ],
    [
      'with a member that Fn::Select does not find',
      () => inYaml(ACTIONS, "AlarmActions: [!Select [2, !Split [',', !Sub 'none,${Topic}']]]"),
      'undecided UNREADABLE',
    ],
    [
      'with the default of Fn::FindInMap',
      () =>
        `Transform: AWS::LanguageExtensions\nMappings: { Periods: { prod: { Alarm: 60 } } }\n${inYaml('Period: 300', 'Period: !FindInMap [Periods, dev, Alarm, { DefaultValue: 300 }]')}`,
      'satisfied SATISFIED',
    ],
    [
      'without that default',
      () => `Mappings: { P: { a: { b: 60 } } }\n${inYaml('Period: 300', 'Period: !FindInMap [P, c, b]')}`,
      'undecided UNREADABLE',
    ],
    [
      'with a period from SSM',
      () => inYaml('Period: 300', "Period: '{{resolve:ssm:period:1}}'"),
      'undecided UNREADABLE',
    ],
    [
      'of SAM, with a function that SNS invokes',
      () => samFunction('{ Alert: { Type: SNS, Properties: { Topic: !Ref Topic } } }'),
      'satisfied SATISFIED',
    ],
    [
      'of SAM, with a function for something else',
      () => samFunction('{ Daily: { Type: Schedule, Properties: { Schedule: rate(1 day) } } }'),
      'broken NO_SUBSCRIBER',
    ],
    [
      'of SAM, with a function that gets some messages',
      () =>
        samFunction(
          "{ Alert: { Type: SNS, Properties: { Topic: !Ref Topic, FilterPolicy: { severity: ['high'] } } } }",
        ),
      'broken SUBSCRIBER_FILTERED',
    ],
    [
      'of SAM, with a function that a rule invokes',
      () => samRule(`{ Type: EventBridgeRule, Properties: { ${PATTERN} } }`),
      'satisfied SATISFIED',
      overFunctions,
    ],
    [
      'of SAM, with a function that a rule invokes, which is no person',
      () => samRule(`{ Type: CloudWatchEvent, Properties: { ${PATTERN} } }`),
      'undecided TARGET_NOT_FOLLOWED',
      overEvents,
    ],
    [
      'of SAM, with a function and a rule that is off',
      () => samRule(`{ Type: CloudWatchEvent, Properties: { Enabled: 'false', ${PATTERN} } }`),
      'broken EVENT_RULE_DISABLED',
      overFunctions,
    ],
    [
      'of SAM, with a function for events that are not known',
      () => samRule("{ Type: EventBridgeRule, Properties: { Pattern: '{{resolve:ssm:pattern:1}}' } }"),
      'undecided UNREADABLE',
      overFunctions,
    ],
    [
      'of SAM, with a function without a rule',
      () => samFunction('{ Alert: { Type: SNS, Properties: { Topic: !Ref Topic } } }'),
      'broken NO_EVENT_RULE',
      overFunctions,
    ],
    [
      'with a topic whose policy names the rule that may publish, which is known and not computed',
      () =>
        `${yaml}  Rule: { Type: AWS::Events::Rule, Properties: { ${PATTERN.replace('Pattern', 'EventPattern')}, Targets: [{ Id: a, Arn: !Ref Topic }] } }\n  Policy: { Type: AWS::SNS::TopicPolicy, Properties: { Topics: [!Ref Topic], PolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sns:Publish, Resource: !Ref Topic, Condition: { ArnEquals: { aws:SourceArn: !GetAtt Rule.Arn } } }] } } }\n`,
      'undecided TOPIC_POLICY_UNCERTAIN',
      overEvents,
    ],
    [
      'with a loop over alarms in the place of one',
      () =>
        `Transform: AWS::LanguageExtensions\n${inYaml('  Alarm:\n', '  Other:\n').replace(ACTIONS, 'AlarmActions: []')}  Fn::ForEach::Alarms: [Name, [a, b], { 'Alarm\${Name}': { Type: AWS::CloudWatch::Alarm } }]\n`,
      'undecided UNREADABLE',
    ],
  ];
  for (const [claim, template, expected, given = {}] of cases) {
    it(`${claim}: ${expected}`, async () => {
      expect(await outcomeOf(template(), given)).to.equal(expected);
    });
  }

  for (const [claim, text] of [
    ['a name twice', `${yaml}  Topic: { Type: AWS::SNS::Topic }\n`],
    ['a tab in the place of spaces', yaml.replace('    Type: AWS::SNS::Topic\n', '\tType: AWS::SNS::Topic\n')],
  ] as const) {
    it(`is no template with ${claim}`, async () => {
      expect(await outcomeOf(text, {})).to.equal('other');
    });
  }
});
