import { expect } from 'chai';

import { memoize } from '../../../src/chain/required/memoize.ts';

/** A memoized function of texts, and how often each was computed. */
function counted(capacity?: number) {
  const computed: string[] = [];
  const answer = memoize((text: string) => {
    computed.push(text);
    return text.length;
  }, capacity);
  return { answer, computed };
}

/** As long as the longest patterns that AWS accepts. */
function patterns(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${index}`.padStart(1024, 'x'));
}

describe('a memoized function', () => {
  it('computes the same question once, and says whether it is known', () => {
    const { answer, computed } = counted();
    expect(answer.known('one')).to.equal(undefined);
    expect([answer('one'), answer('one')]).to.deep.equal([3, 3]);
    expect(answer.known('one')).to.equal(3);
    expect(computed).to.deep.equal(['one']);
  });

  it('remembers undefined as an answer', () => {
    let calls = 0;
    const answer = memoize((question: string) => {
      calls += question.length > 0 ? 1 : 0;
      return undefined;
    });
    answer('one');
    answer('one');
    expect(calls).to.equal(1);
  });

  it('computes each of 1,050, or of 3,000, long patterns once, however often all are asked in turn', () => {
    for (const count of [950, 1050, 3000]) {
      const { answer, computed } = counted();
      for (let round = 0; round < 3; round += 1) for (const pattern of patterns(count)) answer(pattern);
      expect(computed, `${count} patterns`).to.have.lengthOf(count);
    }
  });

  it('forgets the oldest answers first, and holds no more than its capacity', () => {
    const { answer, computed } = counted(5 * 1500);
    for (const pattern of patterns(20)) answer(pattern);
    const known = patterns(20).map((pattern) => answer.known(pattern) !== undefined);
    expect(known.indexOf(true)).to.be.greaterThan(14);
    expect(known.lastIndexOf(false)).to.equal(known.indexOf(true) - 1);
    expect(computed).to.have.lengthOf(20);
  });

  it('answers for the arguments in their order, of which some may be absent', () => {
    const joined = memoize((one: string, other?: string, last?: string) => `${one} ${other} ${last}`);
    for (let round = 0; round < 2; round += 1) {
      expect([joined('a', 'b'), joined('b', 'a')]).to.deep.equal(['a b undefined', 'b a undefined']);
      expect([joined('a', 'b', 'c'), joined('a', undefined, 'b')]).to.deep.equal(['a b c', 'a undefined b']);
      expect(joined('a', 'a')).to.equal('a a undefined');
    }
    expect(joined.known('a', 'c')).to.equal(undefined);
  });

  it('knows plain data by what is in it, and a number from its digits', () => {
    let calls = 0;
    const kindOf = memoize((value: unknown) => {
      calls += 1;
      return typeof value;
    });
    expect([kindOf({ a: 1 }), kindOf({ a: 1 }), calls]).to.deep.equal(['object', 'object', 1]);
    expect([kindOf(1), kindOf('1'), kindOf({ a: 2 }), calls]).to.deep.equal(['number', 'string', 'object', 4]);
    expect([kindOf(1), kindOf('1'), kindOf({ a: 2 }), calls]).to.deep.equal(['number', 'string', 'object', 4]);
    expect(kindOf.known({ a: 2 })).to.equal('object');
    expect(kindOf.known({ a: 3 })).to.equal(undefined);
  });

  it('counts what an answer weighs', () => {
    const heavy = memoize(
      (text: string) => text,
      10_000,
      (text) => text.length * 4000,
    );
    for (const text of ['a', 'b', 'c']) heavy(text);
    expect(['a', 'b', 'c'].map((text) => heavy.known(text))).to.deep.equal([undefined, 'b', 'c']);
  });
});
