import fc from 'fast-check';

import {
  AMBIGUITIES,
  type Condition,
  type Expression,
  type Pattern,
  type Interpretations,
} from '../../src/filter-pattern/index.ts';
import { conditionsOf } from '../../src/filter-pattern/syntax/expression.ts';
import type { Selector, SelectorStep } from '../../src/conditions/event/selector.ts';
import type { Numeral, Word } from '../../src/filter-pattern/syntax/pattern.ts';

/**
 * Random patterns, events and interpretations that meet: few names, few values, so that conditions are true about as often as
 * not, and every ambiguity is touched.
 */

const names = ['a', 'b', 'k'] as const;
const words = ['x', 'xy', 'x*', '*y', '*', 'x*y', '*y*y', '12', '12.0', 'true', 'null', '1e1', ''] as const;
const numerals = ['12', '12.0', '+12', '-1', '0', '1e1', '9007199254740993'] as const;
const strings = ['x', 'xy', 'xzy', 'yzy', 'x*y', '12', '12.00', 'true', 'null', ''] as const;
const numbers = ['12', '12.0', '1.2e1', '1e1', '10', '-0', '0', '-1', '9007199254740992'] as const;

const field: fc.Arbitrary<SelectorStep> = fc.constantFrom(...names).map((name) => ({ kind: 'field', name }));
const index: fc.Arbitrary<SelectorStep> = fc.constantFrom(0, 1).map((index) => ({ kind: 'index', index }));
const wildcard: fc.Arbitrary<SelectorStep> = fc.constantFrom({ kind: 'any-field' }, { kind: 'any-element' });

const plainSelector: fc.Arbitrary<Selector> = fc
  .tuple(field, fc.array(fc.oneof({ weight: 3, arbitrary: field }, index), { maxLength: 1 }))
  .map(([first, rest]) => [first, ...rest]);

const anySelector: fc.Arbitrary<Selector> = fc.oneof(
  { weight: 5, arbitrary: plainSelector },
  {
    weight: 1,
    arbitrary: fc
      .tuple(field, wildcard, fc.array(field, { maxLength: 1 }))
      .map(([first, middle, rest]) => [first, middle, ...rest]),
  },
);

const word: fc.Arbitrary<Word> = fc.constantFrom(...words).map((text) => ({ kind: 'word', text }));
const numeral: fc.Arbitrary<Numeral> = fc.constantFrom(...numerals).map((spelling) => ({ kind: 'numeral', spelling }));

/** One generator for each kind of condition, with how often it is used. */
const CONDITIONS: { readonly [Kind in Condition['kind']]: fc.WeightedArbitrary<Extract<Condition, { kind: Kind }>> } = {
  equality: {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('equality' as const),
      selector: anySelector,
      operator: fc.constantFrom('=' as const, '!=' as const),
      value: fc.oneof(word, numeral),
    }),
  },
  ordering: {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('ordering' as const),
      selector: anySelector,
      operator: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      value: numeral,
    }),
  },
  state: {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('state' as const),
      selector: anySelector,
      state: fc.constantFrom('NULL' as const, 'TRUE' as const, 'FALSE' as const),
    }),
  },
  absence: {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('absence' as const), selector: anySelector }),
  },
};

export const arbitraryCondition: fc.Arbitrary<Condition> = fc.oneof(...Object.values(CONDITIONS));

/** At most three levels, and groups as the parser makes them: at least two operands, none of the group's own kind. */
export const arbitraryExpression: fc.Arbitrary<Expression> = expressionOf(2);

function expressionOf(depth: number, within?: 'and' | 'or'): fc.Arbitrary<Expression> {
  if (depth === 0) return arbitraryCondition;
  const groups = (['and', 'or'] as const)
    .filter((kind) => kind !== within)
    .map((kind) =>
      fc
        .array(expressionOf(depth - 1, kind), { minLength: 2, maxLength: 3 })
        .map((operands): Expression => ({ kind, operands })),
    );
  return fc.oneof(arbitraryCondition, ...groups);
}

/** A pattern that AWS accepts: at most three wildcards. */
export const arbitraryPattern: fc.Arbitrary<Pattern> = patternOf(3);

export const patternWithoutWildcards: fc.Arbitrary<Pattern> = patternOf(0);

function patternOf(wildcards: number): fc.Arbitrary<Pattern> {
  return arbitraryExpression
    .filter((expression) => countWildcards(expression) <= wildcards)
    .map((expression) => ({ kind: 'json', expression }));
}

function countWildcards(expression: Expression): number {
  return conditionsOf(expression).filter(({ selector }) => !isPlain(selector)).length;
}

/** True for a selector without a wildcard. */
export function isPlain(selector: Selector): boolean {
  return selector.every(({ kind }) => kind === 'field' || kind === 'index');
}

const scalarText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...strings).map((text) => JSON.stringify(text)) },
  { weight: 2, arbitrary: fc.constantFrom(...numbers) },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false', 'null') },
);

function valueText(depth: number): fc.Arbitrary<string> {
  if (depth === 0) return scalarText;
  return fc.oneof(
    { weight: 3, arbitrary: scalarText },
    { weight: 1, arbitrary: objectText(depth) },
    { weight: 1, arbitrary: fc.array(valueText(depth - 1), { maxLength: 2 }).map((items) => `[${items.join(',')}]`) },
  );
}

function objectText(depth: number): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(fc.constantFrom(...names), valueText(depth - 1)), { maxLength: 3 })
    .map((members) => `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`);
}

/** JSON text of an object, now and then with equal keys. */
export const arbitraryEvent: fc.Arbitrary<string> = objectText(3);

/** Some way to read every ambiguity. */
export const arbitraryInterpretations: fc.Arbitrary<Interpretations> = fc.record(
  Object.fromEntries(
    Object.entries(AMBIGUITIES).map(([ambiguity, { interpretations }]) => [
      ambiguity,
      fc.constantFrom<string>(...interpretations),
    ]),
  ),
) as unknown as fc.Arbitrary<Interpretations>;
