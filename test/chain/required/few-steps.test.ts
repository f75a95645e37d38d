import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { premisesText } from '../../../src/chain/required/premises.ts';
import { catalog } from '../../../src/controls/catalog.ts';
import { compareTexts, newMemory, parse } from '../../../src/filter-pattern/index.ts';
import { randomPairs } from '../../filter-pattern/compare/random-pairs.ts';

const { patterns } = JSON.parse(readFileSync('test/filter-pattern/data/pattern-corpus.json', 'utf8')) as {
  readonly patterns: readonly { readonly pattern: string }[];
};
const account = { accountId: '111122223333', region: 'eu-west-1' };

/** It changes no answer, and saves the time to work out the same automata for each. */
const MEMORY = newMemory();

/** Whether an answer with few steps is no answer, or that of the whole budget. */
function isPartOfWhole(candidate: string, wanted: string, premises: string | undefined, budget: number): boolean {
  const few = compareTexts(candidate, wanted, premises, MEMORY, budget);
  if (few.relation === 'invalid') throw new Error(`not a pattern: ${candidate}`);
  if ([few.missed, few.extra, few.shared].some(({ kind }) => kind === 'undecided')) return true;
  return JSON.stringify(few) === JSON.stringify(compareTexts(candidate, wanted, premises, MEMORY));
}

describe('a comparison in few steps', function () {
  this.timeout(120_000);
  const budgets = [600, 6000];

  it('gives no other answer than one in many, for patterns in use', () => {
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

  it('gives no other answer than one in many, for random patterns', () => {
    const pairs = randomPairs(15, 150).filter(([wanted]) => compareSafely(wanted));
    const differing = pairs.filter(([wanted, candidate]) =>
      budgets.some((budget) => !isPartOfWhole(candidate, wanted, undefined, budget)),
    );
    expect(pairs).to.have.lengthOf.at.least(100);
    expect(differing).to.deep.equal([]);
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
