import { expect } from 'chai';
import fc from 'fast-check';

import {
  type Ambiguity,
  AMBIGUITIES,
  type Expression,
  LIKELY_INTERPRETATIONS,
  matches,
  matchesUnderAll,
  parse,
  type Pattern,
  print,
  type Interpretations,
} from '../../../src/filter-pattern/index.ts';
import {
  arbitraryCondition,
  arbitraryEvent,
  arbitraryExpression,
  arbitraryPattern,
  arbitraryInterpretations,
  isPlain,
  patternWithoutWildcards,
} from '../arbitrary-pattern.ts';

const scalar = fc.constantFrom('"x"', '"xzy"', '"x*y"', '"yzy"', '"12"', '"12.00"', 'true', 'null', '12');

const RUNS = { numRuns: 200 };

function holds(expression: Expression, event: string, interpretation: Interpretations): boolean {
  return matches({ kind: 'json', expression }, event, interpretation);
}

function group(kind: 'and' | 'or', ...operands: readonly Expression[]): Expression {
  return { kind, operands };
}

/** Every way to read these ambiguities, the others as is likely. */
function interpretationsOf(ambiguities: readonly Ambiguity[]): readonly Interpretations[] {
  return ambiguities.reduce<readonly Interpretations[]>(
    (interpretations, ambiguity) =>
      interpretations.flatMap((interpretation) =>
        AMBIGUITIES[ambiguity].interpretations.map((one) => ({ ...interpretation, [ambiguity]: one })),
      ),
    [LIKELY_INTERPRETATIONS],
  );
}

