import { readFileSync, readdirSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { declaredReader } from '../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import { codeOf } from '../../support/judging.ts';
import { parametersOf } from '../../support/judging.ts';

const folder = 'test/inventory/declared/data';

/** The verdict on a file, and the code of the chain that decides it. */
async function outcomeOf(text: string, region?: string): Promise<string> {
  const settings = {
    now: '2026-11-20T10:00:00.000Z',
    accountId: '111122223333',
    ...(region === undefined ? {} : { region }),
  };
  const file = recognizeFile(text, settings);
  if (file.kind !== 'declared') return file.kind === 'invalid' ? file.problem : file.kind;
  const { verdict } = await assess(declaredReader(file.account), parametersOf({}));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

describe('a Terraform plan gives the verdict that the account would get', () => {
  const cases: Readonly<Record<string, string>> = {
    'chain/sound': 'satisfied SATISFIED',
    'chain/no-subscriber': 'broken NO_SUBSCRIBER',
    'chain/filter-narrower': 'broken FILTER_NARROWER',
    'chain/trail-not-logging': 'broken TRAIL_NOT_LOGGING',
    'chain/alarm-without-action': 'broken ALARM_WITHOUT_ACTION',
    'chain/alarm-count-zero': 'broken NO_ALARM',
    'chain/alarm-in-another-region': 'broken NO_ALARM',
    'chain/composite-alarm': 'satisfied SATISFIED',
    'policies/policy-document-allows': 'satisfied SATISFIED',
    'policies/policy-document-refuses': 'broken TOPIC_REFUSES_ALARM',
    'policies/key-that-allows': 'satisfied SATISFIED',
    'policies/key-with-default-policy': 'broken TOPIC_KEY_REFUSES_ALARM',
    'wiring/modules-for-each': 'satisfied SATISFIED',
    'wiring/provider-alias': 'satisfied SATISFIED',
    // The log group exists already, and a chain that holds stays one whatever else it has.
    'wiring/existing-log-group': 'satisfied SATISFIED',
    // Two topics go through a variable of a module that is a list; the filter and the alarm have a `count`.
    'shapes/registry-modules': 'satisfied SATISFIED',
    // Event selectors and transformations are `dynamic`, and the pattern comes from `templatefile`.
    'shapes/dynamic-blocks': 'satisfied SATISFIED',
    // Names from `name_prefix`, a pattern in a heredoc, a sensitive address, `depends_on` and `terraform_data`.
    'shapes/names-known-later': 'satisfied SATISFIED',
    // The policy in the topic allows EventBridge only.
    'shapes/policy-in-topic': 'broken TOPIC_REFUSES_ALARM',
    'shapes/metric-with-dimensions': 'broken ALARM_OTHER_DIMENSIONS',
    // Data sources know the names of a log group and a topic, but not what else these have.
    'shapes/existing-things': 'undecided UNREADABLE',
    // The default policy of a topic allows its own account.
    'providers/topic-of-another-account': 'broken TOPIC_REFUSES_ALARM',
    'providers/region-not-said': 'undecided UNREADABLE',
    // The provider is in the module, with a region from a variable. A variable of the root module has the same name.
    'providers/provider-in-module': 'broken NO_ALARM',
    'providers/providers-for-modules': 'satisfied SATISFIED',
    'lifecycle/import-topic': 'satisfied SATISFIED',
    'lifecycle/moved-topic': 'satisfied SATISFIED',
    // What Terraform forgets stays in the account.
    'lifecycle/removed-subscription': 'satisfied SATISFIED',
    'lifecycle/one-target': 'undecided UNREADABLE',
    'lifecycle/with-errors': 'Terraform could not finish this plan; run `terraform plan` again without errors',
    // Nothing is left, but what other configurations made.
    'lifecycle/destroy': 'undecided UNREADABLE',
    // What is there stays, and a trail is not among it.
    'lifecycle/refresh-only': 'undecided UNREADABLE',
    // What Terraform does not say before it applies, or what the account may already hold, is not known.
    'policies/policy-jsonencode': 'undecided UNREADABLE',
    'wiring/topic-from-variable': 'undecided UNREADABLE',
    'chain/no-trail': 'undecided UNREADABLE',
  };
  for (const [name, expected] of Object.entries(cases)) {
    it(`${name}: ${expected}`, async () => {
      expect(await outcomeOf(readFileSync(`${folder}/${name}.plan.json`, 'utf8'))).to.equal(expected);
    });
  }

  it('takes what a plan that only refreshes has read for what is there', async () => {
    const plan = JSON.parse(readFileSync(`${folder}/lifecycle/refresh-only.plan.json`, 'utf8')) as {
      prior_state: { values: { root_module: { resources: object[] } } };
    };
    const values = {
      name: 'main',
      is_multi_region_trail: true,
      cloud_watch_logs_group_arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/cloudtrail/main:*',
    };
    const trail = { address: 'aws_cloudtrail.main', mode: 'managed', type: 'aws_cloudtrail', name: 'main', values };
    plan.prior_state.values.root_module.resources.push(trail);
    expect(await outcomeOf(JSON.stringify(plan))).to.equal('satisfied SATISFIED');
  });

  it('does not guess which topic an expression chooses', async () => {
    const plan = JSON.parse(readFileSync(`${folder}/chain/sound.plan.json`, 'utf8')) as {
      variables?: object;
      resource_changes: { type: string; change: { after_unknown: { alarm_actions?: unknown } } }[];
      configuration: {
        root_module: { resources: { type: string; expressions: { alarm_actions?: { references: string[] } } }[] };
      };
    };
    const isAlarm = ({ type }: { readonly type: string }) => type === 'aws_cloudwatch_metric_alarm';
    const change = plan.resource_changes.find(isAlarm)?.change;
    const actions = plan.configuration.root_module.resources.find(isAlarm)?.expressions.alarm_actions;
    if (change === undefined || actions === undefined) throw new Error('the plan has no alarm');
    change.after_unknown.alarm_actions = true;
    expect(await outcomeOf(JSON.stringify(plan))).to.equal('satisfied SATISFIED');
    plan.variables = { is_loud: { value: true } };
    actions.references = ['var.is_loud', ...actions.references];
    expect(await outcomeOf(JSON.stringify(plan))).to.equal('undecided UNREADABLE');
  });

  it('says who has to confirm before it holds', async () => {
    const file = recognizeFile(readFileSync(`${folder}/chain/sound.plan.json`, 'utf8'), {
      now: '2026-11-20T10:00:00.000Z',
    });
    if (file.kind !== 'declared') throw new Error('not a plan');
    const { verdict } = await assess(declaredReader(file.account), parametersOf({}));
    expect(verdict.chains[0].links.at(-1)?.subject).to.equal('1, once oncall@example.com confirms (email)');
  });

  it('has a case for every recorded plan of an account in which nothing exists yet, by metric filter', () => {
    const recorded = readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap(
      (name) => /^(?!(?:onto|events)\/)(.*)\.plan\.json$/.exec(name)?.[1] ?? [],
    );
    expect(Object.keys(cases)).to.include.members(recorded);
  });
});
