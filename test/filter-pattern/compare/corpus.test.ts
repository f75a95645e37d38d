import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { compare, parse, type Pattern, type UniverseName } from '../../../src/filter-pattern/index.ts';

interface Row {
  readonly control: string;
  readonly pattern: string;
  readonly relation: string;
  readonly baseline?: boolean;
}

const { patterns } = JSON.parse(readFileSync('test/filter-pattern/data/pattern-corpus.json', 'utf8')) as {
  readonly patterns: readonly Row[];
};

function requiredFor({ control }: Row): Pattern {
  const row = patterns.find(({ control: other, baseline }) => other === control && baseline);
  const parsed = parse(row?.pattern ?? '');
  if (parsed.kind !== 'parsed') throw new Error('a baseline that cannot be read', { cause: row });
  return parsed.pattern;
}

function relationOf(row: Row, universe: UniverseName): string {
  const parsed = parse(row.pattern);
  switch (parsed.kind) {
    case 'invalid':
      return 'invalid';
    case 'undecided':
      return 'unknown';
    case 'parsed':
      return compare({ candidates: [parsed.pattern], required: requiredFor(row), universe }).relation;
  }
}

describe('the corpus of patterns in use', () => {
  it('holds 138 patterns for 16 controls', () => {
    expect([patterns.length, new Set(patterns.map(({ control }) => control)).size]).to.deep.equal([138, 16]);
  });

  it('has the relations it says among the records of CloudTrail, and unknown is undecided', () => {
    const wrong = patterns.filter((row) => relationOf(row, 'cloudtrail') !== row.relation);
    expect(wrong).to.deep.equal([]);
  });

  it('has the same among any JSON objects, but for one pair that rests on where objects void a pattern', () => {
    const wrong = patterns.filter((row) => relationOf(row, 'any-json') !== row.relation);
    expect(wrong.map(({ relation }) => relation)).to.deep.equal(['broader']);
    expect(wrong.map((row) => relationOf(row, 'any-json'))).to.deep.equal(['undecided']);
    expect(wrong[0]?.pattern).to.contain('$.sourceIPAddress!="delivery.logs.amazonaws.com"');
  });
});
