import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { feedProcessChecksCommand } from '../../../src/cli/commands/feed-process-checks.ts';
import { controlById } from '../../../src/controls/catalog.ts';
import { processChecks } from '../../../src/controls/process-checks.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import { organizationOperations } from '../../aws-responder/organization.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import type { Request } from '../../aws-responder/wire.ts';
import { ServiceError } from '../../aws-responder/wire.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  TRAIL_ARN,
  filter,
  snapshotOf,
  soundWorld,
  status,
} from '../../support/worlds/world.ts';
import type { Run } from '../run.ts';
import { runIn } from '../run.ts';

interface Sent {
  readonly signer: string;
  readonly ruleName: string;
  readonly evaluation: Readonly<Record<string, unknown>>;
}

interface Rule {
  readonly name: string;
  readonly owner?: string;
  readonly identifier?: string;
}

const justNow = { [TRAIL_ARN]: status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() }) };
const patternOf = (id: string) => controlById(id)?.filterPattern ?? '';
const renamed = (inventory: Inventory, id: string): Inventory =>
  JSON.parse(JSON.stringify(inventory).replaceAll(ACCOUNT, id)) as Inventory;
/** An account whose one filter is that of a control. */
const guarding = (controlId: string, more: Parameters<typeof soundWorld>[0] = {}) =>
  snapshotOf(
    soundWorld({
      statuses: justNow,
      filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: patternOf(controlId) })] },
      ...more,
    }),
  );

