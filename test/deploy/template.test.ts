import { expect } from 'chai';

import { memberOnlyActions } from '../../deploy/generate/permissions.ts';
import { readServerlessFile } from '../../deploy/generate/serverless-file.ts';
import { LONGEST_PREFIX, LONGEST_RULE_NAME } from '../../deploy/generate/rule-names.ts';
import { selfContainedTemplate } from '../../deploy/generate/template.ts';
import { catalog } from '../../src/controls/catalog.ts';
import { METRICS_NAMESPACE } from '../../src/lambda/log/metrics.ts';
import { parseParameters } from '../../src/parameters/parameters.ts';
import { parameterNames } from '../../src/parameters/table.ts';
import { usedActions } from '../support/used-actions.ts';
import type { ResolvedResource } from './resolve-template.ts';
import { resolveTemplate } from './resolve-template.ts';

const template = selfContainedTemplate(readServerlessFile('serverless.yml'), 'exports.evaluate = () => {};');

type Given = Readonly<Record<string, string>>;

const ofType = (type: string, given: Given = {}): readonly ResolvedResource[] =>
  Object.values(resolveTemplate(template, given).resources).filter(({ Type }) => Type === type);
const rules = (given: Given = {}) => ofType('AWS::Config::ConfigRule', given);
const controlsOf = (given: Given) =>
  rules(given).map(({ Properties }) => (Properties['InputParameters'] as { controlId?: string }).controlId);
const ids = catalog.map(({ id }) => id);

