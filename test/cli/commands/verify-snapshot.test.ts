import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { evaluateCommand } from '../../../src/cli/commands/evaluate.ts';
import { snapshotCommand } from '../../../src/cli/commands/snapshot.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { Responder } from '../../aws-responder/responder.ts';
import { startResponder } from '../../aws-responder/responder.ts';
import { ACCOUNT, REGION, snapshotOf, soundWorld } from '../../support/worlds/world.ts';
import { runIn } from '../run.ts';

const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const SAMPLE = 'events/accounts/1-everything-right.json';

/** A snapshot without its head and its digest, which says that it is of version 1. */
function asVersion1(text: string, keeps: (kind: string) => boolean): string {
  const { accountId, region, readAt, parts } = JSON.parse(text) as Inventory;
  const kept = Object.fromEntries(Object.entries(parts).filter(([kind]) => keeps(kind)));
  return JSON.stringify({ formatVersion: 1, accountId, region, readAt, parts: kept });
}

describe('checking a snapshot', () => {
  let folder = '';
  let responder: Responder;
  const environment = { ...process.env };
  const kms = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const run = (...args: readonly string[]) => runIn({}, (io) => snapshotCommand(io), args);
  const verify = (...args: readonly string[]) => run('verify', ...args);
  const inFolder = (name: string) => join(folder, name);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verify-'));
    const der = kms.publicKey.export({ type: 'spki', format: 'der' });
    responder = await startResponder(snapshotOf(soundWorld()), {
      GetPublicKey: () => ({ KeyId: KEY_ARN, PublicKey: der.toString('base64'), SigningAlgorithms: ['ECDSA_SHA_256'] }),
      Sign: ({ Message }) => ({
        KeyId: KEY_ARN,
        Signature: sign('sha256', Buffer.from(String(Message), 'base64'), kms.privateKey).toString('base64'),
      }),
    });
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hidden' });
    for (const [name, pair] of Object.entries({
      key: generateKeyPairSync('ed25519'),
      other: generateKeyPairSync('ed25519'),
    })) {
      await writeFile(inFolder(`${name}.pem`), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      await writeFile(inFolder(`${name}.pub.pem`), pair.publicKey.export({ type: 'spki', format: 'pem' }));
    }
  });
  after(async () => {
    process.env = environment;
    await responder.close();
    await rm(folder, { recursive: true });
  });

  const live = () => ['--endpoint-url', responder.url.replace('//', '//jane:hidden@'), '--region', REGION];

  it('says of a file alone which account, when, by whom, with what, how completely, and that it is unchanged', async () => {
    const file = inFolder('live.json');
    expect((await run(...live(), file)).code).to.equal(0);
    const { code, out } = await verify(file);
    expect(code).to.equal(0);
    for (const line of [
      /account +111122223333, seen from eu-west-1\n/,
      /read +20\S+Z to 20\S+Z\n/,
      /by +arn:aws:[a-z]+::111122223333:\S+\n/,
      /from +http:\/\/127\.0\.0\.1:\d+\/?, which is not AWS\n/,
      /regions +(.*, )?eu-west-1(, .*)?\n/,
      /with +version \d+\.\d+\.\d+, format 4\n/,
      /command +snapshot --region eu-west-1 --endpoint-url \S+ \S+live\.json\n/,
      /complete +yes; parts that were read: \d+, refused: none; not needed: .*\bkey\b/,
      /contents +unchanged/,
      /signature +none\n/,
      /sha256 +[0-9a-f]{64} /,
    ]) {
      expect(out).to.match(line);
    }
    expect(await readFile(file, 'utf8')).not.to.match(/hidden|AKIDEXAMPLE/);
  });

  it('says what was refused', async () => {
    const { code, out } = await verify('events/accounts/9-something-unreadable.json');
    expect(code).to.equal(0);
    expect(out)
      .to.match(/complete +no; .*refused: 1/)
      .and.match(/subscriptions arn:\S+: ListSubscriptionsByTopic, Auth/);
  });

  const changes: readonly (readonly [string, (text: string) => string])[] = [
    ['a value', (text) => text.replace('"notBreaching"', '"breaching"')],
    ['the time of reading', (text) => text.replace('"endedAt": "2026', '"endedAt": "2025')],
    ['the caller', (text) => text.replace('audit/jane', 'audit/joan')],
    ['a statement of what was read', (text) => text.replace('"trails": 1', '"trails": 2')],
    ['the digest, which was taken away,', (text) => text.replace(/,\s*"integrity": \{[^}]*\}/, '')],
    ['the version', (text) => text.replace('"formatVersion": 4', '"formatVersion": 1')],
    ['the version, with all that came after it,', (text) => asVersion1(text, () => true)],
  ];
  for (const [what, change] of changes) {
    it(`finds that ${what} was changed`, async () => {
      const text = await readFile(SAMPLE, 'utf8');
      expect(change(text)).not.to.equal(text);
      await writeFile(inFolder('changed.json'), change(text));
      const { code, out } = await verify(inFolder('changed.json'));
      expect([code, /contents +CHANGED/.test(out)]).to.deep.equal([2, true]);
    });
  }

  it('refuses a number that programs read as another one, although the digest is the same', async () => {
    const text = await readFile(SAMPLE, 'utf8');
    for (const [number, isRefused] of [
      ['1.0000000000000000001', true],
      ['1.0', false],
      ['1e0', false],
      ['0.1E1', false],
    ] as const) {
      await writeFile(inFolder('number.json'), text.replace('"threshold": 1,', `"threshold": ${number},`));
      const { code, out, err } = await verify(inFolder('number.json'));
      expect(isRefused ? err : out, number).to.match(isRefused ? /read the number 1\.0+1 as different/ : /unchanged/);
      expect(code, number).to.equal(isRefused ? 1 : 0);
    }
  });

  it('calls no signature valid of contents that were changed, also where the digest was left as it was', async () => {
    const file = inFolder('left.json');
    await run('--sign', inFolder('key.pem'), '--from', SAMPLE, '--force', file);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"notBreaching"', '"breaching"'));
    const { code, out } = await verify('--key', inFolder('key.pub.pem'), '--format', 'json', file);
    const { contents, signature } = JSON.parse(out) as { readonly contents: string; readonly signature: object };
    expect([code, contents]).to.deep.equal([2, 'changed']);
    expect(signature).to.include({ state: 'invalid' });
    const unsigned = text.replace(/,\s*"signature": \{[^}]*\}/, '');
    expect(unsigned).not.to.equal(text);
    await writeFile(file, unsigned);
    expect((await verify('--key', inFolder('key.pub.pem'), file)).code).to.equal(2);
  });

  it('copies no snapshot that was changed, as the copy would have a right digest, and a signature', async () => {
    const text = await readFile(SAMPLE, 'utf8');
    const file = inFolder('laundered.json');
    await writeFile(file, text.replace('"notBreaching"', '"breaching"'));
    const { code, err } = await run('--from', file, '--sign', inFolder('key.pem'), inFolder('clean.json'));
    expect([code, err]).to.deep.equal([
      1,
      'error: the snapshot of `--from` is not as it was written; see `snapshot verify`\n',
    ]);
    expect((await run('--from', file, '--redact', inFolder('clean.json'))).code).to.equal(1);
  });

  it('cannot tell a file of version 1 from one that was made to look like it, and says so of both', async () => {
    const old = await readFile('test/inventory/snapshot/files/1l-last-of-version-1.json', 'utf8');
    const made = asVersion1(await readFile(SAMPLE, 'utf8'), (kind) => !kind.startsWith('event-rule'));
    for (const text of [old, made]) {
      await writeFile(inFolder('old.json'), text);
      const { code, out } = await verify(inFolder('old.json'));
      expect(code).to.equal(3);
      expect(out)
        .to.match(/contents +not determined: a file of format 1 has no digest\. Compare sha256 with one that was kept/)
        .and.match(/not held +the file does not hold a digest, so a change of it is not noticed/)
        .and.match(/by +not known: the file does not say it/)
        .and.match(/from +not known: the file does not say it/)
        .and.match(/with +version not known, format 1/);
      // The copy has a digest of its own, and does not pass for more than it is.
      expect((await run('--from', inFolder('old.json'), '--force', inFolder('copy-of-old.json'))).code).to.equal(0);
      expect((await verify(inFolder('copy-of-old.json'))).out).to.match(/not held +the file does not hold a digest/);
    }
  });

  it('knows results that follow from a snapshot under their rules, and no others', async () => {
    const judged = async (...args: readonly string[]) =>
      (await runIn({}, evaluateCommand, [...args, '--format', 'json', '--fail-on', 'none'])).out;
    const checked = async (results: string, file = SAMPLE) => {
      await writeFile(inFolder('results.json'), results);
      const { code, out } = await verify('--result', inFolder('results.json'), file);
      return [code, /result +(.*)/.exec(out)?.[1]];
    };
    const strict = await judged(SAMPLE);
    const lenient = await judged(
      '--maxDeliveryAgeHours',
      '48',
      '--filter-pattern',
      '{ $.eventName = "Deactivate*" }',
      SAMPLE,
    );
    const follows = 'follows from this snapshot under the rules that it names';
    expect(await checked(strict)).to.deep.equal([0, `D9.AWS.MON.25 satisfied: ${follows}`]);
    expect(await checked(lenient)).to.deep.equal([0, `custom broken: ${follows}`]);
    const not = 'DOES NOT FOLLOW from this snapshot under the rules that it names';
    expect(await checked(lenient.replace('"verdict": "broken"', '"verdict": "satisfied"'))).to.deep.equal([
      2,
      `custom satisfied: ${not}`,
    ]);
    const stricter = strict.replace('"requireMultiRegionTrail": "false"', '"maxDeliveryAgeHours": "0.001"');
    expect((await checked(stricter))[0]).not.to.equal(0);
    const other = 'events/accounts/2-no-subscriber.json';
    expect(await checked(strict, other)).to.deep.equal([
      2,
      'D9.AWS.MON.25 satisfied: RESTS ON ANOTHER FILE, or on a live account',
    ]);
    expect(await checked(strict.replace(/"parameters": \{[^}]*\},/, ''))).to.deep.equal([
      3,
      'D9.AWS.MON.25 satisfied: not determined: it does not name its rules, or this version does not have them',
    ]);
    await writeFile(inFolder('results.json'), '{}');
    expect((await verify('--result', inFolder('results.json'), SAMPLE)).err).to.contain('it holds no results');
  });

  it('knows the key of a file, and takes no other', async () => {
    const file = inFolder('signed.json');
    await run('--sign', inFolder('key.pem'), '--from', SAMPLE, file);
    expect((await verify(file)).out).to.match(/signature +valid: signed at \S+ by key sha256:[0-9a-f]{64}\. Whose/);
    const right = await verify('--key', inFolder('key.pub.pem'), file);
    expect([right.code, /signature +valid: signed by the given key/.test(right.out)]).to.deep.equal([0, true]);
    const wrong = await verify('--key', inFolder('other.pub.pem'), file);
    expect([wrong.code, /signature +OF ANOTHER KEY/.test(wrong.out)]).to.deep.equal([2, true]);
    const none = await verify('--key', inFolder('key.pub.pem'), SAMPLE);
    expect([none.code, /signature +NONE/.test(none.out)]).to.deep.equal([2, true]);
  });

  it('finds that a file was changed and got a new digest after it was signed', async () => {
    const file = inFolder('forged.json');
    await run('--sign', inFolder('key.pem'), '--from', SAMPLE, file);
    const signed = JSON.parse(await readFile(file, 'utf8')) as { readonly integrity: { readonly signature: object } };
    await run('--from', 'events/accounts/2-no-subscriber.json', '--force', file);
    const other = JSON.parse(await readFile(file, 'utf8')) as { readonly integrity: object };
    const integrity = { ...other.integrity, signature: signed.integrity.signature };
    await writeFile(file, JSON.stringify({ ...other, integrity }));
    const { code, out } = await verify(file);
    expect([code, /contents +unchanged/.test(out), /signature +NOT VALID/.test(out)]).to.deep.equal([2, true, true]);
    const judged = await runIn({}, evaluateCommand, [file]);
    expect(judged.out).to.contain('the snapshot is not as it was written');
  });

  it('works with a key in AWS KMS, which is asked for its public key only', async () => {
    const file = inFolder('kms.json');
    const { code, err } = await run(...live(), '--sign', KEY_ARN, file);
    expect(code, err).to.equal(0);
    const before = responder.calls.length;
    const checked = await verify(...live().slice(0, 2), '--key', KEY_ARN, '--format', 'json', file);
    expect(responder.calls.slice(before).map(({ operation }) => operation)).to.deep.equal(['GetPublicKey']);
    const { signature } = JSON.parse(checked.out) as { readonly signature: Readonly<Record<string, unknown>> };
    expect(signature).to.include({ state: 'valid', isKeyChecked: true, keyArn: KEY_ARN });
    expect(checked.code).to.equal(0);
  });

  it('says of a copy under other names that it is one, and neither who read the account nor with which command', async () => {
    const [file, copy] = [inFolder('named.json'), inFolder('copy.json')];
    await run(...live(), file);
    await run('--redact', '--from', file, copy);
    const text = await readFile(copy, 'utf8');
    expect(text).not.to.match(/assumed-role|named\.json|127\.0\.0\.1|jane/);
    const { code, out } = await verify(copy);
    expect(code).to.equal(0);
    expect(out)
      .to.match(/names +a copy under other names/)
      .and.match(/from +not AWS, which/)
      .and.match(/by +not shown/);
  });

  it('says in a sentence what is wrong with a key', async () => {
    expect((await verify('--key', inFolder('none.pem'), SAMPLE)).err).to.match(
      /^error: .*none\.pem: there is no such file\n$/,
    );
    expect((await verify('--key', SAMPLE, SAMPLE)).err).to.match(
      /^error: events\/accounts\/1-everything-right\.json: /,
    );
    responder.inject('GetPublicKey', { kind: 'error', code: 'AccessDeniedException' });
    expect((await verify(...live().slice(0, 2), '--key', KEY_ARN, SAMPLE)).err).to.match(/^error: .*GetPublicKey/);
  });
});