describe('feeding process checks', () => {
  const environment = { ...process.env };
  let responder: Responder;
  /** The caller's own account first. */
  const accounts = [guarding('CloudWatch.4'), renamed(guarding('CloudWatch.9'), OTHER_ACCOUNT)];
  let sent: Sent[] = [];
  let rules: Readonly<Record<string, readonly Rule[]>> = {};
  const accountOf = ({ accessKeyId }: Request) => /^ASIAROLEOF(\d{12})$/.exec(accessKeyId)?.[1] ?? ACCOUNT;

  before(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
    delete process.env['AWS_PROFILE'];
    responder = await startResponder(guarding('CloudWatch.4'), {
      ...organizationOperations(accounts),
      // https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigRules.html: pages of 25 rules.
      DescribeConfigRules: (input: Request['input'], request: Request) => {
        const all = rules[accountOf(request)] ?? [];
        const from = Number(input['NextToken'] ?? 0);
        const page = all.slice(from, from + 25);
        return {
          ConfigRules: page.map(({ name, owner = 'AWS', identifier = 'AWS_CONFIG_PROCESS_CHECK' }) => ({
            ConfigRuleName: name,
            Source: { Owner: owner, SourceIdentifier: identifier },
          })),
          ...(from + 25 < all.length ? { NextToken: String(from + 25) } : {}),
        };
      },
      PutExternalEvaluation: (input: Request['input'], request: Request) => {
        const evaluation = input['ExternalEvaluation'] as Readonly<Record<string, unknown>>;
        const { Annotation, ComplianceType, OrderingTimestamp } = evaluation;
        const isTaken = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'].includes(String(ComplianceType));
        if (!isTaken || String(Annotation).length > 256 || !Number.isFinite(OrderingTimestamp)) {
          throw new ServiceError('InvalidParameterValueException');
        }
        const named = (rules[accountOf(request)] ?? []).find(({ name }) => name === input['ConfigRuleName']);
        if (named === undefined) throw new ServiceError('NoSuchConfigRuleException');
        sent.push({ signer: accountOf(request), ruleName: named.name, evaluation });
        return {};
      },
    });
  });
  after(async () => {
    process.env = environment;
    await responder.close();
  });
  beforeEach(() => {
    // Forgets calls and faults.
    responder.serve(guarding('CloudWatch.4'));
    accounts[0] = guarding('CloudWatch.4');
    sent = [];
    rules = { [ACCOUNT]: [{ name: 'alarm-iam-policy-change' }, { name: 'alarm-vpc-change' }] };
  });

  const run = (...args: readonly string[]): Promise<Run> =>
    runIn({}, feedProcessChecksCommand, ['--region', 'eu-west-1', '--endpoint-url', responder.url, ...args]);

  it('prints what it would send, and sends nothing, without --run', async () => {
    const { code, out, err } = await run();
    expect([code, sent]).to.deep.equal([0, []]);
    expect(out).to.contain(`account ${ACCOUNT}, eu-west-1: 1 COMPLIANT, 1 NON_COMPLIANT, 0 NOT_APPLICABLE\n`);
    expect(out).to.match(/^ {2}COMPLIANT {7}alarm-iam-policy-change \(CloudWatch\.4\)\n {6}SATISFIED: /m);
    expect(out).to.match(/^ {2}NON_COMPLIANT {3}alarm-vpc-change \(CloudWatch\.14\)\n {6}FILTER_UNRELATED: /m);
    expect(err).to.contain('Nothing was sent: add `--run`');
    expect(responder.calls.some(({ operation }) => operation === 'PutExternalEvaluation')).to.equal(false);
  });

  it('sends the evaluation of the account with --run, with its annotation and the time of reading', async () => {
    const start = Math.floor(Date.now() / 1000);
    const { code } = await run('--run');
    expect(code).to.equal(0);
    expect(sent.map(({ ruleName, evaluation }) => [ruleName, evaluation['ComplianceType']])).to.deep.equal([
      ['alarm-iam-policy-change', 'COMPLIANT'],
      ['alarm-vpc-change', 'NON_COMPLIANT'],
    ]);
    for (const { evaluation } of sent) {
      expect(evaluation).to.include({ ComplianceResourceType: 'AWS::::Account', ComplianceResourceId: ACCOUNT });
      expect(evaluation['Annotation']).to.match(/^[A-Z_]+: /);
      expect(evaluation['OrderingTimestamp']).to.be.at.least(start);
    }
  });

  it('answers each account under its own role, whatever its checks are called there', async () => {
    rules = {
      [ACCOUNT]: [{ name: 'alarm-iam-policy-change-conformance-pack-a1b2c3d4e' }],
      [OTHER_ACCOUNT]: [
        { name: 'alarm-iam-policy-change-conformance-pack-zzzzzzzzz' },
        { name: 'alarm-aws-config-change-conformance-pack-zzzzzzzzz' },
      ],
    };
    const { code } = await run('--organization', '--role-name', 'audit', '--run');
    expect(code).to.equal(0);
    const inShort = sent.map(({ signer, ruleName, evaluation }) => [
      signer,
      evaluation['ComplianceResourceId'],
      ruleName.slice(0, 15),
      evaluation['ComplianceType'],
    ]);
    expect(inShort).to.have.deep.members([
      [ACCOUNT, ACCOUNT, 'alarm-iam-polic', 'COMPLIANT'],
      [OTHER_ACCOUNT, OTHER_ACCOUNT, 'alarm-aws-confi', 'COMPLIANT'],
      [OTHER_ACCOUNT, OTHER_ACCOUNT, 'alarm-iam-polic', 'NON_COMPLIANT'],
    ]);
  });

  it('answers two packs that ask the same, with one verdict', async () => {
    rules = {
      [ACCOUNT]: ['aaaaaaaaa', 'bbbbbbbbb'].map((id) => ({ name: `alarm-iam-policy-change-conformance-pack-${id}` })),
    };
    await run('--run');
    expect(sent).to.have.lengthOf(2);
    expect(responder.calls.filter(({ operation }) => operation === 'DescribeTrails')).to.have.lengthOf(1);
  });

  it('leaves alone rules of the same name that are no process checks, and checks that it does not know', async () => {
    rules = {
      [ACCOUNT]: [
        { name: 'alarm-iam-policy-change', owner: 'CUSTOM_LAMBDA', identifier: 'arn:aws:lambda:a' },
        { name: 'alarm-vpc-change', identifier: 'CLOUD_TRAIL_ENABLED' },
        { name: 'contact-details-are-current' },
        { name: 'alarm-root-account-use' },
      ],
    };
    await run('--run');
    expect(sent.map(({ ruleName }) => ruleName)).to.deep.equal(['alarm-root-account-use']);
  });

  it('finds a check on the second page of the rules', async () => {
    const others = Array.from({ length: 60 }, (_, index) => ({
      name: `other-${index}`,
      identifier: 'ENCRYPTED_VOLUMES',
    }));
    rules = { [ACCOUNT]: [...others, { name: 'alarm-vpc-change' }] };
    await run('--run');
    expect(sent.map(({ ruleName }) => ruleName)).to.deep.equal(['alarm-vpc-change']);
  });

  it('reads nothing of an account that has no such check, and ends with 1 if none has', async () => {
    rules = {};
    const { code, err } = await run('--run');
    expect([code, sent]).to.deep.equal([1, []]);
    expect(err).to.contain('no account has a process check that this command knows');
    expect(responder.calls.some(({ service }) => service === 'cloudtrail')).to.equal(false);
  });

  it('answers a check of your own with `--check`', async () => {
    rules = { [ACCOUNT]: [{ name: 'mfa-removed' }] };
    accounts[0] = guarding('D9.AWS.MON.25');
    const { code } = await run('--run', '--check', 'mfa-removed=d9.aws.mon.25');
    expect(code).to.equal(0);
    expect(sent.map(({ evaluation }) => evaluation['ComplianceType'])).to.deep.equal(['COMPLIANT']);
  });

  for (const wrong of ['mfa-removed', 'mfa-removed=CloudWatch.99', '=CloudWatch.1', 'a b=CloudWatch.1']) {
    it(`refuses \`--check ${wrong}\``, async () => {
      const { code, err } = await run('--check', wrong);
      expect(code).not.to.equal(0);
      expect(err).to.contain('alarm-mfa-deactivation=D9.AWS.MON.25');
    });
  }

  it('refuses a control, since the checks say which there are', async () => {
    const { code, err } = await run('--control', 'CloudWatch.1');
    expect(code).not.to.equal(0);
    expect(err).to.contain("unknown option '--control'");
  });

  it('never answers COMPLIANT where the verdict is undecided', async () => {
    responder.inject('DescribeTrails', { kind: 'error', code: 'AccessDeniedException' });
    await run('--run');
    expect(sent.map(({ evaluation }) => evaluation['ComplianceType'])).to.deep.equal([
      'NON_COMPLIANT',
      'NON_COMPLIANT',
    ]);
    sent = [];
    await run('--run', '--on-undecided', 'NOT_APPLICABLE');
    expect(sent.map(({ evaluation }) => evaluation['ComplianceType'])).to.deep.equal([
      'NOT_APPLICABLE',
      'NOT_APPLICABLE',
    ]);
  });

  it('judges as the rule parameters say', async () => {
    const wider = '{ $.eventName = "DeactivateMFADevice" || $.eventName = "DeleteVirtualMFADevice" }';
    accounts[0] = guarding('D9.AWS.MON.25', { filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: wider })] } });
    rules = { [ACCOUNT]: [{ name: 'mfa-removed' }] };
    const check = ['--run', '--check', 'mfa-removed=D9.AWS.MON.25'];
    await run(...check);
    await run(...check, '--pattern-match', 'covers');
    expect(sent.map(({ evaluation }) => evaluation['ComplianceType'])).to.deep.equal(['NON_COMPLIANT', 'COMPLIANT']);
  });

  it('goes on where one answer is refused, and ends with 1', async () => {
    responder.inject('PutExternalEvaluation', { kind: 'error', code: 'AccessDeniedException' }, 1);
    const { code, out, err } = await run('--run');
    expect([code, sent.length]).to.deep.equal([1, 1]);
    expect(out).to.contain('not sent: SATISFIED');
    expect(err).to.contain('alarm-iam-policy-change').and.to.contain('Allow config:PutExternalEvaluation');
  });

  it('goes on where one account cannot be evaluated, and ends with 1', async () => {
    rules = { [ACCOUNT]: [{ name: 'alarm-vpc-change' }], [OTHER_ACCOUNT]: [{ name: 'alarm-vpc-change' }] };
    responder.inject('AssumeRole', { kind: 'error', code: 'AccessDenied', status: 403 });
    const { code, err } = await run('--organization', '--role-name', 'audit', '--run');
    expect([code, sent.map(({ signer }) => signer)]).to.deep.equal([1, [ACCOUNT]]);
    expect(err).to.contain(OTHER_ACCOUNT).and.to.contain('sts:AssumeRole');
  });

  it('writes JSON with what became of each answer', async () => {
    const { out } = await run('--format', 'json');
    const answers = JSON.parse(out) as readonly Readonly<Record<string, unknown>>[];
    expect(answers.map(({ ruleName, controlId, outcome }) => [ruleName, controlId, outcome])).to.deep.equal([
      ['alarm-iam-policy-change', 'CloudWatch.4', 'printed'],
      ['alarm-vpc-change', 'CloudWatch.14', 'printed'],
    ]);
  });

  it('knows the fifteen checks of the monitoring section of CIS 1.4, one for each number', () => {
    const numbers = Object.values(processChecks).map((id) => controlById(id)?.cis?.['1.4.0']);
    expect(numbers).to.have.members(Array.from({ length: 15 }, (_, index) => `4.${index + 1}`));
  });

  it('names each permission in the documents', () => {
    const page = readFileSync('docs/permissions.md', 'utf8');
    for (const action of ['config:DescribeConfigRules', 'config:PutExternalEvaluation'])
      expect(page).to.contain(action);
  });
});
