import type { Expression } from '../../filter-pattern/index.ts';

/** The fields of the record that the conditions of an expression are on. */
export function fieldsIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.flatMap(fieldsIn);
    case 'equality':
    case 'ordering':
    case 'state':
    case 'absence': {
      const [first] = expression.selector;
      return first?.kind === 'field' ? [first.name] : [];
    }
  }
}
