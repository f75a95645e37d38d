import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { diffCommand } from '../../../src/cli/commands/diff.ts';
import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { runIn } from '../run.ts';

const sample = (name: string): string => `events/accounts/${name}.json`;
const [RIGHT, BROKEN, UNREADABLE] = [
  sample('1-everything-right'),
  sample('2-no-subscriber'),
  sample('9-something-unreadable'),
];

describe('comparing', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'diff-'));
  });
  after(() => rm(folder, { recursive: true }));

  const diff = (...args: readonly string[]) => runIn({}, diffCommand, args);

  it('a snapshot with itself finds nothing', async () => {
    expect(await diff(RIGHT, RIGHT)).to.deep.equal({ code: 0, out: 'Nothing changed.\n', err: '' });
  });

  it('two snapshots shows the verdict first, and then the links that caused it', async () => {
    const { code, out } = await diff(RIGHT, BROKEN);
    expect(code).to.equal(2);
    const [verdict, ...links] = out.trimEnd().split('\n');
    expect(verdict).to.equal('111122223333 eu-west-1 D9.AWS.MON.25: satisfied → broken NO_SUBSCRIBER');
    expect(links.map((line) => line.trim().split(/ {2,}/)[0])).to.deep.equal(['subscriber']);
    expect(links[0]).to.contain('→ none (NO_SUBSCRIBER)');
  });

  it('ends with 3 where a satisfied account is undecided, and with 0 where one got better', async () => {
    expect((await diff(RIGHT, UNREADABLE)).code).to.equal(3);
    expect((await diff(BROKEN, RIGHT)).code).to.equal(0);
  });

  it('two results of `evaluate --format json` is the same as their snapshots', async () => {
    const results = await Promise.all(
      [RIGHT, BROKEN].map(async (path, index) => {
        const file = join(folder, `result-${index}.json`);
        await writeFile(file, (await runIn({}, evaluateCommand, ['--format', 'json', path])).out);
        return file;
      }),
    );
    expect(await diff(...results)).to.deep.equal(await diff(RIGHT, BROKEN));
  });

  it('puts changed verdicts before changed links, and reads standard input', async () => {
    const stdin = [await readFile(BROKEN, 'utf8')];
    const { out } = await runIn({ stdin }, diffCommand, ['--all-controls', RIGHT, '-']);
    const heads = out.split('\n').filter((line) => line.startsWith('1'));
    const isChanged = heads.map((line) => line.includes('satisfied → broken'));
    expect(isChanged[0]).to.equal(true);
    expect(isChanged).to.deep.equal([...isChanged].sort().reverse());
  });

  it('names a file that is neither', async () => {
    const { code, err } = await diff(RIGHT, 'package.json');
    expect([code, err]).to.deep.equal([1, 'error: package.json: not a snapshot file: it has no `formatVersion`\n']);
  });
});
