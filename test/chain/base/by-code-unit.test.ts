import { expect } from 'chai';

import { byCodeUnit } from '../../../src/chain/base/by-code-unit.ts';

describe('the order by code unit', () => {
  it('has capitals before small letters, digits before both, and a text before what continues it', () => {
    const texts = ['', '1', '10', '2', 'A', 'B', 'a', 'aa', 'b', 'é'];
    expect([...texts].reverse().sort(byCodeUnit)).to.deep.equal(texts);
  });

  it('says of two texts which comes first', () => {
    expect(byCodeUnit('a', 'b')).to.be.lessThan(0);
    expect(byCodeUnit('b', 'a')).to.be.greaterThan(0);
    expect(byCodeUnit('a', 'a')).to.equal(0);
  });
});
