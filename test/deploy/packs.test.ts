import { readFileSync } from 'node:fs';

import { expect } from 'chai';
import { parse } from 'yaml';

import { examplePacks } from '../../deploy/generate/generated-files.ts';
import { LARGEST_INLINE, packProblems } from '../../deploy/generate/packs/check-pack.ts';
import type { processChecks } from '../../src/controls/process-checks.ts';
import { cisSection, cisVersions } from '../../deploy/generate/packs/contents.ts';
import type { Pack, PackChoices } from '../../deploy/generate/packs/pack.ts';
import { conformancePack } from '../../deploy/generate/packs/pack.ts';
import { packText } from '../../deploy/generate/packs/pack-text.ts';
import { remediationDocument } from '../../deploy/generate/remediation/document.ts';
import { remediationTemplate } from '../../deploy/generate/remediation/template.ts';
import { catalog, controlById } from '../../src/controls/catalog.ts';
import { parseParameters } from '../../src/parameters/parameters.ts';
import { runShell } from '../moto/emulator/programs.ts';
import { resolveTemplate } from './resolve-template.ts';

type Given = Readonly<Record<string, string>>;

const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:evaluate';
const remediation = { accountId: '111122223333', region: 'us-east-1' };
const choices = (change: Partial<PackChoices> = {}): PackChoices => ({
  pack: 'all',
  prefix: 'cloudtrail-alarm-',
  remediation,
  ...change,
});
const resolved = (pack: Pack, given: Given = {}) =>
  Object.values(resolveTemplate(pack, { FunctionArn: functionArn, ...given }).resources);
const rulesOf = (pack: Pack, given?: Given) =>
  resolved(pack, given).filter(({ Type }) => Type === 'AWS::Config::ConfigRule');
const inputOf = (rule: { readonly Properties: Readonly<Record<string, unknown>> }) =>
  rule.Properties['InputParameters'] as Given;
const everyChoice: readonly PackChoices[] = [
  choices({ pack: 'mfa' }),
  choices({ pack: 'all' }),
  choices({ pack: 'drop-in' }),
  ...cisVersions.map((version) => choices({ pack: 'cis', version })),
];

