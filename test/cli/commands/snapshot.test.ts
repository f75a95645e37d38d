import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { snapshotCommand } from '../../../src/cli/commands/snapshot.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import { parseSnapshot } from '../../../src/inventory/snapshot-reader.ts';
import { snapshotFile } from '../../../src/inventory/snapshot/snapshot-file.ts';
import type { ResultDocument } from '../../../src/report/result.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import { runIn } from '../run.ts';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hidden-secret' };

describe('keeping a snapshot', () => {
  let folder = '';
  let responder: Responder;
  const environment = { ...process.env };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'snapshot-'));
    responder = await startResponder(parseSnapshot(await readFile('events/accounts/1-everything-right.json', 'utf8')));
    Object.assign(process.env, CREDENTIALS);
  });
  after(async () => {
    process.env = environment;
    await responder.close();
    await rm(folder, { recursive: true });
  });

  const live = () => ['--endpoint-url', responder.url, '--region', 'eu-west-1'];
  const keep = (file: string) => runIn({}, (io) => snapshotCommand(io), [...live(), file]);
  const judged = async (...args: readonly string[]) => {
    const { out } = await runIn({}, evaluateCommand, [...args, '--format', 'json']);
    const { results } = JSON.parse(out) as ResultDocument;
    return results.map(({ verdict, chains, evaluations }) => ({ verdict, chains, evaluations }));
  };

  const samples = ['1-everything-right', '4-filter-narrower-than-asked', '9-something-unreadable'];
  const questions = [
    [],
    ['--patternMatch', 'covers', '--maxEventsToAlarm', '5'],
    ['--assurance', 'configured'],
    ['--filter-pattern', '{ $.eventName = "Deactivate*" }'],
    ['--control', 'CloudWatch.4'],
  ];
  for (const sample of samples) {
    it(`of ${sample} gives the verdict of the live account, chain by chain, whatever is asked`, async () => {
      // The emulated account is read now, so its last delivery is made to be as old as it was.
      const text = await readFile(`events/accounts/${sample}.json`, 'utf8');
      responder.serve(parseSnapshot(text.replaceAll(/"2026-11-\d\dT/g, `"${new Date().toISOString().slice(0, 11)}`)));
      const file = join(folder, `${sample}.json`);
      expect((await keep(file)).code).to.equal(0);
      for (const asked of questions) {
        const fromFile = await judged(...asked, file);
        expect(fromFile, asked.join(' ')).to.deep.equal(await judged(...asked, ...live()));
        expect(JSON.stringify(fromFile)).not.to.contain('NotInSnapshot');
      }
    });
  }

  it('keeps the account, the region and the time, and nothing secret', async () => {
    const file = join(folder, 'one.json');
    await keep(file);
    const text = await readFile(file, 'utf8');
    expect(JSON.parse(text)).to.include({ formatVersion: 4, accountId: '111122223333', region: 'eu-west-1' });
    for (const secret of [...Object.values(CREDENTIALS), 'somebody@example.com']) expect(text).not.to.contain(secret);
  });

  it('leaves the file that was there, and no other, if the account cannot be read', async () => {
    const place = await mkdtemp(join(folder, 'whole-'));
    const file = join(place, 'account.json');
    await writeFile(file, 'as it was');
    responder.inject('DescribeTrails', { kind: 'error', code: 'ValidationError' });
    const { code, err } = await runIn({}, (io) => snapshotCommand(io), [...live(), '--force', file]);
    expect(code).to.equal(1);
    expect(err)
      .to.match(/^error: CloudTrail DescribeTrails in account \d+, region [a-z0-9-]+ failed/)
      .and.not.to.contain('    at ');
    expect([await readdir(place), await readFile(file, 'utf8')]).to.deep.equal([['account.json'], 'as it was']);
  });

  it('replaces no file without --force, reads nothing for it, and says what may be meant', async () => {
    const file = join(folder, 'taken.json');
    await writeFile(file, 'as it was');
    responder.serve(parseSnapshot(await readFile('events/accounts/1-everything-right.json', 'utf8')));
    const plain = await keep(file);
    expect([plain.code, plain.err]).to.deep.equal([
      1,
      `error: ${file} exists: name another file, or replace it with \`--force\`\n`,
    ]);
    expect(responder.calls).to.deep.equal([]);
    const redacted = await runIn({}, (io) => snapshotCommand(io), [...live(), '--redact', file]);
    expect(redacted.err).to.contain(`to redact it, name it with \`--from\`: \`snapshot --redact --from ${file} `);
    expect(await readFile(file, 'utf8')).to.equal('as it was');
  });

  it('writes to standard output, and reads standard input, where the file is `-`', async () => {
    const text = await readFile('events/accounts/1-everything-right.json', 'utf8');
    const { code, out } = await runIn({ stdin: [text] }, (io) => snapshotCommand(io), ['--from', '-', '-']);
    expect(code).to.equal(0);
    expect(parseSnapshot(out)).to.deep.equal(parseSnapshot(text));
  });

  it('says in a sentence why a file cannot be written', async () => {
    responder.serve(parseSnapshot(await readFile('events/accounts/1-everything-right.json', 'utf8')));
    const { code, err } = await keep(join(folder, 'no', 'such', 'folder.json'));
    expect(code).to.equal(1);
    expect(err).to.match(/^error: could not write .*folder\.json: there is no such folder\n$/);
  });

  describe('under other names', () => {
    const again = (from: string, file: string) =>
      runIn({}, (io) => snapshotCommand(io), ['--redact', '--force', '--from', from, file]);

    it('shows none of the account, and has the verdict of the account', async () => {
      responder.serve(parseSnapshot(await readFile('events/accounts/4-filter-narrower-than-asked.json', 'utf8')));
      const file = join(folder, 'redacted.json');
      const { code, err } = await runIn({}, (io) => snapshotCommand(io), [...live(), '--redact', file]);
      expect(code).to.equal(0);
      expect(err).to.match(/^account 111122223333 as it was at \S+, under other names: .*redacted\.json\n$/);
      expect(await readFile(file, 'utf8')).not.to.match(/111122223333|cloudtrail\/main|security-alerts/);
      const outline = (results: Awaited<ReturnType<typeof judged>>) =>
        results.map(({ verdict, chains }) => [verdict, chains.map(({ finding }) => finding?.code)]);
      for (const asked of questions) {
        expect(outline(await judged(...asked, file))).to.deep.equal(outline(await judged(...asked, ...live())));
      }
    });

    it('is also made of a snapshot, and the same one each time', async () => {
      const [first, second] = [join(folder, 'first.json'), join(folder, 'second.json')];
      const sample = 'events/accounts/1-everything-right.json';
      expect((await again(sample, first)).code).to.equal(0);
      expect((await again(sample, second)).code).to.equal(0);
      expect(await readFile(first, 'utf8')).to.equal(await readFile(second, 'utf8'));
    });

    it('is not written where its verdict would be another one, and the file that was there stays', async () => {
      const text = await readFile('events/accounts/1-everything-right.json', 'utf8');
      const inventory = parseSnapshot(text);
      const topicArn = Object.keys(inventory.parts['topic-attributes'] ?? {})[0] ?? '';
      // A part of a service's name is no word of AWS's, and without it the policy does not mean CloudWatch.
      const policy = JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: '*',
          Condition: { StringLike: { 'aws:PrincipalServiceName': 'clou?watch.amazonaws.com' } },
        },
      });
      const parts = { ...inventory.parts, 'topic-attributes': { [topicArn]: { kind: 'present', value: { policy } } } };
      const [from, file] = [join(folder, 'odd.json'), join(folder, 'kept.json')];
      await writeFile(from, JSON.stringify(snapshotFile({ ...inventory, parts } as Inventory, {})));
      await writeFile(file, 'as it was');
      const { code, err } = await again(from, file);
      expect(code).to.equal(1);
      expect(err).to.match(
        /^error: under other names this account gets another verdict .*the link topic .*topic-attributes: policy/,
      );
      expect(await readFile(file, 'utf8')).to.equal('as it was');
    });

    it('has the same stand-ins in two snapshots with a key, and other ones with another key', async () => {
      const [key, other] = [join(folder, 'key'), join(folder, 'other-key')];
      await writeFile(key, 'a secret of more than sixteen bytes');
      await writeFile(other, 'another secret of more than sixteen bytes');
      const copyOf = async (sample: string, keyFile: string) => {
        const file = join(folder, 'keyed.json');
        const from = ['--redact', '--from', `events/accounts/${sample}.json`];
        const { code } = await runIn({}, (io) => snapshotCommand(io), [
          ...from,
          '--key-file',
          keyFile,
          '--force',
          file,
        ]);
        expect(code).to.equal(0);
        return parseSnapshot(await readFile(file, 'utf8'));
      };
      const [first, second] = [await copyOf('1-everything-right', key), await copyOf('2-no-subscriber', key)];
      expect(second.accountId).to.equal(first.accountId);
      expect(Object.keys(second.parts['metric-filters'] ?? {})).to.deep.equal(
        Object.keys(first.parts['metric-filters'] ?? {}),
      );
      expect((await copyOf('1-everything-right', other)).accountId).not.to.equal(first.accountId);
    });

    it('can be written with what each stand-in stands for, for its owner alone', async () => {
      const [file, mapping] = [join(folder, 'mapped.json'), join(folder, 'mapping.json')];
      const args = ['--redact', '--from', 'events/accounts/1-everything-right.json', '--mapping', mapping, file];
      expect((await runIn({}, (io) => snapshotCommand(io), args)).code).to.equal(0);
      const { names } = JSON.parse(await readFile(mapping, 'utf8')) as { readonly names: Record<string, string> };
      const copy = parseSnapshot(await readFile(file, 'utf8'));
      expect(names[copy.accountId]).to.equal('111122223333');
      expect(Object.values(names)).to.include.members(['security', 'alerts', 'main']);
      expect((await stat(mapping)).mode & 0o777).to.equal(0o600);
    });

    it('takes a key of at least sixteen bytes, and its options only with `--redact`', async () => {
      const key = join(folder, 'short');
      await writeFile(key, 'short');
      const from = ['--from', 'events/accounts/1-everything-right.json'];
      const run = (...args: readonly string[]) =>
        runIn({}, (io) => snapshotCommand(io), [...from, ...args, join(folder, 'never.json')]);
      expect((await run('--redact', '--key-file', key)).err).to.match(
        /^error: the key file .*short has fewer than 16 bytes/,
      );
      expect((await run('--redact', '--key-file', `${key}-no`)).err).to.match(/^error: could not read the key file/);
      expect((await run('--mapping', key)).err).to.match(/need `--redact`/);
    });

    it('is made of a file with a byte order mark, as any snapshot is read', async () => {
      const [from, file] = [join(folder, 'marked.json'), join(folder, 'unmarked.json')];
      await writeFile(from, `\uFEFF${await readFile('events/accounts/1-everything-right.json', 'utf8')}`);
      expect((await again(from, file)).code).to.equal(0);
    });

    for (const [what, args, problem] of [
      ['a file that is not there', ['--from', 'no.json'], /^error: no\.json: .*no such file/],
      [
        'a file that is no snapshot',
        ['--from', 'package.json'],
        /^error: package\.json: not a snapshot file: it has no `formatVersion`/,
      ],
      ['a snapshot and an account', ['--from', 'a.json', '--profile', 'x'], /^error: `--from` copies a snapshot: /],
    ] as const) {
      it(`says in a sentence what is wrong with ${what}`, async () => {
        const { code, err } = await runIn({}, (io) => snapshotCommand(io), [...args, join(folder, 'never.json')]);
        expect(code).to.equal(1);
        expect(err).to.match(problem);
      });
    }
  });
});
