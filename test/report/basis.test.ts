import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { expect } from 'chai';

import manifest from '../../package.json' with { type: 'json' };
import { evaluateCommand } from '../../src/cli/commands/evaluate.ts';
import { snapshotCommand } from '../../src/cli/commands/snapshot.ts';
import { ageOf } from '../../src/report/basis.ts';
import type { ResultDocument } from '../../src/report/result.ts';
import { runIn } from '../cli/run.ts';
import { expectResultSchema } from '../support/formats/result-schema.ts';

const SAMPLE = 'events/accounts/9-something-unreadable.json';
const formats = ['text', 'json', 'jsonl', 'junit', 'csv', 'markdown', 'html', 'ocsf', 'sarif'] as const;

const sha256Of = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

/** A document without what its format needs around a text. */
const plain = (text: string) =>
  text
    .replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\\"', '"')
    .replaceAll('""', '"')
    .replaceAll(/\s+/g, ' ');

describe('what a result rests on', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'basis-'));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });
  const evaluated = async (format: string, ...args: readonly string[]) =>
    plain((await runIn({}, evaluateCommand, ['--format', format, ...args])).out);

  for (const format of formats) {
    it(`is in ${format}: account, time, caller, file, completeness, control, premises, parameters and version`, async () => {
      const out = await evaluated(format, '--max-delivery-age-hours', '47', SAMPLE);
      for (const fact of [
        '111122223333',
        '2026-11-20T10:00:00.000Z',
        'arn:aws:sts::111122223333:assumed-role/audit/jane',
        await sha256Of(SAMPLE),
        'subscriptions arn:aws:sns:eu-west-1:111122223333:security-alerts',
        'D9.AWS.MON.25',
        '{($.eventName=DeactivateMFADevice)}',
        '$.eventSource = "iam.amazonaws.com" && $.eventType = "AwsApiCall"',
        manifest.version,
      ]) {
        expect(out, fact).to.contain(fact);
      }
      expect(out).to.match(/maxDeliveryAgeHours(=|": ?"|","value":")47/);
      expect(out).to.match(/assurance(=|": ?"|","value":")working/);
    });

    it(`says in ${format} that a file is changed, is a copy under other names, or is of an older version`, async () => {
      const [changed, copy, old] = ['changed', 'copy', 'old'].map((name) => join(folder, `${format}-${name}.json`));
      const text = await readFile(SAMPLE, 'utf8');
      await writeFile(changed ?? '', text.replace('"threshold": 1', '"threshold": 2'));
      await runIn({}, (io) => snapshotCommand(io), ['--redact', '--from', SAMPLE, copy ?? '']);
      await writeFile(
        old ?? '',
        await readFile('test/inventory/snapshot/files/1e-mute-rules-and-history.json', 'utf8'),
      );
      expect(await evaluated(format, changed ?? '')).to.match(
        /the snapshot is not as it was written|"isChanged": ?true/,
      );
      expect(await evaluated(format, copy ?? '')).to.match(/a copy under other names|"isRedacted": ?true/);
      expect(await evaluated(format, old ?? '')).to.contain('the file does not hold the states of alarms');
    });
  }

  for (const format of formats) {
    it(`names in ${format} the template that is laid over a snapshot, and the snapshot, by their digests`, async () => {
      const template = join(folder, `${format}-template.json`);
      await writeFile(template, JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }));
      const args = ['--account-id', '111122223333', '--region', 'eu-west-1', '--onto', SAMPLE, '--new-stack', template];
      const out = await evaluated(format, ...args);
      for (const file of [template, SAMPLE]) {
        expect(out, file).to.contain(await sha256Of(file));
      }
      expect(out).to.contain('arn:aws:sts::111122223333:assumed-role/audit/jane');
    });
  }

  const topic = (name: string) => ({ Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: name } } });

  /** The output folder of the CDK: a template, one that is nested in it, and a file that is no template. */
  async function assembly(): Promise<{ readonly folder: string; readonly templates: readonly string[] }> {
    const app = await mkdtemp(join(folder, 'app-'));
    const [parent, nested] = ['App.template.json', 'AppNested.nested.template.json'].map((name) => join(app, name));
    const metadata = { 'aws:asset:path': 'AppNested.nested.template.json' };
    const stack = { Type: 'AWS::CloudFormation::Stack', Metadata: metadata, Properties: { TemplateURL: 'later' } };
    await writeFile(parent ?? '', JSON.stringify({ Resources: { Nested: stack } }));
    await writeFile(nested ?? '', JSON.stringify({ Resources: topic('alerts') }));
    await writeFile(join(app, 'cdk.out'), '{"version":"36.0.0"}');
    await writeFile(join(app, 'manifest.json'), '{"version":"36.0.0"}');
    return { folder: app, templates: [parent ?? '', nested ?? ''] };
  }

  async function expectDigests(out: string, files: readonly string[]): Promise<void> {
    for (const file of files)
      expect(out, file)
        .to.contain(await sha256Of(file))
        .and.to.contain(basename(file));
  }

  for (const format of formats) {
    it(`names in ${format} every file that was judged together with others, with its digest`, async () => {
      const paths = ['one', 'other', 'deployed', 'removed'].map((name) => join(folder, `${format}-${name}.yaml`));
      const [one = '', other = '', deployed = '', removed = ''] = paths;
      for (const path of paths) await writeFile(path, JSON.stringify({ Resources: topic(basename(path, '.yaml')) }));
      const place = ['--account-id', '111122223333', '--region', 'eu-west-1'];
      await expectDigests(await evaluated(format, ...place, one, other), [one, other]);
      const previous = ['--onto', SAMPLE, '--previous-template', deployed, '--previous-template', removed];
      const update = await evaluated(format, ...place, ...previous, one, other);
      await expectDigests(update, paths);
      expect(update).to.contain(await sha256Of(SAMPLE));
      const { folder: app, templates } = await assembly();
      await expectDigests(await evaluated(format, ...place, app), templates);
    });
  }

  it('has one digest for one file, and a list for several, in the order in which they were given', async () => {
    const [one, other] = [join(folder, 'b.json'), join(folder, 'a.json')];
    for (const path of [one, other])
      await writeFile(path, JSON.stringify({ Resources: topic(basename(path, '.json')) }));
    const place = ['--format', 'json', '--region', 'eu-west-1'];
    const sourceOf = async (...files: readonly string[]) => {
      const { out } = await runIn({}, evaluateCommand, [...place, ...files]);
      expectResultSchema(out);
      const { results } = JSON.parse(out) as ResultDocument;
      return results[0]?.source;
    };
    const digestsOf = async (path: string) => ({ name: path, sha256: await sha256Of(path) });
    expect(await sourceOf(one))
      .to.include({ sha256: await sha256Of(one) })
      .and.not.to.have.any.keys('files');
    const together = await sourceOf(one, other);
    expect(together).not.to.have.any.keys('sha256', 'previousFiles');
    expect(together?.files).to.deep.equal([await digestsOf(one), await digestsOf(other)]);
    const onto = await sourceOf('--onto', SAMPLE, '--previous-template', other, one);
    expect(onto).to.include({ sha256: await sha256Of(one) });
    expect(onto?.previousFiles).to.deep.equal([await digestsOf(other)]);
  });

  it('has an age where the time of the evaluation is known', () => {
    const readAt = '2026-11-20T10:00:00.000Z';
    for (const [evaluatedAt, age] of [
      ['2026-11-20T10:00:59.000Z', '0 min'],
      ['2026-11-20T10:59:59.000Z', '59 min'],
      ['2026-11-20T11:00:00.000Z', '1 h'],
      ['2026-11-22T09:59:59.000Z', '47 h'],
      ['2026-11-22T10:00:00.000Z', '2 days'],
      [undefined, ''],
    ] as const) {
      expect(ageOf({ readAt }, evaluatedAt), evaluatedAt).to.equal(age);
    }
  });
});
