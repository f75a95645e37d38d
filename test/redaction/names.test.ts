import { expect } from 'chai';

import { redact } from '../../src/redaction/redact.ts';
import { nameTableFor } from '../../src/redaction/names.ts';
import { codeOf, verdictOn } from '../support/judging.ts';
import { LOG_GROUP_ARN, filter, snapshotOf, soundWorld } from '../support/worlds/world.ts';

describe('a name that is spelled in several ways', () => {
  const spellings = [
    ['zelenka', '%7a%65lenka'],
    ['zelenka', 'a%2dzelenka'],
    ['zelenka', 'a%2d%7a%65%6c%65%6e%6b%61'],
    ['zelenka', 'x%2F%7A%65lenka%2fy'],
    ['zelenka', 'x%3Azelenka%40x'],
    ['zelenka', '%20zelenka%20'],
    ['zelenka', '%5A%65LENKA'],
    ['růžena', 'R%C5%AF%C5%BEena'],
    ['růžena', 'r%c5%af%c5%beena'],
    ['růžena', 'RŮŽENA'],
  ] as const;
  for (const [word, spelled] of spellings) {
    it(`has one stand-in: ${spelled}`, () => {
      const { names, mapping } = nameTableFor(({ text }) => [text(word), text(spelled), text('a x y')]);
      const shown = names.text(spelled);
      expect(decodeURIComponent(shown).toLowerCase()).to.contain(names.text(word));
      expect(shown).not.to.equal(names.text(word));
      expect([...mapping.values()].filter((one) => one.includes(word.slice(0, 3)))).to.deep.equal([word]);
      expect(mapping.get(names.text(word))).to.equal(word);
    });
  }

  it('is replaced also where bytes are no text', () => {
    for (const text of ['%C0%AFzelenka', '%ED%A0%80zelenka', '50%zelenka', '%zz%7', '100%abzelenka']) {
      const { names } = nameTableFor((collecting) => collecting.text(text));
      expect(names.text(text), text).not.to.match(/zelenka|zz/);
    }
  });
});

describe('a number', () => {
  const numbers = ['12', '99', '100', '4711', '78051120', '7788889999', '373737373838383839393939'];

  it('has a stand-in of as many digits, in the order of the numbers', () => {
    const { names } = nameTableFor(({ numeral }) => numbers.map(numeral));
    const shown = numbers.map(names.numeral);
    expect(shown.map(({ length }) => length)).to.deep.equal(numbers.map(({ length }) => length));
    expect([...shown].sort((a, b) => Number(a) - Number(b))).to.deep.equal(shown);
  });

  it('keeps the order of many numbers, also where there are more of them than short stand-ins', () => {
    const many = Array.from({ length: 400 }, (_, index) => String(10 + index * 7));
    const { names } = nameTableFor(({ numeral }) => many.map(numeral));
    const shown = many.map(names.numeral);
    expect(new Set(shown).size).to.equal(many.length);
    expect([...shown].sort((a, b) => Number(a) - Number(b))).to.deep.equal(shown);
  });

  it('in a term is found where it was: one of 24 digits in no number of a record', () => {
    const term = '"373737373838383839393939"';
    const inventory = snapshotOf(soundWorld({ filters: { [LOG_GROUP_ARN]: [filter({ filterPattern: term })] } }));
    const [code, ofCopy] = [inventory, redact(inventory).copy].map((one) =>
      codeOf(verdictOn(one, { controlId: 'CloudWatch.1' })),
    );
    expect([code, ofCopy]).to.deep.equal(['FILTER_UNRELATED', 'FILTER_UNRELATED']);
  });
});
