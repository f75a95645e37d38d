import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';
import { parse } from 'csv-parse/sync';

import { organizationCommand } from '../../../src/cli/commands/organization.ts';
import { givenRuleName } from '../../../src/cli/organization/rule-names.ts';
import type { StatusFinding, StatusSummary } from '../../../src/cli/organization/collect-status.ts';
import type { AggregatedOrganization, HeldEvaluation } from '../../aws-responder/aggregator.ts';
import { aggregatorOperations } from '../../aws-responder/aggregator.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import { accountIdOf, largeOrganization } from '../../support/worlds/large-organization.ts';
import { snapshotOf, soundWorld } from '../../support/worlds/world.ts';
import type { Run, World } from '../run.ts';
import { runIn } from '../run.ts';

type StatusDocument = Omit<StatusSummary, 'silent' | 'states'> & {
  readonly findings: readonly StatusFinding[];
  readonly silentAccounts?: StatusSummary['silent'];
  readonly isComplete: boolean;
};

const RULE = 'mfa-deactivation-alarm';
const [FIRST, SECOND, THIRD, FOURTH] = ['111111111111', '222222222222', '333333333333', '444444444444'] as const;

type Row = readonly [ruleName: string, accountId: string, complianceType: string, region?: string];

const ofAccount = (accountId: string, annotation?: string): HeldEvaluation => ({
  resourceType: 'AWS::::Account',
  resourceId: accountId,
  complianceType: 'NON_COMPLIANT',
  ...(annotation === undefined ? {} : { annotation }),
});

const organizationOf = (
  rows: readonly Row[],
  change: Partial<AggregatedOrganization> = {},
): AggregatedOrganization => ({
  aggregator: 'organization',
  accounts: [
    { id: SECOND, name: 'Payments' },
    { id: FIRST, name: 'Research' },
    { id: THIRD },
    { id: FOURTH, name: 'closed', state: 'SUSPENDED' },
  ],
  results: {
    length: rows.length,
    at: (index) => {
      const [ruleName = '', accountId = '', complianceType = '', region = 'eu-west-1'] = rows[index] ?? [];
      return { ruleName, accountId, complianceType, region };
    },
  },
  details: (_ruleName, accountId) => [ofAccount(accountId, 'NO_SUBSCRIBER: SNS topic alarms has no subscription')],
  ...change,
});