describe('a match', () => {
  it('that is certain is the same in every interpretation', () => {
    fc.assert(
      fc.property(arbitraryPattern, arbitraryEvent, arbitraryInterpretations, (pattern, event, interpretation) => {
        const all = matchesUnderAll(pattern, event).matches;
        if (all !== 'undecided') expect(matches(pattern, event, interpretation)).to.equal(all);
      }),
      { numRuns: 1000 },
    );
  });

  /** The patterns and events of a family touch none of the ambiguities that it does not list. */
  const families: readonly (readonly [string, readonly Ambiguity[], fc.Arbitrary<Pattern>, fc.Arbitrary<string>])[] = [
    [
      'of texts and literals',
      ['innerStar', 'booleanEquality', 'nullEquality', 'digitString', 'brokenStep'],
      patternWithoutWildcards,
      fc.tuple(scalar, scalar).map(([a, b]) => `{"a":${a},"b":${b}}`),
    ],
    [
      'of containers and equal keys',
      ['wildcardInequality', 'wildcardState', 'wildcardAbsence', 'containerScope', 'brokenStep', 'duplicateKey'],
      arbitraryPattern.filter((pattern) => !/"[^"]*\*[^"]+"/.test(print(pattern))),
      fc.constantFrom(
        '{"a":["x","xy"],"b":{"a":"x"}}',
        '{"a":[{"k":"x"},{"b":11}],"b":[],"k":{}}',
        '{"a":{"k":"x","k":"z"},"k":"x"}',
        '{"a":[],"a":["x"],"b":11}',
      ),
    ],
  ];
  for (const [what, ambiguities, patterns, events] of families) {
    it(`${what} is certain exactly where all interpretations agree`, () => {
      const interpretations = interpretationsOf(ambiguities);
      fc.assert(
        fc.property(patterns, events, (pattern, event) => {
          const answers = new Set(interpretations.map((interpretation) => matches(pattern, event, interpretation)));
          const expected = answers.size === 2 ? 'undecided' : answers.has(true);
          expect(matchesUnderAll(pattern, event).matches).to.equal(expected);
        }),
        { numRuns: 100 },
      );
    });
  }

  const correlated = [
    ['{ $.a = "x*z" || $.a != "x*z" }', '{"a":"xyz"}', true],
    ['{ $.a = "x*z" && $.a != "x*z" }', '{"a":"xyz"}', false],
    ['{ $.a = 12 && $.b != 12 }', '{"a":"12","b":"12"}', false],
    ['{ $.a = true && ($.b != true || $.c = 1) }', '{"a":true,"b":true,"c":2}', false],
    ['{ $.a.b NOT EXISTS && $.c != x }', '{"a":1,"c":"x"}', false],
  ] as const;
  for (const [pattern, event, expected] of correlated) {
    it(`of ${pattern} on ${event} is ${expected}, since an ambiguity is read one way in the whole pattern`, () => {
      const result = parse(pattern);
      if (result.kind !== 'parsed') throw new Error('not read', { cause: result });
      expect(matchesUnderAll(result.pattern, event)).to.deep.equal({ matches: expected });
    });
  }

  it('is the same for the pattern read back from its canonical text', () => {
    fc.assert(
      fc.property(arbitraryPattern, arbitraryEvent, arbitraryInterpretations, (pattern, event, interpretation) => {
        const result = parse(print(pattern));
        if (result.kind !== 'parsed') throw new Error(`${print(pattern)} is not read`, { cause: result });
        expect(result.pattern).to.deep.equal(pattern);
        expect(matches(result.pattern, event, interpretation)).to.equal(matches(pattern, event, interpretation));
      }),
      RUNS,
    );
  });

  it('of `A && B` is one of A and one of B', () => {
    fc.assert(
      fc.property(
        arbitraryExpression,
        arbitraryExpression,
        arbitraryEvent,
        arbitraryInterpretations,
        (a, b, event, interpretation) => {
          expect(holds(group('and', a, b), event, interpretation)).to.equal(
            holds(a, event, interpretation) && holds(b, event, interpretation),
          );
        },
      ),
      RUNS,
    );
  });

  it('of `A || B` is one of A or one of B, unless a container voids the whole pattern', () => {
    fc.assert(
      fc.property(
        arbitraryExpression,
        arbitraryExpression,
        arbitraryEvent,
        arbitraryInterpretations,
        (a, b, event, interpretation) => {
          const either = holds(a, event, interpretation) || holds(b, event, interpretation);
          const both = holds(group('or', a, b), event, interpretation);
          if (interpretation.containerScope === 'condition') expect(both).to.equal(either);
          else if (both) expect(either).to.be.true;
        },
      ),
      RUNS,
    );
  });

  it('does not change with the order or the grouping of operands', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('and' as const, 'or' as const),
        fc.tuple(arbitraryExpression, arbitraryExpression, arbitraryExpression),
        arbitraryEvent,
        arbitraryInterpretations,
        (kind, [a, b, c], event, interpretation) => {
          const expected = holds(group(kind, a, b, c), event, interpretation);
          expect(holds(group(kind, c, a, b), event, interpretation)).to.equal(expected);
          expect(holds(group(kind, group(kind, a, b), c), event, interpretation)).to.equal(expected);
          expect(holds(group(kind, a, group(kind, b, c, a)), event, interpretation)).to.equal(expected);
        },
      ),
      RUNS,
    );
  });

  it('of `!=` excludes one of `=` on the same plain selector, and both exclude `NOT EXISTS`', () => {
    fc.assert(
      fc.property(
        arbitraryCondition.filter((condition) => condition.kind === 'equality' && isPlain(condition.selector)),
        arbitraryEvent,
        arbitraryInterpretations,
        (condition, event, interpretation) => {
          if (condition.kind !== 'equality') return;
          const { selector, value } = condition;
          const held = [
            holds({ kind: 'equality', operator: '=', selector, value }, event, interpretation),
            holds({ kind: 'equality', operator: '!=', selector, value }, event, interpretation),
            holds({ kind: 'absence', selector }, event, interpretation),
          ].filter(Boolean);
          expect(held).to.have.lengthOf.at.most(1);
        },
      ),
      RUNS,
    );
  });
});
