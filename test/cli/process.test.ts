import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { writeFileAtomically } from '../../src/cli/terminal/write-file.ts';
import type { Run } from './run.ts';

/** A line of bash, in which `$cli` is the program; its exit code is that of the program, whatever reads it. */
const bash = (line: string): Promise<Run> =>
  new Promise((resolve) => {
    const environment = {
      ...process.env,
      NODE_NO_WARNINGS: '1',
      cli: `${process.execPath} --import tsx src/cli/main.ts`,
    };
    execFile('bash', ['-o', 'pipefail', '-c', line], { env: environment }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });

describe('the program as a process', () => {
  const broken = 'events/accounts/2-no-subscriber.json';
  const full = 'error: the output cannot be written: no space is left on the device\n';
  const ends: readonly (readonly [string, string, number, string])[] = [
    // Nothing that was started later is read by then: Node takes longer to start than `true` to end.
    ['that nobody reads, silently and as SIGPIPE would', `$cli evaluate ${broken} | true`, 141, ''],
    ['whose help nobody reads, likewise', '$cli evaluate --help | true', 141, ''],
    ['whose errors nobody reads, likewise', '{ $cli evaluate no-such-file >/dev/null; } 2>&1 | true', 141, ''],
    ['on a full disk, saying so', `$cli evaluate ${broken} >/dev/full`, 1, full],
    ['whose errors find the disk full, and says nothing', `$cli evaluate no-such-file 2>/dev/full`, 1, ''],
  ];
  for (const [what, line, code, err] of ends) {
    it(`ends with ${code}, ${what}`, async () => {
      expect(await bash(line)).to.deep.equal({ code, out: '', err });
    });
  }

  it('leaves no file that is not whole behind it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'process-'));
    const program = `import { writeFileAtomically } from './src/cli/terminal/write-file.ts';
      void writeFileAtomically('${folder}/whole.json', 'x'.repeat(1e8));
      setTimeout(() => process.exit(141), 20);`;
    const { code } = await bash(`${process.execPath} --import tsx --input-type=module -e "${program}"`);
    expect(code).to.equal(141);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
    await rm(folder, { recursive: true });
  });
});

describe('writing a file whole', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'whole-'));
  });
  after(() => rm(folder, { recursive: true }));

  const failure = (path: string) =>
    writeFileAtomically(path, 'text').then(
      () => expect.fail('it was written'),
      (error: unknown) => (error as Error).message,
    );

  it('writes where a link leads, and leaves the link', async () => {
    const [file, link] = [join(folder, 'file'), join(folder, 'link')];
    await writeFile(file, 'old');
    await symlink(file, link);
    await writeFileAtomically(link, 'new');
    expect(await readFile(file, 'utf8')).to.equal('new');
    expect(
      (await readdir(folder, { withFileTypes: true })).find(({ name }) => name === 'link')?.isSymbolicLink(),
    ).to.equal(true);
  });

  it('writes to a device as it is, and says so where it is full', async () => {
    expect(await failure('/dev/full')).to.equal('could not write /dev/full: no space is left on the device');
    expect((await stat('/dev/full')).isCharacterDevice()).to.equal(true);
  });

  const refused = [
    ['a folder', '.', 'it is a folder'],
    ['a file in a folder that is not there', 'none/file', 'there is no such folder'],
    ['a file in a file', 'plain/file', 'a part of its path is not a folder'],
  ] as const;
  for (const [what, path, words] of refused) {
    it(`says what is wrong with ${what}`, async () => {
      await writeFile(join(folder, 'plain'), '');
      const place = join(folder, path);
      expect(await failure(place)).to.equal(`could not write ${place}: ${words}`);
    });
  }
});
