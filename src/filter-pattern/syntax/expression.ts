import type { Condition, Expression, Group } from './pattern.ts';

/** Whether an expression joins others. Ask this where all conditions are treated alike, so that a new kind of condition needs no change there. */
export function isGroup(expression: Expression): expression is Group {
  return expression.kind === 'and' || expression.kind === 'or';
}

/** All conditions of an expression, from left to right. */
export function conditionsOf(expression: Expression): readonly Condition[] {
  return isGroup(expression) ? expression.operands.flatMap(conditionsOf) : [expression];
}
