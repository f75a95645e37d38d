import type { Budget } from '../budget.ts';
import { type Clause, type Found, NONE, simplified } from './clause.ts';
import { findNumber } from './find-number.ts';

/** The spelling of a number that satisfies all clauses. Throws BudgetSpent. */
export function findSpelling(given: readonly Clause[], budget: Budget): Found {
  const clauses = simplified(given);
  return clauses === undefined ? NONE : findNumber(clauses, 'number', budget);
}
