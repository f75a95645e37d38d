import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import type { Run } from '../run.ts';
import { runIn } from '../run.ts';

const run = (...args: readonly string[]): Promise<Run> => runIn({}, evaluateCommand, args);

/** The whole program, as a process of its own. */
const runProgram = (...args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    const command = ['--import', 'tsx', 'src/cli/main.ts', ...args];
    execFile(process.execPath, command, { env: { ...process.env, NODE_NO_WARNINGS: '1' } }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });

const sample = (name: string): string => `events/accounts/${name}.json`;

describe('evaluating on the command line', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'snapshots-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('shows every sample account with its chain and its evaluations, and sums up', async () => {
    const { code, out, err } = await run('--samples');
    expect([code, err]).to.deep.equal([0, '']);
    const files = await readdir('events/accounts');
    const expected = [
      ['everything right', 'satisfied', undefined],
      ['no subscriber', 'broken', 'NO_SUBSCRIBER'],
      ['subscriber pending', 'broken', 'SUBSCRIBER_NOT_CONFIRMED'],
      ['filter narrower than asked', 'broken', 'FILTER_NARROWER'],
      ['filter on another log group', 'broken', 'NO_METRIC_FILTER'],
      ['alarm on another namespace', 'broken', 'ALARM_OTHER_NAMESPACE'],
      ['no trail', 'broken', 'NO_TRAIL'],
      ['organization trail of another account', 'undecided', 'LOG_GROUP_IN_OTHER_ACCOUNT'],
      ['something unreadable', 'undecided', 'UNREADABLE'],
    ] as const;
    expect(files).to.have.lengthOf(expected.length);
    for (const [story, kind, reason] of expected) {
      expect(out).to.match(new RegExp(`^  ${story} +${kind}${reason ? ` +${reason}` : ''}$`, 'm'));
      expect(out).to.contain(`── ${story} ─`);
    }
    expect(out).to.contain('9 accounts: 1 satisfied, 6 broken, 2 undecided');
    expect(out).to.match(/^ {2}✗ subscriber {5}1 unconfirmed {2}<- SUBSCRIBER_NOT_CONFIRMED$/m);
    expect(out).to.match(/^ {2}NON_COMPLIANT {3}AWS::::Account 111122223333$/m);
  });

  const exits = [
    ['1-everything-right', 0],
    ['2-no-subscriber', 2],
    ['9-something-unreadable', 3],
  ] as const;
  for (const [name, code] of exits) {
    it(`of ${name} ends with exit code ${code}`, async () => {
      expect((await run(sample(name))).code).to.equal(code);
    });
  }

  it('answers programs in JSON, with a verdict and its evaluations for each file', async () => {
    const { code, out } = await run('--format', 'json', sample('1-everything-right'), sample('9-something-unreadable'));
    const { results, failed } = JSON.parse(out) as ResultDocument;
    expect([code, failed]).to.deep.equal([3, []]);
    expect(results.map(({ verdict }) => verdict)).to.deep.equal(['satisfied', 'undecided']);
    expect(results[0]?.evaluations[0]).to.include({
      complianceResourceType: 'AWS::::Account',
      complianceType: 'COMPLIANT',
    });
  });

  for (const format of ['html', 'markdown']) {
    it(`shows in ${format} what \`remediate\` prints, in every form`, async () => {
      const { code, out } = await run('--format', format, '--email', 'oncall@example.com', sample('2-no-subscriber'));
      expect(code).to.equal(2);
      for (const form of ['AWS CLI', 'Terraform', 'CloudFormation', 'Console']) expect(out).to.contain(form);
      expect(out).to.contain('aws sns subscribe').and.to.contain('oncall@example.com');
    });

    it(`has in ${format} a word to replace where nobody gave an address, and a script that ends at it`, async () => {
      const page = await run('--format', format, sample('2-no-subscriber'), sample('1-everything-right'));
      // The script of a page can draw the same again.
      const [out = ''] = page.out.split('<script');
      expect(out).to.contain('Nobody was named to be notified').and.to.contain('ADDRESS-TO-REPLACE');
      expect(out.match(/Nobody was named to be notified/g)).to.have.lengthOf(format === 'html' ? 1 : 4);
      const [, script = ''] = /(#!\/bin\/sh[^]*?)set -eu/.exec(out.replaceAll(/<\/?mark[^>]*>/g, '')) ?? [];
      const text = script.replaceAll('&#39;', "'").replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      const ended = spawnSync('sh', ['-s'], { input: `${text}echo reached`, encoding: 'utf8' });
      expect([ended.status, ended.stdout, ended.stderr]).to.deep.equal([
        1,
        '',
        'Replace the placeholder in this script with the address to notify.\n',
      ]);
      const filled = text.replaceAll('ADDRESS-TO-REPLACE', 'oncall@example.com');
      expect(spawnSync('sh', ['-s'], { input: `${filled}echo reached`, encoding: 'utf8' }).stdout).to.equal(
        'reached\n',
      );
    });
  }

  it('plans no remediation where no format shows it, and refuses options for one', async () => {
    const { out } = await run('--format', 'json', sample('2-no-subscriber'));
    expect(out).not.to.contain('"remediation"');
    const refused = await run('--format', 'json', '--email', 'oncall@example.com', sample('2-no-subscriber'));
    expect(refused.code).to.equal(1);
    expect(refused.err).to.contain('go with `--format html` or `--format markdown`');
  });

  it('takes the rule parameters by their names', async () => {
    const { code, out } = await run('--onUndecided', 'NOT_APPLICABLE', sample('9-something-unreadable'));
    expect(code).to.equal(3);
    expect(out).to.contain('NOT_APPLICABLE  AWS::::Account');
  });

  it('refuses a bad parameter, saying what is allowed', async () => {
    const { code, out, err } = await run('--assurance', 'none');
    expect([code, out]).to.deep.equal([1, '']);
    expect(err).to.equal('error: `--assurance` is `none`; allowed is one of working, configured\n');
  });

  it('names the file and the place in it that is wrong, and evaluates the others all the same', async () => {
    const bad = join(folder, 'bad.json');
    await writeFile(bad, '{"formatVersion": 1}');
    const { code, out, err } = await run(bad, join(folder, 'gone.json'), sample('1-everything-right'));
    expect(code).to.equal(1);
    expect(err).to.contain(`error: ${bad}: \`accountId\` is missing`);
    expect(err).to.contain('gone.json');
    expect(err).not.to.contain('    at ');
    expect(out).to.contain('SATISFIED');
  });

  it('teaches with --help, and calls an unknown command or option an error', async () => {
    const help = await runProgram('evaluate', '--help');
    expect(help.code).to.equal(0);
    expect(help.out).to.contain('Examples:').and.to.contain('Exit codes:').and.to.contain('--patternMatch');
    expect((await runProgram('evaluete')).code).to.equal(1);
    expect((await run('--colour')).code).to.equal(1);
  });

  it('shows colour on a terminal only', async () => {
    expect((await run(sample('2-no-subscriber'))).out).not.to.contain('\u001b');
    expect((await runIn({ colour: true }, evaluateCommand, [sample('2-no-subscriber')])).out).to.contain('\u001b[31m');
  });

  it('keeps to the width of a terminal', async () => {
    const { out } = await runIn({ columns: 80 }, evaluateCommand, [sample('5-filter-on-another-log-group')]);
    for (const line of out.split('\n')) expect(line.length, line).to.be.at.most(80);
  });

  const formats = [
    ['junit', '<failure type="NO_SUBSCRIBER" message="NO_SUBSCRIBER: SNS topic security-alerts has no subscriber">'],
    ['csv', ',D9.AWS.MON.25,broken,NO_SUBSCRIBER,SNS topic security-alerts has no subscriber,'],
  ] as const;
  for (const [format, holds] of formats) {
    it(`answers in ${format}`, async () => {
      const { code, out } = await run('--format', format, sample('2-no-subscriber'));
      expect(code).to.equal(2);
      expect(out).to.contain(holds);
    });
  }

  const refusals: readonly (readonly [string, readonly string[]])[] = [
    ['`--out` goes with `--accounts` or `--organization`', ['--out', 'x']],
    ['`--role-name` goes with', ['--role-name', 'audit']],
    ['many accounts need `--role-name`', ['--organization', '--region', 'eu-west-1']],
    ['either snapshots or live accounts', ['--organization', '--role-name', 'audit', sample('1-everything-right')]],
    ['`--control-id` was given before, with', ['--control', 'D9.AWS.MON.25', '--controlId', 'custom']],
    ["argument '0' is invalid", ['--concurrency', '0']],
    ["'--all-controls' cannot be used with", ['--all-controls', '--control', 'D9.AWS.MON.25']],
  ];
  for (const [says, args] of refusals) {
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, out, err } = await run(...args);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err).to.contain(says);
    });
  }
});
