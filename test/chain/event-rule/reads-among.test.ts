import { expect } from 'chai';

import { readsAmong } from '../../../src/chain/event-rule/reads-among.ts';
import { parametersOf } from '../../support/judging.ts';
import { ACCOUNT, REGION } from '../../support/worlds/world.ts';

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
describe('the required events that a rule in the state ENABLED misses since they only read', () => {
  const among = (raw: Readonly<Record<string, string>> = {}) =>
    readsAmong(parametersOf(raw).control, { accountId: ACCOUNT, region: REGION });
  const own = (filterPattern: string, premises = '{ $.readOnly IS TRUE && $.eventCategory = "Management" }') => ({
    filterPattern,
    premises,
  });

  it('are none where the control asks for writes', () => {
    expect(among()).to.deep.equal({ kind: 'none' });
  });

  it('are calls named Get, List or Describe, where the control asks for calls of every name', () => {
    const answer = among({ controlId: 'CloudWatch.2' });
    if (answer.kind !== 'event') throw new Error(answer.kind);
    const event = JSON.parse(answer.event) as Readonly<Record<string, unknown>>;
    expect(event['eventName']).to.match(/^(Get|List|Describe)/);
    expect(event['readOnly']).to.equal(true);
  });

  for (const name of ['GetUser', 'ListUsers', 'DescribeInstances']) {
    it(`are those named ${name}, where the premises say that these only read`, () => {
      expect(among(own(`{ $.eventName = ${name} }`)).kind).to.equal('event');
    });
  }

  it('are not determined where they have other names, some of which such a rule may get', () => {
    expect(among(own('{ $.eventName = LookupEvents }'))).to.deep.equal({
      kind: 'undecided',
      reason: 'some of the required events may only read',
    });
  });

  it("are not determined for a pattern of one's own of which it is not known whether its events read", () => {
    expect(among({ filterPattern: '{ $.eventName = GetUser }' }).kind).to.equal('undecided');
  });
});
