import { expect } from 'chai';

import { alphabetOf } from '../../../src/conditions/languages/alphabet.ts';
import { caselessLanguage } from '../../../src/conditions/languages/caseless-language.ts';
import type { Language } from '../../../src/conditions/languages/language.ts';
import { numberGrammar } from '../../../src/conditions/languages/number-grammar.ts';
import { wordLanguage } from '../../../src/conditions/languages/word-language.ts';

const charactersOf = (...languages: readonly Language[]) => String.fromCharCode(...alphabetOf(languages));

describe('the alphabet of languages', () => {
  it('has each character that a language distinguishes, and one for all others, the most plausible first', () => {
    expect(charactersOf(wordLanguage('xy', 'glob'))).to.equal('axy');
    expect(charactersOf(wordLanguage('ab', 'glob'))).to.equal('abc');
    expect(charactersOf(wordLanguage('€', 'glob'))).to.equal('a€');
    expect(charactersOf(wordLanguage('#\n', 'glob'))).to.equal('a#\n');
  });

  it('has one character of each class of all languages together', () => {
    const languages = [wordLanguage('a1', 'glob'), caselessLanguage(['aB']), numberGrammar('loose')];
    const alphabet = alphabetOf(languages);
    const signatureOf = (unit: number) => languages.map((language) => language.classOf(unit)).join(' ');
    const chosen = alphabet.map(signatureOf);
    expect(new Set(chosen)).to.have.lengthOf(chosen.length);
    const all = new Set(Array.from({ length: 0x10000 }, (_, unit) => signatureOf(unit)));
    expect(new Set(chosen)).to.deep.equal(all);
  });

  it('reaches to the last character there is', () => {
    expect(alphabetOf([wordLanguage('\uffff', 'glob')])).to.deep.equal(['a'.charCodeAt(0), 0xffff]);
  });
});
