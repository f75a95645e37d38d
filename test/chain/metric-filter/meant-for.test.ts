import { expect } from 'chai';

import { describeLookedFor, isMeantFor, textsLookedFor } from '../../../src/chain/metric-filter/meant-for.ts';
import { readPattern } from '../../../src/chain/required/premises.ts';
import { jsonPattern } from '../../support/judging.ts';

const premises = jsonPattern('{ $.eventSource = iam.amazonaws.com && $.awsRegion = * }');
const lookedFor = (pattern: string) => textsLookedFor(readPattern(pattern), premises);

describe('the texts that a required pattern looks for', () => {
  const rows: readonly (readonly [claim: string, pattern: string, texts: readonly (readonly string[])[]])[] = [
    ['are its words', '{ $.eventName = CreateUser }', [['CreateUser']]],
    ['are also the words that must not be there', '{ $.eventName != CreateUser }', [['CreateUser']]],
    ['are a list for each alternative', '{ $.eventName = A || $.eventName = B }', [['A'], ['B']]],
    ['are all of an alternative together', '{ $.eventName = A && $.errorCode = B }', [['A', 'B']]],
    [
      'are distributed over alternatives',
      '{ ($.x = A || $.x = B) && ($.y = C || $.y = D) }',
      [
        ['A', 'C'],
        ['A', 'D'],
        ['B', 'C'],
        ['B', 'D'],
      ],
    ],
    [
      'are without asterisks at their ends',
      '{ $.errorCode = "**Unauthorized*Operation**" }',
      [['Unauthorized*Operation']],
    ],
    ['are none where there are only asterisks', '{ $.errorCode = * }', []],
    ['are none of fields that the premises name', '{ $.eventSource = iam.amazonaws.com && $.x = A }', [['A']]],
    ['are also those within a field that premises name elsewhere', '{ $.detail.eventSource = A }', [['A']]],
    ['are also those in any field', '{ $.* = A }', [['A']]],
    ['are no numbers', '{ $.count = 1 && $.x = A }', [['A']]],
    ['are none of other conditions', '{ $.a > 1 && $.b IS TRUE && $.c NOT EXISTS && $.x = A }', [['A']]],
    ['are none of an alternative without words', '{ $.a > 1 || $.x = A }', [['A']]],
    ['are none of a pattern of terms', 'DeactivateMFADevice', []],
  ];
  for (const [claim, pattern, texts] of rows) {
    it(claim, () => {
      expect(lookedFor(pattern)).to.deep.equal(texts);
    });
  }

  it('are bounded, however many alternatives there are', () => {
    const choice = (name: string) => `($.${name} = A || $.${name} = B)`;
    expect(lookedFor(`{ ${Array.from('abcdefghij').map(choice).join(' && ')} }`)).to.have.lengthOf(200);
  });
});

describe('a filter', () => {
  it('is meant for a control if it has every text of one alternative', () => {
    const alternatives = [['A', 'B'], ['C']];
    expect(isMeantFor('{ $.x = B && $.y = A }', alternatives)).to.equal(true);
    expect(isMeantFor('{ $.x = C }', alternatives)).to.equal(true);
    expect(isMeantFor('{ $.x = A }', alternatives)).to.equal(false);
    expect(isMeantFor('{ $.x = A }', [])).to.equal(false);
  });
});

describe('what a control looks for, in words,', () => {
  it('is its texts once each, at most three, and how many more there are', () => {
    expect(describeLookedFor([['A', 'B'], ['A']], '{}')).to.equal('A, B');
    expect(describeLookedFor([['A', 'B'], ['C']], '{}')).to.equal('A, B, C');
    expect(
      describeLookedFor(
        [
          ['A', 'B'],
          ['C', 'D'],
        ],
        '{}',
      ),
    ).to.equal('A, B, C and 1 more');
  });

  it('is its pattern where it has no texts', () => {
    expect(describeLookedFor([], '{ $.a > 1 }')).to.equal('{ $.a > 1 }');
  });
});
