import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { snapshotFile } from '../../../src/inventory/snapshot/snapshot-file.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import { READ_AT, TOPIC_ARN, confirmed, onlyParts, snapshotOf, soundWorld } from '../../support/worlds/world.ts';
import { expectResultSchema } from '../../support/formats/result-schema.ts';
import { expectSarif } from '../../support/formats/sarif-log.ts';
import { runIn } from '../run.ts';

const data = 'test/inventory/declared/data';
const account = 'events/accounts/1-everything-right.json';

const sha256Of = (data: Buffer) => createHash('sha256').update(data).digest('hex');

describe('evaluating what is not deployed yet', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'declared-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** A snapshot of the account in which a plan was made. Its subscription has the ARN that the plan knows. */
  async function snapshotBefore(plan: string): Promise<string> {
    const snapshot = join(folder, 'account.json');
    const { resource_changes: changes } = JSON.parse(await readFile(plan, 'utf8')) as {
      resource_changes: { type: string; change: { before: { arn: string } | null } }[];
    };
    const arn = changes.find(({ type }) => type === 'aws_sns_topic_subscription')?.change.before?.arn ?? '';
    const subscriptions = { [TOPIC_ARN]: [confirmed({ subscriptionArn: arn, protocol: 'sms' })] };
    const held = onlyParts(snapshotOf(soundWorld({ subscriptions })), (kind) => !kind.startsWith('event-rule'));
    await writeFile(snapshot, JSON.stringify({ formatVersion: 1, ...held }));
    return snapshot;
  }

  const evaluate = (...args: readonly string[]) => runIn({}, evaluateCommand, args);

  it('takes a Terraform plan for what it is, for the account that the command line names', async () => {
    const args = ['--account-id', '111122223333', '--format', 'json', `${data}/chain/no-subscriber.plan.json`];
    const { code, out } = await evaluate(...args);
    const { results } = JSON.parse(out) as ResultDocument;
    expect([code, results[0]?.accountId, results[0]?.region]).to.deep.equal([2, '111122223333', 'eu-west-1']);
    expect(results[0]?.chains[0].finding?.code).to.equal('NO_SUBSCRIBER');
  });

  it('takes a template with values for its parameters, and asks for the region', async () => {
    const file = join(folder, 'template.yaml');
    await writeFile(
      file,
      'Parameters: { On: { Type: String } }\n' +
        'Resources:\n  T: { Type: AWS::CloudTrail::Trail, Properties: { TrailName: main, IsLogging: !Ref On } }\n',
    );
    const off = await evaluate('--region', 'eu-west-1', '--parameters', 'On=false', '--format', 'json', file);
    expect((JSON.parse(off.out) as ResultDocument).results[0]?.verdict).to.equal('broken');
    const { code, err } = await evaluate(file);
    expect(code).to.equal(1);
    expect(err).to.contain(`${file}: a template does not say in which region it is deployed; give \`--region\``);
  });

  it('says of the verdict after a deployment that the snapshot before it was changed, and what that did not hold', async () => {
    const plan = `${data}/onto/onto-touches-nothing.plan.json`;
    const before = await snapshotBefore(plan);
    await writeFile(before, (await readFile(before, 'utf8')).replaceAll(/"stateValue":"[A-Z]+",?/g, ''));
    const old = await evaluate('--onto', before, '--format', 'json', plan);
    const { notHeld = [], isChanged, sha256, onto } = (JSON.parse(old.out) as ResultDocument).results[0]?.source ?? {};
    expect([notHeld.length > 0, isChanged]).to.deep.equal([true, undefined]);
    // The result names the files that it rests on: the plan, and the snapshot.
    expect(sha256).to.equal(sha256Of(await readFile(plan)));
    const base = sha256Of(await readFile(before));
    expect(onto).to.deep.equal({ readAt: READ_AT, sha256: base, formatVersion: 1 });
    expectResultSchema(old.out);
    expect((await evaluate('--onto', before, plan)).out).to.match(
      new RegExp(`over +snapshot, format 1, sha256 ${base}, read ${READ_AT}\\n`),
    );
    const account = snapshotOf(soundWorld());
    const file = join(folder, 'changed.json');
    const written = JSON.stringify(snapshotFile(account, {}));
    await writeFile(file, written.replace('"threshold":1', '"threshold":0.5'));
    expect((await evaluate('--onto', file, plan)).out).to.contain('the snapshot is not as it was written');
    const template = join(folder, 'a.yaml');
    await writeFile(template, 'Resources: { T: { Type: AWS::SNS::Topic } }\n');
    const other = join(folder, 'b.yaml');
    await writeFile(other, 'Resources: { U: { Type: AWS::SNS::Topic } }\n');
    expect((await evaluate('--onto', file, template, other)).out).to.contain('the snapshot is not as it was written');
    await writeFile(file, written);
    expect((await evaluate('--onto', file, plan)).out).not.to.contain('the snapshot is not as it was written');
  });

  it('lays nothing over a copy under other names, in which it would find nothing that it deletes', async () => {
    const file = join(folder, 'redacted.json');
    await writeFile(file, JSON.stringify(snapshotFile(snapshotOf(soundWorld()), { redacted: true })));
    const { code, err } = await evaluate('--onto', file, `${data}/onto/onto-touches-nothing.plan.json`);
    expect([code, err]).to.deep.equal([
      1,
      `error: ${file}: a copy under other names; \`--onto\` needs the names of the account\n`,
    ]);
  });

  it('lays a plan over a snapshot, and says what the plan changes', async () => {
    const plan = `${data}/onto/onto-removes-subscriber.plan.json`;
    const snapshot = await snapshotBefore(plan);
    const text = await evaluate('--onto', snapshot, plan);
    expect(text.code).to.equal(2);
    expect(text.out).to.contain(
      '  The deployment changes this: satisfied → broken NO_SUBSCRIBER\n' +
        '  subscriber     1 confirmed (sms) (holds) → none (NO_SUBSCRIBER)\n',
    );
    const json = await evaluate('--onto', snapshot, '--format', 'json', plan);
    expect((JSON.parse(json.out) as ResultDocument).results[0]?.before).to.deep.equal({
      verdict: 'satisfied',
      code: 'SATISFIED',
      links: [
        {
          link: 'subscriber',
          before: { state: 'holds', subject: '1 confirmed (sms)' },
          after: { state: 'broken', subject: 'none', code: 'NO_SUBSCRIBER' },
        },
      ],
    });
    const harmless = `${data}/onto/onto-touches-nothing.plan.json`;
    const same = await evaluate('--onto', await snapshotBefore(harmless), harmless);
    expect(same.out).to.contain('The deployment changes nothing: satisfied before and after.');
    expect(same.code).to.equal(0);
  });

  it('points to the place in a template, in every format that people or programs read', async () => {
    const file = join(folder, 'place.yaml');
    const lines = ['# A trail that is off', 'Resources:', '  Trail:', '    Type: AWS::CloudTrail::Trail'];
    await writeFile(file, [...lines, '    Properties: { TrailName: main, IsLogging: false }', ''].join('\n'));
    const args = ['--region', 'eu-west-1', file];
    const place = { address: 'Trail', file, line: 3 };
    const json = JSON.parse((await evaluate('--format', 'json', ...args)).out) as ResultDocument;
    expect(json.results[0]?.chains[0].place).to.deep.equal(place);
    expect(json.results[0]?.chains[0].links[0]?.place).to.deep.equal(place);
    expect((await evaluate(...args)).out).to.contain(`  place   ${file}:3 Trail\n`);
    expect((await evaluate('--format', 'markdown', ...args)).out).to.contain(`Place: \`${file}:3 Trail\``);
    expect((await evaluate('--format', 'html', ...args)).out).to.contain(`<dd><code>${file}:3 Trail</code></dd>`);
    const sarif = expectSarif((await evaluate('--format', 'sarif', ...args)).out);
    expect(sarif.runs[0].results[0]?.locations[0].physicalLocation).to.deep.equal({
      artifactLocation: { uri: `file://${file}` },
      region: { startLine: 3 },
    });
  });

  const inPlans: readonly (readonly [plan: string, address: string])[] = [
    ['no-subscriber', 'aws_sns_topic.alerts'],
    ['trail-not-logging', 'aws_cloudtrail.main'],
    ['filter-narrower', 'aws_cloudwatch_log_metric_filter.mfa'],
    ['alarm-without-action', 'aws_cloudwatch_metric_alarm.mfa'],
    // Where there is no alarm, the filter comes before it.
    ['alarm-count-zero', 'aws_cloudwatch_log_metric_filter.mfa'],
  ];
  for (const [plan, address] of inPlans) {
    it(`points to ${address} in the plan ${plan}`, async () => {
      const { out } = await evaluate('--format', 'json', `${data}/chain/${plan}.plan.json`);
      expect((JSON.parse(out) as ResultDocument).results[0]?.chains[0].place).to.deep.equal({ address });
    });
  }

  it('points to the ARN of what an account has', async () => {
    const { out } = await evaluate('--format', 'sarif', 'events/accounts/2-no-subscriber.json');
    const [result] = expectSarif(out).runs[0].results;
    expect(result?.locations[0].logicalLocations[0].fullyQualifiedName).to.match(/^arn:aws:sns:/);
  });

  it('evaluates several templates together, and other files each by itself', async () => {
    const [one, two] = [join(folder, 'one.yaml'), join(folder, 'two.json')];
    await writeFile(one, 'Resources: { Trail: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: false } } }');
    await writeFile(two, '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}');
    const plan = `${data}/chain/sound.plan.json`;
    const { out } = await evaluate('--region', 'eu-west-1', '--format', 'json', one, plan, two);
    const { results } = JSON.parse(out) as ResultDocument;
    expect(results.map(({ name, verdict }) => [name, verdict])).to.deep.equal([
      ['sound.plan', 'satisfied'],
      ['one + two', 'broken'],
    ]);
    expect(results[1]?.chains[0].place).to.deep.equal({ address: 'Trail', file: one, line: 1 });
  });

  it('evaluates the templates in the output of the CDK, and nothing else in its folder', async () => {
    const assembly = join(folder, 'cdk.out');
    await mkdir(assembly);
    const nested = 'AppInner.nested.template.json';
    const inner =
      '{"Resources":{"Trail":{"Type":"AWS::CloudTrail::Trail","Properties":{"IsMultiRegionTrail":true,"IsLogging":{"Ref":"On"}}}},"Parameters":{"On":{"Type":"String"}}}';
    const stack = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: { 'Fn::Sub': 'https://s3.${AWS::Region}/a.json' }, Parameters: { On: 'false' } },
      Metadata: { 'aws:asset:path': nested, 'aws:asset:property': 'TemplateURL' },
    };
    await writeFile(join(assembly, 'cdk.out'), '{"version":"36.0.0"}');
    await writeFile(join(assembly, 'manifest.json'), '{"version":"36.0.0","artifacts":{}}');
    await writeFile(join(assembly, 'App.template.json'), JSON.stringify({ Resources: { Inner: stack } }));
    await writeFile(join(assembly, nested), inner);
    const { code, out } = await evaluate('--region', 'eu-west-1', '--format', 'json', assembly);
    const { results } = JSON.parse(out) as ResultDocument;
    expect([code, results.length]).to.deep.equal([2, 1]);
    const nearest = results[0]?.chains[0];
    expect([nearest?.finding?.code, nearest?.place?.file]).to.deep.equal(['TRAIL_NOT_LOGGING', join(assembly, nested)]);
  });

  describe('reads a stack without resources, as the CDK writes it,', () => {
    const cdk = 'test/inventory/declared/data/templates/cdk';
    /** What every stack of the CDK has besides resources. */
    async function sectionsOf(template: string, ...names: readonly string[]): Promise<string> {
      const sections = JSON.parse(await readFile(template, 'utf8')) as Readonly<Record<string, unknown>>;
      return JSON.stringify(Object.fromEntries(names.map((name) => [name, sections[name]])));
    }
    const stacks = {
      'with its rule': () => sectionsOf(`${cdk}/Audit.template.json`, 'Parameters', 'Rules'),
      'of the legacy synthesizer': () => Promise.resolve('{}'),
      'with an output': () => Promise.resolve('{"Outputs":{"Stage":{"Value":"prod"}}}'),
    };
    for (const [what, textOf] of Object.entries(stacks)) {
      it(`${what}, next to the other stacks of its folder`, async () => {
        const assembly = await mkdtemp(join(folder, 'cdk-'));
        await writeFile(join(assembly, 'cdk.out'), '{"version":"36.0.0"}');
        for (const name of ['Audit.template.json', 'AuditAlarmsA8787827.nested.template.json'])
          await copyFile(`${cdk}/${name}`, join(assembly, name));
        await writeFile(join(assembly, 'Empty.template.json'), await textOf());
        const { code, out } = await evaluate('--region', 'eu-west-1', '--format', 'json', assembly);
        const { results } = JSON.parse(out) as ResultDocument;
        expect([code, results.length, results[0]?.verdict]).to.deep.equal([0, 1, 'satisfied']);
      });

      it(`${what}, alone as undecided`, async () => {
        const file = join(folder, 'Empty.template.json');
        await writeFile(file, await textOf());
        const { code, out } = await evaluate('--region', 'eu-west-1', file);
        expect(code).to.equal(3);
        expect(out).to.contain('the CloudFormation template declares no trail');
      });
    }

    it('and takes an empty object under another name for no template', async () => {
      const file = join(folder, 'empty.json');
      await writeFile(file, '{}');
      const { code, err } = await evaluate('--region', 'eu-west-1', file);
      expect(code).to.equal(1);
      expect(err).to.contain('not a snapshot file');
    });

    it('and takes a template whose resources have another name for no template', async () => {
      const file = join(folder, 'misspelt.json');
      await writeFile(file, '{"AWSTemplateFormatVersion":"2010-09-09","Resource":{}}');
      const { code, err } = await evaluate('--region', 'eu-west-1', file);
      expect(code).to.equal(1);
      expect(err).to.contain('`Resources` must be Object');
    });
  });

  it('reads a plan in UTF-16, as PowerShell writes it', async () => {
    const file = join(folder, 'utf-16.json');
    await writeFile(file, `\uFEFF${await readFile(`${data}/chain/sound.plan.json`, 'utf8')}`, 'utf16le');
    expect((await evaluate(file)).code).to.equal(0);
  });

  const foreign: readonly (readonly [what: string, text: string, message: string])[] = [
    ['nothing', ' \n', 'this looks like an empty file; expected is a snapshot, a Terraform plan in JSON'],
    [
      'a plan in binary',
      'PK\u0003\u0004plan',
      'in the binary format of Terraform, or another archive; print it with `terraform show',
    ],
    [
      'a state',
      '{"version":4,"terraform_version":"1.9.0","serial":3,"lineage":"x"}',
      'the state of Terraform; give the plan',
    ],
    ['a shown state', '{"format_version":"1.0","values":{}}', 'the state of Terraform; give the plan'],
    [
      'a log of a plan',
      '{"@level":"info","@message":"Terraform 1.9.0"}\n{"@level":"info"}\n',
      'the log that `terraform plan -json`',
    ],
    [
      'a plan for people',
      'Terraform will perform the following actions:\n\n  # x\n',
      'what `terraform plan` prints for people',
    ],
    [
      'a configuration',
      'resource "aws_sns_topic" "a" {\n  name = "a"\n}\n',
      'a Terraform configuration; give the plan',
    ],
    [
      'a manifest',
      'apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Pod\n',
      'a Kubernetes manifest; expected is',
    ],
    [
      'an answer with a template',
      '{"TemplateBody":{"Resources":{}}}',
      'give the template in its member `TemplateBody`',
    ],
    ['a manifest of the CDK', '{"version":"36.0.0","artifacts":{}}', 'give the files `*.template.json`'],
    ['a package', '{"name":"x","version":"1.0.0","dependencies":{}}', 'a package.json; expected is'],
    ['a list', '[1]', 'this is a list; expected is'],
    ['some object', '{"a":1}', 'this is none of the files that are evaluated; expected is'],
    ['a broken template', 'Resources:\n  A: [\n', 'this looks like a CloudFormation template, and cannot be read: '],
  ];
  for (const [what, text, message] of foreign) {
    it(`names a file with ${what} for what it looks like`, async () => {
      const file = join(folder, 'foreign');
      await writeFile(file, text);
      const { code, err } = await evaluate(file);
      expect(code).to.equal(1);
      expect(err).to.contain(message);
    });
  }

  const refused: readonly (readonly [claim: string, args: readonly string[], message: string])[] = [
    [
      'an account for a snapshot',
      ['--account-id', '111122223333', 'events/accounts/1-everything-right.json'],
      'a snapshot says its own account',
    ],
    ['an account that is none', ['--account-id', '1', `${data}/chain/sound.plan.json`], 'Allowed are twelve digits'],
    [
      'a parameter without a value',
      ['--parameters', 'On', `${data}/chain/sound.plan.json`],
      'such as Email=oncall@example.com',
    ],
    ['a snapshot for a snapshot', ['--onto', account, account], '`--onto` go with plans and templates'],
    ['a snapshot without a plan', ['--onto', account, '--samples'], '`--onto` goes with'],
    ['a file that is no snapshot to lay a plan over', ['--onto', 'package.json', account], 'not a snapshot file'],
    ['a parameter without a template', ['--parameters', 'On=1', '--samples'], '`--parameters` goes with'],
  ];
  for (const [claim, args, message] of refused) {
    it(`refuses ${claim}`, async () => {
      const { code, out, err } = await evaluate(...args);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err).to.contain(message);
    });
  }
});
