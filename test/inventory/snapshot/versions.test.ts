import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

import { Ajv } from 'ajv';
import { expect } from 'chai';

import { snapshotJsonSchema } from '../../../docs/generate/snapshot-schema.ts';
import { assess } from '../../../src/assessment/assess.ts';
import { snapshotReader } from '../../../src/inventory/snapshot-reader.ts';
import { SNAPSHOT_FORMAT_VERSION } from '../../../src/inventory/snapshot-schema.ts';
import { canonicalJson } from '../../../src/inventory/snapshot/canonical-json.ts';
import { openSnapshot, snapshotFile } from '../../../src/inventory/snapshot/snapshot-file.ts';
import { parametersOf } from '../../support/judging.ts';
import { alarm, snapshotOf, withAlarms, withoutState } from '../../support/world.ts';

/**
 * Files as the program wrote them in its time, in the order of their age, with the verdict that their facts allow. `1a` to
 * `1e` are the sample accounts of their time, the others were written by the command `snapshot` of theirs.
 */
const files: Readonly<Record<string, { readonly verdict: string; readonly notHeld: RegExp }>> = {
  '1a-first': { verdict: 'undecided', notHeld: /states of alarms.*publish/s },
  '1b-topic-attributes': { verdict: 'undecided', notHeld: /states of alarms.*publish/s },
  '1c-key-policy': { verdict: 'undecided', notHeld: /states of alarms.*publish/s },
  '1d-log-group-and-key': { verdict: 'undecided', notHeld: /states of alarms.*publish/s },
  '1e-mute-rules-and-history': { verdict: 'satisfied', notHeld: /states of alarms.*publish/s },
  '1f-first-snapshot-command': { verdict: 'satisfied', notHeld: /states of alarms.*publish/s },
  '1g-owner-and-key-arn': { verdict: 'satisfied', notHeld: /states of alarms.*publish/s },
  '1h-states-of-alarms': { verdict: 'satisfied', notHeld: /publish/ },
  '1i-addresses-of-subscribers': { verdict: 'satisfied', notHeld: /^$/ },
  '1j-types-of-data-resources': { verdict: 'satisfied', notHeld: /^$/ },
  '1k-unread-trails': { verdict: 'satisfied', notHeld: /^$/ },
  '1l-last-of-version-1': { verdict: 'satisfied', notHeld: /^$/ },
};
const folder = new URL('files/', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(`${name}.json`, folder), 'utf8');
const judged = async (text: string) => {
  const { inventory, kindsNotHeld } = openSnapshot(text);
  const { verdict } = await assess(snapshotReader(inventory, kindsNotHeld), parametersOf());
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
      const { inventory, notHeld } = openSnapshot(textOf(name));
      const copy = JSON.stringify(snapshotFile(inventory, { upgradedFrom: 1, notHeld }));
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

  it('has a schema that did not change without a new version', () => {
    // A change of the format: raise its version, add a step to upgrades.ts and a file here, and write the new digest.
    const digests: Readonly<Record<number, string>> = {
      2: '49e4872871301a2602c1351aea2d5d7d629d10f3105577b4e1aacba1917030d8',
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
