/** Steps that a search may take. Counted, never timed, so that the same question always gets the same answer. */
export interface Budget {
  left: number;
}

/** Thrown out of a search when its steps are spent; `decide` turns it into an undecided answer. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/**
 * Takes steps from the budget.
 *
 * @throws BudgetSpent when there are none left
 */
export function spend(budget: Budget, steps = 1): void {
  budget.left -= steps;
  if (budget.left < 0) throw new BudgetSpent('the budget is spent');
}
