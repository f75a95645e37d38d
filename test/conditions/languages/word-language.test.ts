import { expect } from 'chai';

import { matchesPieces, matchesWord } from '../../../src/conditions/event/stars.ts';
import { piecesLanguage, wordLanguage } from '../../../src/conditions/languages/word-language.ts';
import { expectLanguage } from './language-laws.ts';

describe('the language of a word', () => {
  const words = [
    '',
    'a',
    'ab',
    'aab',
    'a*',
    '*a',
    '*',
    '**',
    'a*b',
    '*aab*',
    'ab*ab',
    '*a*a',
    '*aba*b',
    'a*ba*',
    'a**b',
  ];
  for (const interpretation of ['glob', 'literal', 'leftmost'] as const) {
    for (const word of words) {
      it(`${word} holds the texts that match it, with asterisks taken as ${interpretation}`, () => {
        const language = wordLanguage(word, interpretation);
        expectLanguage(language, (text) => matchesWord(word, text, interpretation), 'ab*', 5);
      });
    }
  }

  it('is one text where it has no wildcard', () => {
    expect(wordLanguage('ab', 'glob').only).to.equal('ab');
    expect(wordLanguage('a*b', 'literal').only).to.equal('a*b');
    expect(wordLanguage('a*', 'glob').only).to.equal(undefined);
  });

  it('is known to be full only where anything may follow', () => {
    const open = wordLanguage('a*', 'glob');
    expect(open.isFull(open.next(open.start, 'a'.charCodeAt(0)))).to.equal(true);
    expect(open.isFull(open.start)).to.equal(false);
    expect(open.isDead(open.next(open.start, 'b'.charCodeAt(0)))).to.equal(true);
  });

  it('has one key for one language, and others for others', () => {
    const keyOf = (word: string, interpretation: 'glob' | 'leftmost' = 'glob') =>
      wordLanguage(word, interpretation).key;
    expect(keyOf('a**b')).to.equal(keyOf('a*b'));
    expect(keyOf('a*', 'leftmost')).to.equal(keyOf('a*'));
    expect(keyOf('a', 'leftmost')).to.equal(keyOf('a'));
    const keys = [keyOf('a*b'), keyOf('a*b', 'leftmost'), keyOf('ab'), keyOf('ab*'), keyOf('*ab'), keyOf('*ab*')];
    expect(new Set(keys)).to.have.lengthOf(keys.length);
  });

  it('proposes texts that it holds, without asterisks first', () => {
    expect(wordLanguage('a*b', 'glob').suggestions).to.deep.equal(['ab', 'a*b', 'a-b']);
    expect(wordLanguage('ab', 'glob').suggestions).to.deep.equal(['ab']);
    expect(piecesLanguage(['a', 'b']).suggestions).to.deep.equal(['ab', 'a-b']);
  });
});

describe('the language of pieces', () => {
  for (const pieces of [['a'], ['', 'a'], ['a', ''], ['', 'aba', ''], ['a', 'ab', 'b'], ['', '', '']]) {
    it(`${JSON.stringify(pieces)} holds the texts with these in their order, and anything between them`, () => {
      expectLanguage(piecesLanguage(pieces), (text) => matchesPieces(pieces, text), 'ab', 6);
    });
  }
});
