import type { DelimitedPattern, Field, WordExpression } from '../syntax/pattern.ts';
import { printValue, type PrintStyle } from './print-value.ts';

export function printDelimited({ fields }: DelimitedPattern, style: PrintStyle): string {
  return `[${fields.map((one) => printField(one, style)).join(`,${style.gap}`)}]`;
}

function printField(node: Field, style: PrintStyle): string {
  if (node.kind === 'ellipsis') return '...';
  const { name = '', test } = node;
  return test === undefined ? name : printTests(name, test, style);
}

function printTests(name: string, node: WordExpression, style: PrintStyle): string {
  const { gap } = style;
  switch (node.kind) {
    case 'and':
    case 'or': {
      const joiner = node.kind === 'and' ? '&&' : '||';
      return node.operands.map((operand) => printTests(name, operand, style)).join(`${gap}${joiner}${gap}`);
    }
    case 'equality':
    case 'ordering':
      return `${name}${gap}${node.operator}${gap}${printValue(node.value, style.word)}`;
  }
}
