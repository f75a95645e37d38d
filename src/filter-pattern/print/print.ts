import { isBareWord } from '../parse/parse-value.ts';
import type { Condition, Equality, Expression, Numeral, Pattern } from '../syntax/pattern.ts';
import { printDelimited } from './print-delimited.ts';
import { printTerms } from './print-terms.ts';
import { printValue, quote, type PrintStyle } from './print-value.ts';
import type { Selector, SelectorStep } from '../../conditions/event/selector.ts';

const MAX_LENGTH = 1024;

/**
 * Canonical text: `parse(print(pattern))` means the same as `pattern`. Text values are in double quotes, parentheses
 * only where they are needed. Where that is longer than AWS allows, blanks and quotes are left out as well, so that what
 * was parsed can always be printed.
 */
export function print(pattern: Pattern): string {
  const text = printWithStyle(pattern, roomy);
  return text.length <= MAX_LENGTH ? text : printWithStyle(pattern, tight);
}

function printWithStyle(pattern: Pattern, style: PrintStyle): string {
  switch (pattern.kind) {
    case 'json':
      return `{${style.gap}${printExpression(pattern.expression, style)}${style.gap}}`;
    case 'terms':
      return printTerms(pattern, style === roomy);
    case 'delimited':
      return printDelimited(pattern, style);
    case 'everything':
      return '';
  }
}

/** The text of a selector, such as `$.userIdentity.type` or `$.['cluster.name'][0]`. */
export function printSelector(selector: Selector): string {
  return `$${selector.map(printStep).join('')}`;
}

const roomy: PrintStyle = { gap: ' ', word: quote };
const tight: PrintStyle = { gap: '', word: (text) => (isBareWord(text) ? text : quote(text)) };

function printExpression(node: Expression, style: PrintStyle): string {
  switch (node.kind) {
    case 'or':
      return node.operands.map((operand) => printExpression(operand, style)).join(`${style.gap}||${style.gap}`);
    case 'and':
      return node.operands
        .map((operand) =>
          operand.kind === 'or' ? `(${printExpression(operand, style)})` : printExpression(operand, style),
        )
        .join(`${style.gap}&&${style.gap}`);
    case 'equality':
    case 'ordering':
    case 'state':
    case 'absence':
      return printCondition(node, style);
  }
}

/** The text of one condition, with blanks between its tokens and text values in double quotes, unless `style` says otherwise. */
export function printCondition(node: Condition, style: PrintStyle = roomy): string {
  const selector = printSelector(node.selector);
  switch (node.kind) {
    case 'equality':
    case 'ordering':
      return `${selector}${style.gap}${node.operator}${style.gap}${printConditionValue(node.value, style)}`;
    case 'state':
      return `${selector} IS ${node.state}`;
    case 'absence':
      return `${selector} NOT EXISTS`;
  }
}

function printConditionValue(node: Equality['value'] | Numeral, style: PrintStyle): string {
  return printValue(node, style.word);
}

function printStep(node: SelectorStep): string {
  switch (node.kind) {
    case 'field':
      return /^[A-Za-z0-9_-]+$/.test(node.name) ? `.${node.name}` : `.['${node.name}']`;
    case 'index':
      return `[${node.index}]`;
    case 'any-field':
      return '.*';
    case 'any-element':
      return '[*]';
  }
}
