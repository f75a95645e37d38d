import { expect } from 'chai';

import { cutToWidth, displayWidth, fitToWidth } from '../../src/report/display-width.ts';
import { wrapText } from '../../src/report/wrap-text.ts';

describe('the width of a text on a terminal', () => {
  // East Asian Width, https://www.unicode.org/reports/tr11/
  const widths: readonly (readonly [string, string, number])[] = [
    ['Latin letters', 'abc', 3],
    ['Chinese characters', '审计', 4],
    ['Korean syllables', '보안', 4],
    ['full-width letters', 'ＡＢ', 4],
    ['a combining accent', 'e\u0301', 1],
    ['an emoji of several code points', '👩‍💻', 2],
  ];
  for (const [what, text, width] of widths) {
    it(`is ${width} for ${what}`, () => {
      expect(displayWidth(text)).to.equal(width);
    });
  }

  it('cuts no character in half, neither in its columns nor in its code points', () => {
    expect(cutToWidth('审计账户', 5)).to.equal('审计');
    expect(cutToWidth('a👩‍💻b', 2)).to.equal('a');
    expect(cutToWidth('a👩‍💻b', 3)).to.equal('a👩‍💻');
    expect(cutToWidth('e\u0301e\u0301', 1)).to.equal('e\u0301');
  });

  it('fills and cuts to exactly so many columns', () => {
    for (const text of ['', '审计账户与日志', 'a审计账户与日志', 'research', 'x'.repeat(30)]) {
      expect(displayWidth(fitToWidth(text, 10)), text).to.equal(10);
    }
    expect(fitToWidth('审计账户与日志', 10)).to.equal('审计账户… ');
  });

  it('is what wrapped lines keep to, with a lead of wide characters as well', () => {
    const text = '审计 账户 与 日志 保安 通知 '.repeat(4).trim();
    for (const line of wrapText('账户  ', text, 30).split('\n')) {
      expect(displayWidth(line)).to.be.at.most(30);
      expect(line).to.match(/^(账户 {2}| {6})\S/);
    }
  });
});
