import { alphabetOf } from '../languages/alphabet.ts';
import { type Budget, spend } from '../budget.ts';
import { type FoundText, NO_TEXT, type WrittenTest } from './clause.ts';
import type { Language } from '../languages/language.ts';

/** From so many clauses on, pairs of them are looked at first. */
const MANY = 4;

/** So many moves of automata take the time of one step. */
export const MOVES_PER_STEP = 16;

/** A place in all automata at once, and how it was reached. */
interface ProductPlace {
  readonly states: readonly number[];
  readonly unit: number;
  readonly before: ProductPlace | undefined;
}

/**
 * The shortest text that satisfies all clauses, the most plausible one of its length: a breadth-first walk through the
 * product of their automata, which is never built.
 *
 * @throws BudgetSpent
 */
export function shortestText(clauses: readonly (readonly WrittenTest[])[], budget: Budget): FoundText {
  return excludesOne(clauses, budget) ? NO_TEXT : walk(clauses, budget);
}

/**
 * Whether one language that is wanted lies within one that is not: of many conditions, two may be enough to contradict
 * each other, and the product of two is small.
 */
function excludesOne(clauses: readonly (readonly WrittenTest[])[], budget: Budget): boolean {
  if (clauses.length < MANY) return false;
  const wanted = clauses.filter((clause) => clause.every((test) => test.wanted));
  const unwanted = clauses.filter((clause) => clause.every((test) => !test.wanted));
  return unwanted.some((denied) => wanted.some((clause) => walk([clause, denied], budget).kind === 'none'));
}

function walk(clauses: readonly (readonly WrittenTest[])[], budget: Budget): FoundText {
  const product = productOf(clauses);
  const start: ProductPlace = {
    states: product.languages.map(({ start: state }) => state),
    unit: -1,
    before: undefined,
  };
  if (product.isHopeless(start.states)) return NO_TEXT;
  const seen = new Set([start.states.join()]);
  let queue: readonly ProductPlace[] = [start];
  const steps = 1 + Math.floor((product.languages.length * product.alphabet.length) / MOVES_PER_STEP);
  while (queue.length > 0) {
    const next: ProductPlace[] = [];
    for (const place of queue) {
      spend(budget, steps);
      if (product.accepts(place.states)) return { kind: 'text', text: textTo(place) };
      for (const unit of product.alphabet) {
        const states = product.languages.map((language, index) => language.next(place.states[index] ?? 0, unit));
        const key = states.join();
        if (seen.has(key) || product.isHopeless(states)) continue;
        seen.add(key);
        next.push({ states, unit, before: place });
      }
    }
    queue = next;
  }
  return NO_TEXT;
}

export interface Product {
  readonly languages: readonly Language[];
  readonly alphabet: readonly number[];
  readonly accepts: (states: readonly number[]) => boolean;
  readonly isHopeless: (states: readonly number[]) => boolean;
}

export function productOf(clauses: readonly (readonly WrittenTest[])[]): Product {
  const byKey = new Map(clauses.flat().map(({ language }) => [language.key, language]));
  const languages = [...byKey.values()];
  const places = new Map([...byKey.keys()].map((key, index) => [key, index]));
  const placed = clauses.map((clause) =>
    clause.map(({ language, wanted }) => ({ language, wanted, place: places.get(language.key) ?? 0 })),
  );
  return {
    languages,
    alphabet: alphabetOf(languages),
    accepts: (states) =>
      placed.every((tests) =>
        tests.some(({ language, wanted, place }) => language.accepts(states[place] ?? 0) === wanted),
      ),
    isHopeless: (states) =>
      placed.some((tests) =>
        tests.every(({ language, wanted, place }) => {
          const state = states[place] ?? 0;
          return wanted ? language.isDead(state) : language.isFull(state);
        }),
      ),
  };
}

function textTo(place: ProductPlace): string {
  const units: string[] = [];
  for (let at = place; at.before !== undefined; at = at.before) {
    units.push(String.fromCharCode(at.unit));
  }
  return units.reverse().join('');
}
