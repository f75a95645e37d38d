import { expect } from 'chai';

import { queryFor } from '../../../src/chain/log-alarm/query-for.ts';
import { readPattern } from '../../../src/chain/required/premises.ts';
import { catalog, controlById } from '../../../src/controls/catalog.ts';
import { compare, parse } from '../../../src/log-query/index.ts';
import { parametersOf } from '../../support/judging.ts';

describe('the query that is written for a control', () => {
  it('means what the default control requires', () => {
    const control = controlById('D9.AWS.MON.25');
    if (control === undefined) throw new Error('no control');
    expect(queryFor(control)).to.equal('filter eventName = "DeactivateMFADevice"');
  });

  it('misses nothing that any control requires, where that is documented', () => {
    const relations = catalog.map((control) => {
      const query = queryFor(control);
      const parsed = query === undefined ? undefined : parse(query);
      if (parsed?.kind !== 'parsed') return [control.id, 'not written'] as const;
      const premises = readPattern(control.premises);
      return [
        control.id,
        compare({ candidate: parsed.query, required: readPattern(control.filterPattern), premises }).missed.kind,
      ] as const;
    });
    expect(relations.filter(([, kind]) => kind === 'event')).to.deep.equal([]);
    expect(relations.filter(([, kind]) => kind === 'none')).to.have.length.greaterThan(10);
  });

  const written: readonly (readonly [claim: string, filterPattern: string, condition: string | undefined])[] = [
    ['a field and its text', '{ $.a = x }', 'a = "x"'],
    ['a field within others', '{ $.a.b[1].c = x }', 'a.b.1.c = "x"'],
    // Whether a query that denies a text counts events without the field is not documented, so it asks for the field.
    ['another text', '{ $.a != x }', 'ispresent(a) and a != "x"'],
    ['a field that is there', '{ $.a = "*" }', 'ispresent(a)'],
    ['a field that is not there', '{ $.a != "*" }', 'not (ispresent(a))'],
    ['a field that does not exist', '{ $.a NOT EXISTS }', 'not (ispresent(a))'],
    ['the beginning of a text', '{ $.a = "x*" }', 'a like /^x/'],
    ['the end of a text', '{ $.a = "*x" }', 'a like /x$/'],
    ['a text within another', '{ $.a = "*x*" }', 'a like "x"'],
    ['another beginning of a text', '{ $.a != "x*" }', 'ispresent(a) and a not like /^x/'],
    ['both of two conditions', '{ $.a = x && $.b = y }', 'a = "x" and b = "y"'],
    ['one of two conditions', '{ $.a = x || $.b = y }', 'a = "x" or b = "y"'],
    ['one of two and another', '{ ($.a = x || $.b = y) && $.c = z }', '(a = "x" or b = "y") and c = "z"'],
    ['an asterisk within a text', '{ $.a = "x*y" }', undefined],
    ['a number', '{ $.a = 1 }', undefined],
    ['a greater number', '{ $.a > 1 }', undefined],
    ['a boolean', '{ $.a IS TRUE }', undefined],
    ['any element', '{ $.a[*] = x }', undefined],
    ['one of two conditions, of which a query cannot have one', '{ $.a = x || $.b > 1 }', undefined],
    ['both of two conditions, of which a query cannot have one', '{ $.a = x && $.b IS TRUE }', undefined],
    ['a word of a log line', 'x', undefined],
  ];
  for (const [claim, filterPattern, condition] of written) {
    it(`${condition === undefined ? 'is none' : 'is written'} for ${claim}`, () => {
      const query = queryFor({ ...parametersOf().control, filterPattern });
      expect(query).to.equal(condition === undefined ? undefined : `filter ${condition}`);
    });
  }
});
