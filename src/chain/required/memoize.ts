import { newBoundedMap } from '../../filter-pattern/index.ts';

/**
 * In characters of questions. A comparison of two long patterns has about 2,500, most have less than 1,000: so the filters
 * of many log groups fit, and what is remembered takes a few megabytes.
 */
const CAPACITY = 6_000_000;

/** An answer, or what is noted of an argument, takes about as much memory as so many characters. */
const ENTRY_WEIGHT = 400;

/** A function that answers the same question once. */
export interface Memoized<A extends readonly unknown[], R> {
  (...args: A): R;
  /** The answer if it is remembered, or `undefined`. */
  readonly known: (...args: A) => R | undefined;
}

/**
 * Wraps a pure function of plain data so that it answers the same question once. The judge runs again after every read
 * and compares the same patterns each time; those comparisons are most of its work. Memory is bounded: the oldest answers
 * are forgotten when questions and answers grow too many.
 *
 * A question is known by the numbers of its arguments, so that a hundred long texts, each asked about with a hundred others,
 * take the memory of two hundred.
 *
 * @param capacity - how much is remembered, in characters: of texts, of other arguments, and of answers
 * @param weigh - how many characters an answer has
 */
export function memoize<A extends readonly unknown[], R>(
  compute: (...args: A) => R,
  capacity = CAPACITY,
  weigh: (answer: R) => number = () => 0,
): Memoized<A, R> {
  const ofTexts = newBoundedMap<number>(capacity);
  const ofOthers = newBoundedMap<number>(capacity);
  const answers = newBoundedMap<{ readonly answer: R }>(capacity);
  let last = 0;
  const knownNumberOf = (arg: unknown): number | undefined => {
    if (arg === undefined) return 0;
    return typeof arg === 'string' ? ofTexts.get(arg) : ofOthers.get(JSON.stringify(arg));
  };
  const numberOf = (arg: unknown): number => {
    const known = knownNumberOf(arg);
    if (known !== undefined) return known;
    last += 1;
    if (typeof arg === 'string') ofTexts.set(arg, last, ENTRY_WEIGHT);
    else ofOthers.set(JSON.stringify(arg), last, ENTRY_WEIGHT);
    return last;
  };
  const entryOf = (args: A) => {
    const ofArgs = args.map(knownNumberOf);
    return ofArgs.includes(undefined) ? undefined : answers.get(ofArgs.join(' '));
  };
  const answer = (...args: A): R => {
    const known = entryOf(args);
    if (known !== undefined) return known.answer;
    const computed = compute(...args);
    answers.set(args.map(numberOf).join(' '), { answer: computed }, ENTRY_WEIGHT + weigh(computed));
    return computed;
  };
  return Object.assign(answer, {
    known: (...args: A) => entryOf(args)?.answer,
  });
}
