import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { compareInTime, comparePatternsInTime } from '../../../src/chain/required/compare-in-time.ts';
import { premisesText } from '../../../src/chain/required/premises.ts';
import { catalog } from '../../../src/controls/catalog.ts';
import { compareTexts, newMemory, parse } from '../../../src/filter-pattern/index.ts';
import { randomPairs } from '../../filter-pattern/compare/random-pairs.ts';
import { hostileRanges } from '../../support/hostile-patterns.ts';

const { patterns } = JSON.parse(readFileSync('test/filter-pattern/data/pattern-corpus.json', 'utf8')) as {
  readonly patterns: readonly { readonly pattern: string }[];
};
const account = { accountId: '111122223333', region: 'eu-west-1' };
const inTime = { isOver: () => false };
const over = { isOver: () => true };
const required = '{ $.eventName = DeactivateMFADevice }';
/** Patterns that no other test compares, so that no answer is remembered. */
const fresh = (name: string) => `{ $.eventName = DeactivateMFADevice && $.requestID != "${name}" }`;

/** It changes no answer, and saves the time to work out the same automata for each. */
const MEMORY = newMemory();

/** Whether an answer with few steps is no answer, or that of the whole budget. */
function isPartOfWhole(candidate: string, wanted: string, premises: string | undefined, budget: number): boolean {
  const few = compareTexts(candidate, wanted, premises, MEMORY, budget);
  if (few.relation === 'invalid') throw new Error(`not a pattern: ${candidate}`);
  if ([few.missed, few.extra, few.shared].some(({ kind }) => kind === 'undecided')) return true;
  return JSON.stringify(few) === JSON.stringify(compareTexts(candidate, wanted, premises, MEMORY));
}

describe('a comparison within a time', function () {
  this.timeout(120_000);
  const budgets = [600, 6000];

  it('gives with few steps no other answer than with many, for patterns in use', () => {
    const texts = patterns.map(({ pattern }) => pattern).filter((pattern) => parse(pattern).kind === 'parsed');
    const differing = texts.flatMap((text, index) => {
      const control = catalog[index % catalog.length] ?? catalog[0];
      const premises = premisesText(control, account);
      const wrong = budgets.filter((budget) => !isPartOfWhole(text, control.filterPattern, premises, budget));
      return wrong.map((budget) => `${text} with ${budget} steps`);
    });
    expect(texts).to.have.lengthOf.at.least(100);
    expect(differing).to.deep.equal([]);
  });

  it('gives with few steps no other answer than with many, for random patterns', () => {
    const pairs = randomPairs(15, 150).filter(([wanted]) => compareSafely(wanted));
    const differing = pairs.filter(([wanted, candidate]) =>
      budgets.some((budget) => !isPartOfWhole(candidate, wanted, undefined, budget)),
    );
    expect(pairs).to.have.lengthOf.at.least(100);
    expect(differing).to.deep.equal([]);
  });

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

/** Whether some event satisfies a pattern; else it cannot be required. */
function compareSafely(pattern: string): boolean {
  try {
    compareTexts(pattern, pattern);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