describe('conformance packs', () => {
  for (const choice of everyChoice) {
    it(`${choice.pack} ${choice.version ?? ''} is one that AWS Config takes as text`, async () => {
      const text = await packText(choice);
      expect(Buffer.byteLength(text)).to.be.at.most(LARGEST_INLINE);
      expect(packProblems(parse(text) as object, text)).to.deep.equal([]);
      expect(parse(text)).to.deep.equal(JSON.parse(JSON.stringify(conformancePack(choice))));
    });
  }

  for (const name of Object.keys(examplePacks)) {
    it(`the example ${name} has the two types that a pack takes, and literal names and roles`, () => {
      const text = readFileSync(`deploy/conformance-packs/${name}.yml`, 'utf8');
      const { Resources } = parse(text) as Pack;
      const types = new Set(Object.values(Resources).map(({ Type }) => Type));
      expect([...types].sort()).to.deep.equal(['AWS::Config::ConfigRule', 'AWS::Config::RemediationConfiguration']);
      for (const { Properties } of Object.values(Resources)) expect(Properties!['ConfigRuleName']).to.be.a('string');
    });
  }

  it('evaluate once a day, without trails and without changes of alarms, unless that is asked for', () => {
    for (const rule of rulesOf(conformancePack(choices()))) {
      expect(inputOf(rule)['reportTrails']).to.equal('false');
      expect(rule.Properties['Scope']).to.deep.equal({
        ComplianceResourceTypes: ['AWS::CloudTrail::Trail', 'AWS::SNS::Topic'],
      });
      const { SourceDetails } = rule.Properties['Source'] as { readonly SourceDetails: readonly Given[] };
      expect(
        SourceDetails.map(({ MessageType, MaximumExecutionFrequency }) => [MessageType, MaximumExecutionFrequency]),
      ).to.deep.equal([
        ['ConfigurationItemChangeNotification', undefined],
        ['OversizedConfigurationItemChangeNotification', undefined],
        ['ScheduledNotification', 'TwentyFour_Hours'],
      ]);
    }
    const [asked] = rulesOf(conformancePack(choices({ pack: 'mfa' })), { ReportTrails: 'true', Schedule: 'One_Hour' });
    expect(inputOf(asked!)).to.deep.equal({ controlId: 'D9.AWS.MON.25' });
    expect(JSON.stringify(asked)).to.contain('"MaximumExecutionFrequency":"One_Hour"');
  });

  it('give the function parameters that it understands, also where all are given', () => {
    const given = {
      ...{ PatternMatch: 'covers', RequireMultiRegionTrail: 'true', SubscriberProtocols: 'email,sms' },
      ...{ OnUndecided: 'NOT_APPLICABLE', OnForeignTrail: 'NON_COMPLIANT', AssumeRoleMode: 'true' },
      ExecutionRoleName: `${'p'.repeat(60)}/${'r'.repeat(64)}`,
      ForeignAccountRoleName: 'r'.repeat(64),
    };
    for (const rule of rulesOf(conformancePack(choices()), given)) {
      const input = inputOf(rule);
      expect(Object.keys(input)).to.have.length(10);
      expect(JSON.stringify(input).length).to.be.at.most(1024);
      expect(parseParameters(input)).to.have.nested.property('parameters.control.id', input['controlId']);
    }
  });

  it('hold every control once, under the name that the template gives it', () => {
    const rules = rulesOf(conformancePack(choices()));
    expect(rules.map((rule) => inputOf(rule)['controlId'])).to.deep.equal(catalog.map(({ id }) => id));
  });

  it('for CIS hold the section of the version, in its order, each number once', () => {
    for (const version of cisVersions) {
      const numbers = cisSection(version).map(({ cis }) => cis![version]);
      const section = { '1.2.0': 3, '6.0.0': 5, '7.0.0': 5 }[version] ?? 4;
      const last = version === '1.2.0' ? 14 : 15;
      expect(numbers, version).to.deep.equal(Array.from({ length: last }, (_, index) => `${section}.${index + 1}`));
    }
  });

  it('for CIS ask for a trail of all regions, and remediate sign-ins by a text that the version prints', () => {
    const [rule] = rulesOf(conformancePack(choices({ pack: 'cis', version: '3.0.0' })));
    expect(inputOf(rule!)['requireMultiRegionTrail']).to.equal('true');
    const signIn = (version: string) => cisSection(version)[1]!;
    for (const version of cisVersions) {
      expect(signIn(version).texts[0]!.origins.join(), version).to.match(
        new RegExp(`CIS ${version.replaceAll('.', '\\.')} `),
      );
    }
    expect(signIn('1.4.0').id).to.equal('CIS-1.2.0-3.2');
    expect(signIn('5.0.0').id).to.equal('CloudWatch.3');
  });

  /** As in Operational-Best-Practices-for-CIS-AWS-v1.4-Level2.yaml, with what each check is about. */
  const dropIn: readonly (readonly [name: keyof typeof processChecks, controlId: string])[] = [
    ['alarm-unauthorized-api-calls', 'CloudWatch.2'],
    ['alarm-sign-in-without-mfa', 'CIS-1.2.0-3.2'],
    ['alarm-root-account-use', 'CloudWatch.1'],
    ['alarm-iam-policy-change', 'CloudWatch.4'],
    ['alarm-cloudtrail-config-change', 'CloudWatch.5'],
    ['alarm-console-auth-failures', 'CloudWatch.6'],
    ['alarm-kms-disable-or-delete-cmk', 'CloudWatch.7'],
    ['alarm-s3-bucket-policy-change', 'CloudWatch.8'],
    ['alarm-aws-config-change', 'CloudWatch.9'],
    ['alarm-vpc-secrity-group-change', 'CloudWatch.10'],
    ['alarm-vpc-nacl-change', 'CloudWatch.11'],
    ['alarm-vpc-network-gateway-change', 'CloudWatch.12'],
    ['alarm-vpc-route-table-change', 'CloudWatch.13'],
    ['alarm-vpc-change', 'CloudWatch.14'],
    ['alarm-organizations-change', 'CIS-1.3.0-4.15'],
  ];
  it('to drop in have the fifteen names of the process checks, each with its control', () => {
    const rules = rulesOf(conformancePack(choices({ pack: 'drop-in' })));
    const named = rules.map((rule) => [rule.Properties['ConfigRuleName'], inputOf(rule)['controlId']]);
    expect(named).to.deep.equal(dropIn);
  });

  it('name the role and the document that the template creates in the same account and region', () => {
    const pack = conformancePack(choices({ prefix: 'team-' }));
    const { resources } = resolveTemplate({ ...remediationTemplate(), Conditions: {} }, { RulePrefix: 'team-' });
    const document = String(resources['RemediationDocument']!.Properties['Name']);
    const role = String(resources['RemediationRole']!.Properties['RoleName']).replace('eu-west-1', 'us-east-1');
    const offered = resolved(pack).filter(({ Type }) => Type === 'AWS::Config::RemediationConfiguration');
    expect(offered).to.have.length(catalog.length);
    for (const { Properties } of offered) {
      expect(Properties['TargetId']).to.equal(document);
      const parameters = Properties['Parameters'] as Readonly<Record<string, unknown>>;
      expect(parameters['AutomationAssumeRole']).to.deep.equal({
        StaticValue: { Values: [`arn:aws:iam::111122223333:role/${role}`] },
      });
      expect(Object.keys(remediationDocument().parameters)).to.include.members(Object.keys(parameters));
    }
  });

  it('offer for each rule the remediation of its own control, after the rule exists', () => {
    const { Resources } = conformancePack(choices({ pack: 'drop-in' }));
    for (const { Type, DependsOn, Properties } of Object.values(Resources)) {
      if (Type !== 'AWS::Config::RemediationConfiguration') continue;
      const rule = Resources[DependsOn![0]!]!.Properties!;
      expect(Properties!['ConfigRuleName']).to.equal(rule['ConfigRuleName']);
      const { controlId } = rule['InputParameters'] as Given;
      expect(JSON.stringify(Properties!['Parameters'])).to.contain(
        `"ControlId":{"StaticValue":{"Values":["${controlId!}"]}}`,
      );
      expect(controlById(controlId!)).not.to.equal(undefined);
    }
  });

  it('in China and GovCloud name roles of that partition', () => {
    const roleIn = (region: string) =>
      JSON.stringify(conformancePack(choices({ pack: 'mfa', remediation: { ...remediation, region } })));
    expect(roleIn('cn-north-1')).to.contain('arn:aws-cn:iam::111122223333:role/');
    expect(roleIn('us-gov-west-1')).to.contain('arn:aws-us-gov:iam::111122223333:role/');
  });
});

