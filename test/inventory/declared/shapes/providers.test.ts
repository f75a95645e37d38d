import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../../src/assessment/assess.ts';
import { declaredReader } from '../../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../../../src/inventory/declared/read-file.ts';
import { codeOf, parametersOf } from '../../../support/judging.ts';

interface Expression {
  constant_value?: unknown;
  references?: readonly string[];
}
interface Plan {
  resource_changes: { type: string; provider_name: string; change: { after: Record<string, unknown> } }[];
  prior_state?: unknown;
  configuration: {
    provider_config: Record<string, { expressions: Record<string, unknown> }>;
    root_module: {
      resources: { type: string; name: string; provider_config_key: string }[];
      module_calls?: Record<string, { expressions: Record<string, Expression> }>;
    };
  };
}

const OTHER = '999900001111';
const constant = (value: unknown): Expression => ({ constant_value: value });
const roleIn = (accountId: string) => [{ role_arn: constant(`arn:aws:iam::${accountId}:role/deploy`) }];

const read = (name: string): Plan =>
  JSON.parse(readFileSync(`test/inventory/declared/data/${name}.plan.json`, 'utf8')) as Plan;

/** A recorded plan with something changed in it. */
function changed(name: string, change: (plan: Plan) => void): Plan {
  const plan = read(name);
  change(plan);
  return plan;
}

/** The recorded plan in which resources of some types have a provider of their own, with other settings. */
function withProvider(types: readonly string[], settings: Readonly<Record<string, unknown>>): Plan {
  return changed('chain/sound', ({ configuration: { provider_config: providers, root_module: root } }) => {
    providers['aws.other'] = { expressions: { ...providers['aws']?.expressions, ...settings } };
    for (const resource of root.resources) {
      if (types.includes(resource.type)) resource.provider_config_key = 'aws.other';
    }
  });
}
const topicTypes = ['aws_sns_topic', 'aws_sns_topic_subscription'];

async function outcomeOf(plan: Plan, accountId?: string): Promise<string> {
  const settings = { now: '2026-11-20T10:00:00.000Z', ...(accountId === undefined ? {} : { accountId }) };
  const file = recognizeFile(JSON.stringify(plan), settings);
  if (file.kind !== 'declared') return file.kind === 'invalid' ? file.problem : file.kind;
  const { verdict } = await assess(declaredReader(file.account), parametersOf({}));
  return `${file.account.accountId}: ${verdict.kind} ${codeOf(verdict)}`;
}

const HOME = '111122223333';

describe('a plan with several providers', () => {
  const cases: readonly (readonly [claim: string, plan: () => Plan, expected: string])[] = [
    ['of the same credentials has one account', () => withProvider(topicTypes, {}), `${HOME}: satisfied SATISFIED`],
    [
      'has a topic in the account of the role that its provider assumes',
      () => withProvider(topicTypes, { assume_role: roleIn(OTHER) }),
      `${HOME}: broken TOPIC_REFUSES_ALARM`,
    ],
    [
      'has a topic in the only account that its provider allows',
      () => withProvider(topicTypes, { profile: constant('hub'), allowed_account_ids: constant([OTHER]) }),
      `${HOME}: broken TOPIC_REFUSES_ALARM`,
    ],
    [
      'does not say in which account the topic of another profile is',
      () => withProvider(topicTypes, { profile: constant('hub') }),
      `${HOME}: undecided UNREADABLE`,
    ],
    [
      'does not say in which account a role of a local value is',
      () => withProvider(topicTypes, { assume_role: [{ role_arn: { references: ['local.role'] } }] }),
      `${HOME}: undecided UNREADABLE`,
    ],
    [
      'does not take the alarm of another account for one of this account',
      () => withProvider(['aws_cloudwatch_metric_alarm'], { assume_role: roleIn(OTHER) }),
      `${HOME}: broken NO_ALARM`,
    ],
    [
      'does not take the trail of another account for one of this account, which may have one',
      () => withProvider(['aws_cloudtrail'], { assume_role: roleIn(OTHER) }),
      `${HOME}: undecided UNREADABLE`,
    ],
    [
      'does not know whether the trail of another organization is seen from this account',
      () => {
        const plan = withProvider(['aws_cloudtrail'], { assume_role: roleIn(OTHER) });
        for (const { type, change } of plan.resource_changes)
          if (type === 'aws_cloudtrail') change.after['is_organization_trail'] = true;
        return plan;
      },
      `${HOME}: undecided UNREADABLE`,
    ],
  ];
  for (const [claim, plan, expected] of cases) {
    it(claim, async () => {
      expect(await outcomeOf(plan(), HOME)).to.equal(expected);
    });
  }

  it('is for the account of the role that its default provider assumes', async () => {
    const plan = changed('chain/sound', ({ configuration }) => {
      const { expressions } = configuration.provider_config['aws'] ?? { expressions: {} };
      expressions['assume_role'] = roleIn(OTHER);
    });
    expect(await outcomeOf(plan)).to.equal(`${OTHER}: satisfied SATISFIED`);
  });

  it('is for the account that the data source of its default provider found', async () => {
    const plan = changed('chain/sound', (own) => {
      const identity = { mode: 'data', type: 'aws_caller_identity', name: 'me' };
      const address = 'data.aws_caller_identity.me';
      own.configuration.root_module.resources.push({ ...identity, address, provider_config_key: 'aws' } as never);
      own.prior_state = {
        values: { root_module: { resources: [{ ...identity, address, values: { account_id: OTHER } }] } },
      };
    });
    expect(await outcomeOf(plan)).to.equal(`${OTHER}: satisfied SATISFIED`);
  });

  it('does not say where the resources of a provider without a region are, though another one has a region', async () => {
    const plan = withProvider(topicTypes, {});
    delete plan.configuration.provider_config['aws']?.expressions['region'];
    expect(await outcomeOf(plan)).to.equal('the plan does not say in which region its resources are; give `--region`');
  });
});

describe('a plan of another program', () => {
  it('OpenTofu, with its own names of providers, is read like one of Terraform', async () => {
    const plan = changed('chain/sound', ({ resource_changes: changes }) => {
      for (const change of changes) change.provider_name = 'registry.opentofu.org/hashicorp/aws';
    });
    expect(await outcomeOf(plan, HOME)).to.equal(`${HOME}: satisfied SATISFIED`);
  });

  it('which writes the configuration in JSON, has its references in the place of their text', async () => {
    const plan = changed('wiring/modules-for-each', ({ configuration }) => {
      const { expressions } = configuration.root_module.module_calls?.['control'] ?? { expressions: {} };
      expect(expressions['topic_arn']?.references).to.include('module.topic.arn');
      expressions['topic_arn'] = { ...expressions['topic_arn'], ...constant('${module.topic.arn}') };
    });
    expect(await outcomeOf(plan, HOME)).to.equal(`${HOME}: satisfied SATISFIED`);
  });
});
