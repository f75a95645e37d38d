import { expect } from 'chai';

import { compareDecimals, readDecimal } from '../../../src/conditions/event/decimal.ts';
import { isTame, pointsAround } from '../../../src/conditions/texts/number-points.ts';

const order = (left: string, right: string): number => {
  const [a, b] = [readDecimal(left), readDecimal(right)];
  if (a === undefined || b === undefined) throw new Error(`no number: ${left}, ${right}`);
  return Math.sign(compareDecimals(a, b));
};

describe('the points around constants', () => {
  const sets: readonly (readonly string[])[] = [
    [],
    ['0'],
    ['5'],
    ['-2'],
    ['1', '2'],
    ['1', '1.5', '2'],
    ['10', '20', '-20'],
    ['0.1', '0.10000000000000001'],
    ['1e300', '-1e300'],
    ['1e-300', '2e-300'],
    ['1e5000', '1'],
    ['-1e5000', '1e-5000'],
    ['2.50', '25e-1', '3'],
    ['12345678901234567890', '12345678901234567891'],
    ['100', '100.000001'],
    ['1e25', '3e25'],
    ['1e-70', '5e-70'],
    ['1.5', '2.5'],
    ['300', '-100', '200'],
  ];
  for (const constants of sets) {
    it(`${constants.join(', ') || '(none)'} are on each of them, between neighbors, and on both sides`, () => {
      const points = [...pointsAround(constants)];
      const sorted = [...constants].sort(order);
      expect(points).to.include.members(['1', '0', '-1']);
      for (const constant of constants)
        expect(
          points.some((point) => order(point, constant) === 0),
          constant,
        ).to.equal(true);
      for (const [index, high] of sorted.slice(1).entries()) {
        const low = sorted[index] ?? high;
        if (order(low, high) === 0) continue;
        const between = points.some((point) => order(low, point) < 0 && order(point, high) < 0);
        expect(between, `between ${low} and ${high}`).to.equal(true);
      }
      for (const side of [1, -1]) {
        const beyond = points.some((point) => constants.every((constant) => order(point, constant) === side));
        expect(beyond, `on side ${side}`).to.equal(true);
      }
    });

    it(`${constants.join(', ') || '(none)'} include a number just above and just below each of them`, () => {
      const points = [...pointsAround(constants)];
      for (const constant of constants) {
        for (const side of [1, -1]) {
          const near = points.filter((point) => order(point, constant) === side && Number(point) === Number(constant));
          // A 64-bit float does not tell it from the constant.
          expect(near, `${constant} on side ${side}`).not.to.deep.equal([]);
        }
      }
    });

    it(`${constants.join(', ') || '(none)'} are spelled as JSON spells numbers, without zeros that say nothing`, () => {
      for (const point of pointsAround(constants)) {
        expect(point).to.match(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?(?:e[+-]?\d+)?$/);
        expect(typeof JSON.parse(point)).to.equal('number');
      }
    });
  }

  const beginnings: readonly (readonly [constants: readonly string[], beginning: readonly string[]])[] = [
    [['5'], ['1', '5', '6', '15', '4']],
    [
      ['3', '7'],
      ['1', '3', '7', '4', '5'],
    ],
    [
      ['7', 'x', '3', '7'],
      ['1', '3', '7', '4', '5'],
    ],
    [
      ['1.5', '4.5'],
      ['1', '1.5', '4.5', '2.5', '3'],
    ],
    [
      ['100', '300'],
      ['1', '100', '300', '200', '200'],
    ],
    [
      ['1', '1.5'],
      ['1', '1', '1.5', '1.25', '1.25'],
    ],
    // The middle as an exact number, and as a 64-bit float.
    [
      ['0.1', '0.2'],
      ['1', '0.1', '0.2', '0.15', '0.15000000000000002'],
    ],
    [
      ['1', '2'],
      ['1', '1', '2', '1.5', '1.5'],
    ],
  ];
  for (const [constants, beginning] of beginnings) {
    it(`begin with plain numbers for ${constants.join(', ')}: ${beginning.join(', ')}`, () => {
      expect([...pointsAround(constants)].slice(0, beginning.length)).to.deep.equal(beginning);
    });
  }

  it('are written out if that is short, and with an exponent otherwise', () => {
    const points = (constant: string) => [...pointsAround([constant])];
    expect(points('1e19')).to.include('10000000000000000000');
    expect(points('1e20')).to.include('1e20');
    expect(points('1e-60')).to.include(`0.${'0'.repeat(59)}1`);
    expect(points('1e-61')).to.include('1e-61');
    expect(points('-2.50')).to.include('-2.5');
  });
});

describe('a constant', () => {
  it('is tame if 64-bit floats tell it from others as exact numbers do', () => {
    for (const tame of ['0', '1', '-1.5', '123456789012345', '1e298', '1e-300'])
      expect(isTame(tame), tame).to.equal(true);
    for (const wild of ['1234567890123456', '0.1000000000000001', '1e299', '1e-301', '-1e5000', 'x']) {
      expect(isTame(wild), wild).to.equal(false);
    }
  });
});
