import { expect } from 'chai';

import { fieldsIn } from '../../../src/chain/metric-filter/fields-in.ts';
import { jsonPattern } from '../../support/judging.ts';

describe('the fields in a pattern', () => {
  it('are those of conditions of every kind, at any depth, without what is within them', () => {
    const pattern = jsonPattern(
      '{ ($.a = x) && (($.b > 1) || ($.c.d IS TRUE && $.e[0].f NOT EXISTS)) && ($.a != y) && ($.g IS NULL) }',
    );
    expect([...fieldsIn(pattern)]).to.deep.equal(['a', 'b', 'c', 'e', 'g']);
  });

  it('are none of a condition on any field', () => {
    expect([...fieldsIn(jsonPattern('{ $.* = x && $.a = y }'))]).to.deep.equal(['a']);
  });
});
