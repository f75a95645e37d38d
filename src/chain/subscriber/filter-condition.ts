import type { Trivalent } from '../../filter-pattern/index.ts';
import { isJsonObject } from '../base/json.ts';
import { all, any, not } from '../base/trivalent.ts';
import { matchesWildcard } from '../base/wildcard.ts';

/**
 * Whether a value satisfies one condition on its property.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html
 */
export function satisfiesCondition(value: string | number, condition: unknown): Trivalent {
  if (typeof condition === 'string' || typeof condition === 'number') {
    // What a number is to a text in quotes AWS does not document.
    return typeof condition === typeof value ? condition === value : 'undecided';
  }
  if (!isJsonObject(condition)) return 'undecided';
  const [entry, another] = Object.entries(condition);
  if (entry === undefined || another !== undefined) return 'undecided';
  const [name, operand] = entry;
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  return operator === undefined ? 'undecided' : operator(value, operand);
}

/** Whether a word is an operator of filter policies, evaluated here or not. */
export function isOperator(word: string): boolean {
  return Object.hasOwn(operators, word) || word === 'cidr';
}

type Operator = (value: string | number, operand: unknown) => Trivalent;

const operators: Readonly<Record<string, Operator>> = {
  exists: (_value, operand) => (typeof operand === 'boolean' ? operand : 'undecided'),
  prefix: onTexts((value, operand) => value.startsWith(operand)),
  suffix: onTexts((value, operand) => value.endsWith(operand)),
  'equals-ignore-case': onTexts((value, operand) => value.toLowerCase() === operand.toLowerCase()),
  wildcard: onTexts((value, operand) => {
    // Whether a backslash escapes an asterisk AWS does not document; a question mark is a character like others.
    if (operand.includes('\\')) return 'undecided';
    return matchesWildcard(operand, value, { single: false });
  }),
  numeric: (value, operand) => (typeof value === 'number' ? isWithin(value, operand) : 'undecided'),
  'anything-but': (value, operand) => {
    const operands: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    return operands.length === 0 ? 'undecided' : not(any(operands.map((one) => satisfiesCondition(value, one))));
  },
};

function onTexts(compare: (value: string, operand: string) => Trivalent): Operator {
  return (value, operand) =>
    typeof value === 'string' && typeof operand === 'string' ? compare(value, operand) : 'undecided';
}

/** Whether a number is within the bounds of `numeric`: pairs of a comparison and a number, all of which must hold. */
function isWithin(value: number, operand: unknown): Trivalent {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 === 1) return 'undecided';
  const bounds = operand as readonly unknown[];
  return all(
    bounds.flatMap((comparison, at): readonly Trivalent[] => {
      if (at % 2 === 1) return [];
      const bound = bounds[at + 1];
      return [typeof bound === 'number' ? compareNumbers(value, comparison, bound) : 'undecided'];
    }),
  );
}

function compareNumbers(value: number, comparison: unknown, bound: number): Trivalent {
  switch (comparison) {
    case '=':
      return value === bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    default:
      return 'undecided';
  }
}
