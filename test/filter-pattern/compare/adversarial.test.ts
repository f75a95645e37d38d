import { expect } from 'chai';

import { compare, compareTexts, parse, type Pattern } from '../../../src/filter-pattern/index.ts';

function patternOf(text: string): Pattern {
  const result = parse(`{ ${text} }`);
  if (result.kind !== 'parsed') throw new Error(`${text} is not read`, { cause: result });
  return result.pattern;
}

const many = Array.from({ length: 40 }, (_, index) => `$.a=*${index}*`);
const nested = `${'('.repeat(505)}$.a=x${')'.repeat(505)}`;
const deep = `$${'.a'.repeat(508)}=x`;

/** Alternating operators over twenty selectors, from the inside out. */
function ladder(value: string): string {
  let text = `$.f0=${value}`;
  for (let rung = 1; rung < 20; rung += 1) text = `($.f${rung}=${value} ${rung % 2 === 0 ? '||' : '&&'} ${text})`;
  return text;
}

/** Both sides of what was asked, and the relation that is known of them. */
const rows: readonly (readonly [claim: string, required: string, candidate: string, relation: string])[] = [
  ['nested parentheses', nested, '$.a=x', 'equivalent'],
  ['a path of 508 steps', deep, '$.a=x', 'disjoint'],
  [
    'forty conditions on one selector, and the same in another order',
    many.join('&&'),
    [...many].reverse().join('&&'),
    'equivalent',
  ],
  [
    'forty alternatives on one selector, and all but one of them',
    many.join('||'),
    many.slice(1).join('||'),
    'narrower',
  ],
  [
    'forty conditions on one selector, and all but one that the others imply',
    many.join('&&'),
    many.slice(1).join('&&'),
    'undecided',
  ],
  ['twenty selectors under alternating operators, with other values', ladder('x'), ladder('y'), 'disjoint'],
  ['an index that no event reaches', '$.a[999999999]=x', '$.a[999999999]=x', 'equivalent'],
  ['an index that no event reaches, with another value', '$.a[999999999]=x', '$.a[999999999]=y', 'undecided'],
  ['numbers that no computer writes out', '$.a>1e999999999', '$.a>1e999999998', 'undecided'],
  ['stars upon stars', '$.a="*a*a*a*a*a*a*a*a*a*b"', '$.a="*a*a*a*a*a*a*a*a*a*a*b"', 'undecided'],
];

describe('what is meant to be too much', () => {
  for (const [claim, required, candidate, relation] of rows) {
    it(`is answered: ${claim} are ${relation}`, () => {
      expect(compare({ candidates: [patternOf(candidate)], required: patternOf(required) }).relation).to.equal(
        relation,
      );
    });
  }

  it('is given up after so many steps, always in the same place', () => {
    const clauses = (seed: number) =>
      Array.from({ length: 14 }, (_, index) =>
        [1, 2, 3].map((step) => `$.f${(index * step + seed) % 9}=${(index + step) % 2}*`).join('||'),
      );
    const hard = clauses(0)
      .map((clause) => `(${clause})`)
      .join('&&');
    const other = clauses(1)
      .map((clause) => `(${clause})`)
      .join('&&');
    const question = { candidates: [patternOf(other)], required: patternOf(hard), budget: 2000 };
    expect(compare(question)).to.deep.equal(compare(question));
    expect(compare(question).reason).to.equal('no answer within 666 steps');
  });

  it('is a pattern that AWS could not hold, built by a program', () => {
    const operands = Array.from({ length: 300 }, (_, index) => ({
      kind: 'equality' as const,
      selector: [{ kind: 'field' as const, name: 'a' }],
      operator: '=' as const,
      value: { kind: 'word' as const, text: `x${index}` },
    }));
    const wide: Pattern = { kind: 'json', expression: { kind: 'or', operands } };
    expect(compare({ candidates: [wide], required: patternOf('$.a=x7') }).relation).to.equal('broader');
  });

  it('is no text at all to be read', () => {
    expect(compareTexts('{'.repeat(1024), '{ $.a = x }').relation).to.equal('invalid');
  });
});
