import { expect } from 'chai';
import fc from 'fast-check';

import { redact } from '../../src/redaction/redact.ts';
import { codeOf, verdictOn } from '../support/judging.ts';
import { ACCOUNT, REGION, alarm, confirmed, snapshotOf, soundWorld, topicAttributes } from '../support/worlds/world.ts';
import { plantedAccount } from './planted-account.ts';
import { kinds, leftOf, spellings } from './planted-texts.ts';
import { copyRandomAccounts } from './random-copies.ts';

describe('a name that is planted in every field', () => {
  for (const text of kinds) {
    it(`is not in the copy in any spelling: ${text}`, () => {
      for (const spell of spellings) {
        expect(leftOf(text, JSON.stringify(redact(plantedAccount(spell(text))).copy)), spell(text)).to.deep.equal([]);
      }
    });
  }

  it('leaves a satisfied account satisfied where it is the name of its things', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds.filter((text) => /^[\w-]+$/.test(text))), (text) => {
        const topicArn = `arn:aws:sns:${REGION}:${ACCOUNT}:${text}`;
        const inventory = snapshotOf(
          soundWorld({
            alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ alarmName: text, alarmActions: [topicArn] })] },
            topics: { [topicArn]: topicAttributes(topicArn) },
            subscriptions: { [topicArn]: [confirmed({ subscriptionArn: `${topicArn}:1` })] },
          }),
        );
        expect(codeOf(verdictOn(redact(inventory).copy))).to.equal('SATISFIED');
      }),
      { numRuns: 20 },
    );
  });

  it('is in no copy of random accounts that are full of it, and few are refused', async () => {
    const { leaks, refusals } = await copyRandomAccounts(40, 7);
    expect(leaks).to.deep.equal([]);
    expect(refusals).to.deep.equal([]);
  }).timeout(300_000);
});
