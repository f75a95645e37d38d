import { expect } from 'chai';

import { compare, newMemory, parse, type Pattern } from '../../../src/filter-pattern/index.ts';
import { randomPairs } from './random-pairs.ts';

function patternOf(text: string): Pattern {
  const result = parse(text);
  if (result.kind !== 'parsed') throw new Error(`${text} is not read`, { cause: result });
  return result.pattern;
}

describe('what a comparison remembers', () => {
  it('changes no answer: asked again, after others, or with a memory of its own', () => {
    const memory = newMemory();
    for (const [required, candidate] of randomPairs(7, 60)) {
      const question = { required: patternOf(required), candidates: [patternOf(candidate)] };
      const answer = () => {
        try {
          return compare(question, newMemory());
        } catch (error) {
          if (error instanceof TypeError) return error.message;
          throw error;
        }
      };
      const remembered = () => {
        try {
          return compare(question, memory);
        } catch (error) {
          if (error instanceof TypeError) return error.message;
          throw error;
        }
      };
      expect([remembered(), remembered()], `${required} | ${candidate}`).to.deep.equal([answer(), answer()]);
    }
  });

  it('changes no answer where the budget is nearly spent', () => {
    const question = {
      required: patternOf('{ $.n > 1.5 && $.e != *y* && $.a[*] != x }'),
      candidates: [patternOf('{ $.n > 1.25 && $.e != *yx* }')],
    };
    for (let budget = 30; budget < 1500; budget += 30) {
      const memory = newMemory();
      const first = compare({ ...question, budget }, memory);
      expect(compare({ ...question, budget }, memory), `${budget} steps`).to.deep.equal(first);
    }
  });
});
