import { isGroup } from '../syntax/expression.ts';
import type { Expression, Group, Pattern } from '../syntax/pattern.ts';
import { joinOperands } from '../parse/parse-expression.ts';
import { print } from './print.ts';

/**
 * A text that is the same for patterns that differ only in the order, grouping and repetition of operands. Equal keys
 * mean equal patterns in every interpretation; different keys mean nothing.
 */
function canonicalKey(expression: Expression): string {
  return print({ kind: 'json', expression: canonical(expression) });
}

export function sameUpToOrder(left: Pattern, right: Pattern): boolean {
  return patternKey(left) === patternKey(right);
}

export function patternKey(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'json':
      return canonicalKey(pattern.expression);
    case 'terms':
      return [...new Set(pattern.terms.map((term) => print({ kind: 'terms', terms: [term] })))].sort().join(' ');
    case 'delimited':
    case 'everything':
      return print(pattern);
  }
}

function canonical(expression: Expression): Expression {
  if (!isGroup(expression)) return expression;
  const operands = flatten(expression.kind, expression.operands.map(canonical));
  const keyed = new Map(operands.map((operand) => [print({ kind: 'json', expression: operand }), operand]));
  const sorted = [...keyed.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, operand]) => operand);
  return joinOperands(expression.kind, sorted);
}

function flatten(kind: Group['kind'], operands: readonly Expression[]): readonly Expression[] {
  return operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand]));
}
