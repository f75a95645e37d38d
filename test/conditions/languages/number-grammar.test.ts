import { expect } from 'chai';

import type { GrammarName, Sign } from '../../../src/conditions/languages/number-grammar.ts';
import { numberGrammar } from '../../../src/conditions/languages/number-grammar.ts';
import { expectLanguage } from './language-laws.ts';

/** https://www.rfc-editor.org/rfc/rfc8259#section-6, the same without an exponent, and what is read as a number in a string. */
const grammars: Readonly<Record<GrammarName, RegExp>> = {
  json: /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/,
  plain: /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/,
  loose: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/,
};
const names = Object.keys(grammars) as readonly GrammarName[];
const signs: readonly (Sign | undefined)[] = [undefined, 'negative', 'other'];

describe('the spellings of numbers', () => {
  for (const name of names) {
    for (const sign of signs) {
      it(`of grammar ${name} and sign ${sign ?? 'any'} are what its grammar says`, () => {
        const holds = (text: string) =>
          grammars[name].test(text) && (sign === undefined || text.startsWith('-') === (sign === 'negative'));
        expectLanguage(numberGrammar(name, sign), holds, '019.-+eEx', 3);
        expectLanguage(numberGrammar(name, sign), holds, '0.-e', 5);
      });
    }
  }

  it('have a key for each grammar and sign', () => {
    const keys = names.flatMap((name) => signs.map((sign) => numberGrammar(name, sign).key));
    expect(new Set(keys)).to.have.lengthOf(keys.length);
  });

  it('are never all texts from some place on', () => {
    const grammar = numberGrammar('loose');
    expect(grammar.isFull(grammar.next(grammar.start, '1'.charCodeAt(0)))).to.equal(false);
    expect(grammar.isDead(grammar.next(grammar.start, 'x'.charCodeAt(0)))).to.equal(true);
  });
});
