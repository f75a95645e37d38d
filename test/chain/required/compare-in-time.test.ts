import { expect } from 'chai';

import { compareInTime, comparePatternsInTime } from '../../../src/chain/required/compare-in-time.ts';
import { parse } from '../../../src/filter-pattern/index.ts';
import { hostileRanges } from '../../support/hostile-patterns.ts';

const inTime = { isOver: () => false };
const over = { isOver: () => true };
const required = '{ $.eventName = DeactivateMFADevice }';
/** Patterns that no other test compares, so that no answer is remembered. */
const fresh = (name: string) => `{ $.eventName = DeactivateMFADevice && $.requestID != "${name}" }`;

describe('a comparison within a time', () => {
  it('is made while there is time, and known when there is none', () => {
    const text = fresh('one');
    expect(compareInTime(over, text, required)).to.equal(undefined);
    expect(compareInTime(inTime, text, required)?.relation).to.equal('narrower');
    expect(compareInTime(over, text, required)?.relation).to.equal('narrower');
  });

  it('asks for the time before each part of it, and for nothing that is known', () => {
    let asked = 0;
    const counting = {
      isOver: () => {
        asked += 1;
        return false;
      },
    };
    compareInTime(counting, fresh('two'), required);
    expect(asked).to.equal(1);
    compareInTime(counting, fresh('two'), required);
    expect(asked).to.equal(1);
    const [hard = ''] = hostileRanges(1, ['CompareInTime']);
    compareInTime(counting, hard, required);
    expect(asked).to.equal(3);
  });

  it('is made without any time for what equals the required text up to order', () => {
    const text = '{ $.requestID = "three" && $.eventName = DeactivateMFADevice }';
    const turned = '{ ($.eventName = DeactivateMFADevice) && $.requestID = "three" }';
    expect(compareInTime(over, turned, text)?.relation).to.equal('equivalent');
  });

  it('does not go on with a hard pattern where only few steps are wanted', () => {
    const [, hard = ''] = hostileRanges(2, ['CompareQuickly']);
    expect(compareInTime({ ...inTime, quick: 'all' }, hard, required)).to.equal(undefined);
    expect(compareInTime(over, hard, required)).to.equal(undefined);
    expect(compareInTime(inTime, hard, required)).not.to.equal(undefined);
  });

  it('of patterns that were parsed is known when there is no time, and not made then', () => {
    const patternOf = (text: string) => {
      const parsed = parse(text);
      if (parsed.kind !== 'parsed') throw new Error(`not a pattern: ${text}`);
      return parsed.pattern;
    };
    const question = { candidates: [patternOf(fresh('four'))], required: patternOf(required) };
    expect(comparePatternsInTime(over, question)).to.equal(undefined);
    expect(comparePatternsInTime(inTime, question)?.relation).to.equal('narrower');
    expect(comparePatternsInTime(over, question)?.relation).to.equal('narrower');
  });
});