describe('the self-contained template', () => {
  const choices: readonly (readonly [controls: string, chosen: readonly string[]])[] = [
    ['D9.AWS.MON.25', ['D9.AWS.MON.25']],
    ['CloudWatch.1', ['CloudWatch.1']],
    ['CloudWatch.10', ['CloudWatch.10']],
    ['CloudWatch.1,CloudWatch.10', ['CloudWatch.1', 'CloudWatch.10']],
    ['CloudWatch.14,CloudWatch.4', ['CloudWatch.4', 'CloudWatch.14']],
    ['CIS-1.2.0-3.2,CloudWatch.3,D9.AWS.MON.25', ['D9.AWS.MON.25', 'CloudWatch.3', 'CIS-1.2.0-3.2']],
    ['CloudWatch.5,CloudWatch.5', ['CloudWatch.5']],
    [ids.join(','), ids],
    ['all', ids],
    ['none', []],
  ];
  for (const [controls, chosen] of choices) {
    it(`with Controls=${controls.length > 60 ? 'every id' : controls} has a rule for exactly these controls`, () => {
      expect(controlsOf({ Controls: controls })).to.have.members(chosen);
      expect(controlsOf({ Controls: controls })).to.have.length(chosen.length);
    });
  }

  for (const id of ids) {
    it(`leaves out ${id}, where all others are chosen`, () => {
      const others = ids.filter((other) => other !== id);
      expect(controlsOf({ Controls: others.join(',') })).to.have.members(others);
    });
  }

  for (const wrong of [
    '',
    'CloudWatch.15',
    'CloudWatch',
    'CloudWatchX1',
    'all,none',
    'CloudWatch.1, CloudWatch.2',
    ',',
  ]) {
    it(`refuses Controls=${JSON.stringify(wrong)}`, () => {
      expect(() => controlsOf({ Controls: wrong })).to.throw('Controls failed to satisfy constraint');
    });
  }

  it('adds a rule for a filter pattern of your own', () => {
    const given = { Controls: 'none', FilterPattern: '{ $.eventName = CreateUser }' };
    const [rule, ...others] = rules(given);
    expect(others).to.deep.equal([]);
    const input = rule!.Properties['InputParameters'];
    expect(input).to.deep.equal({ filterPattern: given.FilterPattern });
    expect(parseParameters(input)).to.include({ kind: 'parsed' });
  });

  it('gives every rule what is not at its default, and the function understands it', () => {
    const given = {
      ...{ Controls: 'all', PatternMatch: 'covers', RequireMultiRegionTrail: 'true', MaxEventsToAlarm: '3' },
      ...{ ReportTrails: 'false', ForeignAccountRoleName: 'audit/reader' },
    };
    for (const { Properties } of rules(given)) {
      const { controlId, ...shared } = Properties['InputParameters'] as Given;
      expect(shared).to.deep.equal({
        ...{ patternMatch: 'covers', requireMultiRegionTrail: 'true', maxEventsToAlarm: '3' },
        ...{ reportTrails: 'false', foreignAccountRoleName: 'audit/reader' },
      });
      const parsed = parseParameters({ controlId, ...shared });
      expect(parsed).to.have.nested.property('parameters.control.id', controlId);
    }
  });

  it('has a parameter for every rule parameter but the control, and gives it to every rule', () => {
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type !== 'AWS::Config::ConfigRule') continue;
      const input = Object.keys(Properties!['InputParameters'] as object);
      const own = input.includes('controlId') ? ['filterPattern', 'premises'] : ['controlId'];
      expect([...input, ...own]).to.have.members(parameterNames);
    }
  });

  it('keeps every name of a rule within what packs and organizations leave', () => {
    const names = rules({
      ...{ Controls: 'all', FilterPattern: '{ $.eventName = CreateUser }' },
      RulePrefix: 'p'.repeat(LONGEST_PREFIX),
    }).map(({ Properties }) => String(Properties['ConfigRuleName']));
    expect(new Set(names).size).to.equal(catalog.length + 1);
    for (const name of names) expect(name).to.match(new RegExp(`^[A-Za-z0-9_-]{1,${LONGEST_RULE_NAME}}$`));
    expect(() => rules({ RulePrefix: 'p'.repeat(LONGEST_PREFIX + 1) })).to.throw('RulePrefix');
  });

  it('watches each rule, and no other, for silence, by the metric that the function writes', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm', { Controls: 'CloudWatch.1,CloudWatch.4', Schedule: 'One_Hour' });
    const silence = alarms.filter(({ Properties }) => Properties['Namespace'] === METRICS_NAMESPACE);
    expect(silence.map(({ Properties }) => Properties['Dimensions'])).to.deep.equal([
      [{ Name: 'RuleName', Value: 'cloudtrail-alarm-root-use' }],
      [{ Name: 'RuleName', Value: 'cloudtrail-alarm-iam-policies' }],
    ]);
    for (const { Properties } of silence) expect(Properties['EvaluationPeriods']).to.equal(2);
    expect(alarms).to.have.length(4);
  });

  it('leaves changes of alarms to the schedule, but for the rule on MFA devices', () => {
    const scope = (controls: string) => rules({ Controls: controls })[0]!.Properties['Scope'];
    const [trails, alarms, topics] = ['AWS::CloudTrail::Trail', 'AWS::CloudWatch::Alarm', 'AWS::SNS::Topic'];
    expect(scope('D9.AWS.MON.25')).to.deep.equal({ ComplianceResourceTypes: [trails, alarms, topics] });
    expect(scope('CloudWatch.4')).to.deep.equal({ ComplianceResourceTypes: [trails, topics] });
  });

  it('lets AWS Config call from this account only, unless the function serves other accounts', () => {
    const [own] = ofType('AWS::Lambda::Permission');
    expect(own!.Properties['SourceAccount']).to.equal('123456789012');
    const [central] = ofType('AWS::Lambda::Permission', { OrganizationId: 'o-exampleorgid' });
    expect(central!.Properties).not.to.have.property('SourceAccount');
    expect(central!.Properties['Principal']).to.equal('config.amazonaws.com');
  });

  it('creates every rule after the permission to call the function', () => {
    for (const { DependsOn } of rules({ Controls: 'all' })) expect(DependsOn).to.include('ConfigPermission');
  });

  it('allows the function what its code calls, and its own log and queue', () => {
    const given = { ExecutionRoleName: 'config-rules/reader', ForeignAccountRoleName: 'audit' };
    const { IamRoleLambdaExecution } = resolveTemplate(template, given).resources;
    const roles = IamRoleLambdaExecution!.Properties['Policies'] as object[];
    const policies = ofType('AWS::IAM::Policy', given).map(({ Properties }) => Properties);
    const statements = ([...roles, ...policies] as { PolicyDocument: { Statement: { Action: string | string[] }[] } }[])
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .flatMap(({ Action }) => Action);
    const ofLambda = ['logs:CreateLogStream', 'logs:PutLogEvents', 'sqs:SendMessage'];
    const called = usedActions(new URL('../../src/lambda/entry-point.ts', import.meta.url));
    const own = called.filter((action) => !memberOnlyActions.includes(action));
    expect([...new Set(statements)]).to.have.members([...ofLambda, ...own]);
  });

  it('limits concurrency only where that is asked for', () => {
    const concurrency = (given: Given) =>
      ofType('AWS::Lambda::Function', given)[0]!.Properties['ReservedConcurrentExecutions'];
    expect(concurrency({})).to.equal(undefined);
    expect(concurrency({ ReservedConcurrency: '100' })).to.equal('100');
  });

  it('has no transform, no bucket and no name that a second stack could not have, so that every account can have it', () => {
    expect(template).not.to.have.any.keys('Transform', 'Mappings');
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith('AWS::S3::') || type.startsWith('Custom::'))).to.deep.equal([]);
    expect(JSON.stringify(template)).not.to.match(/"(FunctionName|LogGroupName|QueueName)":"/);
  });

  it('keeps within the counts of CloudFormation', () => {
    expect(Object.keys(template.Resources).length).to.be.at.most(500);
    expect(Object.keys(template.Parameters).length).to.be.at.most(200);
    expect(template.Description.length).to.be.at.most(1024);
    for (const { Description } of Object.values(template.Parameters)) expect(Description.length).to.be.at.most(4000);
  });
});
