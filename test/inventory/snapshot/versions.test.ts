import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

import { Ajv } from 'ajv';
import { expect } from 'chai';

import { snapshotJsonSchema } from '../../../docs/generate/snapshot-schema.ts';
import { assess } from '../../../src/assessment/assess.ts';
import { snapshotReader } from '../../../src/inventory/snapshot-reader.ts';
import { SNAPSHOT_FORMAT_VERSION } from '../../../src/inventory/snapshot-schema.ts';
import { canonicalJson } from '../../../src/inventory/snapshot/canonical-json.ts';
import { contentsOf } from '../../../src/inventory/snapshot/contents-of.ts';
import { openSnapshot, snapshotFile } from '../../../src/inventory/snapshot/snapshot-file.ts';
import { parametersOf } from '../../support/judging.ts';
import { alarm, snapshotOf, withAlarms, withoutState } from '../../support/worlds/world.ts';

/**
 * Files as the program wrote them in its time, in the order of their age, with the verdict that their facts allow. `1a` to
 * `1e`, `2a` and `3a` are the sample accounts of their time, the others were written by the command `snapshot` of theirs.
 */
const files: Readonly<Record<string, { readonly verdict: string; readonly notHeld: RegExp }>> = {
  '1a-first': { verdict: 'undecided', notHeld: /states of alarms.*publish.*digest/s },
  '1b-topic-attributes': { verdict: 'undecided', notHeld: /states of alarms.*publish.*digest/s },
  '1c-key-policy': { verdict: 'undecided', notHeld: /states of alarms.*publish.*digest/s },
  '1d-log-group-and-key': { verdict: 'undecided', notHeld: /states of alarms.*publish.*digest/s },
  '1e-mute-rules-and-history': { verdict: 'satisfied', notHeld: /states of alarms.*publish.*digest/s },
  '1f-first-snapshot-command': { verdict: 'satisfied', notHeld: /states of alarms.*publish.*digest/s },
  '1g-owner-and-key-arn': { verdict: 'satisfied', notHeld: /states of alarms.*publish.*digest/s },
  '1h-states-of-alarms': { verdict: 'satisfied', notHeld: /^the file does not hold which.*publish.*\n.*digest/ },
  '1i-addresses-of-subscribers': { verdict: 'satisfied', notHeld: /^the file does not hold a digest.*$/ },
  '1j-types-of-data-resources': { verdict: 'satisfied', notHeld: /^the file does not hold a digest.*$/ },
  '1k-unread-trails': { verdict: 'satisfied', notHeld: /^the file does not hold a digest.*$/ },
  '1l-last-of-version-1': { verdict: 'satisfied', notHeld: /^the file does not hold a digest.*$/ },
  '2a-without-event-rules': { verdict: 'satisfied', notHeld: /^$/ },
  '2b-last-of-version-2': { verdict: 'satisfied', notHeld: /^$/ },
  '3a-last-of-version-3': { verdict: 'satisfied', notHeld: /^$/ },
};
const folder = new URL('files/', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(`${name}.json`, folder), 'utf8');
const judged = async (text: string, parameters: Readonly<Record<string, unknown>> = {}) => {
  const { inventory, kindsNotHeld } = openSnapshot(text);
  const { verdict } = await assess(snapshotReader(inventory, kindsNotHeld), parametersOf(parameters));
  const [{ links }] = verdict.chains;
  return { kind: verdict.kind, sentence: links.map(({ finding }) => finding?.sentence ?? '').join('') };
};
const validate = new Ajv({ strict: true, allErrors: true }).compile(snapshotJsonSchema() as object);

