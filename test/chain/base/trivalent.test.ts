import { expect } from 'chai';

import { all, any, not } from '../../../src/chain/base/trivalent.ts';
import type { Trivalent } from '../../../src/filter-pattern/index.ts';

describe('three values', () => {
  const rows: readonly (readonly [values: readonly Trivalent[], all: Trivalent, any: Trivalent])[] = [
    [[], true, false],
    [[true], true, true],
    [[false], false, false],
    [['undecided'], 'undecided', 'undecided'],
    [[true, true], true, true],
    [[false, false], false, false],
    [[true, false], false, true],
    [[true, 'undecided'], 'undecided', true],
    [['undecided', false], false, 'undecided'],
    [[true, 'undecided', false], false, true],
  ];
  for (const [values, ofAll, ofAny] of rows) {
    it(`${values.join(', ') || 'none'}: all is ${ofAll}, any is ${ofAny}, in any order`, () => {
      for (const some of [values, [...values].reverse()]) {
        expect(all(some)).to.equal(ofAll);
        expect(any(some)).to.equal(ofAny);
      }
    });
  }

  it('are negated, and what is undecided stays so', () => {
    expect(([true, false, 'undecided'] as const).map(not)).to.deep.equal([false, true, 'undecided']);
  });
});
