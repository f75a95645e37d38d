import { expect } from 'chai';

import { packProblems } from '../../deploy/generate/packs/check-pack.ts';
import { conformancePack } from '../../deploy/generate/packs/pack.ts';

const good = conformancePack({
  pack: 'mfa',
  prefix: 'cloudtrail-alarm-',
  remediation: { accountId: '111122223333', region: 'us-east-1' },
});

interface Changed extends Record<string, unknown> {
  readonly Parameters: Record<string, unknown>;
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
}

describe('the check of conformance packs', () => {
  const problemsOf = (change: (pack: Changed) => void) => {
    const pack = JSON.parse(JSON.stringify(good)) as Changed;
    change(pack);
    return packProblems(pack, JSON.stringify(pack));
  };
  const rule = 'RuleD9AWSMON25';
  const fix = `Remediation${rule}`;
  const cases: readonly (readonly [what: string, change: (pack: Changed) => void, problem: string])[] = [
    [
      'a role',
      ({ Resources }) => {
        Resources['Role'] = { Type: 'AWS::IAM::Role', Properties: {} };
      },
      'takes no AWS::IAM::Role',
    ],
    [
      'a section of outputs',
      (pack) => {
        pack['Outputs'] = {};
      },
      'no section Outputs',
    ],
    [
      'a parameter that is a number',
      ({ Parameters }) => {
        Parameters['Schedule'] = { Type: 'Number' };
      },
      'Schedule is no String',
    ],
    [
      'a rule whose name is a function',
      ({ Resources }) => {
        Resources[rule]!.Properties['ConfigRuleName'] = { Ref: 'Name' };
      },
      'must be a text',
    ],
    [
      'a rule whose name is too long',
      ({ Resources }) => {
        Resources[rule]!.Properties['ConfigRuleName'] = 'n'.repeat(38);
      },
      'longer than 37',
    ],
    [
      'two rules of one name',
      ({ Resources }) => {
        Resources['Again'] = Resources[rule]!;
      },
      'two rules are named',
    ],
    [
      'a rule parameter that the function does not know',
      ({ Resources }) => {
        Resources[rule]!.Properties['InputParameters'] = { control: 'x' };
      },
      'knows no parameter control',
    ],
    [
      'long rule parameters',
      ({ Resources }) => {
        Resources[rule]!.Properties['InputParameters'] = { filterPattern: 'p'.repeat(1024) };
      },
      'more than 1024 characters',
    ],
    [
      'a remediation of a rule that is not there',
      ({ Resources }) => {
        Resources[fix]!.Properties['ConfigRuleName'] = 'other';
      },
      'names no rule',
    ],
    [
      'a remediation whose role is a function',
      ({ Resources }) => {
        Resources[fix]!.Properties['Parameters'] = {
          AutomationAssumeRole: { StaticValue: { Values: [{ 'Fn::Sub': 'arn' }] } },
        };
      },
      'role must be an ARN',
    ],
    [
      'a remediation without a role',
      ({ Resources }) => {
        Resources[fix]!.Properties['Parameters'] = {};
      },
      'role must be an ARN',
    ],
    [
      'a remediation that starts by itself',
      ({ Resources }) => {
        Resources[fix]!.Properties['Automatic'] = true;
      },
      'not started by hand',
    ],
    [
      'a document whose name is a function',
      ({ Resources }) => {
        Resources[fix]!.Properties['TargetId'] = { Ref: 'Document' };
      },
      'name of the document',
    ],
    [
      '131 rules',
      ({ Resources }) => {
        for (let index = 0; index < 130; index += 1)
          Resources[`Rule${index}`] = {
            Type: 'AWS::Config::ConfigRule',
            Properties: { ConfigRuleName: `rule-${index}` },
          };
      },
      '131 rules',
    ],
    [
      '61 parameters',
      ({ Parameters }) => {
        for (let index = 0; index < 60; index += 1) Parameters[`P${index}`] = { Type: 'String' };
      },
      'more than 60 parameters',
    ],
    [
      'more than 300 KB',
      ({ Parameters }) => {
        Parameters['Long'] = { Type: 'String', Description: 'd'.repeat(310_000) };
      },
      'AWS Config takes 307200',
    ],
  ];
  for (const [what, change, problem] of cases) {
    it(`refuses ${what}`, () => {
      expect(problemsOf(change).join('\n')).to.contain(problem);
    });
  }
});
