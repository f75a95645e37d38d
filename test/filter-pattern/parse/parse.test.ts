import { expect } from 'chai';
import { parse, print } from '../../../src/filter-pattern/index.ts';

import corpus from '../data/pattern-corpus.json' with { type: 'json' };
import examples from '../data/filter-pattern-examples.json' with { type: 'json' };

describe('parse', () => {
  it('reads every pattern of the corpus that AWS accepts', () => {
    for (const row of corpus.patterns) {
      const result = parse(row.pattern);
      const expected = row.relation === 'invalid' ? 'invalid' : row.relation === 'unknown' ? 'undecided' : 'parsed';
      expect(result.kind, row.pattern).to.equal(expected);
    }
  });

  it('prints what it read as a text that means the same', () => {
    for (const row of [...corpus.patterns, ...examples.examples, ...examples.observed]) {
      const result = parse(row.pattern);
      if (result.kind !== 'parsed') continue;
      expect(parse(print(result.pattern)), row.pattern).to.deep.equal(result);
    }
  });
});
