import { expect } from 'chai';

import { newBoundedMap } from '../../src/conditions/bounded-map.ts';

describe('a bounded map', () => {
  it('gives back what was put in, and nothing else', () => {
    const map = newBoundedMap<number>(100);
    map.set('a', 1);
    map.set('b', 0);
    expect([map.get('a'), map.get('b'), map.get('c')]).to.deep.equal([1, 0, undefined]);
  });

  it('holds as much as fits, and forgets what was put in first', () => {
    const map = newBoundedMap<number>(6);
    for (const [at, key] of ['aa', 'bb', 'cc'].entries()) map.set(key, at);
    expect(['aa', 'bb', 'cc'].map((key) => map.get(key))).to.deep.equal([0, 1, 2]);
    map.set('d', 3);
    expect(['aa', 'bb', 'cc', 'd'].map((key) => map.get(key))).to.deep.equal([undefined, 1, 2, 3]);
  });

  it('counts the weight of an entry besides that of its key', () => {
    const map = newBoundedMap<number>(10);
    map.set('a', 1, 4);
    map.set('b', 2, 4);
    expect([map.get('a'), map.get('b')]).to.deep.equal([1, 2]);
    map.set('c', 3, 1);
    expect(['a', 'b', 'c'].map((key) => map.get(key))).to.deep.equal([undefined, 2, 3]);
  });

  it('counts an entry once that is put in again, and takes it for the newest', () => {
    const map = newBoundedMap<number>(4);
    map.set('a', 1);
    map.set('b', 2);
    for (let count = 0; count < 10; count += 1) map.set('a', 3);
    expect([map.get('a'), map.get('b')]).to.deep.equal([3, 2]);
    map.set('ccc', 4);
    expect(['a', 'b', 'ccc'].map((key) => map.get(key))).to.deep.equal([3, undefined, 4]);
  });

  it('does not keep what is too heavy for it', () => {
    const map = newBoundedMap<number>(4);
    map.set('heavy', 1);
    expect(map.get('heavy')).to.equal(undefined);
    map.set('a', 2);
    expect(map.get('a')).to.equal(2);
  });
});
