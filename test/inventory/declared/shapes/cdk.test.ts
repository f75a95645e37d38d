import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../../src/assessment/assess.ts';
import { declaredReader } from '../../../../src/inventory/declared/declared-reader.ts';
import { recognizeTemplates } from '../../../../src/inventory/declared/read-file.ts';
import { codeOf, parametersOf } from '../../../support/judging.ts';

/** What the CDK 2.276.0 wrote for the app in the same folder. The filter and the alarm are in a nested stack. */
const folder = 'test/inventory/declared/data/templates/cdk';
const [parent, nested] = ['Audit.template.json', 'AuditAlarmsA8787827.nested.template.json'].map((name) => ({
  file: `${folder}/${name}`,
  text: readFileSync(`${folder}/${name}`, 'utf8'),
})) as [File, File];

interface File {
  readonly file: string;
  readonly text: string;
}

async function outcomeOf(...files: readonly File[]): Promise<string> {
  const settings = { now: '2026-11-20T10:00:00.000Z', accountId: '111122223333', region: 'eu-west-1' };
  const read = recognizeTemplates(files, settings);
  if (read.kind !== 'declared') throw new Error(read.kind === 'invalid' ? read.problem : read.kind);
  const { verdict } = await assess(declaredReader(read.account), parametersOf({}));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

function replacing(file: File, part: string | RegExp, next: string): File {
  expect(file.text).to.match(new RegExp(part));
  return { ...file, text: file.text.replace(part, next) };
}

/** A stack with the whole chain. Its parameters have defaults. */
const whole = readFileSync('test/inventory/declared/data/templates/Audit.template.json', 'utf8');

/** What `cdk synth --no-asset-metadata` leaves out. */
const noteOfAsset = /,\s*"Metadata": \{\s*"aws:asset:path": "AuditAlarms[^}]*\}/;

describe('what the CDK writes gives the verdict that the account would get', () => {
  const cases: readonly (readonly [claim: string, files: () => readonly File[], expected: string])[] = [
    ['with the template of its nested stack', () => [parent, nested], 'satisfied SATISFIED'],
    ['without that template', () => [parent], 'undecided UNREADABLE'],
    ['without the note of its asset', () => [replacing(parent, noteOfAsset, ''), nested], 'satisfied SATISFIED'],
    [
      'without that note, for a template that is published under another digest',
      () => [replacing(parent, noteOfAsset, ''), replacing(nested, '"Threshold": 1', '"Threshold": 5')],
      'undecided UNREADABLE',
    ],
    [
      'without that note, where two nested stacks have the same template',
      () => [replacing(parent, noteOfAsset, ''), nested, { ...nested, file: `${folder}/Other.nested.template.json` }],
      'satisfied SATISFIED',
    ],
    [
      'with a chain in a stack next to an empty one',
      () => [
        { file: `${folder}/Empty.template.json`, text: '{}' },
        { file: `${folder}/Chain.template.json`, text: whole },
      ],
      'satisfied SATISFIED',
    ],
    [
      'with a chain in a product of the service catalog, which nobody may have made',
      () => [
        { file: `${folder}/Empty.template.json`, text: '{}' },
        { file: `${folder}/Chain.product.template.json`, text: whole },
      ],
      'undecided UNREADABLE',
    ],
    [
      'with a chain in a nested stack that no given template nests, as its parent may leave it out',
      () => [
        { file: `${folder}/Empty.template.json`, text: '{}' },
        { file: `${folder}/Chain.nested.template.json`, text: whole },
      ],
      'undecided UNREADABLE',
    ],
    [
      'with a key that lets another service use it',
      () => [
        replacing(parent, /cloudwatch\.amazonaws\.com(?=[^{}]*\},\s*"Resource": "\*")/, 'events.amazonaws.com'),
        nested,
      ],
      'broken TOPIC_KEY_REFUSES_ALARM',
    ],
    [
      'with a threshold that one event does not reach',
      () => [parent, replacing(nested, '"Threshold": 1', '"Threshold": 5')],
      'broken ALARM_NEEDS_MORE_EVENTS',
    ],
    [
      'without the subscription',
      () => [replacing(parent, '"AWS::SNS::Subscription"', '"AWS::S3::Bucket"'), nested],
      'broken NO_SUBSCRIBER',
    ],
  ];
  for (const [claim, files, expected] of cases) {
    it(`${claim}: ${expected}`, async () => {
      expect(await outcomeOf(...files())).to.equal(expected);
    });
  }
});
