import { expect } from 'chai';

import { patternDifference } from '../../../../src/report/formats/html/pattern-difference.ts';

/** The pieces that are marked, and the pattern that the pieces make. */
const outline = (pieces: readonly { readonly text: string; readonly differs: boolean }[]) => ({
  marked: pieces.filter(({ differs }) => differs).map(({ text }) => text),
  whole: pieces.map(({ text }) => text).join(''),
});

describe('the difference between two patterns', () => {
  const cases: readonly (readonly [
    claim: string,
    required: string,
    found: string,
    inRequired: string[],
    inFound: string[],
  ])[] = [
    [
      'marks nothing where only blanks, quotes and parentheses differ',
      '{($.eventName=DeactivateMFADevice)}',
      '{ $.eventName = "DeactivateMFADevice" }',
      [],
      [],
    ],
    ['marks a condition that is added', '{$.a=1}', '{($.a=1)&&($.b=2)}', [], ['&&', '$.b', '=', '2']],
    [
      'marks another value',
      '{$.eventName=DeactivateMFADevice}',
      '{$.eventName=CreateUser}',
      ['DeactivateMFADevice'],
      ['CreateUser'],
    ],
    ['marks another operator', '{$.a=1}', '{$.a!=1}', ['='], ['!=']],
    ['marks all of a pattern that has nothing in common', '{$.a=1}', 'ERROR', ['$.a', '=', '1'], ['ERROR']],
  ];
  for (const [claim, required, found, inRequired, inFound] of cases) {
    it(claim, () => {
      const difference = patternDifference(required, found);
      expect(outline(difference.required)).to.deep.equal({ marked: inRequired, whole: required });
      expect(outline(difference.found)).to.deep.equal({ marked: inFound, whole: found });
    });
  }

  it('shows a pattern of many pieces without marks', () => {
    const long = `{${Array.from({ length: 200 }, (_, at) => `$.a=${at}`).join('||')}}`;
    expect(outline(patternDifference('{$.a=1}', long).found)).to.deep.equal({ marked: [], whole: long });
  });
});
