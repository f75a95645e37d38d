import { expect } from 'chai';

import { BudgetSpent } from '../../../src/conditions/budget.ts';
import { numberGrammar } from '../../../src/conditions/languages/number-grammar.ts';
import type { WrittenTest } from '../../../src/conditions/texts/clause.ts';
import { clausesHold } from '../../../src/conditions/texts/clause.ts';
import { finiteTexts } from '../../../src/conditions/texts/finite-texts.ts';
import { shortestText } from '../../../src/conditions/texts/shortest-text.ts';
import { textsOf } from '../languages/language-laws.ts';
import { word } from './clauses.ts';

const budget = () => ({ left: 1_000_000 });

/** Clauses whose shortest text is short. */
const questions: readonly (readonly [claim: string, clauses: readonly (readonly WrittenTest[])[]])[] = [
  ['nothing', []],
  ['a text', [[word('ab')]]],
  ['not this text', [[word('', false)]]],
  ['a beginning and another end', [[word('a*')], [word('*b')]]],
  ['a beginning and not the text', [[word('a*')], [word('a', false)]]],
  ['one of two texts, not the first', [[word('a'), word('bb')], [word('a', false)]]],
  ['what contradicts itself', [[word('a*')], [word('b*')]]],
  ['a text that is denied', [[word('ab')], [word('*b', false)]]],
  ['three pieces anywhere', [[word('*a*')], [word('*b*')], [word('*c*')]]],
  ['pieces that may share characters', [[word('*ab*')], [word('*ba*')]]],
  [
    'many, of which two contradict each other',
    [[word('a*')], [word('*b')], [word('*c*')], [word('a*c', false)], [word('*a*b', false)]],
  ],
  ['many that fit together', [[word('a*')], [word('*b')], [word('*c*')], [word('ab', false)], [word('*bb', false)]]],
  ['many denials', [[word('', false)], [word('a*', false)], [word('*b', false)], [word('c', false)], [word('*c*')]]],
];

describe('the shortest text that satisfies clauses', () => {
  const texts = textsOf('abcd', 5);
  for (const [claim, clauses] of questions) {
    it(`is as long as the shortest of all texts, or none, for ${claim}`, () => {
      const right = texts.find((text) => clausesHold(clauses, text, 'string'));
      const found = shortestText(clauses, budget());
      if (right === undefined) expect(found).to.deep.equal({ kind: 'none' });
      else {
        const text = found.kind === 'text' ? found.text : found.kind;
        expect(clausesHold(clauses, text, 'string'), text).to.equal(true);
        expect(text).to.have.lengthOf(right.length);
      }
    });
  }

  it('is plausible where it may be anything', () => {
    expect(shortestText([[word('', false)]], budget())).to.deep.equal({ kind: 'text', text: 'a' });
    expect(shortestText([[word('', false)], [word('a*', false)]], budget())).to.deep.equal({ kind: 'text', text: 'b' });
  });

  it('takes steps for every place, and more for more characters', () => {
    const spent = (clauses: readonly (readonly WrittenTest[])[]) => {
      const own = budget();
      shortestText(clauses, own);
      return budget().left - own.left;
    };
    expect(spent([[word('aaaaaaaa')]])).to.be.greaterThan(spent([[word('a')]]));
    expect(spent([[word('*abcdefghijklmnop*')]])).to.be.at.least(2 * spent([[word('*aaaaaaaaaaaaaaaa*')]]));
    expect(() => shortestText([[word('abc')]], { left: 2 })).to.throw(BudgetSpent);
  });
});

describe('short texts that satisfy clauses', () => {
  it('are all of them where they are finitely many, the shortest first', () => {
    const clauses = [[word('bb'), word('a'), word('abc')], [word('abc', false)]];
    expect(finiteTexts(clauses, budget())).to.deep.equal({ texts: ['a', 'bb'], complete: true });
    expect(finiteTexts([[word('a')], [word('b')]], budget())).to.deep.equal({ texts: [], complete: true });
    expect(finiteTexts([[word('')]], budget())).to.deep.equal({ texts: [''], complete: true });
  });

  it('are some of them where they are many', () => {
    const digits: WrittenTest = { kind: 'written', language: numberGrammar('json'), as: 'source', wanted: true };
    const { texts, complete } = finiteTexts([[digits]], budget());
    expect(complete).to.equal(false);
    expect(texts.length).to.be.greaterThan(20).and.at.most(64);
    expect(texts.every((text) => clausesHold([[digits]], text, 'string'))).to.equal(true);
    const lengths = texts.map(({ length }) => length);
    expect(lengths).to.deep.equal([...lengths].sort((left, right) => left - right));
  });

  it('may be none that are found though there are some far away', () => {
    const { complete } = finiteTexts([[word(`*${'ab'.repeat(40)}`)]], budget());
    expect(complete).to.equal(false);
  });

  it('take steps', () => {
    expect(() => finiteTexts([[word('abc')]], { left: 2 })).to.throw(BudgetSpent);
  });
});
