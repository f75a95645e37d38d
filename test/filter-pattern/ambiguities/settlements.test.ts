import { expect } from 'chai';

import { matchesUnderAll, parse, readSettlements } from '../../../src/filter-pattern/index.ts';
import { settledInterpretations } from '../../../src/filter-pattern/ambiguities/settlements.ts';

const settlement = { interpretation: 'literal', date: '2026-11-24', by: 'TestMetricFilter in eu-west-1' };

describe('settled interpretations', () => {
  it('decide what is open without them', () => {
    const result = parse('{ $.a = "x*z" }');
    if (result.kind !== 'parsed') return expect.fail();
    const answer = (settled: object) => matchesUnderAll(result.pattern, '{"a":"xyz"}', settled).matches;
    expect(answer({})).to.equal('undecided');
    expect(answer(settledInterpretations(readSettlements({ innerStar: settlement })))).to.equal(false);
    expect(
      answer(settledInterpretations(readSettlements({ innerStar: { ...settlement, interpretation: 'glob' } }))),
    ).to.equal(true);
    expect(
      answer(settledInterpretations(readSettlements({ digitString: { ...settlement, interpretation: 'text' } }))),
    ).to.equal('undecided');
  });

  const wrong: readonly [string, unknown, RegExp][] = [
    ['a list', [], /object with a key for each ambiguity/],
    ['an unknown ambiguity', { outerStar: settlement }, /outerStar is not an ambiguity: use one of innerStar,/],
    [
      'an unknown interpretation',
      { innerStar: { ...settlement, interpretation: 'any' } },
      /innerStar.*one of glob, literal, leftmost/,
    ],
    ['no date', { innerStar: { interpretation: 'glob', by: 'somebody' } }, /innerStar.*YYYY-MM-DD/],
    ['a day without a year', { innerStar: { ...settlement, date: '24 Nov' } }, /innerStar.*YYYY-MM-DD/],
    ['no source', { innerStar: { interpretation: 'glob', date: '2026-11-24' } }, /innerStar does not say/],
    ['no entry', { innerStar: null }, /innerStar has no known interpretation/],
  ];
  for (const [what, data, message] of wrong) {
    it(`are refused with ${what}, naming what is wrong`, () => {
      expect(() => readSettlements(data)).to.throw(TypeError, message);
    });
  }
});
