import { expect } from 'chai';

import { compareDoubles, orderSatisfies } from '../../../src/conditions/event/order.ts';

describe('an order of numbers', () => {
  it('is negative, zero or positive', () => {
    expect([compareDoubles(1, 2), compareDoubles(2, 2), compareDoubles(3, 2)]).to.deep.equal([-1, 0, 1]);
    expect(compareDoubles(-0, 0)).to.equal(0);
  });

  for (const [operator, below, equal, above] of [
    ['=', false, true, false],
    ['<', true, false, false],
    ['<=', true, true, false],
    ['>', false, false, true],
    ['>=', false, true, true],
  ] as const) {
    it(`satisfies ${operator} ${[below && 'below', equal && 'at', above && 'above'].filter(Boolean).join(' and ')}`, () => {
      expect([-1, 0, 1].map((order) => orderSatisfies(operator, order))).to.deep.equal([below, equal, above]);
      expect([-7, 7].map((order) => orderSatisfies(operator, order))).to.deep.equal([below, above]);
    });
  }
});
