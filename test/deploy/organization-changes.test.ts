import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { expect } from 'chai';
import type { CollectionTag, ScalarTag } from 'yaml';
import { YAMLSeq, parse as parseYaml } from 'yaml';

import { match, parse } from '../../src/event-pattern/index.ts';
import { resolveTemplate } from './resolve-template.ts';

const file = 'deploy/organization-changes.yml';
const long = (name: string) => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);
const scalarTags = ['Ref', 'Sub', 'GetAtt', 'Condition'].map((name): ScalarTag => ({
  tag: `!${name}`,
  resolve: (text) => ({ [long(name)]: name === 'GetAtt' ? text.split('.') : text }),
}));
const listTags = ['If', 'Not', 'Equals', 'Or', 'And'].map((name): CollectionTag => ({
  tag: `!${name}`,
  collection: 'seq',
  resolve: (list) => ({ [long(name)]: list instanceof YAMLSeq ? (list.toJSON() as unknown) : list }),
}));
const template = parseYaml(readFileSync(file, 'utf8'), { customTags: [...scalarTags, ...listTags] }) as Parameters<
  typeof resolveTemplate
>[0];

interface Target {
  readonly Id: string;
  readonly Arn: unknown;
  readonly InputTransformer?: {
    readonly InputPathsMap: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

const BUS = 'arn:aws:events:eu-west-1:111122223333:event-bus/a';
const resourcesFor = (given: Readonly<Record<string, string>>) => resolveTemplate(template, given).resources;
const targetsOf = (given: Readonly<Record<string, string>>, rule = 'Changes') =>
  (resourcesFor(given)[rule]?.Properties['Targets'] ?? []) as readonly Target[];
const central = { Email: 'a@example.com', OrganizationId: 'o-exampleorgid' };

/** https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
const eventOf = (
  configRuleName: string,
  resourceType = 'AWS::::Account',
  messageType = 'ComplianceChangeNotification',
) => ({
  version: '0',
  'detail-type': 'Config Rules Compliance Change',
  source: 'aws.config',
  account: '222233334444',
  time: '2026-11-20T10:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: {
    resourceId: '222233334444',
    awsRegion: 'eu-west-1',
    awsAccountId: '222233334444',
    configRuleName,
    recordVersion: '1.0',
    messageType,
    newEvaluationResult: {
      complianceType: 'NON_COMPLIANT',
      annotation: 'NO_ALARM: no alarm watches metric "a" \\ b [eu-west-1]',
    },
    resourceType,
  },
});

describe('the template that sends changes of compliance in an organization to people', () => {
  const pattern = (given: Readonly<Record<string, string>>, rule = 'Changes') => {
    const parsed = parse(JSON.stringify(resourcesFor(given)[rule]?.Properties['EventPattern']));
    if (parsed.kind !== 'parsed') throw new Error('the event pattern is not valid');
    return parsed.pattern;
  };
  const isSent = (event: object, given: Readonly<Record<string, string>> = { Email: 'a@example.com' }) =>
    match(pattern(given), JSON.stringify(event)).matches;

  for (const name of [
    'mfa-deactivation-alarm',
    'cloudtrail-alarm-root-use',
    'cloudtrail-alarm-mfa-deactivation-conformance-pack-a1b2c3d4e',
    'OrgConfigRule-mfa-deactivation-alarm-a1b2c3d4',
    'OrgConfigRule-cloudtrail-alarm-vpcs-a1b2c3d4',
  ]) {
    it(`sends a change of ${name}`, () => {
      expect(isSent(eventOf(name))).to.equal(true);
    });
  }

  it('sends a change of rules with a prefix of your own', () => {
    expect(isSent(eventOf('alarm-vpc-change'))).to.equal(false);
    expect(isSent(eventOf('alarm-vpc-change'), { Email: 'a@example.com', RulePrefix: 'alarm-' })).to.equal(true);
  });

  it('sends nothing of other rules, of a single trail, or of another kind', () => {
    expect(isSent(eventOf('encrypted-volumes'))).to.equal(false);
    expect(isSent(eventOf('mfa-deactivation-alarm', 'AWS::CloudTrail::Trail'))).to.equal(false);
    expect(isSent(eventOf('mfa-deactivation-alarm', 'AWS::::Account', 'ConfigRulesEvaluationStarted'))).to.equal(false);
    expect(isSent({ ...eventOf('mfa-deactivation-alarm'), source: 'somebody' })).to.equal(false);
  });

  it('sends what others forward by the same pattern and in the same words', () => {
    const { Changes: own, ForwardedChanges: forwarded } = resourcesFor(central);
    expect(forwarded!.Properties['EventPattern']).to.deep.equal(own!.Properties['EventPattern']);
    expect(targetsOf(central, 'ForwardedChanges')).to.deep.equal(targetsOf(central));
  });

  it('writes a message that is JSON, with the reason, whatever is in it', () => {
    const [{ InputTransformer: transformer } = { InputTransformer: undefined }] = targetsOf({ Email: 'a@example.com' });
    const event = eventOf('mfa-deactivation-alarm');
    const valueAt = (path: string) =>
      path
        .split('.')
        .slice(1)
        .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], event);
    const filled = transformer!.InputTemplate.replaceAll(/<(\w+)>/g, (_, name: string) =>
      JSON.stringify(valueAt(transformer!.InputPathsMap[name] ?? '')),
    );
    expect(JSON.parse(filled)).to.deep.equal({
      account: '222233334444',
      region: 'eu-west-1',
      rule: 'mfa-deactivation-alarm',
      compliance: 'NON_COMPLIANT',
      reason: 'NO_ALARM: no alarm watches metric "a" \\ b [eu-west-1]',
      at: '2026-11-20T10:00:00Z',
    });
  });

  it('has what each place needs, and nothing else', () => {
    const idsFor = (given: Readonly<Record<string, string>>) => Object.keys(resourcesFor(given)).sort();
    const ofPeople = ['Changes', 'Subscription', 'Topic', 'TopicPolicy'];
    expect(idsFor({ Email: 'a@example.com' })).to.deep.equal(ofPeople);
    expect(idsFor({ ForwardTo: BUS })).to.deep.equal(['Changes', 'ForwardRole']);
    expect(idsFor(central)).to.deep.equal([...ofPeople, 'Bus', 'ForwardedChanges'].sort());
    expect(targetsOf({ ForwardTo: BUS }).map(({ Id, Arn }) => [Id, Arn])).to.deep.equal([['central', BUS]]);
  });

  it('accepts events of the organization only', () => {
    const { Bus: bus } = resourcesFor(central);
    const [statement] = (bus!.Properties['Policy'] as { readonly Statement: readonly object[] }).Statement;
    expect(statement).to.deep.include({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } });
  });

  it('passes cfn-lint', function () {
    this.timeout(60_000);
    const python = execFileSync('.ci/python.sh', { encoding: 'utf8' }).trim();
    const PATH = `${python}:${process.env['PATH'] ?? ''}`;
    expect(execFileSync('cfn-lint', [file], { env: { ...process.env, PATH }, encoding: 'utf8' })).to.equal('');
  });
});
