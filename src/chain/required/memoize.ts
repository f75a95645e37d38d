const MOST_REMEMBERED = 1000;

/**
 * A function of plain data that remembers what it answered. A judgement is made again after every reading, and asks the
 * same of the same patterns each time, which is by far the most of its work.
 */
export function memoize<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  const answers = new Map<string, R>();
  return (...args) => {
    const key = JSON.stringify(args);
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (answers.size >= MOST_REMEMBERED) answers.clear();
    const answer = compute(...args);
    answers.set(key, answer);
    return answer;
  };
}
