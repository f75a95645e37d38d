import { expect } from 'chai';
import fc from 'fast-check';

import type { Result } from '../../../src/report/result.ts';
import type { DatedResult } from '../../../src/report/history/history.ts';
import { heldThroughout, historiesOf } from '../../../src/report/history/history.ts';
import { resultOf } from '../../support/formats/arbitrary-results.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-01T00:00:00.000Z');
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const seen = (hours: number, verdict: Result['verdict'], change: Partial<Result> = {}): DatedResult => ({
  file: `${hours}.json`,
  result: { ...resultOf('a', verdict), readAt: at(hours), ...change },
});
const periodsOf = (...results: readonly DatedResult[]) =>
  historiesOf(results, 25 * HOUR).flatMap(({ periods }) =>
    periods.map((period) => [
      period.kind === 'gap' ? period.why : period.kind,
      (Date.parse(period.from) - START) / HOUR,
      (Date.parse(period.to) - START) / HOUR,
    ]),
  );

describe('a history', () => {
  it('holds from the first to the last of observations that are close enough', () => {
    expect(periodsOf(seen(0, 'satisfied'), seen(24, 'satisfied'), seen(49, 'satisfied'))).to.deep.equal([
      ['satisfied', 0, 49],
    ]);
  });

  it('has a gap where nobody looked for longer, although the answer is the same', () => {
    expect(periodsOf(seen(0, 'satisfied'), seen(25.5, 'satisfied'))).to.deep.equal([
      ['satisfied', 0, 0],
      ['not observed', 0, 25.5],
      ['satisfied', 25.5, 25.5],
    ]);
  });

  it('has a gap between two different answers, since the time of the change is not known', () => {
    expect(periodsOf(seen(0, 'satisfied'), seen(24, 'broken'), seen(48, 'undecided'))).to.deep.equal([
      ['satisfied', 0, 0],
      ['changed', 0, 24],
      ['broken', 24, 24],
      ['changed', 24, 48],
      ['undecided', 48, 48],
    ]);
  });

  it('is undecided at a time at which two files contradict each other', () => {
    expect(periodsOf(seen(0, 'satisfied'), seen(0, 'broken'), seen(0, 'satisfied'))).to.deep.equal([
      ['undecided', 0, 0],
    ]);
    expect(periodsOf(seen(0, 'satisfied'), seen(0, 'satisfied'))).to.deep.equal([['satisfied', 0, 0]]);
  });

  it('is not determined where a snapshot was changed since it was written', () => {
    const source = { kind: 'snapshot', isComplete: true, refused: [], isChanged: true } as const;
    expect(periodsOf(seen(0, 'satisfied'), seen(20, 'satisfied', { source }))).to.deep.equal([
      ['satisfied', 0, 0],
      ['changed', 0, 20],
      ['undecided', 20, 20],
    ]);
  });

  it('does not put accounts behind other addresses, nor copies of perhaps different accounts, together', () => {
    const from = { kind: 'snapshot', isComplete: true, refused: [] } as const;
    const emulated = { source: { ...from, endpoint: 'http://localhost:5000/' } };
    expect(periodsOf(seen(0, 'satisfied'), seen(20, 'satisfied', emulated))).to.have.lengthOf(2);
    const copy = { accountId: '100000000001', source: { ...from, isRedacted: true } } as const;
    expect(periodsOf(seen(0, 'satisfied', copy), seen(20, 'satisfied', copy))).to.have.lengthOf(2);
    const keyed = { ...copy, accountId: '183649275013' };
    expect(periodsOf(seen(0, 'satisfied', keyed), seen(20, 'satisfied', keyed))).to.deep.equal([['satisfied', 0, 20]]);
    expect(
      periodsOf(seen(0, 'satisfied', keyed), seen(20, 'satisfied', { accountId: '183649275013' })),
    ).to.have.lengthOf(2);
  });

  it('does not depend on the order of the files', () => {
    const results = [seen(0, 'satisfied'), seen(20, 'satisfied'), seen(30, 'broken'), seen(90, 'satisfied')];
    fc.assert(
      fc.property(fc.shuffledSubarray(results, { minLength: results.length }), (shuffled) => {
        expect(periodsOf(...shuffled)).to.deep.equal(periodsOf(...results));
      }),
    );
  });

  it('puts results of other rules, accounts and regions apart', () => {
    const [lenient, elsewhere] = [
      seen(1, 'satisfied', { parameters: { patternMatch: 'covers' } }),
      seen(1, 'satisfied', { region: 'us-east-1' }),
    ];
    const others = seen(1, 'satisfied', { accountId: '999900001111' });
    const histories = historiesOf([seen(0, 'broken'), lenient, elsewhere, others], 25 * HOUR);
    expect(histories).to.have.lengthOf(4);
    expect(histories.filter(heldThroughout)).to.have.lengthOf(3);
  });

  it('never says that a control held at a time outside of two observations that say so', () => {
    const observation = fc.record({ hours: fc.nat(400), verdict: fc.constantFrom('satisfied', 'broken', 'undecided') });
    fc.assert(
      fc.property(fc.uniqueArray(observation, { selector: ({ hours }) => hours, minLength: 1 }), (observed) => {
        const results = observed.map(({ hours, verdict }) => seen(hours, verdict));
        const sorted = [...observed].sort((a, b) => a.hours - b.hours);
        const held = periodsOf(...results).filter(([kind]) => kind === 'satisfied');
        for (let hour = 0; hour < 400; hour += 1) {
          const before = sorted.filter(({ hours }) => hours <= hour).at(-1);
          const after = sorted.find(({ hours }) => hours >= hour);
          const isKnown =
            before?.verdict === 'satisfied' && after?.verdict === 'satisfied' && after.hours - before.hours <= 25;
          const isSaid = held.some(([, from, to]) => Number(from) <= hour && hour <= Number(to));
          expect(isSaid, String(hour)).to.equal(isKnown);
        }
      }),
      { numRuns: 50 },
    );
  });
});