describe('the status of an organization', () => {
  let responder: Responder | undefined;
  const environment = { ...process.env };
  before(() => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
    delete process.env['AWS_PROFILE'];
  });
  after(() => {
    process.env = environment;
  });
  afterEach(() => responder?.close());

  const serve = async (organization: AggregatedOrganization): Promise<Responder> =>
    (responder = await startResponder(snapshotOf(soundWorld()), aggregatorOperations(organization)));
  const run = (args: readonly string[] = [], world: World = {}): Promise<Run> =>
    runIn(world, organizationCommand, [
      ...['status', '--aggregator', 'organization', '--region', 'eu-west-1'],
      ...['--endpoint-url', responder?.url ?? '', ...args],
    ]);
  const read = async (args: readonly string[] = []) => {
    const { code, out, err } = await run(['--format', 'json', ...args]);
    return { code, err, document: JSON.parse(out) as StatusDocument };
  };
  const count = (operation: string) => responder?.calls.filter((call) => call.operation === operation).length ?? 0;

  it('groups NON_COMPLIANT accounts by reason, with their names, and names the silent accounts', async () => {
    await serve(
      organizationOf([
        [RULE, FIRST, 'NON_COMPLIANT'],
        [RULE, SECOND, 'COMPLIANT'],
        ['s3-bucket-public', THIRD, 'NON_COMPLIANT'],
      ]),
    );
    const { code, out } = await run();
    expect(code).to.equal(2);
    expect(out).to.contain('aggregator organization in eu-west-1: 3 accounts, 1 rule, 1 account without a result\n');
    expect(out).to.match(/^ {2}mfa-deactivation-alarm +1 +1 +1$/m);
    expect(out).to.contain(`NO_SUBSCRIBER  1 result\n  ${RULE}: Research (${FIRST}) eu-west-1\n`);
    expect(out).to.contain('e.g. NO_SUBSCRIBER: SNS topic alarms has no subscription');
    expect(out).to.contain(`no result  1 account\n  of any rule: ${THIRD}\n`);
  });

  it('asks for the details of NON_COMPLIANT accounts of these rules only', async () => {
    await serve(
      organizationOf([
        [RULE, FIRST, 'COMPLIANT'],
        [RULE, SECOND, 'NON_COMPLIANT', 'us-east-1'],
        ['other', THIRD, 'NON_COMPLIANT'],
      ]),
    );
    await read();
    const details = responder?.calls.filter(({ operation }) => operation.startsWith('GetAggregate')) ?? [];
    expect(details.map(({ input }) => [input['AccountId'], input['AwsRegion']])).to.deep.equal([
      [SECOND, 'us-east-1'],
      // The first page is empty.
      [SECOND, 'us-east-1'],
    ]);
  });

  it('takes the name of a rule without what packs and organizations put around it', async () => {
    await serve(
      organizationOf([
        [`${RULE}-conformance-pack-a1b2c3d4e`, FIRST, 'COMPLIANT'],
        [`${RULE}-conformance-pack-zzz999zzz`, SECOND, 'COMPLIANT'],
        [`OrgConfigRule-${RULE}-a1b2c3d4`, THIRD, 'COMPLIANT'],
      ]),
    );
    const { code, document } = await read();
    expect(code).to.equal(0);
    expect(document.rules).to.deep.equal([{ rule: RULE, compliant: 3, nonCompliant: 0, silent: 0 }]);
  });

  for (const [name, given] of [
    ['a-conformance-pack-abc123def', 'a'],
    ['OrgConfigRule-a-b-abcd1234', 'a-b'],
    ['OrgConfigRule-abcd', 'OrgConfigRule-abcd'],
    ['a-conformance-pack', 'a-conformance-pack'],
    ['plain', 'plain'],
  ] as const) {
    it(`gives ${name} the name ${given}`, () => {
      expect(givenRuleName(name)).to.equal(given);
    });
  }

  it('shows the rules of both templates by default, and those of nobody else', async () => {
    const rules = [RULE, 'cloudtrail-alarm-root-use', 'cloudtrail-alarms-of-others', 'alarm-a'];
    await serve(organizationOf(rules.map((rule) => [rule, FIRST, 'COMPLIANT'] as const)));
    const { document } = await read();
    expect(document.rules.map(({ rule }) => rule)).to.deep.equal(['cloudtrail-alarm-root-use', RULE]);
  });

  it('takes several prefixes, and shows which rule an account has no result of', async () => {
    await serve(
      organizationOf([
        ['alarm-a', FIRST, 'COMPLIANT'],
        ['alarm-a', SECOND, 'COMPLIANT'],
        ['alarm-a', THIRD, 'COMPLIANT'],
        ['mfa', FIRST, 'COMPLIANT'],
      ]),
    );
    const { code, document } = await read(['--rule-prefix', 'alarm-', '--rule-prefix', 'mfa']);
    expect(code).to.equal(3);
    expect(document.silentAccounts).to.deep.equal([
      { accountId: SECOND, name: 'Payments', rules: ['mfa'], isSilentThroughout: false },
      { accountId: THIRD, name: THIRD, rules: ['mfa'], isSilentThroughout: false },
    ]);
  });

  it('counts an account with several regions once, by its worst result', async () => {
    await serve(
      organizationOf([
        [RULE, FIRST, 'NON_COMPLIANT', 'eu-west-1'],
        [RULE, FIRST, 'COMPLIANT', 'us-east-1'],
        [RULE, SECOND, 'COMPLIANT'],
        [RULE, THIRD, 'COMPLIANT'],
      ]),
    );
    const { document } = await read();
    expect(document.rules).to.deep.equal([{ rule: RULE, compliant: 2, nonCompliant: 1, silent: 0 }]);
    expect(document.findings.map(({ region }) => region)).to.deep.equal(['eu-west-1']);
  });

  it('takes a kind of compliance that it does not know for no result', async () => {
    await serve(
      organizationOf([
        [RULE, FIRST, 'COMPLIANT'],
        [RULE, SECOND, 'INSUFFICIENT_DATA'],
        [RULE, THIRD, 'SOMETHING_NEW'],
      ]),
    );
    const { code, document } = await read();
    expect(code).to.equal(3);
    expect(document.silentAccounts?.map(({ accountId }) => accountId)).to.deep.equal([SECOND, THIRD]);
  });

  it('reports results of suspended accounts apart, and does not expect any of them', async () => {
    await serve(
      organizationOf([
        [RULE, FIRST, 'COMPLIANT'],
        [RULE, SECOND, 'COMPLIANT'],
        [RULE, THIRD, 'COMPLIANT'],
        [RULE, FOURTH, 'COMPLIANT'],
      ]),
    );
    const { code, document } = await read();
    expect([code, document.expectedAccounts, document.unexpected]).to.deep.equal([0, 3, [FOURTH]]);
  });

  it('expects the accounts of a file, without asking Organizations', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'status-'));
    const path = join(folder, 'accounts.csv');
    await writeFile(path, `id,name\n${FIRST},Research\n555555555555,New\n`);
    await serve(organizationOf([[RULE, FIRST, 'COMPLIANT']]));
    const { code, document } = await read(['--accounts', path]);
    await rm(folder, { recursive: true });
    expect(code).to.equal(3);
    expect(document.silentAccounts?.map(({ name }) => name)).to.deep.equal(['New']);
    expect(count('ListAccounts')).to.equal(0);
  });

  it('says that the prefix may be wrong where no rule has it: every account is silent', async () => {
    await serve(organizationOf([['other', FIRST, 'COMPLIANT']]));
    const { code, out } = await run();
    expect(code).to.equal(3);
    expect(out).to.contain('no result  3 accounts');
    expect(out).to.contain(
      'no such rule is in the aggregator, which holds 1 result of other rules: check `--rule-prefix`',
    );
  });

  it('says which sources are late', async () => {
    const late = { SourceId: SECOND, SourceType: 'ACCOUNT', AwsRegion: 'eu-west-1', LastUpdateStatus: 'OUTDATED' };
    await serve(organizationOf([[RULE, FIRST, 'COMPLIANT']], { lateSources: [late] }));
    const { out } = await run();
    expect(out).to.contain(`the aggregator did not get the newest results from ${SECOND} eu-west-1 OUTDATED`);
  });

  describe('why a rule is NON_COMPLIANT', () => {
    const rows: readonly Row[] = [[RULE, FIRST, 'NON_COMPLIANT']];
    const trail = (annotation: string): HeldEvaluation => ({
      resourceType: 'AWS::CloudTrail::Trail',
      resourceId: 'main',
      complianceType: 'NON_COMPLIANT',
      annotation,
    });
    for (const [claim, details, expected] of [
      [
        'is the evaluation of the account, also behind a hundred trails',
        [...Array.from({ length: 120 }, () => trail('OTHER: x')), ofAccount(FIRST, 'NO_ALARM: y')],
        ['NO_ALARM', 'NO_ALARM: y'],
      ],
      ['is another evaluation where the account has none', [trail('NO_FILTER: x')], ['NO_FILTER', 'NO_FILTER: x']],
      [
        'has no code where the annotation begins with none',
        [ofAccount(FIRST, 'see ticket')],
        [undefined, 'see ticket'],
      ],
      ['has no annotation where there is none', [ofAccount(FIRST)], [undefined, undefined]],
      ['has no annotation where the evaluation is gone', [], [undefined, undefined]],
    ] as const) {
      it(claim, async () => {
        await serve(organizationOf(rows, { details: () => details }));
        const { document } = await read();
        expect(document.findings.map(({ code, annotation }) => [code, annotation])).to.deep.equal([expected]);
      });
    }
  });

  it('reads no annotation with --no-details', async () => {
    await serve(organizationOf([[RULE, FIRST, 'NON_COMPLIANT']]));
    const { code, document } = await read(['--no-details']);
    expect([code, document.findings.length]).to.deep.equal([2, 1]);
    expect(count('GetAggregateComplianceDetailsByConfigRule')).to.equal(0);
  });

  it('goes on where one annotation cannot be read, and fails in the end', async () => {
    await serve(
      organizationOf([
        [RULE, FIRST, 'NON_COMPLIANT'],
        [RULE, SECOND, 'NON_COMPLIANT'],
        [RULE, THIRD, 'COMPLIANT'],
      ]),
    );
    responder?.inject(
      'GetAggregateComplianceDetailsByConfigRule',
      { kind: 'error', code: 'NoSuchConfigRuleException' },
      1,
    );
    const { code, document } = await read(['--concurrency', '1']);
    expect([code, document.unreadDetails, document.isComplete]).to.deep.equal([1, 1, false]);
    expect(
      document.findings.map(({ accountId, code: reason, problem }) => [accountId, reason, !!problem]),
    ).to.deep.equal([
      [FIRST, undefined, true],
      [SECOND, 'NO_SUBSCRIBER', false],
    ]);
  });

  it('stops at the first call that is refused, and names the permission', async () => {
    await serve(organizationOf(Array.from({ length: 50 }, () => [RULE, FIRST, 'NON_COMPLIANT'] as const)));
    responder?.inject('GetAggregateComplianceDetailsByConfigRule', { kind: 'error', code: 'AccessDeniedException' });
    const { code, err, document } = await read();
    expect(code).to.equal(1);
    expect(err).to.contain('Allow config:GetAggregateComplianceDetailsByConfigRule');
    expect(count('GetAggregateComplianceDetailsByConfigRule')).to.be.at.most(4);
    expect(document.silentAccounts).to.equal(undefined);
  });

  it('says nothing of silent accounts where the list breaks off', async () => {
    await serve(organizationOf([[RULE, FIRST, 'COMPLIANT']]));
    responder?.inject('DescribeAggregateComplianceByConfigRules', { kind: 'error', code: 'AccessDenied' }, 1, 1);
    const { code, out } = await run();
    expect(code).to.equal(1);
    expect(out).to.contain('not read to the end').and.not.to.contain('no result  ');
  });

  it('outlasts throttling', async () => {
    await serve(
      organizationOf([
        [RULE, FIRST, 'COMPLIANT'],
        [RULE, SECOND, 'COMPLIANT'],
        [RULE, THIRD, 'COMPLIANT'],
      ]),
    );
    responder?.inject('DescribeAggregateComplianceByConfigRules', { kind: 'error', code: 'ThrottlingException' }, 1);
    expect((await read()).code).to.equal(0);
  });

  it('names the command that lists the aggregators where there is none of the name', async () => {
    await serve(organizationOf([], { aggregator: 'another' }));
    const { code, out, err } = await run();
    expect([code, out]).to.deep.equal([1, '']);
    expect(err).to.contain('there is no aggregator `organization` in eu-west-1');
    expect(err).to.contain('aws configservice describe-configuration-aggregators --region eu-west-1');
  });

  it('shows the rest where the state of the sources may not be read, and says so', async () => {
    await serve(organizationOf([[RULE, FIRST, 'COMPLIANT']]));
    responder?.inject('DescribeConfigurationAggregatorSourcesStatus', { kind: 'error', code: 'AccessDenied' });
    const { code, out } = await run();
    expect(code).to.equal(3);
    expect(out).to.contain('allow config:DescribeConfigurationAggregatorSourcesStatus');
  });

  it('shows names and annotations as text in Markdown', async () => {
    await serve(
      organizationOf([[RULE, FIRST, 'NON_COMPLIANT']], {
        accounts: [{ id: FIRST, name: '<b>a|b</b>' }],
        details: () => [ofAccount(FIRST, 'NO_ALARM: | @everyone [x](http://a)')],
      }),
    );
    const { out } = await run(['--format', 'markdown']);
    expect(out).to.contain('| rule | COMPLIANT | NON_COMPLIANT | no result |\n');
    expect(out).to.contain('### NO&#95;ALARM (1)');
    expect(out).not.to.match(/<b>|@everyone|\[x\]|\(http:/);
  });

  it('draws accounts and rules on a page, on which names and annotations are text', async () => {
    const evil = '<script>alert(1)</script>';
    const rules = [RULE, `${RULE}-2`];
    await serve(
      organizationOf(
        [
          [rules[0]!, FIRST, 'NON_COMPLIANT'],
          [rules[0]!, SECOND, 'COMPLIANT'],
          [rules[1]!, FIRST, 'COMPLIANT'],
          [rules[1]!, SECOND, 'COMPLIANT'],
        ],
        {
          accounts: [{ id: FIRST, name: evil }, { id: SECOND }, { id: THIRD }],
          details: () => [ofAccount(FIRST, `NO_ALARM: ${evil}`)],
        },
      ),
    );
    const { code, out } = await run(['--format', 'html']);
    expect(code).to.equal(2);
    expect(out).to.contain('No. 1 of 3 accounts is NON_COMPLIANT under at least one rule. 1 account has no result');
    const labels = [...out.matchAll(/<td[^>]*><(?:button|span)[^>]*aria-label="([^"]*)"/g)].map(([, label]) => label);
    const shown = evil.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    expect(labels).to.deep.equal([
      ...[`${shown}, ${RULE}: NON_COMPLIANT, NO_ALARM`, `${shown}, ${RULE}-2: COMPLIANT`],
      ...[`${SECOND}, ${RULE}: COMPLIANT`, `${SECOND}, ${RULE}-2: COMPLIANT`],
      ...[`${THIRD}, ${RULE}: no result`, `${THIRD}, ${RULE}-2: no result`],
    ]);
    expect(out).not.to.contain(evil);
    expect(out).to.contain('evaluate --organization --role-name ROLE');
  });

  it('says on the page that no such rule is in the aggregator', async () => {
    await serve(organizationOf([], { accounts: [{ id: FIRST }] }));
    const { code, out } = await run(['--format', 'html']);
    expect(code).to.equal(3);
    expect(out).to.contain('Not determined. The aggregator holds no such rule. 1 account has no result');
  });

  it('writes CSV that a parser reads back, without formulas', async () => {
    await serve(
      organizationOf([[RULE, FIRST, 'NON_COMPLIANT']], {
        accounts: [
          { id: FIRST, name: '=1+1' },
          { id: SECOND, name: 'a "b", c' },
        ],
        details: () => [ofAccount(FIRST, 'NO_ALARM: x;=2')],
      }),
    );
    const { out } = await run(['--format', 'csv']);
    const [header, ...rows] = parse(out, { relax_column_count: false, record_delimiter: '\r\n' });
    expect(header).to.deep.equal([
      ...['accountId', 'accountName', 'region', 'rule', 'ruleName', 'status', 'reason', 'annotation', 'evaluatedAt'],
    ]);
    expect(rows).to.deep.equal([
      [
        ...[FIRST, "'=1+1", 'eu-west-1', RULE, RULE, 'NON_COMPLIANT', 'NO_ALARM', "NO_ALARM: x;'=2"],
        '2026-11-18T12:00:00.000Z',
      ],
      [SECOND, 'a "b", c', '', RULE, '', 'NO_RESULT', '', '', ''],
    ]);
  });

  it('ends at Ctrl-C with what is known, and without a word on silence', async () => {
    await serve(largeOrganization({ accounts: 500, controls: 17, everySilent: 50, everyBroken: 2 }));
    const interruption = new AbortController();
    const watch = setInterval(() => {
      if (count('GetAggregateComplianceDetailsByConfigRule') > 20) interruption.abort();
    }, 1);
    const { code, out } = await run(['--format', 'json'], { interruption: interruption.signal });
    clearInterval(watch);
    const document = JSON.parse(out) as StatusDocument;
    expect([code, document.isComplete, document.stopped]).to.deep.equal([130, false, 'interrupted']);
    expect(document.findings.length).to.be.within(1, 1000);
  });

  it('of 10,000 accounts and 17 controls takes one call for each 1,000 results and two for each NON_COMPLIANT one', async function () {
    this.timeout(300_000);
    const [accounts, controls, everySilent, everyBroken] = [10_000, 17, 100, 500];
    await serve(largeOrganization({ accounts, controls, everySilent, everyBroken }));
    const { code, document } = await read();
    const results = (accounts - accounts / everySilent) * (controls + 1);
    // Every eighteenth result is of another rule.
    const broken = Array.from({ length: Math.ceil(results / everyBroken) }, (_, index) => index * everyBroken).filter(
      (index) => index % (controls + 1) !== controls,
    ).length;
    expect(code).to.equal(2);
    expect(document.rules).to.have.lengthOf(controls);
    expect(document.findings).to.have.lengthOf(broken);
    expect(document.silentAccounts?.map(({ accountId }) => accountId)).to.deep.equal(
      Array.from({ length: accounts / everySilent }, (_, index) => accountIdOf(index * everySilent)),
    );
    expect(document.otherResults).to.equal(accounts - accounts / everySilent);
    // Each list begins with an empty page.
    expect(count('DescribeAggregateComplianceByConfigRules')).to.equal(Math.ceil(results / 1000) + 1);
    expect(count('GetAggregateComplianceDetailsByConfigRule')).to.equal(2 * broken);
    expect(count('ListAccounts')).to.equal(accounts / 20);
    for (const { accountId, annotation } of document.findings) expect(annotation).to.contain(`of ${accountId}`);
  });
});
