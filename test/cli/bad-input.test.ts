import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { buildProgram } from '../../src/cli/program.ts';
import type { Run } from './run.ts';
import { runIn } from './run.ts';

const run = (...args: readonly string[]): Promise<Run> => runIn({}, buildProgram, args);

const SAMPLE = 'events/accounts/1-everything-right.json';

describe('what cannot be understood', () => {
  const commandLines: readonly (readonly [readonly string[], string])[] = [
    [['evaluete'], "error: unknown command 'evaluete'\n(Did you mean evaluate?)\n"],
    [['pattern', 'prase'], "error: unknown command 'prase'\n(Did you mean parse?)\n"],
    [['evaluate', '--contol', 'x'], "error: unknown option '--contol'\n(Did you mean --control?)\n"],
    [['remediate', '--out', 'x', '--emial', 'x'], "error: unknown option '--emial'\n(Did you mean --email?)\n"],
    [['snapshot', '--regoin', 'x'], "error: unknown option '--regoin'\n(Did you mean --region?)\n"],
    [['evaluate', '--concurrency', '0'], 'Allowed is a whole number from 1 to 64.'],
    [['evaluate', '--endpoint-url', 'localhost:5000'], 'Allowed is an address such as http://127.0.0.1:5000.'],
    [['evaluate', '--format', 'xml'], 'Allowed choices are text, json, junit, '],
    [['evaluate', ''], 'the name of the file is empty'],
    [['snapshot'], "error: missing required argument 'file'"],
    [['explain', 'NO_TRIAL'], 'error: `NO_TRIAL` is not known; like it are NO_TRAIL'],
  ];
  for (const [args, says] of commandLines) {
    it(`\`${args.join(' ')}\` is an error that says what is allowed, or meant`, async () => {
      const { code, out, err } = await run(...args);
      expect([code, out]).to.deep.equal([1, '']);
      expect(err).to.contain(says);
    });
  }

  describe('in a file', () => {
    let folder = '';
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'bad-'));
      await mkdir(join(folder, 'folder'));
      await writeFile(join(folder, 'empty'), '');
      await writeFile(
        join(folder, 'binary'),
        Uint8Array.from({ length: 4096 }, (_, index) => (index * 97) % 256),
      );
      await writeFile(join(folder, 'twice'), '111122223333 a\r\n111122223333 b\r\n');
    });
    after(() => rm(folder, { recursive: true }));

    const accounts = ['evaluate', '--region', 'eu-west-1', '--role-name', 'audit', '--accounts'];
    const files: readonly (readonly [string, readonly string[], string])[] = [
      ['none', ['evaluate'], 'there is no such file'],
      ['folder', ['evaluate'], 'the folder holds no snapshot, that is no file that ends in `.json`'],
      ['empty', ['evaluate'], 'this looks like an empty file; expected is a snapshot'],
      ['binary', ['evaluate'], 'not JSON: '],
      ['none', accounts, 'there is no such file'],
      ['folder', accounts, 'it is a folder'],
      ['empty', accounts, 'there is no account in the list'],
      ['binary', accounts, 'line 1: an account id has 12 digits, but here is '],
      ['twice', accounts, 'line 2: account 111122223333 is in the list twice'],
    ];
    for (const [name, command, words] of files) {
      it(`\`${command.join(' ')}\` of ${name}: the file is named, and what is wrong with it`, async () => {
        const { code, out, err } = await run(...command, join(folder, name));
        expect([code, out]).to.deep.equal([1, '']);
        expect(err.split('\n')[0]).to.contain(`error: ${join(folder, name)}: ${words}`);
        expect(err.length, err).to.be.below(2_000);
        expect(err.replaceAll('\n', '')).not.to.match(/\p{C}/u);
      });
    }

    it('a byte order mark before a snapshot is no mistake', async () => {
      const marked = join(folder, 'marked.json');
      await writeFile(marked, `\uFEFF${await readFile(SAMPLE, 'utf8')}`);
      expect((await run('evaluate', marked)).code).to.equal(0);
    });
  });

  it('an ARN in the place of the name of a role is refused before anything is asked of AWS', async () => {
    const arn = 'arn:aws:iam::111122223333:role/audit';
    const { code, err } = await run('evaluate', '--organization', '--region', 'eu-west-1', '--role-name', arn);
    expect([code, err]).to.deep.equal([
      1,
      `error: option '--role-name <name>' argument '${arn}' is invalid. Allowed is the name of an IAM role (not its ARN), with its path if it has one; a service-linked role, such as that of the configuration recorder, cannot be assumed.\n`,
    ]);
  });
});
