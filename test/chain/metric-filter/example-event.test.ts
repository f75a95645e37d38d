import { expect } from 'chai';

import { shortenMissed } from '../../../src/chain/metric-filter/example-event.ts';
import { readPattern } from '../../../src/chain/required/premises.ts';
import { jsonPattern } from '../../support/judging.ts';

describe('a missed event in few words', () => {
  const required = readPattern('{ $.name = a }');
  const premises = jsonPattern('{ $.source = iam && $.region = * }');
  const event = '{"name":"a","source":"iam","region":"x","user":"b"}';
  const shortened = (...candidates: readonly string[]) =>
    shortenMissed(event, required, candidates.map(readPattern), premises);

  it('is without the fields that only the premises ask for', () => {
    expect(shortened('{ $.name = a && $.user = c }')).to.equal('{"name":"a","user":"b"}');
  });

  it('is without candidates as short', () => {
    expect(shortened()).to.equal('{"name":"a","user":"b"}');
  });

  it('is whole where the required pattern asks for one of those fields', () => {
    expect(shortenMissed(event, readPattern('{ $.name = a && $.source = iam }'), [], premises)).to.equal(event);
  });

  it('is whole where one of several candidates matches without those fields', () => {
    expect(shortened('{ $.name = a && $.source NOT EXISTS }', '{ $.name = c }')).to.equal(event);
    expect(shortened('{ $.name = c }', '{ $.name = a && $.source NOT EXISTS }')).to.equal(event);
  });
});
