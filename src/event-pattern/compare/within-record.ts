import type { Selector } from '../../conditions/event/selector.ts';
import { RECORD_FIELD } from '../../conditions/formula/envelope-fields.ts';
import { type Expression, isGroup, type JsonPattern } from '../../filter-pattern/index.ts';

/** The same pattern, asked of the record within the envelope of EventBridge. The same object each time, by which much is known. */
export function withinRecord(pattern: JsonPattern): JsonPattern {
  const known = within.get(pattern);
  if (known !== undefined) return known;
  const inside: JsonPattern = { kind: 'json', expression: moved(pattern.expression) };
  within.set(pattern, inside);
  return inside;
}

const within = new WeakMap<JsonPattern, JsonPattern>();

function moved(expression: Expression): Expression {
  if (isGroup(expression)) return { ...expression, operands: expression.operands.map(moved) };
  const selector: Selector = [{ kind: 'field', name: RECORD_FIELD }, ...expression.selector];
  return { ...expression, selector };
}
