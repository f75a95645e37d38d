import { expect } from 'chai';

import { LARGEST_DOCUMENT, remediationDocument } from '../../deploy/generate/remediation/document.ts';
import { remediationTemplate } from '../../deploy/generate/remediation/template.ts';
import { readServerlessFile } from '../../deploy/generate/serverless-file.ts';
import { selfContainedTemplate } from '../../deploy/generate/template.ts';
import { catalog } from '../../src/controls/catalog.ts';
import { resolveTemplate } from './resolve-template.ts';

const template = selfContainedTemplate(readServerlessFile('serverless.yml'), '');
const document = remediationDocument();

type Given = Readonly<Record<string, string>>;

interface Configuration {
  readonly ConfigRuleName: { readonly Ref: string };
  readonly Parameters: Readonly<Record<string, { readonly StaticValue: { readonly Values: readonly unknown[] } }>>;
}

const created = (given: Given) => Object.values(resolveTemplate(template, given).resources);
const configurations = (given: Given = {}) =>
  created(given).filter(({ Type }) => Type === 'AWS::Config::RemediationConfiguration');

/** Every text of a value, at any depth. */
const texts = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(texts)
      : [];

describe('the remediation document', () => {
  it('is small enough with what its parameters can add', () => {
    expect(Buffer.byteLength(JSON.stringify(document)) + 4096).to.be.below(LARGEST_DOCUMENT);
  });

  it('has variables where Systems Manager knows them, and nothing else that looks like one', () => {
    const outputs = document.mainSteps.flatMap((step) =>
      ('outputs' in step ? step.outputs : []).map(({ Name }) => `${step.name}.${Name}`),
    );
    const known = [...Object.keys(document.parameters), 'global:ACCOUNT_ID', 'global:REGION', ...outputs];
    for (const text of texts(document)) {
      const rest = text.replaceAll(/\{\{ ([\w.:]+) \}\}/g, (_, name: string) => {
        expect(known).to.include(name);
        return '';
      });
      expect(rest).not.to.match(/\{\{|\}\}/);
    }
    for (const name of document.outputs) expect(known).to.include(name);
  });

  it('can only create a filter, a topic and an alarm', () => {
    const calls = document.mainSteps.flatMap(({ inputs }) =>
      'Api' in inputs ? [`${inputs.Service} ${inputs.Api}`] : [],
    );
    expect(calls).to.deep.equal(['logs PutMetricFilter', 'sns CreateTopic', 'cloudwatch PutMetricAlarm']);
    const scripts = document.mainSteps.flatMap(({ inputs }) => ('Script' in inputs ? [inputs.Script] : []));
    expect(scripts).to.have.length(2);
    for (const script of scripts) {
      expect(script).not.to.match(
        /\.((put|create|delete|set|update|add|remove|enable|disable|start|stop|tag)_\w+|subscribe|publish)\(/,
      );
    }
  });

  it('knows every control by id, with the texts of its publishers and a name within the limits', () => {
    expect(document.parameters.ControlId.allowedValues).to.deep.equal(catalog.map(({ id }) => id));
    const [plan] = document.mainSteps.flatMap(({ inputs }) => ('Script' in inputs ? [inputs.Script] : []));
    const [, json = '{}'] = /json\.loads\(r'''(.*?)'''\)/s.exec(plan ?? '') ?? [];
    const known = JSON.parse(json) as Readonly<Record<string, { readonly name: string; readonly patterns: string[] }>>;
    for (const { id, texts: published } of catalog) {
      expect(known[id]!.patterns).to.deep.equal(published.map(({ pattern }) => pattern));
      for (const pattern of known[id]!.patterns) expect(pattern.length).to.be.at.most(1024);
      expect(known[id]!.name).to.match(/^cloudtrail-alarm-[a-z0-9-]+$/);
    }
    expect(new Set(Object.values(known).map(({ name }) => name)).size).to.equal(catalog.length);
  });
});

describe('the remediation in the self-contained template', () => {
  it('is offered for the account by the rule of each chosen control, and starts by hand', () => {
    const offered = configurations({ Controls: 'CloudWatch.1,CloudWatch.10' });
    const rules = offered.map(({ Properties }) => (Properties as unknown as Configuration).ConfigRuleName.Ref);
    expect(rules).to.deep.equal(['RuleCloudWatch1', 'RuleCloudWatch10']);
    for (const { Properties } of offered) {
      expect(Properties).to.include({ Automatic: false, TargetType: 'SSM_DOCUMENT', ResourceType: 'AWS::::Account' });
    }
  });

  it('gives the document parameters that it knows, each for the control of its rule', () => {
    const { resources } = resolveTemplate(template, {
      Controls: 'all',
      RemediationTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts',
    });
    const all = configurations({ Controls: 'all', RemediationTopicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts' });
    expect(all).to.have.length(catalog.length);
    for (const { Properties } of all) {
      const { ConfigRuleName, Parameters } = Properties as unknown as Configuration;
      const rule = resources[ConfigRuleName.Ref]!.Properties['InputParameters'] as Given;
      expect(Object.keys(Parameters)).to.have.members(Object.keys(document.parameters));
      expect(Parameters['ControlId']!.StaticValue.Values).to.deep.equal([rule['controlId']]);
      expect(Parameters['TopicArn']!.StaticValue.Values).to.deep.equal(['arn:aws:sns:eu-west-1:123456789012:alerts']);
    }
  });

  it('leaves the topic to the document where none is given', () => {
    const [first] = configurations();
    expect(Object.keys((first!.Properties as unknown as Configuration).Parameters)).to.have.members([
      'AutomationAssumeRole',
      'ControlId',
    ]);
  });

  it('is left out, with its document and role, where nobody wants it', () => {
    expect(configurations({ Remediation: 'false', Controls: 'all' })).to.deep.equal([]);
    const types = created({ Remediation: 'false' }).map(({ Type }) => Type);
    expect(types).not.to.include('AWS::SSM::Document');
    expect(types.filter((type) => type === 'AWS::IAM::Role')).to.have.length(1);
  });

  it('is not offered for a filter pattern of your own, which the document does not know', () => {
    const given = { Controls: 'none', FilterPattern: '{ $.eventName = CreateUser }' };
    expect(configurations(given)).to.deep.equal([]);
  });

  it('has a role that only the automation of the same account can assume', () => {
    const { RemediationRole } = resolveTemplate(template).resources;
    expect(RemediationRole!.Properties['RoleName']).to.equal('cloudtrail-alarm-remediation-eu-west-1');
    const { Statement } = RemediationRole!.Properties['AssumeRolePolicyDocument'] as { Statement: unknown };
    expect(Statement).to.deep.equal([
      {
        Effect: 'Allow',
        Principal: { Service: 'ssm.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '123456789012' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:ssm:eu-west-1:123456789012:automation-execution/*' },
        },
      },
    ]);
  });

  for (const prefix of ['aws-', 'AWSConfig', 'amazon-', 'amzn_']) {
    it(`refuses the prefix ${prefix}, which Systems Manager keeps for itself`, () => {
      expect(() => created({ RulePrefix: prefix })).to.throw('RulePrefix');
    });
  }
});

describe('the template of the remediation alone', () => {
  it('has the document and the role of the whole template, and fits without a bucket', () => {
    const alone = remediationTemplate();
    expect(Object.keys(alone.Resources)).to.deep.equal(['RemediationRole', 'RemediationDocument']);
    expect(Buffer.byteLength(JSON.stringify(alone, undefined, 2))).to.be.at.most(51_200);
    const { resources } = resolveTemplate({ ...alone, Conditions: {} });
    expect(resources['RemediationRole']!.Properties).to.deep.equal(
      resolveTemplate(template).resources['RemediationRole']!.Properties,
    );
  });
});
