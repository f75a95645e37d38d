export type OrderOperator = '<' | '<=' | '>' | '>=';

/** Negative, zero or positive, as for exact numbers. */
export function compareDoubles(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Whether a comparison that came out negative, zero or positive is what the operator asks for. */
export function orderSatisfies(operator: '=' | OrderOperator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
