import { expect } from 'chai';
import fc from 'fast-check';

import { packResults, unpackResult } from '../../../../src/report/formats/html/shared-texts.ts';
import type { Result } from '../../../../src/report/result.ts';
import { nasty, resultOf } from '../../../support/formats/arbitrary-results.ts';

const NO_LIMIT = 1e9;

const noteOf = ({ control }: Result) => ({ form: 'Commands', text: `remediate ${control.id}` });

/** A broken account whose remediation is the given text. */
const withText = (text: string, accountId = '111122223333', region = 'eu-west-1'): Result => ({
  ...resultOf('a', 'broken'),
  accountId,
  region,
  remediation: [{ form: 'AWS CLI', text }],
});
const restored = (results: readonly Result[], size = NO_LIMIT) => {
  const packed = packResults(results, size, noteOf);
  return packed.results.map((one) => unpackResult(one, packed.texts));
};

describe('the shared texts of a large page', () => {
  it('are the texts of the results, whatever is in them', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\uE000',
        '\uE001',
        '\uE002',
        '111122223333',
        'eu-west-1',
        '2026-11-20T10:00:00.000Z',
        '$&',
        ...nasty,
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const results = texts.map((one, at) => withText(one, String(111_122_223_333 + at)));
        expect(restored(results)).to.deep.equal(results);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('are there once for accounts whose texts differ only in the account, the region and the time', () => {
    const textFor = (account: string, region: string) =>
      `for ${account} in ${region}: arn:aws:sns:${region}:${account}:a`;
    const accounts = Array.from({ length: 20 }, (_, at) => [String(100_000_000_000 + at), `us-east-${at}`] as const);
    const results = accounts.map(([account, region]) => withText(textFor(account, region), account, region));
    expect(packResults(results, NO_LIMIT, noteOf).texts).to.have.lengthOf(1);
    expect(restored(results)).to.deep.equal(results);
  });

  it('are no more than there is room for; what has none says how to get it', () => {
    const results = Array.from({ length: 50 }, (_, at) => withText(`${at} ${'x'.repeat(1000)}`));
    const packed = packResults(results, 10_000, noteOf);
    expect(JSON.stringify(packed.texts).length).to.be.lessThan(10_500);
    const texts = restored(results, 10_000).map(({ remediation }) => remediation?.[0]?.text ?? '');
    expect(texts.slice(0, 9)).to.deep.equal(results.slice(0, 9).map(({ remediation }) => remediation?.[0]?.text));
    expect(texts.at(-1)).to.equal('remediate custom');
  });

  it('keep the word that stands for an address', () => {
    const remediation = [{ form: 'AWS CLI', text: 'subscribe SOMEBODY', placeholder: 'SOMEBODY' }];
    const results = [{ ...resultOf('a', 'broken'), remediation }];
    expect(restored(results)).to.deep.equal(results);
  });

  it('are none where nothing has a remediation', () => {
    const results = [resultOf('a', 'satisfied')];
    expect(packResults(results, NO_LIMIT, noteOf)).to.deep.equal({ results, texts: [] });
  });
});