describe('npm run conformance-pack', function () {
  this.timeout(60_000);
  const run = (options: string) => runShell(`node --import tsx deploy/generate/conformance-pack.ts ${options}`, {});

  it('prints what is kept as an example', async () => {
    const { status, stdout, stderr } = await run('drop-in --account 111122223333 --region us-east-1');
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.equal(readFileSync('deploy/conformance-packs/drop-in.yml', 'utf8'));
  });

  it('takes the function, the prefix, and no remediation', async () => {
    const { stdout } = await run(
      `cis --cis-version 1.2.0 --prefix team- --function-arn ${functionArn} --no-remediation`,
    );
    const pack = parse(stdout) as Pack;
    expect(pack.Parameters['FunctionArn']!.Default).to.equal(functionArn);
    expect(Object.values(pack.Resources).map(({ Type }) => Type)).to.deep.equal(
      Array(14).fill('AWS::Config::ConfigRule'),
    );
    expect(stdout).to.contain('ConfigRuleName: team-iam-policies');
  });

  const wrong: readonly (readonly [options: string, words: string])[] = [
    ['cis --no-remediation', '--cis-version belongs to the pack cis'],
    ['mfa --cis-version 5.0.0 --no-remediation', '--cis-version belongs to the pack cis'],
    ['cis --cis-version 8.0.0 --no-remediation', 'Allowed choices are 1.2.0'],
    ['everything', 'Allowed choices are mfa, cis, all, drop-in'],
    ['all', 'give --account and --region'],
    ['all --account 1111 --region us-east-1', 'give 12 digits'],
    ['all --no-remediation --prefix much-too-long-prefix', '1 to 17 letters'],
  ];
  it('says what is allowed, and prints no pack', async () => {
    const ran = await Promise.all(wrong.map(async ([options, words]) => ({ ...(await run(options)), words })));
    for (const { status, stdout, stderr, words } of ran) {
      expect([status, stdout]).to.deep.equal([1, '']);
      expect(stderr).to.contain(words);
    }
  });
});
