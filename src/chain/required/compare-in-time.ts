import type { Answer, Comparison, Question } from '../../filter-pattern/index.ts';
import { compare, compareTexts, parse, sameUpToOrder } from '../../filter-pattern/index.ts';
import type { Context } from '../base/link.ts';
import { memoize } from './memoize.ts';
import { readPattern } from './premises.ts';

/** What a judgement says of a comparison that there was no time for. */
export const NOT_IN_TIME = 'not compared in time';

type Time = Pick<Context, 'isOver' | 'quick'>;
type Texts = readonly [candidate: string, required: string, premises?: string];

/**
 * In steps of a comparison, as its budget. Of all patterns in use, compared with all controls, one in a hundred needs more. It
 * bounds a comparison to some milliseconds, where the whole budget allows half a second.
 */
const FEW_STEPS = 6000;

const compareFully = memoize(compareTexts);
const compareQuickly = memoize((...[candidate, required, premises]: Texts) =>
  compareTexts(candidate, required, premises, undefined, FEW_STEPS),
);
const comparePatterns = memoize(compare);

/**
 * Compares a text with the required one, if there is time for it. What is known from an earlier turn takes none, and what
 * equals the required text up to order takes hardly any.
 *
 * It is tried in few steps first: what these decide, the whole budget decides in the same way. So whoever may create
 * filters cannot keep a judgement from those that are easy to compare.
 *
 * @returns `undefined` if there was no time
 * @throws Error if the text cannot be read as a pattern
 */
export function compareInTime(time: Time, ...texts: Texts): Comparison | undefined {
  const comparison = compareFully.known(...texts) ?? compareFurther(time, texts);
  if (comparison?.relation !== 'invalid') return comparison;
  throw new Error(`a pattern that was read before is not read: ${texts[0]}`);
}

function compareFurther({ isOver, quick: effort }: Time, texts: Texts) {
  const known = compareQuickly.known(...texts);
  if (known === undefined && isOver() && !isSame(texts)) return undefined;
  const quick = known ?? compareQuickly(...texts);
  if (quick.relation === 'invalid' || isDecided(quick)) return quick;
  return effort !== undefined || isOver() ? undefined : compareFully(...texts);
}

/**
 * Compares patterns with the required one, if there is time for it.
 *
 * @returns `undefined` if there was no time
 */
export function comparePatternsInTime({ isOver }: Pick<Time, 'isOver'>, question: Question): Comparison | undefined {
  return comparePatterns.known(question) ?? (isOver() ? undefined : comparePatterns(question));
}

/** The answer of a comparison that there was no time for. */
export const notInTime: Answer = { kind: 'undecided', reason: NOT_IN_TIME };

function isDecided({ missed, extra, shared }: Comparison): boolean {
  return [missed, extra, shared].every(({ kind }) => kind !== 'undecided');
}

/** In characters: the filters of several log groups are asked about for each control. */
const TEXTS_CAPACITY = 400_000;

const readText = memoize((text: string) => {
  const parsed = parse(text);
  return { pattern: parsed.kind === 'parsed' ? parsed.pattern : undefined };
}, TEXTS_CAPACITY);

function isSame([candidate, required]: Texts): boolean {
  const { pattern } = readText(candidate);
  return pattern !== undefined && sameUpToOrder(pattern, readPattern(required));
}
