import type { Kind } from '../conditions/formula/predicate.ts';
import type { LogQuery, QueryExpression, QueryField, QueryTextTest, TextsCondition } from './query.ts';

/** The conditions of a query joined by and, or. Negation has been carried down to them. */
export type Node = { readonly kind: 'and' | 'or'; readonly operands: readonly Node[] } | Literal;

/** One condition, or that it does not hold. */
export interface Literal {
  readonly kind: 'literal';
  readonly field: QueryField;
  /** The texts that are looked for; absent where it is asked whether the field is there. */
  readonly tests?: readonly QueryTextTest[];
  readonly wanted: boolean;
  /** Whether it is negated somewhere, so that what a missing field means is not documented. */
  readonly isNegated: boolean;
}

/** What a query asks of a record that it counts. */
export function nodeOf({ filters }: LogQuery): Node {
  return { kind: 'and', operands: filters.map((one) => normal(one, false, false)) };
}

function normal(expression: QueryExpression, isDenied: boolean, isNegated: boolean): Node {
  switch (expression.kind) {
    case 'not':
      return normal(expression.operand, !isDenied, true);
    case 'and':
    case 'or': {
      const kind = (expression.kind === 'and') === isDenied ? 'or' : 'and';
      return { kind, operands: expression.operands.map((one) => normal(one, isDenied, isNegated)) };
    }
    case 'present':
      return { kind: 'literal', field: expression.field, wanted: !isDenied, isNegated };
    case 'texts':
      return textsLiteral(expression, isDenied, isNegated);
  }
}

function textsLiteral({ field, tests, wanted }: TextsCondition, isDenied: boolean, isNegated: boolean): Literal {
  return { kind: 'literal', field, tests, wanted: wanted !== isDenied, isNegated: isNegated || !wanted };
}

/** What AWS does not document: noun phrases. */
export const DOUBTS = {
  missing: 'what `!=`, `not in`, `not like` and `not` make of a field that is missing',
  kind: 'how a number, true, false or null is compared with a text',
  present: 'whether a field that is null, an object or an array is present',
  equalKeys: 'which of two equal keys of an event counts',
} as const;

export type Doubt = keyof typeof DOUBTS;

/** What a literal makes of a value: certain, open, or it depends on the text. */
export type Outcome = boolean | Doubt | 'by-text';

/** What a literal makes of what is found at its field. */
export function outcomeFor({ tests, wanted, isNegated }: Literal, kind: Kind): Outcome {
  if (tests === undefined) {
    if (kind === 'null' || kind === 'object' || kind === 'array') return 'present';
    return (kind !== 'missing' && kind !== 'broken') === wanted;
  }
  switch (kind) {
    case 'string':
      return 'by-text';
    case 'number':
      return tests.some(({ text }) => /^[-+.\deE]*$/.test(text)) ? 'kind' : !wanted;
    case 'true':
    case 'false':
      return tests.some(mayBeIn('true', 'false', '1', '0')) ? 'kind' : !wanted;
    case 'null':
      return tests.some(mayBeIn('null')) ? 'kind' : isNegated ? 'missing' : false;
    // An object has no value of its own, only its fields have one.
    case 'object':
    case 'array':
    case 'missing':
    case 'broken':
      return isNegated ? 'missing' : false;
  }
}

function mayBeIn(...spellings: readonly string[]) {
  return ({ text }: QueryTextTest) => spellings.some((one) => one.includes(text.toLowerCase()));
}
