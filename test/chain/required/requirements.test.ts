import { expect } from 'chai';

import { requirementsOf } from '../../../src/chain/required/requirements.ts';
import { catalog } from '../../../src/controls/catalog.ts';

describe('the requirements of a control', () => {
  const [control] = catalog;
  const text = (pattern: string) => ({ ...control.texts[0], pattern });
  const patternsOf = (...patterns: readonly string[]) => {
    const [first = ''] = patterns;
    const texts = patterns.map(text);
    return requirementsOf({ ...control, filterPattern: first, texts } as typeof control).map(
      ({ filterPattern }) => filterPattern,
    );
  };

  it('are its texts, each once and the one that advice recommends first', () => {
    const [a, b, c] = ['{ $.a = 1 }', '{ $.b = 1 }', '{ $.c = 1 }'] as const;
    expect(patternsOf(a)).to.deep.equal([a]);
    expect(patternsOf(a, b, c)).to.deep.equal([a, b, c]);
    const recommended = { ...control, filterPattern: c, texts: [text(a), text(c), text(b)] } as typeof control;
    expect(requirementsOf(recommended).map(({ filterPattern }) => filterPattern)).to.deep.equal([c, a, b]);
  });

  it('differ in nothing but the text', () => {
    for (const one of catalog) {
      for (const requirement of requirementsOf(one)) {
        expect({ ...requirement, filterPattern: one.filterPattern }).to.deep.equal(one);
      }
    }
  });
});
