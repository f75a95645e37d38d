import { newBoundedMap } from '../../filter-pattern/index.ts';

/**
 * In characters of questions. A comparison of two long patterns has about 2,500, most have less than 1,000: so the filters
 * of many log groups fit, and what is remembered takes a few megabytes.
 */
const CAPACITY = 6_000_000;

/** An answer takes about as much memory as so many characters of its question. */
const ANSWER_WEIGHT = 400;

/** A function that answers the same question once. */
export interface Memoized<A extends readonly unknown[], R> {
  (...args: A): R;
  /** Whether the answer is remembered, so that it takes no time. */
  readonly isKnown: (...args: A) => boolean;
}

/**
 * Wraps a pure function of plain data so that it answers the same question once. The judge runs again after every read
 * and compares the same patterns each time; those comparisons are most of its work. Memory is bounded: the oldest answers
 * are forgotten when questions and answers grow too many.
 *
 * @param capacity - how much is remembered, in characters of questions
 */
export function memoize<A extends readonly unknown[], R>(
  compute: (...args: A) => R,
  capacity = CAPACITY,
): Memoized<A, R> {
  const answers = newBoundedMap<{ readonly answer: R }>(capacity);
  const answer = (...args: A): R => {
    const key = JSON.stringify(args);
    const known = answers.get(key);
    if (known !== undefined) return known.answer;
    const computed = compute(...args);
    answers.set(key, { answer: computed }, ANSWER_WEIGHT);
    return computed;
  };
  return Object.assign(answer, { isKnown: (...args: A) => answers.get(JSON.stringify(args)) !== undefined });
}
