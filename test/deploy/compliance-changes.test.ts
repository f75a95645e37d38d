import { expect } from 'chai';

import { readServerlessFile } from '../../deploy/generate/serverless-file.ts';
import { selfContainedTemplate } from '../../deploy/generate/template.ts';
import { match, parse } from '../../src/event-pattern/index.ts';
import { resolveTemplate } from './resolve-template.ts';

const template = selfContainedTemplate(readServerlessFile('serverless.yml'), '');
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:alerts';

type Given = Readonly<Record<string, string>>;

interface Target {
  readonly Arn: unknown;
  readonly RoleArn: unknown;
  readonly InputTransformer: { readonly InputPathsMap: Given; readonly InputTemplate: string };
}

const created = (given: Given) => resolveTemplate(template, given).resources;
const ruleOf = (given: Given) =>
  created({ NotifyComplianceChanges: 'true', ...given })['ComplianceChanges']!.Properties;
const targetsOf = (given: Given) => ruleOf(given)['Targets'] as readonly Target[];

/** As the guide of AWS Config shows it, with the annotation that its message for SNS has. */
const event = (change: Given = {}) => ({
  version: '0',
  source: 'aws.config',
  'detail-type': 'Config Rules Compliance Change',
  account: '123456789012',
  region: 'eu-west-1',
  detail: {
    configRuleName: 'cloudtrail-alarm-mfa-deactivation',
    messageType: 'ComplianceChangeNotification',
    awsAccountId: '123456789012',
    awsRegion: 'eu-west-1',
    resourceType: 'AWS::::Account',
    resourceId: '123456789012',
    newEvaluationResult: {
      complianceType: change['complianceType'] ?? 'NON_COMPLIANT',
      annotation: 'FILTER_NARROWER: The filter "mfa" also asks for { $.userIdentity.type = "Root" }.',
    },
    ...change,
  },
});

const isMatched = (change: Given, given: Given = { AlarmTopicArn: topicArn }): unknown => {
  const parsed = parse(JSON.stringify(ruleOf(given)['EventPattern']));
  if (parsed.kind !== 'parsed') throw new Error(JSON.stringify(parsed));
  return match(parsed.pattern, JSON.stringify(event(change)));
};

describe('the rule on changes of compliance', () => {
  const cases: readonly (readonly [what: string, change: Given, expected: boolean])[] = [
    ['an account that no longer complies', {}, true],
    ['an account that complies again', { complianceType: 'COMPLIANT' }, true],
    ['another rule of the stack', { configRuleName: 'cloudtrail-alarm-iam-policies' }, true],
    ['a rule of somebody else', { configRuleName: 'iam-password-policy' }, false],
    ['a trail', { resourceType: 'AWS::CloudTrail::Trail' }, false],
    ['a result that does not apply', { complianceType: 'NOT_APPLICABLE' }, false],
    ['another message', { messageType: 'ConfigRulesEvaluationStarted' }, false],
  ];
  for (const [what, change, expected] of cases) {
    it(`${expected ? 'sees' : 'does not see'} ${what}`, () => {
      expect(isMatched(change)).to.deep.equal({ matches: expected });
    });
  }

  it('follows the prefix of the rules', () => {
    const given = { AlarmTopicArn: topicArn, RulePrefix: 'team-' };
    expect(isMatched({}, given)).to.deep.equal({ matches: false });
    expect(isMatched({ configRuleName: 'team-mfa-deactivation' }, given)).to.deep.equal({
      matches: true,
    });
  });

  it('sends a message that is JSON, whatever the annotation has in it', () => {
    const [{ InputTransformer }] = targetsOf({ AlarmTopicArn: topicArn }) as readonly [Target];
    const { InputPathsMap, InputTemplate } = InputTransformer;
    // Texts get quotes and are not escaped, objects are inserted as they are.
    const message = InputTemplate.replaceAll(/<(\w+)>/g, (_, name: string) => {
      const path = InputPathsMap[name]!.slice(2).split('.');
      const value = path.reduce<unknown>((data, key) => (data as Record<string, unknown>)[key], event());
      return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
    });
    expect(JSON.parse(message)).to.deep.equal({
      rule: 'cloudtrail-alarm-mfa-deactivation',
      account: '123456789012',
      region: 'eu-west-1',
      result: event().detail.newEvaluationResult,
    });
  });

  it('sends to the topic and to the address that are given, with a role that may publish there only', () => {
    const given = { NotifyComplianceChanges: 'true', AlarmTopicArn: topicArn, AlarmEmail: 'oncall@example.com' };
    const arns = [topicArn, { Ref: 'AlarmTopic' }];
    expect(targetsOf(given).map(({ Arn }) => Arn)).to.deep.equal(arns);
    const policies = JSON.stringify(created(given)['ComplianceChangesRole']!.Properties['Policies']);
    expect(policies).to.contain(`"Action":"sns:Publish","Resource":${JSON.stringify(arns)}`);
    for (const { RoleArn } of targetsOf(given))
      expect(RoleArn).to.deep.equal({ 'Fn::GetAtt': ['ComplianceChangesRole', 'Arn'] });
    expect(targetsOf({ AlarmEmail: 'oncall@example.com' })).to.have.length(1);
  });

  it('is not there unless it is asked for and somebody receives it', () => {
    for (const given of [{}, { AlarmTopicArn: topicArn }, { NotifyComplianceChanges: 'true' }]) {
      expect(created(given)).not.to.have.any.keys('ComplianceChanges', 'ComplianceChangesRole');
    }
  });
});
