import { type Cursor, peek, refuse, skipBlanks, startsWith, take } from './cursor.ts';
import { HINTS } from './hints.ts';
import { parseCondition } from './parse-condition.ts';
import type { Expression, Group } from '../syntax/pattern.ts';

/**
 * Reads conditions joined by `||` and `&&`. "The order of operations is: parentheses, then AND &&, then OR ||."
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * Groups of the same kind are joined into one, and redundant parentheses leave no trace. A pattern has at most 1,024
 * characters, so the recursion is at most that deep.
 */
export function parseExpression(cursor: Cursor): Expression {
  return parseGroup(cursor, 'or', '||', (inner) => parseGroup(inner, 'and', '&&', parsePrimary));
}

function parseGroup(
  cursor: Cursor,
  kind: Group['kind'],
  token: string,
  parseOperand: (cursor: Cursor) => Expression,
): Expression {
  const operands: Expression[] = [];
  do {
    skipBlanks(cursor);
    operands.push(parseOperand(cursor));
    skipBlanks(cursor);
  } while (take(cursor, token));
  return joinOperands(kind, operands);
}

/** The operands as one expression; a group of the same kind among them is opened. */
export function joinOperands(kind: Group['kind'], operands: readonly Expression[]): Expression {
  const [first, ...rest] = operands;
  if (first !== undefined && rest.length === 0) return first;
  return { kind, operands: operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand])) };
}

function parsePrimary(cursor: Cursor): Expression {
  if (!startsWith(cursor, '(')) return parseLeaf(cursor);
  const open = cursor.position;
  cursor.position += 1;
  const expression = parseExpression(cursor);
  if (!take(cursor, ')')) refuse(cursor, '`)`, `&&` or `||`', closingHint(cursor, open));
  return expression;
}

function parseLeaf(cursor: Cursor): Expression {
  const character = peek(cursor);
  if (/^(?:!|not\b)/i.test(cursor.text.slice(cursor.position, cursor.end))) {
    refuse(cursor, 'a selector or `(`', HINTS.not);
  }
  if (character === '' || character === ')' || character === '&' || character === '|') {
    refuse(cursor, 'a selector or `(`');
  }
  return parseCondition(cursor);
}

function closingHint(cursor: Cursor, open: number): string | undefined {
  return cursor.position >= cursor.end ? `the parenthesis at offset ${open} is not closed` : joinHint(cursor);
}

/** The hint when something other than `&&` or `||` follows a condition. */
export function joinHint(cursor: Cursor): string | undefined {
  const rest = cursor.text.slice(cursor.position, cursor.end);
  if (/^[$(]/.test(rest)) return HINTS.joiner;
  if (rest.startsWith(',')) return HINTS.comma;
  if (/^(?:and\b|&(?!&))/i.test(rest)) return HINTS.and;
  if (/^(?:or\b|\|(?!\|))/i.test(rest)) return HINTS.or;
  return undefined;
}
