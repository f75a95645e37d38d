import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const run = (...args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    const command = ['--import', 'tsx', 'src/cli/main.ts', ...args];
    execFile(process.execPath, command, { env: { ...process.env, NODE_NO_WARNINGS: '1' } }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });

const sample = (name: string): string => `events/accounts/${name}.json`;

describe('judging on the command line', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'snapshots-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('without files judges every sample account, draws its chain and its rows, and sums up', async () => {
    const { code, out, err } = await run('judge');
    expect([code, err]).to.deep.equal([0, '']);
    const files = await readdir('events/accounts');
    const expected = [
      ['everything right', 'satisfied', undefined],
      ['no subscriber', 'broken', 'NO_SUBSCRIBER'],
      ['subscriber pending', 'broken', 'SUBSCRIBER_NOT_CONFIRMED'],
      ['filter narrower than asked', 'undecided', 'FILTER_UNDECIDED'],
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
    expect(out).to.contain('9 accounts: 1 satisfied, 5 broken, 3 undecided');
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
      expect((await run('judge', sample(name))).code).to.equal(code);
    });
  }

  it('answers programs in JSON, a list with a verdict and its rows for each file', async () => {
    const { code, out } = await run(
      'judge',
      '--format',
      'json',
      sample('1-everything-right'),
      sample('9-something-unreadable'),
    );
    const answers = JSON.parse(out) as readonly {
      readonly verdict: { readonly kind: string };
      readonly rows: readonly object[];
    }[];
    expect(code).to.equal(3);
    expect(answers.map(({ verdict }) => verdict.kind)).to.deep.equal(['satisfied', 'undecided']);
    expect(answers[0]?.rows[0]).to.include({ complianceResourceType: 'AWS::::Account', complianceType: 'COMPLIANT' });
  });

  it('takes the rule parameters by their names', async () => {
    const { code, out } = await run('judge', '--onUndecided', 'NOT_APPLICABLE', sample('9-something-unreadable'));
    expect(code).to.equal(3);
    expect(out).to.contain('NOT_APPLICABLE  AWS::::Account');
  });

  it('refuses a bad parameter, saying what is allowed', async () => {
    const { code, out, err } = await run('judge', '--assurance', 'none');
    expect([code, out]).to.deep.equal([1, '']);
    expect(err).to.equal('error: `assurance` is `none`; allowed is one of working, configured\n');
  });

  it('names the file and the place in it that is wrong, and judges the others all the same', async () => {
    const bad = join(folder, 'bad.json');
    await writeFile(bad, '{"formatVersion": 1}');
    const { code, out, err } = await run('judge', bad, join(folder, 'gone.json'), sample('1-everything-right'));
    expect(code).to.equal(1);
    expect(err).to.contain(`error: ${bad}: at \`accountId\`: expected`);
    expect(err).to.contain('gone.json');
    expect(err).not.to.contain('    at ');
    expect(out).to.contain('SATISFIED');
  });

  it('teaches with --help, and calls an unknown command or option an error', async () => {
    const help = await run('judge', '--help');
    expect(help.code).to.equal(0);
    expect(help.out).to.contain('Examples:').and.to.contain('Exit codes:').and.to.contain('--patternMatch');
    expect((await run('jugde')).code).to.equal(1);
    expect((await run('judge', '--colour')).code).to.equal(1);
  });

  it('shows no colour where the output is no terminal', async () => {
    expect((await run('judge', sample('2-no-subscriber'))).out).not.to.contain('\u001b');
  });
});
