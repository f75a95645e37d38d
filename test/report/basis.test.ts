import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import manifest from '../../package.json' with { type: 'json' };
import { evaluateCommand } from '../../src/cli/commands/evaluate.ts';
import { snapshotCommand } from '../../src/cli/commands/snapshot.ts';
import { ageOf } from '../../src/report/basis.ts';
import { runIn } from '../cli/run.ts';

const SAMPLE = 'events/accounts/9-something-unreadable.json';
const formats = ['text', 'json', 'jsonl', 'junit', 'csv', 'markdown', 'html', 'ocsf', 'sarif'] as const;

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
      const sha256 = createHash('sha256')
        .update(await readFile(SAMPLE))
        .digest('hex');
      for (const fact of [
        '111122223333',
        '2026-11-20T10:00:00.000Z',
        'arn:aws:sts::111122223333:assumed-role/audit/jane',
        sha256,
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
        const sha256 = createHash('sha256')
          .update(await readFile(file))
          .digest('hex');
        expect(out, file).to.contain(sha256);
      }
      expect(out).to.contain('arn:aws:sts::111122223333:assumed-role/audit/jane');
    });
  }

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
