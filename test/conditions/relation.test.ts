import { expect } from 'chai';

import type { Answer } from '../../src/conditions/relation.ts';
import { comparisonOf } from '../../src/conditions/relation.ts';

const event: Answer = { kind: 'event', event: '{}' };
const none: Answer = { kind: 'none' };
const open = (reason: string): Answer => ({ kind: 'undecided', reason });

describe('the relation of a candidate to what is required', () => {
  const rows: readonly (readonly [missed: Answer, extra: Answer, shared: Answer, relation: string])[] = [
    [none, none, event, 'equivalent'],
    [none, none, none, 'never'],
    [event, none, none, 'never'],
    [open('a'), none, none, 'never'],
    [none, event, event, 'broader'],
    [none, event, none, 'broader'],
    [event, none, event, 'narrower'],
    [event, event, event, 'overlapping'],
    [event, event, none, 'disjoint'],
    [none, none, open('c'), 'equivalent'],
    [none, open('b'), event, 'undecided'],
    [open('a'), none, event, 'undecided'],
    [open('a'), event, event, 'undecided'],
    [event, none, open('c'), 'undecided'],
    [event, event, open('c'), 'undecided'],
    [event, open('b'), event, 'undecided'],
    [event, open('b'), none, 'undecided'],
  ];
  for (const [missed, extra, shared, relation] of rows) {
    it(`is ${relation} with missed: ${missed.kind}, extra: ${extra.kind}, shared: ${shared.kind}`, () => {
      const comparison = comparisonOf({ missed, extra, shared });
      expect(comparison.relation).to.equal(relation);
      expect([comparison.missed, comparison.extra, comparison.shared]).to.deep.equal([missed, extra, shared]);
    });
  }

  it('says why it is undecided, by the first answer that is open', () => {
    expect(comparisonOf({ missed: open('a'), extra: open('b'), shared: event }).reason).to.equal('a');
    expect(comparisonOf({ missed: event, extra: open('b'), shared: open('c') }).reason).to.equal('b');
    expect(comparisonOf({ missed: event, extra: none, shared: open('c') }).reason).to.equal('c');
    expect(comparisonOf({ missed: none, extra: none, shared: open('c') })).not.to.have.property('reason');
  });
});
