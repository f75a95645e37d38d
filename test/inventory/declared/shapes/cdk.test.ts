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

describe('what the CDK writes gives the verdict that the account would get', () => {
  const cases: readonly (readonly [claim: string, files: () => readonly File[], expected: string])[] = [
    ['with the template of its nested stack', () => [parent, nested], 'satisfied SATISFIED'],
    ['without that template', () => [parent], 'undecided UNREADABLE'],
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
