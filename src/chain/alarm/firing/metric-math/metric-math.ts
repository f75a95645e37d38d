/** A metric math expression as it is written. */
export type MathExpression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  /** A query's id, or a word such as `REPEAT`. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negation'; readonly of: MathExpression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: MathExpression;
      readonly right: MathExpression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly MathExpression[] }
  | { readonly kind: 'list'; readonly items: readonly MathExpression[] };

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | 'AND' | 'OR';

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|"([^"]*)"|'([^']*)'|(<=|>=|==|!=|&&|\|\||[-+*/^<>()[\],]))/y;

interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'sign';
  readonly text: string;
}

/** From loosest to tightest. AWS names no order between AND and OR, so the two are not mixed without parentheses. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['AND', 'OR'],
  ['<', '<=', '>', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

const spelledOut: Readonly<Record<string, BinaryOperator>> = { '&&': 'AND', '||': 'OR', and: 'AND', or: 'OR' };

/** Deeper than anybody writes, and shallow enough for the stack. */
const MOST_NESTED = 100;

/**
 * Reads a metric math expression.
 *
 * @returns the expression, or `undefined` if it is not understood
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax
 */
export function parseMetricMath(text: string): MathExpression | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const parser = parserOf(tokens);
  const expression = parser.expression(0, 0);
  return parser.atEnd() ? expression : undefined;
}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.trimEnd().length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [, number, name, double, single, sign = ''] = match;
    const quoted = double ?? single;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted });
    else tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

function parserOf(tokens: readonly Token[]) {
  let position = 0;
  const sign = (text: string) => {
    const token = tokens[position];
    if (token?.kind !== 'sign' || token.text !== text) return false;
    position += 1;
    return true;
  };
  const operator = (level: readonly BinaryOperator[]): BinaryOperator | undefined => {
    const token = tokens[position];
    if (token === undefined || token.kind === 'number' || token.kind === 'text') return undefined;
    const meant = spelledOut[token.text] ?? token.text;
    const known = level.find((one) => one === meant);
    if (known !== undefined) position += 1;
    return known;
  };

  function expression(level: number, depth: number): MathExpression | undefined {
    const operators = levels[level];
    if (depth > MOST_NESTED) return undefined;
    if (operators === undefined) return operand(depth + 1);
    let left = expression(level + 1, depth);
    let first: BinaryOperator | undefined;
    for (let next = operator(operators); next !== undefined; next = operator(operators)) {
      const right = expression(level + 1, depth);
      const mixed = level === 0 && first !== undefined && first !== next;
      if (left === undefined || right === undefined || mixed) return undefined;
      // A chain of comparisons or of powers has more than one reading.
      if (first !== undefined && (level === 1 || next === '^')) return undefined;
      first ??= next;
      left = { kind: 'binary', operator: next, left, right };
    }
    return left;
  }

  function operand(depth: number): MathExpression | undefined {
    if (sign('-')) {
      const of = operand(depth + 1);
      // Whether `-m1^2` is a square is not documented.
      const power = tokens[position]?.text === '^';
      return of && !power ? { kind: 'negation', of } : undefined;
    }
    if (sign('(')) {
      const inner = expression(0, depth);
      return sign(')') ? inner : undefined;
    }
    if (sign('[')) {
      const items = listUntil(']', depth);
      return items && { kind: 'list', items };
    }
    const token = tokens[position];
    if (token === undefined || token.kind === 'sign') return undefined;
    position += 1;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    if (!sign('(')) return { kind: 'name', name: token.text };
    const given = listUntil(')', depth);
    return given && { kind: 'call', name: token.text, given };
  }

  function listUntil(close: ')' | ']', depth: number): readonly MathExpression[] | undefined {
    if (sign(close)) return [];
    const items: MathExpression[] = [];
    do {
      const item = expression(0, depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    } while (sign(','));
    return sign(close) ? items : undefined;
  }

  return { expression, atEnd: () => position === tokens.length };
}
