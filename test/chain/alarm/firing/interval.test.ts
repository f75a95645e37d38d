import { expect } from 'chai';

import type { Interval } from '../../../../src/chain/alarm/firing/interval.ts';
import {
  absolute,
  anyValue,
  compareIntervals,
  holdsZero,
  hull,
  inverse,
  onlyValue,
  times,
  zero,
} from '../../../../src/chain/alarm/firing/interval.ts';

const from = (low: number, high: number, ends: Partial<Interval> = {}): Interval => ({ low, high, ...ends });

describe('an interval of values', () => {
  it('around two others has the outer ends, open where the outermost is open', () => {
    expect(hull(from(0, 1), from(3, 4))).to.deep.equal(from(0, 4));
    expect(hull(from(3, 4), from(0, 1))).to.deep.equal(from(0, 4));
    expect(hull(from(0, 1, { lowOpen: true }), from(1, 2, { highOpen: true }))).to.deep.equal(
      from(0, 2, { lowOpen: true, highOpen: true }),
    );
    expect(hull(from(0, 2, { lowOpen: true, highOpen: true }), from(0, 2))).to.deep.equal(from(0, 2));
    expect(hull(from(0, 2), from(0, 2, { lowOpen: true, highOpen: true }))).to.deep.equal(from(0, 2));
  });

  it('has an inverse without what would be divided by zero', () => {
    expect(inverse(from(2, 4))).to.deep.equal(from(0.25, 0.5));
    expect(inverse(from(-4, -2))).to.deep.equal(from(-0.5, -0.25));
    expect(inverse(from(0, 4))).to.deep.equal(from(0.25, Infinity));
    expect(inverse(from(-4, 0))).to.deep.equal(from(-Infinity, -0.25));
    expect(inverse(from(-1, 1))).to.deep.equal(anyValue);
    expect(inverse(zero)).to.equal(undefined);
  });

  it('times another holds every product, and zero times anything is zero', () => {
    expect(times(from(-2, 3), from(-1, 4))).to.deep.equal(from(-8, 12));
    expect(times(zero, anyValue)).to.deep.equal(zero);
    expect(times(anyValue, zero)).to.deep.equal(zero);
  });

  it('of absolute values is not negative', () => {
    expect(absolute(from(1, 2))).to.deep.equal(from(1, 2));
    expect(absolute(from(-3, -1))).to.deep.equal(from(1, 3));
    expect(absolute(from(-3, 2))).to.deep.equal(from(0, 3));
    expect(absolute(from(-2, 3))).to.deep.equal(from(0, 3));
  });

  it('may hold one value only, and zero', () => {
    expect([onlyValue(from(2, 2)), onlyValue(from(1, 2))]).to.deep.equal([2, undefined]);
    expect([from(-1, 0), from(0, 1), from(-1, 1), from(1, 2), from(-2, -1)].map(holdsZero)).to.deep.equal([
      ...[true, true, true],
      ...[false, false],
    ]);
  });

  it('is compared with another for every pair of values', () => {
    const [low, middle, high] = [from(1, 2), from(2, 3), from(3, 4)];
    const compared = (operator: '<' | '<=' | '==') =>
      [
        [low, high],
        [low, middle],
        [middle, low],
        [high, low],
      ].map(([a = zero, b = zero]) => compareIntervals(a, operator, b));
    expect(compared('<')).to.deep.equal([true, 'undecided', false, false]);
    expect(compared('<=')).to.deep.equal([true, true, 'undecided', false]);
    expect(compared('==')).to.deep.equal([false, 'undecided', 'undecided', false]);
    expect(compareIntervals(from(2, 2), '==', from(2, 2))).to.equal(true);
    expect(compareIntervals(from(2, 2), '==', from(3, 3))).to.equal(false);
  });
});
