import type { Condition, JsonPattern } from '../../filter-pattern/index.ts';
import { conditionsOf } from '../../filter-pattern/index.ts';

/** The fields of the record that the conditions of a pattern are on. */
export function fieldsIn({ expression }: JsonPattern): ReadonlySet<string> {
  return new Set(conditionsOf(expression).flatMap(fieldOf));
}

/** The field of the record that a condition is on. None for one on any field (`$.*`). */
export function fieldOf({ selector }: Condition): readonly string[] {
  return selector.slice(0, 1).flatMap((step) => (step.kind === 'field' ? [step.name] : []));
}
