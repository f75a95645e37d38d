import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { declaredReader } from '../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';

interface Plan {
  readonly resource_changes: readonly { readonly type: string; readonly change: { after: object | null } }[];
}

/** The verdict of the sound plan with other values for some attributes of the resources of a type. */
async function outcomeWith(type: string, values: object): Promise<string> {
  const plan = JSON.parse(readFileSync('test/inventory/declared/data/chain/sound.plan.json', 'utf8')) as Plan;
  for (const one of plan.resource_changes) if (one.type === type) one.change.after = { ...one.change.after, ...values };
  const file = recognizeFile(JSON.stringify(plan), { now: '2026-11-20T10:00:00.000Z', accountId: '111122223333' });
  if (file.kind !== 'declared') throw new Error(file.kind === 'invalid' ? file.problem : file.kind);
  const { verdict } = await assess(declaredReader(file.account), parametersOf({}));
  return `${verdict.kind} ${codeOf(verdict)}`;
}

describe('a plan with a value that Terraform does not write', () => {
  const cases: readonly (readonly [type: string, values: object])[] = [
    ['aws_cloudtrail', { event_selector: 'All' }],
    ['aws_cloudtrail', { event_selector: [null] }],
    ['aws_cloudtrail', { event_selector: [{ exclude_management_event_sources: 'kms.amazonaws.com' }] }],
    ['aws_cloudtrail', { advanced_event_selector: [{ field_selector: [{ field: 'readOnly', equals: [null] }] }] }],
    ['aws_cloudwatch_log_metric_filter', { metric_transformation: {} }],
    ['aws_cloudwatch_metric_alarm', { metric_query: 'm1' }],
    ['aws_sns_topic_subscription', { protocol: ['email'] }],
  ];
  it('is satisfied with the values that are right', async () => {
    expect(await outcomeWith('aws_sns_topic', { display_name: 'Alerts' })).to.equal('satisfied SATISFIED');
  });
  for (const [type, values] of cases) {
    it(`is undecided: ${type} ${JSON.stringify(values)}`, async () => {
      expect(await outcomeWith(type, values)).to.equal('undecided UNREADABLE');
    });
  }
});
