import { expect } from 'chai';

import { compare, newMemory, parse, type Pattern } from '../../../src/filter-pattern/index.ts';
import { newBoundedMap } from '../../../src/conditions/bounded-map.ts';
import { randomPairs } from './random-pairs.ts';

function patternOf(text: string): Pattern {
  const result = parse(text);
  if (result.kind !== 'parsed') throw new Error(`${text} is not read`, { cause: result });
  return result.pattern;
}

describe('a bounded map', () => {
  it('forgets the oldest entries, and no more than it has to', () => {
    const map = newBoundedMap<number>(6);
    for (const [index, key] of ['aa', 'bb', 'cc', 'dd'].entries()) map.set(key, index);
    expect(['aa', 'bb', 'cc', 'dd'].map(map.get)).to.deep.equal([undefined, 1, 2, 3]);
  });

  it('counts the weight of values, and counts a key that is set again once', () => {
    const map = newBoundedMap<string>(20);
    map.set('a', 'first', 9);
    map.set('a', 'second', 9);
    map.set('b', 'third', 8);
    expect([map.get('a'), map.get('b')]).to.deep.equal(['second', 'third']);
    map.set('c', 'fourth', 1);
    expect([map.get('a'), map.get('b'), map.get('c')]).to.deep.equal([undefined, 'third', 'fourth']);
  });

  it('keeps nothing that is heavier than all it may hold', () => {
    const map = newBoundedMap<number>(3);
    map.set('long key', 1);
    expect(map.get('long key')).to.equal(undefined);
  });
});

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
