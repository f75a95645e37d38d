import type { JsonPattern } from '../../filter-pattern/index.ts';
import { conditionsOf } from '../../filter-pattern/index.ts';

/** The fields of the record that the conditions of a pattern are on. */
export function fieldsIn({ expression }: JsonPattern): ReadonlySet<string> {
  const fields = conditionsOf(expression).flatMap(({ selector: [first] }) =>
    first?.kind === 'field' ? [first.name] : [],
  );
  return new Set(fields);
}
