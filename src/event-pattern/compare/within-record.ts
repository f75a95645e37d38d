import type { Selector } from '../../conditions/event/selector.ts';
import { RECORD_FIELD } from '../../conditions/formula/envelope-fields.ts';
import { type Expression, isGroup, type JsonPattern } from '../../filter-pattern/index.ts';

/** The same pattern, asked of the record within the envelope of EventBridge. */
export function withinRecord({ expression }: JsonPattern): JsonPattern {
  return { kind: 'json', expression: moved(expression) };
}

function moved(expression: Expression): Expression {
  if (isGroup(expression)) return { ...expression, operands: expression.operands.map(moved) };
  const selector: Selector = [{ kind: 'field', name: RECORD_FIELD }, ...expression.selector];
  return { ...expression, selector };
}
