import { expect } from 'chai';

import { compareDecimals, readDecimal } from '../../../src/conditions/event/decimal.ts';
import { languageIncludes } from '../../../src/conditions/languages/language.ts';
import { significandLanguage } from '../../../src/conditions/languages/significand-language.ts';
import { expectLanguage, textsOf } from './language-laws.ts';

describe('the texts with the digits of a number', () => {
  for (const [spelling, digits] of [
    ['12', '12'],
    ['0.120', '12'],
    ['1e5', '1'],
    ['101', '101'],
    ['19', '19'],
    ['0', ''],
  ] as const) {
    it(`${spelling} are those whose digits are ${digits} between zeros`, () => {
      // Anything that is no digit may stand anywhere, and anything may follow the exponent.
      const holds = (text: string) =>
        new RegExp(`^0*${digits}0*$`).test((text.split(/[eE]/)[0] ?? '').replace(/\D/g, ''));
      expectLanguage(significandLanguage(spelling), holds, '012.e', 4);
      expectLanguage(significandLanguage(spelling), holds, '19E-x', 3);
    });
  }

  it('hold every spelling of the number', () => {
    for (const number of ['12', '-1.2', '0.012', '120', '1.2e-3']) {
      const value = readDecimal(number);
      if (value === undefined) throw new Error(number);
      const language = significandLanguage(number);
      for (const text of textsOf('012.-', 5)) {
        const other = readDecimal(text);
        if (other === undefined || compareDecimals(value, other) !== 0) continue;
        expect(languageIncludes(language, text), `${number} as ${text}`).to.equal(true);
      }
    }
  });

  it('are the same for numbers with the same digits', () => {
    expect(significandLanguage('12').key).to.equal(significandLanguage('-0.120e7').key);
    expect(significandLanguage('12').key).not.to.equal(significandLanguage('102').key);
  });

  it('are all texts after the exponent', () => {
    const language = significandLanguage('1');
    const [one, exponent] = ['1', 'e'].map((character) => character.charCodeAt(0));
    const after = language.next(language.next(language.start, one ?? 0), exponent ?? 0);
    expect(language.isFull(after)).to.equal(true);
    expect(language.isFull(language.start)).to.equal(false);
    expect(language.isDead(language.next(language.start, exponent ?? 0))).to.equal(true);
  });
});
