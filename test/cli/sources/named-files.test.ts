import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import type { Run, World } from '../run.ts';
import { runIn } from '../run.ts';

const GOOD = 'events/accounts/1-everything-right.json';
const BAD = 'events/accounts/2-no-subscriber.json';

describe('files on the command line', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'named-'));
    await copyFile(GOOD, join(folder, 'b.json'));
    await copyFile(BAD, join(folder, 'a.json'));
    await writeFile(join(folder, 'notes.txt'), 'not a snapshot');
    await mkdir(join(folder, 'deeper'));
    await copyFile(BAD, join(folder, 'deeper', 'c.json'));
  });
  after(() => rm(folder, { recursive: true }));

  const run = (args: readonly string[], world: World = {}): Promise<Run> => runIn(world, evaluateCommand, args);
  const verdictsOf = async (args: readonly string[], world: World = {}) => {
    const { out } = await run(['--format', 'json', ...args], world);
    const { results, failed } = JSON.parse(out) as ResultDocument;
    expect(failed).to.deep.equal([]);
    return results.map(({ name, verdict }) => `${name} ${verdict}`);
  };

  it('a folder means the snapshots in it, in the order of their names, and not those of folders in it', async () => {
    expect(await verdictsOf([folder])).to.deep.equal(['a broken', 'b satisfied']);
  });

  it('`-` is standard input, also where it comes in pieces that cut a character', async () => {
    const bytes = Buffer.from((await readFile(GOOD, 'utf8')).replaceAll('security-alerts', 'sécurité-alerts'));
    const at = bytes.indexOf(0xc3) + 1;
    const stdin = [bytes.subarray(0, at), bytes.subarray(at)];
    const { code, out } = await run(['-'], { stdin });
    expect(code).to.equal(0);
    expect(out).to.contain('sécurité-alerts');
  });

  it('`-` goes with other files, and only once', async () => {
    const stdin = [await readFile(BAD, 'utf8')];
    expect(await verdictsOf([GOOD, '-'], { stdin })).to.deep.equal([
      'everything right satisfied',
      'standard input broken',
    ]);
    const twice = await run(['-', '-']);
    expect([twice.code, twice.err]).to.deep.equal([1, 'error: standard input can be read once only: give `-` once\n']);
  });

  const flags: readonly (readonly [string, readonly string[]])[] = [
    ['its name in kebab case', ['--report-trails', GOOD]],
    ["the rule's own spelling", ['--reportTrails', GOOD]],
    ['a value behind it', ['--report-trails', 'true', GOOD]],
    ['a value joined to it', ['--reportTrails=true', GOOD]],
    ['a file whose name looks like a value joined by a path', ['--report-trails', `./${GOOD}`]],
  ];
  for (const [what, args] of flags) {
    it(`a flag without a value does not consume a file: ${what}`, async () => {
      const { out } = await run(['--format', 'json', ...args]);
      const { results } = JSON.parse(out) as ResultDocument;
      expect(results).to.have.lengthOf(1);
      expect(results[0]?.evaluations.map(({ complianceResourceType }) => complianceResourceType)).to.deep.equal([
        'AWS::::Account',
        'AWS::CloudTrail::Trail',
      ]);
    });
  }

  it('a flag is turned off by `--no-` and by `false`, and neither consumes a file', async () => {
    for (const off of [['--no-report-trails'], ['--report-trails', 'false'], ['--reportTrails=false']]) {
      const { out } = await run(['--format', 'json', ...off, GOOD]);
      const [result] = (JSON.parse(out) as ResultDocument).results;
      expect(result?.evaluations, off.join(' ')).to.have.lengthOf(1);
    }
  });

  it('what follows `--` is the name of a file, whatever it looks like', async () => {
    const { code, err } = await run(['--', '--report-trails']);
    expect([code, err]).to.deep.equal([1, 'error: --report-trails: there is no such file\n']);
  });
});

describe('the id of a control', () => {
  const run = (...args: readonly string[]): Promise<Run> => runIn({}, evaluateCommand, args);
  for (const args of [
    ['--control', 'D9.AWS.MON.25'],
    ['--control-id', 'd9.aws.mon.25'],
    ['--controlId', 'D9.aws.MON.25'],
  ]) {
    it(`is accepted as ${args.join(' ')}`, async () => {
      const { out } = await run('--format', 'json', ...args, GOOD);
      const { results } = JSON.parse(out) as ResultDocument;
      expect(results.map(({ control }) => control.id)).to.deep.equal(['D9.AWS.MON.25']);
    });
  }
});

describe('`--quiet`', () => {
  it('prints the summary and errors, and keeps the exit code', async () => {
    const { code, out, err } = await runIn({}, evaluateCommand, ['--quiet', BAD, GOOD, 'no-such-file.json']);
    expect(code).to.equal(1);
    expect(out).not.to.contain('──');
    expect(out).to.match(/^ {2}no subscriber +broken +NO_SUBSCRIBER$/m);
    expect(out).to.contain('3 accounts: 1 satisfied, 1 broken, 0 undecided, 1 account not evaluated');
    expect(err).to.equal('error: no-such-file.json: there is no such file\n');
  });

  it('leaves machine formats as they are', async () => {
    // The time of the evaluation is another one.
    const run = async (...args: readonly string[]) => {
      const { out, ...rest } = await runIn({}, evaluateCommand, [...args, '--format', 'csv', BAD]);
      return { ...rest, out: out.replaceAll(/20\d\d-\d\d-\d\dT[\d:.]+Z/g, 'TIME') };
    };
    expect(await run('--quiet')).to.deep.equal(await run());
  });
});
