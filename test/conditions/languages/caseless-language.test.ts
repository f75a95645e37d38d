import { expect } from 'chai';

import { matchesPieces } from '../../../src/conditions/event/stars.ts';
import { caselessLanguage, foldedUnit, hasPlainCase } from '../../../src/conditions/languages/caseless-language.ts';
import { expectLanguage } from './language-laws.ts';

const lower = (text: string): string => text.toLowerCase();

describe('the language of a text in any case', () => {
  for (const pieces of [['ab'], ['aB'], ['', 'Ab'], ['A', ''], ['', 'b', 'A'], ['1']]) {
    it(`${JSON.stringify(pieces)} holds the text in upper and lower case`, () => {
      const folded = pieces.map(lower);
      expectLanguage(caselessLanguage(pieces), (text) => matchesPieces(folded, lower(text)), 'aAbB1', 3);
    });
  }

  it('proposes the text as it is written, and in lower case', () => {
    expect(caselessLanguage(['aB']).suggestions).to.deep.equal(['aB', 'ab']);
  });

  it('is the same for the same text in another case, and another one than that of the text itself', () => {
    expect(caselessLanguage(['aB']).key).to.equal(caselessLanguage(['Ab']).key);
    expect(caselessLanguage(['ab']).key).not.to.equal(caselessLanguage(['', 'ab']).key);
    expect(caselessLanguage(['ab']).only).to.equal(undefined);
  });
});

describe('a letter', () => {
  it('is folded where it has one lower and one upper case, each of one unit', () => {
    expect(['A', 'a', 'Ä', 'Σ'].map(foldedUnit)).to.deep.equal(['a', 'a', 'ä', 'σ']);
    for (const text of ['', 'abc', 'ABC', '1-_', 'äÖ']) expect(hasPlainCase(text), text).to.equal(true);
  });

  it('is left as it is where its cases are not each other’s', () => {
    // ſ has the upper case S, whose lower case is s; the Kelvin sign has the lower case k; ß has two upper-case letters.
    for (const unit of ['ſ', '\u212a', 'ß', 'ŉ', 'ς', 'İ']) {
      expect(hasPlainCase(unit), unit).to.equal(false);
      expect(foldedUnit(unit)).to.equal(unit);
      expect(hasPlainCase(`a${unit}`), unit).to.equal(false);
    }
  });
});
