import { expect } from 'chai';

import { nameTableFor } from '../../src/redaction/names.ts';

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
