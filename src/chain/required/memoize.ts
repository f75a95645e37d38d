const MAX_ANSWERS = 1000;

/**
 * Wraps a pure function of plain data so that it answers the same question once. The judge runs again after every read
 * and compares the same patterns each time; those comparisons are most of its work. Memory is bounded: after 1,000
 * answers all are forgotten.
 */
export function memoize<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  const answers = new Map<string, R>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (answers.size >= MAX_ANSWERS) answers.clear();
    const answer = compute(...args);
    answers.set(key, answer);
    return answer;
  };
}
