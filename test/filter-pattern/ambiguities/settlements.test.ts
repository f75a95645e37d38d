import { expect } from 'chai';

import { matchesUnderAll, parse, readSettlements } from '../../../src/filter-pattern/index.ts';
import { readingsOf } from '../../../src/filter-pattern/ambiguities/settlements.ts';

const settlement = { reading: 'literal', date: '2026-11-24', by: 'TestMetricFilter in eu-west-1' };

describe('settled readings', () => {
  it('decide what is open without them', () => {
    const result = parse('{ $.a = "x*z" }');
    if (result.kind !== 'parsed') return expect.fail();
    const answer = (settled: object) => matchesUnderAll(result.pattern, '{"a":"xyz"}', settled).matches;
    expect(answer({})).to.equal('undecided');
    expect(answer(readingsOf(readSettlements({ innerStar: settlement })))).to.equal(false);
    expect(answer(readingsOf(readSettlements({ innerStar: { ...settlement, reading: 'glob' } })))).to.equal(true);
    expect(answer(readingsOf(readSettlements({ digitString: { ...settlement, reading: 'text' } })))).to.equal(
      'undecided',
    );
  });

  const wrong: readonly [string, unknown, RegExp][] = [
    ['a list', [], /object of corners/],
    ['an unknown corner', { outerStar: settlement }, /outerStar is no corner: one of innerStar,/],
    [
      'an unknown reading',
      { innerStar: { ...settlement, reading: 'any' } },
      /innerStar.*one of glob, literal, leftmost/,
    ],
    ['no date', { innerStar: { reading: 'glob', by: 'somebody' } }, /innerStar.*YYYY-MM-DD/],
    ['a day without a year', { innerStar: { ...settlement, date: '24 Nov' } }, /innerStar.*YYYY-MM-DD/],
    ['no source', { innerStar: { reading: 'glob', date: '2026-11-24' } }, /innerStar does not say/],
    ['no entry', { innerStar: null }, /innerStar has no known reading/],
  ];
  for (const [what, data, message] of wrong) {
    it(`are refused with ${what}, naming what is wrong`, () => {
      expect(() => readSettlements(data)).to.throw(TypeError, message);
    });
  }
});
