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

  it('a snapshot with saved results evaluates it under their rules', async () => {
    const file = join(folder, 'covers.json');
    const evaluated = await runIn({}, evaluateCommand, [
      '--format',
      'json',
      '--pattern-match',
      'covers',
      '--control',
      'CloudWatch.1',
      RIGHT,
    ]);
    await writeFile(file, evaluated.out);
    expect(await diff(file, RIGHT)).to.deep.equal({ code: 0, out: 'Nothing changed.\n', err: '' });
    const ignored = await diff('--control', 'CloudWatch.2', file, file);
    expect(ignored.err).to.contain('covers.json holds saved results: the rules of this command have no effect on them');
  });

  it('says by which other rules a result was judged, since a change may come from them alone', async () => {
    const [strict, lenient] = [join(folder, 'strict.json'), join(folder, 'lenient.json')];
    await writeFile(strict, (await runIn({}, evaluateCommand, ['--format', 'json', BROKEN])).out);
    const args = ['--format', 'json', '--subscriber-protocols', 'sms', RIGHT];
    await writeFile(lenient, (await runIn({}, evaluateCommand, args)).out);
    const { out } = await diff(strict, lenient);
    expect(out).to.match(/ judged with +subscriberProtocols: email,.* → sms$/m);
    const { changes } = JSON.parse((await diff('--format=json', strict, lenient)).out) as {
      readonly changes: readonly { readonly rules: readonly unknown[] }[];
    };
    expect(changes[0]?.rules).to.have.lengthOf(1);
  });

  it('of other accounts says that nothing was compared, and of the wrong order that it is', async () => {
    const other = join(folder, 'other.json');
    await writeFile(other, (await readFile(RIGHT, 'utf8')).replaceAll('111122223333', '222233334444'));
    expect((await diff(RIGHT, other)).err).to.contain('no account, region and control is on both sides');
    const later = join(folder, 'later.json');
    await writeFile(later, (await readFile(RIGHT, 'utf8')).replaceAll('2026-11-20T10', '2026-11-21T10'));
    expect((await diff(later, RIGHT)).err).to.contain('the first side was read after the second');
    expect((await diff(RIGHT, later)).err).to.equal('');
  });

  it('keeps results of one account apart by their names', async () => {
    const results = join(folder, 'two.json');
    await writeFile(results, (await runIn({}, evaluateCommand, ['--format', 'json', RIGHT, BROKEN])).out);
    expect((await diff(results, results)).out).to.equal('Nothing changed.\n');
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
