import { readFileSync, readdirSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { ontoReader } from '../../../src/inventory/declared/onto/onto-reader.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import type { DeclarationSettings } from '../../../src/inventory/declared/settings.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { InventoryReader } from '../../../src/inventory/reader.ts';
import { snapshotReader } from '../../../src/inventory/snapshot-reader.ts';
import { openSnapshot } from '../../../src/inventory/snapshot/snapshot-file.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';
import type { Fault } from '../../support/worlds/faulty-accounts.ts';
import { faults } from '../../support/worlds/faulty-accounts.ts';
import { templateOf } from '../../support/worlds/template-of-world.ts';
import {
  LOG_GROUP_ARN,
  REGION,
  READ_AT,
  filter,
  onlyParts,
  snapshotOf,
  soundWorld,
} from '../../support/worlds/world.ts';
import { planFor, readRecorded } from './reasons/recorded-plans.ts';

async function judged(reader: InventoryReader, raw: Fault['raw'] = {}): Promise<string> {
  const { verdict } = await assess(reader, parametersOf(raw));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

async function verdictOnto(
  onto: Inventory,
  text: string,
  { raw, ...settings }: Partial<DeclarationSettings> & { readonly raw?: Fault['raw'] } = {},
): Promise<string> {
  const file = recognizeFile(text, { now: READ_AT, onto, ...settings });
  if (file.kind !== 'declared') throw new Error(file.kind === 'invalid' ? file.problem : file.kind);
  return judged(ontoReader(onto, file.account), raw);
}

const without = (base: Inventory, kind: string) => onlyParts(base, (one) => one !== kind);
const bucket = 'Resources: { Bucket: { Type: AWS::S3::Bucket } }';
const sound = templateOf(soundWorld());
const unchanged = { stack: { kind: 'deployed', files: [{ file: 'deployed.json', text: sound }] } } as const;

describe('what a snapshot does not hold is not certain after a deployment', () => {
  // An account whose settings a stack declares, and that fails by what became of them, which only the account says.
  const codes = [
    ...['LOG_DELIVERY_FAILING', 'LOG_DELIVERY_STALE', 'LOG_DELIVERY_SILENT', 'LOG_DELIVERY_NOT_RESUMED'],
    ...['ALARM_ALREADY_IN_ALARM', 'ALARM_NOT_EVALUATED', 'ALARM_MUTED', 'TOPIC_ACTION_FAILED', 'NO_SUBSCRIBER'],
  ];
  for (const [code, { fault, raw }] of Object.entries(faults).filter(([one]) => codes.includes(one))) {
    it(`where a stack leaves an account with ${code} as it is`, async () => {
      const base = snapshotOf(fault);
      const whole = await verdictOnto(base, sound, { ...unchanged, ...(raw === undefined ? {} : { raw }) });
      const certain: string[] = [];
      for (const kind of Object.keys(base.parts)) {
        const lacking = without(base, kind);
        const verdict = await verdictOnto(lacking, sound, { ...unchanged, ...(raw === undefined ? {} : { raw }) });
        if (verdict.split(' ')[0] !== whole.split(' ')[0] && !verdict.startsWith('undecided'))
          certain.push(`without ${kind}: ${whole} -> ${verdict}`);
      }
      expect(certain).to.deep.equal([]);
    });
  }

  it('where a plan creates a topic under the name of one whose subscriptions it does not hold', async () => {
    const recorded = readRecorded();
    const plan = planFor(recorded, recorded.plans['NO_SUBSCRIBER'] ?? expect.fail('not recorded'));
    const base = snapshotOf(soundWorld());
    expect(await verdictOnto(base, plan)).to.equal('satisfied SATISFIED');
    expect(await verdictOnto(without(base, 'subscriptions'), plan)).to.equal('undecided UNREADABLE');
  });

  it('where a stack changes a log group whose transformers it does not hold', async () => {
    const world = soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ applyOnTransformedLogs: true })] } });
    const after = templateOf({ ...world, logGroupClasses: { [LOG_GROUP_ARN]: 'STANDARD' } });
    const stack = { kind: 'deployed', files: [{ file: 'deployed.json', text: templateOf(world) }] } as const;
    const base = snapshotOf(world);
    expect(await verdictOnto(base, after, { stack })).to.equal('satisfied SATISFIED');
    expect(await verdictOnto(without(base, 'log-transformers'), after, { stack })).to.match(/^undecided /);
  });
});

describe('a deployment that touches nothing of the account leaves the verdict as it is', () => {
  const folder = 'test/inventory/snapshot/files';
  for (const file of readdirSync(folder)) {
    it(`over the snapshot ${file}`, async () => {
      const { inventory } = openSnapshot(readFileSync(`${folder}/${file}`, 'utf8'));
      const before = await judged(snapshotReader(inventory));
      expect(await verdictOnto(inventory, bucket, { stack: { kind: 'new' } })).to.equal(before);
    });
  }

  const elsewhere = (template: string) => template.replaceAll(REGION, 'us-east-1');
  for (const code of ['NO_SUBSCRIBER', 'NO_ALARM', 'TRAIL_NOT_LOGGING', 'TOPIC_REFUSES_ALARM']) {
    const { fault } = faults[code as keyof typeof faults];

    it(`where it makes an account with ${code} in another region`, async () => {
      const template = elsewhere(templateOf(fault));
      const settings = { region: 'us-east-1', stack: { kind: 'new' } } as const;
      expect(await verdictOnto(snapshotOf(soundWorld()), template, settings)).to.equal('satisfied SATISFIED');
    });

    it(`where it deletes a sound stack of another region of an account with ${code}`, async () => {
      const files = [{ file: 'deployed.json', text: elsewhere(sound) }];
      const settings = { region: 'us-east-1', stack: { kind: 'deployed', files } } as const;
      expect(await verdictOnto(snapshotOf(fault), bucket, settings)).to.equal(`broken ${code}`);
    });

    it(`but is undecided where it leaves a sound stack of another region as it is, over ${code}`, async () => {
      const files = [{ file: 'deployed.json', text: elsewhere(sound) }];
      const settings = { region: 'us-east-1', stack: { kind: 'deployed', files } } as const;
      expect(await verdictOnto(snapshotOf(fault), elsewhere(sound), settings)).to.match(/^undecided /);
    });
  }
});
