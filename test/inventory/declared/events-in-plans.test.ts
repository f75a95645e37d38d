import { readFileSync, readdirSync } from 'node:fs';

import { expect } from 'chai';

import { assess } from '../../../src/assessment/assess.ts';
import { declaredReader } from '../../../src/inventory/declared/declared-reader.ts';
import { recognizeFile } from '../../../src/inventory/declared/read-file.ts';
import { evaluationsOf } from '../../../src/report/evaluations.ts';
import { resultOf } from '../../../src/report/result.ts';
import { codeOf, parametersOf } from '../../support/judging.ts';

const folder = 'test/inventory/declared/data/events';

async function judged(name: string, change: (plan: string) => string = (plan) => plan) {
  const text = change(readFileSync(`${folder}/${name}.plan.json`, 'utf8'));
  const file = recognizeFile(text, { now: '2026-11-20T10:00:00.000Z', accountId: '111122223333' });
  if (file.kind !== 'declared') throw new Error(file.kind);
  const { account } = file;
  const { options, control } = parametersOf({ acceptedRoutes: 'eventbridge' });
  const reader = declaredReader(account);
  const { verdict } = await assess(reader, { options, control });
  const places = reader.places ?? new Map();
  const about = { name, accountId: account.accountId, region: account.region, readAt: account.readAt, options, places };
  const result = resultOf(verdict, evaluationsOf(verdict, { ...about, options }), about);
  return { outcome: `${verdict.kind} ${codeOf(verdict)}`, place: result.chains[0].place?.address };
}

describe('the rules of EventBridge in a plan of the real Terraform give the verdict that the account would get', () => {
  const [rule, topic] = ['aws_cloudwatch_event_rule.mfa', 'aws_sns_topic.alerts'];
  const cases: Readonly<Record<string, readonly [outcome: string, place?: string]>> = {
    // Its name is a prefix, its pattern is `jsonencode`, and its target is resolved by reference.
    sound: ['satisfied SATISFIED'],
    'rule-disabled': ['broken EVENT_RULE_DISABLED', rule],
    'rule-not-enabled': ['broken EVENT_RULE_DISABLED', rule],
    'rule-broader': ['broken EVENT_RULE_BROADER', rule],
    'rule-narrower': ['broken EVENT_RULE_NARROWER', rule],
    'rule-misspelt': ['broken EVENT_RULE_DIFFERENT', rule],
    'without-target': ['broken EVENT_RULE_WITHOUT_TARGET', rule],
    'target-with-role': ['undecided TARGET_ROLE_NOT_READ', rule],
    'target-function': ['undecided TARGET_NOT_FOLLOWED', rule],
    'topic-refuses': ['broken TOPIC_REFUSES_RULE', topic],
    'other-bus': ['undecided EVENT_BUS_NOT_FOLLOWED', 'aws_cloudwatch_event_rule.onward'],
    // Nothing is declared in the region where the events arrive, so a rule may be there.
    'rule-in-home-region': ['undecided UNREADABLE', 'aws_cloudtrail.main'],
    'pattern-not-known': ['undecided UNREADABLE', 'aws_cloudtrail.main'],
  };
  for (const [name, [outcome, place]] of Object.entries(cases)) {
    it(`${name}: ${outcome}${place === undefined ? '' : ` at ${place}`}`, async () => {
      const { outcome: is, place: at } = await judged(name);
      expect(is).to.equal(outcome);
      if (place !== undefined) expect(at).to.equal(place);
    });
  }

  it('has a case for every recorded plan', () => {
    const names = readdirSync(folder).map((file) => file.replace('.plan.json', ''));
    expect(names).to.have.members(Object.keys(cases));
  });

  it('leave open a rule whose state is not known to the project', async () => {
    const unknownState = (plan: string) => plan.replaceAll('"state": "DISABLED"', '"state": "PAUSED"');
    expect((await judged('rule-disabled', unknownState)).outcome).to.equal('undecided EVENT_RULE_STATE_UNKNOWN');
  });
});
