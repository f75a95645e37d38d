import type { Control } from '../../controls/catalog.ts';
import type { Condition, Expression } from '../../filter-pattern/index.ts';
import type { QueryExpression, QueryField } from '../../log-query/index.ts';
import { parse, print } from '../../log-query/index.ts';
import { readPattern } from '../required/premises.ts';

/**
 * The query for what a control requires. Where a filter pattern asks that a field is another than a text, the query also asks
 * that it is there: what a query makes of a field that is missing is not documented.
 *
 * @returns `undefined` if the pattern cannot be written: whether one that is written means the same is judged, not taken for
 *   granted
 */
export function queryFor({ filterPattern }: Control): string | undefined {
  const required = readPattern(filterPattern);
  const condition = required.kind === 'json' ? conditionFor(required.expression) : undefined;
  if (condition === undefined) return undefined;
  const query = print({ filters: [condition] });
  return parse(query).kind === 'parsed' ? query : undefined;
}

function conditionFor(expression: Expression): QueryExpression | undefined {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const operands = expression.operands.map(conditionFor);
      const known = operands.filter((one) => one !== undefined);
      return known.length < operands.length ? undefined : { kind: expression.kind, operands: known };
    }
    case 'equality':
      return equalityFor(expression);
    case 'absence': {
      const field = fieldFor(expression);
      return field && { kind: 'not', operand: { kind: 'present', field } };
    }
    case 'ordering':
    case 'state':
      return undefined;
  }
}

function equalityFor(condition: Condition & { readonly kind: 'equality' }): QueryExpression | undefined {
  const { operator, value } = condition;
  const field = fieldFor(condition);
  if (field === undefined || value.kind !== 'word') return undefined;
  const present: QueryExpression = { kind: 'present', field };
  if (value.text === '*') return operator === '=' ? present : { kind: 'not', operand: present };
  const [, before, text = '', after] = /^(\*?)([^*]+)(\*?)$/.exec(value.text) ?? [];
  if (text === '') return undefined;
  const tests = [{ text, start: before === '', end: after === '', ignoreCase: false }];
  const isWhole = before === '' && after === '';
  const wanted = operator === '=';
  const texts: QueryExpression = { kind: 'texts', operator: isWhole ? '=' : 'like', wanted, field, tests };
  return wanted ? texts : { kind: 'and', operands: [present, texts] };
}

function fieldFor({ selector }: Condition): QueryField | undefined {
  const names = selector.map((one) => {
    if (one.kind === 'index') return String(one.index);
    return one.kind === 'field' && !/[.`]/.test(one.name) ? one.name : undefined;
  });
  const [first, ...rest] = names.filter((name) => name !== undefined);
  return first === undefined || rest.length + 1 < names.length ? undefined : { kind: 'field', names: [first, ...rest] };
}
