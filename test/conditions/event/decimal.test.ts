import { expect } from 'chai';
import fc from 'fast-check';

import { compareDecimals, readDecimal } from '../../../src/conditions/event/decimal.ts';

function order(left: string, right: string): number {
  return Math.sign(compareDecimals(readDecimal(left)!, readDecimal(right)!));
}

describe('a decimal', () => {
  const ascending = [
    ['-1e999999999999', '-12.5'],
    ['-12.5', '-12.05'],
    ['-1e-5', '-0'],
    ['0', '1e-999999999999'],
    ['0.1', '0.10000000000000000001'],
    ['9007199254740992', '9007199254740993'],
    ['99', '1e2'],
    ['1e400', '1e401'],
  ] as const;
  for (const [less, more] of ascending) {
    it(`of ${less} is less than one of ${more}`, () => {
      expect(order(less, more)).to.equal(-1);
      expect(order(more, less)).to.equal(1);
    });
  }

  const equal = [
    ['12', '12.0'],
    ['+1000', '1e3'],
    ['007', '7'],
    ['-0', '0e9'],
    ['1.50', '15e-1'],
    ['0.001', '1E-3'],
    ['100', '1e+2'],
  ] as const;
  for (const [left, right] of equal) {
    it(`of ${left} equals one of ${right}`, () => {
      expect(order(left, right)).to.equal(0);
    });
  }

  for (const text of ['', '-', '.', 'e3', '1e', '12a', '1,000', ' 1', '0x10', 'Infinity', 'NaN']) {
    it(`is not read from "${text}"`, () => {
      expect(readDecimal(text)).to.be.undefined;
    });
  }

  it('orders whole numbers as they are', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (left, right) => {
        expect(order(String(left), String(right))).to.equal(left < right ? -1 : left > right ? 1 : 0);
      }),
      { numRuns: 200 },
    );
  });
});
