import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { reportCommand } from '../../../src/cli/commands/report.ts';
import { outputFormatNames } from '../../../src/report/formats/output-formats.ts';
import type { Result, ResultDocument } from '../../../src/report/result.ts';
import { runIn } from '../run.ts';

const sample = (name: string): string => `events/accounts/${name}.json`;
const [RIGHT, BROKEN] = [sample('1-everything-right'), sample('2-no-subscriber')];

describe('showing saved results', () => {
  let folder = '';
  let saved = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-'));
    saved = join(folder, 'results.json');
    await writeFile(saved, (await runIn({}, evaluateCommand, ['--format', 'json', RIGHT, BROKEN])).out);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const report = (...args: readonly string[]) => runIn({}, reportCommand, args);
  const put = async (name: string, value: unknown) => {
    await writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
    return join(folder, name);
  };
  const savedDocument = async () => JSON.parse(await readFile(saved, 'utf8')) as ResultDocument;

  /** A folder as `evaluate --out` leaves it. */
  const putRun = async (results: readonly Result[], change: object = {}) => {
    const run = join(folder, 'run');
    await mkdir(run, { recursive: true });
    const settings = { parameters: [], regions: ['eu-west-1'] };
    const head = { formatVersion: 1, settings };
    const [startedAt, evaluatedAt] = ['2026-11-20T11:00:00.000Z', '2026-11-20T11:00:01.000Z'];
    const accounts = results.map((_, at) => `${111_122_223_333 + at}.eu-west-1`);
    for (const [at, result] of results.entries()) {
      const name = join('run', `${accounts[at] ?? ''}.json`);
      await put(name, { ...head, evaluatedAt, results: [{ ...result, name: accounts[at] }] });
    }
    await put(join('run', 'run.json'), { ...head, startedAt, completedAt: evaluatedAt, accounts, ...change });
    return run;
  };

  it('writes what `evaluate` writes, in every format, with the same exit code', async () => {
    const withoutTime = (text: string) => text.replaceAll(/20\d\d-\d\d-\d\dT[\d:.]+Z|\b1\d{12}\b|\d+ days/g, 'TIME');
    for (const format of outputFormatNames) {
      if (format === 'html' || format === 'markdown') continue;
      const evaluated = await runIn({}, evaluateCommand, ['--format', format, RIGHT, BROKEN]);
      const shown = await report('--format', format, saved);
      expect(withoutTime(shown.out), format).to.equal(withoutTime(evaluated.out));
      expect(shown.code, format).to.equal(evaluated.code);
    }
  });

  it('draws the page of a folder of `--out`, and says how to get the commands where none were saved', async () => {
    const run = await putRun((await savedDocument()).results);
    const { code, out, err } = await report('--format', 'html', run);
    expect([code, err]).to.deep.equal([2, '']);
    expect(out).to.contain('No. In 1 of 2 accounts nobody is notified');
    expect(out).to.contain('remediate --control D9.AWS.MON.25 --email ADDRESS SNAPSHOT');
  });

  it('shows the commands that were saved with the results', async () => {
    const [result] = (await savedDocument()).results.slice(1);
    const remediation = [
      { form: 'AWS CLI', text: 'aws sns subscribe' },
      { form: 'Terraform', text: 'resource' },
    ];
    const { out } = await report('--format', 'html', await putRun([{ ...result!, remediation }]));
    expect(out).to.contain('aws sns subscribe').and.not.to.contain('--email ADDRESS');
  });

  it('names an account that an interrupted run has not evaluated, on the page too, and does not end well', async () => {
    const run = await putRun((await savedDocument()).results.slice(0, 1), {
      completedAt: undefined,
      accounts: ['111122223333.eu-west-1', '222233334444.eu-west-1'],
    });
    const { code, out, err } = await report('--format', 'html', run);
    expect(code).to.equal(1);
    expect(err).to.match(/^error: 222233334444\.eu-west-1: not evaluated yet: the run was interrupted/);
    expect(out).to.contain('222233334444.eu-west-1').and.to.contain('not evaluated yet');
    expect((await report(run)).out).to.match(/1 account not evaluated|not evaluated/);
  });

  it('counts an exception, also a saved one, to its last day', async () => {
    const document = await savedDocument();
    const excepted = (expires: string) => ({
      ...document,
      results: document.results.map((result) => ({ ...result, exception: { reason: 'r', owner: 'o', expires } })),
    });
    expect((await report(await put('valid.json', excepted('2999-12-31')))).code).to.equal(0);
    const expired = await report(await put('expired.json', excepted('2020-01-01')));
    expect(expired.code).to.equal(2);
    expect(expired.err).to.contain('expired on 2020-01-01');
    const list = await put('list.csv', 'account,control,reason,owner,expires\n111122223333,*,r,o,2999-12-31\n');
    expect((await report('--exceptions', list, saved)).code).to.equal(0);
  });

  it('refuses the same account twice, since a page has one answer for it', async () => {
    const { code, err } = await report(saved, saved);
    expect(code).to.equal(1);
    expect(err).to.match(/^error: 111122223333 eu-west-1 D9\.AWS\.MON\.25 is twice in .*`diff`/);
  });

  const wrong: readonly (readonly [what: string, file: unknown, message: RegExp])[] = [
    ['of a newer version', { formatVersion: 2, results: [] }, /written by version 2 .* Use a newer version/],
    ['that is cut off', '{"formatVersion":1,"results":[', /does not hold results of/],
    ['without a result', { formatVersion: 1, results: [], failed: [] }, /there are no results/],
    ['whose results are not whole', { formatVersion: 1, results: [{ verdict: 'satisfied' }] }, /results\.0\.name/],
    ['that is a list', [], /does not hold results of/],
  ];
  for (const [what, file, message] of wrong) {
    it(`names a file ${what}, and prints nothing`, async () => {
      const { code, out, err } = await report('--format', 'html', await put('wrong.json', file));
      expect([code, out]).to.deep.equal([1, '']);
      expect(err)
        .to.match(/^error: \S*wrong\.json/)
        .and.to.match(message);
    });
  }

  it('names a snapshot, an empty folder, and a folder whose state was tampered with', async () => {
    expect((await report(RIGHT)).err).to.match(/is a snapshot, which holds no verdicts: `evaluate` evaluates it/);
    const empty = await mkdtemp(join(folder, 'empty-'));
    expect((await report(empty)).err).to.match(/is not a folder of results of `evaluate --out`: it has no run\.json/);
    const run = await putRun([], { accounts: ['../../etc/passwd'] });
    expect((await report(run)).err).to.match(/run\.json is not a result of `evaluate --out`/);
    expect((await report(await putRun([], { formatVersion: 2 }))).err).to.match(/newer version of this program/);
    expect(await readdir(run)).to.deep.equal(['run.json']);
  });
});
