import { expect } from 'chai';

import type { Clause, TextRole, TextTest } from '../../../src/conditions/texts/clause.ts';
import {
  clauseKey,
  clausesHold,
  isWritten,
  simplified,
  stepsToTry,
  testKey,
} from '../../../src/conditions/texts/clause.ts';
import { each, number, word } from './clauses.ts';

const TRUE: TextTest = { kind: 'constant', holds: true };
const FALSE: TextTest = { kind: 'constant', holds: false };

describe('clauses on a text', () => {
  const holds = (text: string, tests: readonly TextTest[], role: TextRole = 'string') =>
    clausesHold(each(...tests), text, role);

  it('hold if each of them does, by any of its tests', () => {
    const [a, b] = [word('a'), word('b')];
    expect(clausesHold([[a, b]], 'b', 'string')).to.equal(true);
    expect(clausesHold([[a], [b]], 'b', 'string')).to.equal(false);
    expect(clausesHold([[a, b], [word('*b*')]], 'b', 'string')).to.equal(true);
    expect(clausesHold([], 'b', 'string')).to.equal(true);
    expect(clausesHold([[]], 'b', 'string')).to.equal(false);
  });

  it('hold or do not where that is settled', () => {
    expect(holds('a', [TRUE])).to.equal(true);
    expect(holds('a', [FALSE])).to.equal(false);
  });

  it('on a word are about the text of a string as it is, and about that of a number as it is taken', () => {
    expect(holds('1e1', [word('10', true, 'plain')])).to.equal(false);
    expect(holds('1e1', [word('10', true, 'plain')], 'number')).to.equal(true);
    expect(holds('1e1', [word('10.0', true, 'double')], 'number')).to.equal(true);
    expect(holds('1e1', [word('1e1')], 'number')).to.equal(true);
    expect(holds('1e1', [word('1e1', false)], 'number')).to.equal(false);
    expect(holds('b', [word('a', false)])).to.equal(true);
  });

  it('on a number compare values, whatever their spelling', () => {
    for (const [operator, truths] of [
      ['=', [false, true, false]],
      ['<', [true, false, false]],
      ['<=', [true, true, false]],
      ['>', [false, false, true]],
      ['>=', [false, true, true]],
    ] as const) {
      const found = ['1.9', '2.00', '21e-1'].map((text) => holds(text, [number(operator, '2')]));
      expect(found, operator).to.deep.equal(truths);
      const denied = ['1.9', '2.00', '21e-1'].map((text) => holds(text, [number(operator, '2', { wanted: false })]));
      expect(denied, operator).to.deep.equal(truths.map((one) => !one));
    }
  });

  it('on a number are false of a text that is none, so that their denials are true', () => {
    for (const operator of ['=', '<', '>='] as const) {
      expect(holds('x', [number(operator, '2')])).to.equal(false);
      expect(holds('x', [number(operator, '2', { wanted: false })])).to.equal(true);
      expect(holds('2', [number(operator, 'x')])).to.equal(false);
    }
  });

  it('on a number distinguish more exactly than a 64-bit float does', () => {
    const [one, near] = ['0.1', '0.10000000000000001'];
    expect(holds(near, [number('=', one)])).to.equal(false);
    expect(holds(near, [number('=', one, { precision: 'double' })])).to.equal(true);
    expect(holds(near, [number('>', one)])).to.equal(true);
    expect(holds(near, [number('>', one, { precision: 'double' })])).to.equal(false);
    expect(holds('0.2', [number('>', one, { precision: 'double' })])).to.equal(true);
  });

  it('are looked at in one step for every eight of them, and one more', () => {
    const steps = (count: number) => stepsToTry(Array.from({ length: count }, () => [word('a')]));
    expect([0, 7, 8, 15, 16].map(steps)).to.deep.equal([1, 1, 2, 2, 3]);
  });
});

describe('clauses without what is settled', () => {
  const [a, b] = [word('a'), word('b')];

  it('have neither a clause that holds, nor a test that does not', () => {
    expect(simplified([[a, TRUE], [a, FALSE, b], [b]])).to.deep.equal([[a, b], [b]]);
    expect(simplified([[FALSE, TRUE]])).to.deep.equal([]);
  });

  it('cannot hold if no test of a clause is left', () => {
    expect(simplified([[a], [FALSE]])).to.equal(undefined);
    expect(simplified([[]])).to.equal(undefined);
  });

  it('cannot hold if one language is wanted and not wanted', () => {
    const denied = word('a', false);
    expect(simplified(each(a, denied))).to.equal(undefined);
    expect(simplified(each(denied, a))).to.equal(undefined);
    expect(simplified(each(a, a))).to.deep.equal(each(a, a));
    expect(simplified(each(a, word('b', false)))).to.have.lengthOf(2);
  });

  it('may hold if a language is not wanted in another spelling of numbers, or as one of several tests', () => {
    expect(simplified(each(a, word('a', false, 'plain')))).to.have.lengthOf(2);
    expect(simplified([[a], [word('a', false), b]])).to.have.lengthOf(2);
    expect(simplified([[a, b], [word('a', false)]])).to.have.lengthOf(2);
    expect(simplified(each(number('=', '1'), number('=', '1', { wanted: false })))).to.have.lengthOf(2);
  });
});

describe('the key of a clause', () => {
  it('is the same for equal clauses, and another for others', () => {
    const clauses: readonly (() => Clause)[] = [
      () => [word('a')],
      () => [word('a', false)],
      () => [word('a', true, 'plain')],
      () => [word('b')],
      () => [word('a'), word('b')],
      () => [number('=', '1')],
      () => [number('=', '1', { precision: 'double' })],
      () => [TRUE],
    ];
    const keys = clauses.map((make) => clauseKey(make()));
    expect(new Set(keys)).to.have.lengthOf(keys.length);
    expect(clauses.map((make) => clauseKey(make()))).to.deep.equal(keys);
    const once: Clause = [word('a'), word('b')];
    expect(clauseKey(once))
      .to.equal(clauseKey(once))
      .and.to.contain(testKey(word('a')));
  });

  it('is not needed to know a test on a word from others', () => {
    expect([word('a'), number('=', '1'), TRUE].map(isWritten)).to.deep.equal([true, false, false]);
  });
});
