import { expect } from 'chai';
import fc from 'fast-check';

import { isStarOpen, matchesWord, type StarInterpretation } from '../../../src/conditions/event/stars.ts';

const READINGS: readonly StarInterpretation[] = ['glob', 'literal', 'leftmost'];

/** Word, text, and the interpretations under which the text satisfies the word. */
const rows: readonly (readonly [string, string, readonly StarInterpretation[]])[] = [
  ['', '', READINGS],
  ['', 'x', []],
  ['x', 'x', READINGS],
  ['x', 'X', []],
  ['x', 'xx', []],
  ['*', '', READINGS],
  ['*', 'anything\nat all', READINGS],
  ['**', '', READINGS],
  ['x*', 'x', READINGS],
  ['x*', 'xyz', READINGS],
  ['x*', 'yx', []],
  ['*x', 'x', READINGS],
  ['*x', 'yx', READINGS],
  ['*x', 'xy', []],
  ['*x', 'xyx', ['glob', 'literal']],
  ['*xx', 'xxx', ['glob', 'literal']],
  ['*x*', 'axb', READINGS],
  ['*x*', 'ab', []],
  ['a*z', 'az', ['glob', 'leftmost']],
  ['a*z', 'abcz', ['glob', 'leftmost']],
  ['a*z', 'a*z', READINGS],
  ['a*z', 'azz', ['glob']],
  ['a*z', 'bz', []],
  ['a*a', 'a', []],
  ['ab*ba', 'aba', []],
  ['ab*ba', 'abba', ['glob', 'leftmost']],
  ['a*b*c', 'abc', ['glob', 'leftmost']],
  ['a*b*c', 'acb', []],
  ['a*bc*c', 'abc', []],
  ['a*bc*bc*', 'abcbc', ['glob', 'leftmost']],
  ['a*bc*bc*', 'abc', []],
  ['a**c', 'abc', ['glob', 'leftmost']],
  ['a**', 'ab', ['glob', 'leftmost']],
  ['a**', 'a*b', READINGS],
  ['***', '', ['glob', 'leftmost']],
  ['***', 'a*', READINGS],
  ['*a*b*', 'xaxbx', ['glob', 'leftmost']],
  ['*a*b*', 'x a*b x', READINGS],
  ['*a*b', 'ab', ['glob', 'leftmost']],
  ['*a*b', 'abb', ['glob']],
  // Live rows of 2019: https://github.com/cfchou/metric_filter_parser
  ['1*3', '123', ['glob', 'leftmost']],
  ['111*111', '111.111.111.111', ['glob']],
  ['*111.111.111', '111.111.111.111', ['glob', 'literal']],
  ['*.111.111.111', '111.111.111.111', READINGS],
];

describe('a word with asterisks', () => {
  for (const [word, text, interpretations] of rows) {
    it(`\`${word}\` matches ${JSON.stringify(text)} when read as ${interpretations.join(', ') || 'nothing'}`, () => {
      expect(READINGS.filter((interpretation) => matchesWord(word, text, interpretation))).to.deep.equal(
        interpretations,
      );
    });
  }

  const characters = fc.constantFrom('a', 'b', '*');
  const someWord = fc.string({ unit: characters, maxLength: 5 });
  const someText = fc.string({ unit: characters, maxLength: 7 });

  it('is a glob as regular expressions have it', () => {
    fc.assert(
      fc.property(someWord, someText, (word, text) => {
        const expression = new RegExp(`^${word.replaceAll('*', '[^]*')}$`);
        expect(matchesWord(word, text, 'glob')).to.equal(expression.test(text));
      }),
      { numRuns: 500 },
    );
  });

  it('has asterisks at its ends only, when read literally', () => {
    fc.assert(
      fc.property(someWord, someText, (word, text) => {
        const [, open = '', inner = '', close = ''] = /^(\*?)(.*?)(\*?)$/.exec(word) ?? [];
        const expression = new RegExp(`^${open && '[^]*'}${inner.replaceAll('*', '\\*')}${close && '[^]*'}$`);
        expect(matchesWord(word, text, 'literal')).to.equal(expression.test(text));
      }),
      { numRuns: 500 },
    );
  });

  it('matches no more when searched from the left without going back', () => {
    fc.assert(
      fc.property(someWord, someText, (word, text) => {
        if (matchesWord(word, text, 'leftmost')) expect(matchesWord(word, text, 'glob')).to.be.true;
      }),
      { numRuns: 300 },
    );
  });

  it('is open only if the interpretations differ on some text, and open whenever they do', () => {
    const texts = ['', 'a', 'aa', 'ab', 'aba', 'abab', 'aab', 'abb', 'baa', 'b', 'bb', 'bab', 'bba', 'aaba'];
    for (const word of ['', 'a', '*', '**', 'a*', '*a', '*a*', 'a*b', '***', '*ab', 'a**', '**a', '*ab*', '*a*b']) {
      const differ = [...texts, ...texts.map((text) => `${text}*`)].some((text) => {
        const answers = READINGS.map((interpretation) => matchesWord(word, text, interpretation));
        return new Set(answers).size > 1;
      });
      expect(isStarOpen(word), word).to.equal(differ);
    }
  });
});
