import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { outputFormatNames } from '../../../src/report/formats/output-formats.ts';
import { templateOf } from '../../support/worlds/template-of-world.ts';
import { READ_AT, TOPIC_ARN, confirmed, snapshotOf, soundWorld } from '../../support/worlds/world.ts';
import { runIn } from '../run.ts';

const SECRET = 'hidden-4711';

interface Plan {
  readonly variables?: Record<string, { readonly value: string }>;
  readonly resource_changes: readonly {
    readonly type: string;
    readonly change: { after: Record<string, unknown> | null; after_sensitive?: Record<string, unknown> | boolean };
  }[];
  readonly configuration: {
    readonly root_module: {
      variables?: Record<string, object>;
      readonly resources: readonly { readonly type: string; expressions?: Record<string, unknown> }[];
    };
  };
}

describe('a value that a file marks as sensitive', () => {
  let folder = '';
  let file = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sensitive-'));
    file = join(folder, 'file.json');
  });
  after(() => rm(folder, { recursive: true }));

  /** The sound plan with one attribute that comes from a sensitive variable. */
  async function writePlan(type: string, attribute: string, value: string): Promise<void> {
    const plan = JSON.parse(await readFile('test/inventory/declared/data/chain/sound.plan.json', 'utf8')) as Plan;
    for (const { type: of, change } of plan.resource_changes) {
      if (of !== type || change.after === null) continue;
      change.after[attribute] = value;
      change.after_sensitive = { [attribute]: true };
    }
    for (const one of plan.configuration.root_module.resources) {
      if (one.type === type) one.expressions = { ...one.expressions, [attribute]: { references: ['var.hidden'] } };
    }
    plan.configuration.root_module.variables = { hidden: { sensitive: true } };
    await writeFile(file, JSON.stringify({ ...plan, variables: { ...plan.variables, hidden: { value } } }));
  }

  /** What every format prints, with the exit code. */
  async function printed(...args: readonly string[]): Promise<readonly [code: number, text: string]> {
    let [code, text] = [0, ''];
    for (const format of outputFormatNames) {
      const run = await runIn({}, evaluateCommand, ['--format', format, ...args, file]);
      [code, text] = [run.code, text + run.out + run.err];
    }
    return [code, text];
  }

  it('is in no result: the endpoint of a subscription, which counts', async () => {
    await writePlan('aws_sns_topic_subscription', 'endpoint', `${SECRET}@example.com`);
    const [code, text] = await printed();
    expect(code).to.equal(0);
    expect(text).to.contain('once the email endpoint confirms').and.not.to.contain(SECRET);
  }).timeout(20_000);

  for (const [type, attribute] of [
    ['aws_cloudwatch_log_metric_filter', 'pattern'],
    ['aws_cloudwatch_metric_alarm', 'alarm_name'],
    ['aws_sns_topic', 'name'],
    ['aws_sns_topic_subscription', 'filter_policy'],
  ] as const) {
    it(`is in no result: ${type}.${attribute}`, async () => {
      await writePlan(type, attribute, `{ "${SECRET}": ["x"] }`);
      const account = join(folder, 'account.json');
      const subscriptions = { [TOPIC_ARN]: [confirmed({ protocol: 'sms' })] };
      const base = snapshotOf(soundWorld({ subscriptions }));
      await writeFile(account, JSON.stringify({ formatVersion: 1, ...base, readAt: READ_AT }));
      const [, alone] = await printed('--account-id', base.accountId);
      const [, over] = await printed('--onto', account);
      expect(alone + over).not.to.contain(SECRET);
    }).timeout(20_000);
  }

  it('is in no result: a parameter of a template with NoEcho', async () => {
    const template = JSON.parse(templateOf(soundWorld())) as {
      readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
    };
    for (const { Type: type, Properties: properties } of Object.values(template.Resources)) {
      if (type === 'AWS::SNS::Subscription') properties['Endpoint'] = { Ref: 'Hidden' };
    }
    const parameters = { Hidden: { Type: 'String', NoEcho: true } };
    const conditions = { HasEmail: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Hidden' }, ''] }] } };
    const resources = Object.fromEntries(
      Object.entries(template.Resources).map(([id, one]) => [id, { ...one, Condition: 'HasEmail' }]),
    );
    await writeFile(file, JSON.stringify({ Parameters: parameters, Conditions: conditions, Resources: resources }));
    const args = ['--region', 'eu-west-1', '--account-id', '111122223333', '--parameters'];
    const [code, text] = await printed(...args, `Hidden=${SECRET}@example.com`);
    expect(code).to.equal(0);
    expect(text).to.contain('once the email endpoint confirms').and.not.to.contain(SECRET);
  }).timeout(20_000);
});
