import { expect } from 'chai';

import { fewestEvents } from '../../../../src/chain/alarm/firing/fewest-events.ts';
import type { Outcomes, OutcomesAt } from '../../../../src/chain/alarm/firing/threshold.ts';

const within: Outcomes = { breaching: false, within: true, missing: false };
const breaching: Outcomes = { breaching: true, within: false, missing: false };
const either: Outcomes = { breaching: true, within: true, missing: false };
/** What so many events may do, and so many certainly do. */
const from =
  (may: number, does: number): OutcomesAt =>
  (moment) => {
    const events = typeof moment === 'number' ? moment : 0;
    if (events >= does) return breaching;
    return events >= may ? either : within;
  };

describe('the fewest events in a period that make a datapoint breach', () => {
  const rows: readonly (readonly [claim: string, outcomesAt: OutcomesAt, is: object])[] = [
    ['are one where one does', from(1, 1), { certain: 1 }],
    ['are as many as certainly do', from(7, 7), { certain: 7 }],
    ['may be fewer than certainly do', from(3, 7), { certain: 7, possible: 3 }],
    ['may be a thousand', from(1000, 1000), { certain: 1000 }],
    ['may be more than a thousand', from(1001, 1001), { certain: 1001 }],
    ['may be a million', from(1_000_003, 1_000_003), { certain: 1_000_003 }],
    ['are known as possible only where none certainly does', from(5, Infinity), { possible: 5 }],
    ['are so also where many may', from(5000, Infinity), { possible: 5000 }],
    ['are none where no number does', from(Infinity, Infinity), {}],
  ];
  for (const [claim, outcomesAt, is] of rows) {
    it(claim, () => {
      expect(fewestEvents(outcomesAt)).to.deep.equal(is);
    });
  }
});
