import type { Budget } from '../budget.ts';
import { type Clause, type FoundText, NO_TEXT, simplified } from './clause.ts';
import { findNumber } from './find-number.ts';

/**
 * The spelling of a number that satisfies all clauses.
 *
 * @throws BudgetSpent
 */
export function findSpelling(given: readonly Clause[], budget: Budget): FoundText {
  const clauses = simplified(given);
  return clauses === undefined ? NO_TEXT : findNumber(clauses, 'number', budget);
}
