import { expect } from 'chai';
import fc from 'fast-check';

import {
  compare,
  type Comparison,
  type Expression,
  matches,
  matchesUnderAll,
  parse,
  type Pattern,
  print,
} from '../../../src/filter-pattern/index.ts';
import { arbitraryEvent, arbitraryExpression, arbitraryInterpretations } from '../arbitrary-pattern.ts';

const RUNS = { numRuns: 25 };

type Json = Extract<Pattern, { kind: 'json' }>;

const arbitrary: fc.Arbitrary<Json> = arbitraryExpression.map((expression) => ({ kind: 'json', expression }));

/** Undefined where no event satisfies the required pattern, which is an error. */
function compared(required: Pattern, candidate: Pattern): Comparison | undefined {
  try {
    return compare({ candidates: [candidate], required, universe: 'any-json', budget: 6000 });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function joined(kind: 'and' | 'or', ...operands: readonly Expression[]): Json {
  return { kind: 'json', expression: { kind, operands } };
}

const MIRRORED: Partial<Record<string, string>> = { broader: 'narrower', narrower: 'broader' };

describe('a comparison', () => {
  it('is never refuted by an event, in any interpretation', () => {
    fc.assert(
      fc.property(
        arbitrary,
        arbitrary,
        fc.array(fc.tuple(arbitraryEvent, arbitraryInterpretations), { minLength: 20 }),
        (left, right, tries) => {
          const comparison = compared(left, right);
          if (comparison === undefined) return;
          for (const [event, interpretation] of tries) {
            const [isRequired, isMatched] = [
              matches(left, event, interpretation),
              matches(right, event, interpretation),
            ];
            const holdsObject = event.trimStart().startsWith('{') && JSON.stringify(JSON.parse(event)).length > 1;
            if (!holdsObject) continue;
            if (comparison.missed.kind === 'none') expect(isRequired && !isMatched, event).to.equal(false);
            if (comparison.extra.kind === 'none') expect(isMatched && !isRequired, event).to.equal(false);
            if (comparison.shared.kind === 'none') expect(isMatched && isRequired, event).to.equal(false);
          }
        },
      ),
      RUNS,
    );
  });

  it('shows events that hold in every interpretation', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (required, candidate) => {
        const comparison = compared(required, candidate);
        if (comparison === undefined) return;
        const rows = [
          [comparison.missed, true, false],
          [comparison.extra, false, true],
          [comparison.shared, true, true],
        ] as const;
        for (const [answer, isRequired, isMatched] of rows) {
          if (answer.kind !== 'event') continue;
          expect(matchesUnderAll(required, answer.event).matches).to.equal(isRequired);
          expect(matchesUnderAll(candidate, answer.event).matches).to.equal(isMatched);
        }
      }),
      RUNS,
    );
  });

  it('of a pattern with itself, reordered, regrouped or printed again is equivalent', () => {
    fc.assert(
      fc.property(arbitraryExpression, arbitraryExpression, arbitraryExpression, (a, b, c) => {
        const pattern = joined('or', a, { kind: 'and', operands: [b, c] });
        const turned = joined('or', { kind: 'and', operands: [c, b] }, { kind: 'or', operands: [a] });
        const text = print(pattern);
        const read = text.length <= 1024 ? parse(text) : undefined;
        const printed = read?.kind === 'parsed' ? [read.pattern] : [];
        for (const other of [pattern, turned, ...printed]) {
          expect(compared(pattern, other)?.relation ?? 'equivalent').to.equal('equivalent');
        }
      }),
      RUNS,
    );
  });

  it('gives the mirrored answers from the other side', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (left, right) => {
        const [there, back] = [compared(left, right), compared(right, left)];
        if (there === undefined || back === undefined) return;
        if (there.relation === 'undecided' || back.relation === 'undecided') return;
        expect(back.relation).to.equal(MIRRORED[there.relation] ?? there.relation);
      }),
      RUNS,
    );
  });

  it('is transitive: what covers what covers a pattern covers it', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, arbitrary, (a, b, c) => {
        const wide = joined('or', a.expression, b.expression);
        const wider = joined('or', wide.expression, c.expression);
        const covers = [compared(a, wide), compared(wide, wider)].every((one) => one?.missed.kind === 'none');
        if (covers) expect(compared(a, wider)?.missed.kind).to.not.equal('event');
      }),
      RUNS,
    );
  });

  it('finds no event that `A && B` matches and `A` does not', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (a, b) => {
        const comparison = compared(joined('and', a.expression, b.expression), a);
        if (comparison !== undefined) expect(comparison.missed.kind).to.not.equal('event');
      }),
      RUNS,
    );
  });
});
