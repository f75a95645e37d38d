import { type Budget, spend } from '../budget.ts';
import type { WrittenTest } from './clause.ts';
import { MOVES_PER_STEP, productOf } from './shortest-text.ts';

const MAX_PLACES = 400;
const MAX_TEXTS = 64;

/**
 * Short texts that satisfy all clauses, the shortest first. `complete` if these are all there are, up to characters that
 * the clauses do not tell apart.
 *
 * @throws BudgetSpent
 */
export function finiteTexts(
  clauses: readonly (readonly WrittenTest[])[],
  budget: Budget,
): { readonly texts: readonly string[]; readonly complete: boolean } {
  const { languages, alphabet, accepts, isHopeless } = productOf(clauses);
  const steps = 1 + Math.floor((languages.length * alphabet.length) / MOVES_PER_STEP);
  const texts: string[] = [];
  let places = 0;
  let queue: readonly (readonly [text: string, states: readonly number[]])[] = [
    ['', languages.map(({ start }) => start)],
  ];
  while (queue.length > 0) {
    const next: (readonly [string, readonly number[]])[] = [];
    for (const [text, states] of queue) {
      if (isHopeless(states)) continue;
      places += 1;
      if (places > MAX_PLACES || texts.length >= MAX_TEXTS) return { texts, complete: false };
      spend(budget, steps);
      if (accepts(states)) texts.push(text);
      for (const unit of alphabet) {
        const reached = languages.map((language, index) => language.next(states[index] ?? 0, unit));
        next.push([text + String.fromCharCode(unit), reached]);
      }
    }
    queue = next;
  }
  return { texts, complete: true };
}
