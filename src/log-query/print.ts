import { isOpenInQuotes } from './parse-like.ts';
import type { LogQuery, QueryExpression, QueryField, QueryTextTest, TextsCondition } from './query.ts';

/** The query as text: what decides how many log events it counts, without `fields`, `display` and `sort`. */
export function print({ filters, limit, count }: LogQuery): string {
  return [
    ...filters.map((one) => `filter ${printExpression(one)}`),
    ...(limit === undefined ? [] : [`limit ${limit}`]),
    ...(count === undefined ? [] : [`stats count(*)${count.alias === undefined ? '' : ` as ${count.alias}`}`]),
  ].join(' | ');
}

function printExpression(expression: QueryExpression): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.map(inner).join(` ${expression.kind} `);
    case 'not':
      return `not (${printExpression(expression.operand)})`;
    case 'present':
      return `ispresent(${printField(expression.field)})`;
    case 'texts':
      return printTexts(expression);
  }
}

function inner(expression: QueryExpression): string {
  const isGroup = expression.kind === 'and' || expression.kind === 'or';
  return isGroup ? `(${printExpression(expression)})` : printExpression(expression);
}

function printTexts({ operator, wanted, field, tests }: TextsCondition): string {
  const name = printField(field);
  switch (operator) {
    case '=':
      return `${name} ${wanted ? '=' : '!='} ${quoted(tests[0]?.text ?? '')}`;
    case 'in':
      return `${name} ${wanted ? 'in' : 'not in'} [${tests.map(({ text }) => quoted(text)).join(', ')}]`;
    case 'like':
      return `${name} ${wanted ? 'like' : 'not like'} ${printLike(tests)}`;
  }
}

function printLike(tests: readonly QueryTextTest[]): string {
  const [only, ...others] = tests;
  const isPlain = only !== undefined && others.length === 0 && !only.start && !only.end && !only.ignoreCase;
  if (isPlain && !/\\|".*'|'.*"/s.test(only.text) && !isOpenInQuotes(only.text)) return quoted(only.text);
  const flag = tests.some(({ ignoreCase }) => ignoreCase) ? '(?i)' : '';
  const sides = tests.map(({ text, start, end }) => `${start ? '^' : ''}${escaped(text)}${end ? '$' : ''}`);
  return `/${flag}${sides.join('|')}/`;
}

function escaped(text: string): string {
  return text.replace(/[/\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** A text holds no more than one kind of quotation marks. */
function quoted(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

function printField(field: QueryField): string {
  if (field.kind === 'message') return '@message';
  const name = field.names.join('.');
  return /^(?!(?:not|ispresent)$)[A-Za-z_][\w.]*$/.test(name) ? name : `\`${name}\``;
}
