import { expect } from 'chai';

import { matchesWildcard } from '../../../src/chain/base/wildcard.ts';

describe('a pattern with wildcards', () => {
  const rows: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a.b:c', true],
    ['?', '', false],
    ['?', 'a', true],
    ['?', 'ab', false],
    ['??', '\u{1F512}\u{1F512}', true],
    ['a*', 'b', false],
    ['a*c', 'abbbc', true],
    ['a*c', 'abbbcd', false],
    ['a*b*c', 'abcbc', true],
    ['a*b?c', 'abxbyc', true],
    ['*mfa', 'mfa-mfa', true],
    ['a**', 'a', true],
    ['a.c', 'abc', false],
    ['[a-c]', 'b', false],
    ['a*', 'a\nb', true],
  ];
  for (const [pattern, text, matches] of rows) {
    it(`${JSON.stringify(pattern)} ${matches ? 'matches' : 'does not match'} ${JSON.stringify(text)}`, () => {
      expect(matchesWildcard(pattern, text)).to.equal(matches);
    });
  }

  it('is compared in bounded steps, whatever it holds', () => {
    expect(matchesWildcard('*a'.repeat(40), 'a'.repeat(2000) + 'b')).to.equal(false);
  });
});
