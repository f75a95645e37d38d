const MAX_ANSWERS = 1000;

/** A function that answers the same question once. */
export interface Memoized<A extends readonly unknown[], R> {
  (...args: A): R;
  /** Whether the answer is remembered, so that it takes no time. */
  readonly isKnown: (...args: A) => boolean;
}

/**
 * Wraps a pure function of plain data so that it answers the same question once. The judge runs again after every read
 * and compares the same patterns each time; those comparisons are most of its work. Memory is bounded: of more than 1,000
 * answers the oldest is forgotten.
 */
export function memoize<A extends readonly unknown[], R>(compute: (...args: A) => R): Memoized<A, R> {
  const answers = new Map<string, R>();
  const answer = (...args: A): R => {
    const key = JSON.stringify(args);
    const known = answers.get(key);
    if (known !== undefined) return known;
    for (const oldest of answers.keys()) {
      if (answers.size < MAX_ANSWERS) break;
      answers.delete(oldest);
    }
    const computed = compute(...args);
    answers.set(key, computed);
    return computed;
  };
  return Object.assign(answer, { isKnown: (...args: A) => answers.has(JSON.stringify(args)) });
}