describe('a snapshot of every version of the format', () => {
  it('has a file', () => {
    expect(Object.keys(files).map((name) => `${name}.json`)).to.deep.equal(readdirSync(folder).sort());
    const versions = new Set(readdirSync(folder).map((name) => Number(/^\d+/.exec(name)?.[0])));
    expect([...versions]).to.deep.equal(Array.from({ length: SNAPSHOT_FORMAT_VERSION - 1 }, (_, at) => at + 1));
  });

  for (const [name, { verdict, notHeld }] of Object.entries(files)) {
    it(`${name} is read and ${verdict}, and says what it does not hold`, async () => {
      const text = textOf(name);
      const answer = await judged(text);
      expect(answer.kind, answer.sentence).to.equal(verdict);
      if (verdict === 'undecided') {
        expect(answer.sentence).to.match(
          /the snapshot does not hold .*, which its older version of the format did not have/,
        );
      }
      expect(openSnapshot(text).notHeld.join('\n')).to.match(notHeld);
    });

    it(`${name} is copied into the present version, with the same verdict and the same gaps`, async () => {
      const { inventory, head, notHeld } = openSnapshot(textOf(name));
      expect(head.upgradedFrom).to.equal(Number(/^\d+/.exec(name)?.[0]));
      const copy = JSON.stringify(snapshotFile(inventory, { ...head, notHeld }));
      expect(validate(JSON.parse(copy)), JSON.stringify(validate.errors)).to.equal(true);
      expect(await judged(copy)).to.deep.equal(await judged(textOf(name)));
      expect(openSnapshot(copy).notHeld).to.deep.equal(notHeld);
    });
  }

  it('keeps the policy of a key that was saved alone, and knows neither its state nor its manager', () => {
    const keys = Object.values(openSnapshot(textOf('1c-key-policy')).inventory.parts.key ?? {});
    const [part] = keys;
    const key = part?.kind === 'present' ? part.value : null;
    expect(key?.policy).to.contain('kms:GenerateDataKey*');
    expect([key?.keyManager, key?.keyState].join()).to.match(/^not held by .*,not held by /);
  });

  for (const [name, verdict] of [
    ['1l-last-of-version-1', 'undecided'],
    ['2a-without-event-rules', 'undecided'],
    ['2b-last-of-version-2', 'satisfied'],
    ['3a-last-of-version-3', 'broken'],
  ] as const) {
    it(`${name} is ${verdict} over EventBridge, as is a copy of it`, async () => {
      const overEventBridge = { acceptedRoutes: 'eventbridge' };
      const answer = await judged(textOf(name), overEventBridge);
      expect(answer.kind).to.equal(verdict);
      if (verdict === 'undecided') {
        expect(answer.sentence).to.match(
          /does not hold event-rules, which its older version of the format did not have$/,
        );
      }
      const { inventory, head } = openSnapshot(textOf(name));
      const copy = JSON.stringify(snapshotFile(inventory, head));
      expect(await judged(copy, overEventBridge)).to.deep.equal(answer);
      for (const text of [textOf(name), copy]) {
        // What was never asked for is not said to have been unnecessary.
        const { completeness } = openSnapshot(text).head;
        expect(completeness.notNeeded.includes('event-rules')).to.equal(false);
      }
    });
  }

  it('is changed, whatever its digest, if it says what only a later version can say of its caller', () => {
    const withFailure = (text: string) => text.replace('"head": {', '"head": { "callerFailure": "refused",');
    const withDigest = (text: string) => {
      const { integrity, digest } = openSnapshot(text);
      return text.replace(integrity?.sha256 ?? 'none', digest);
    };
    const old = textOf('3a-last-of-version-3');
    const present = readFileSync('events/accounts/1-everything-right.json', 'utf8');
    for (const [text, contents] of [
      [old, 'unchanged'],
      [withDigest(withFailure(old)), 'changed'],
      [withDigest(withFailure(present)), 'unchanged'],
    ] as const) {
      expect(contentsOf(openSnapshot(text))).to.equal(contents);
    }
  });

  it('has a schema that did not change without a new version', () => {
    // A change of the format: raise its version, add a step to upgrades.ts and a file here, and write the new digest.
    const digests: Readonly<Record<number, string>> = {
      4: '599fd08b4831eb6ed330fd2a8d12995e34817129474b0f7e764387fa9130c1f1',
    };
    const withoutWords = JSON.stringify(snapshotJsonSchema(), (name, value: unknown) =>
      name === 'description' && typeof value === 'string' ? undefined : value,
    );
    const digest = createHash('sha256')
      .update(canonicalJson(JSON.parse(withoutWords)))
      .digest('hex');
    expect(digest).to.equal(digests[SNAPSHOT_FORMAT_VERSION]);
  });

  it('of the present version has a state for each alarm, or it is not known', async () => {
    const inventory = snapshotOf(withAlarms(withoutState(alarm())));
    expect((await judged(JSON.stringify(snapshotFile(inventory, {})))).kind).to.equal('undecided');
    expect((await judged(JSON.stringify({ formatVersion: 1, ...inventory }))).kind).to.equal('satisfied');
  });

  for (const name of readdirSync('events/accounts')) {
    it(`events/accounts/${name} is of the present version, unchanged, and described by the schema`, () => {
      const text = readFileSync(`events/accounts/${name}`, 'utf8');
      const { formatVersion, integrity, digest } = openSnapshot(text);
      expect(formatVersion).to.equal(SNAPSHOT_FORMAT_VERSION);
      expect(integrity?.sha256).to.equal(digest);
      expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).to.equal(true);
    });
  }
});
