import type { Comparison } from '../../filter-pattern/index.ts';
import type { LogQuery } from '../../log-query/index.ts';
import { compare, match } from '../../log-query/index.ts';
import type { Context } from '../base/link.ts';
import { shortenRecord } from '../metric-filter/example-event.ts';
import { memoize } from '../required/memoize.ts';
import { premisesOf, premisesText, readPattern } from '../required/premises.ts';

const compareTexts = memoize((candidate: LogQuery, required: string, premises: string) =>
  compare({ candidate, required: readPattern(required), premises: readPattern(premises) }),
);

/**
 * Compares what a query counts with the required pattern, under what is true of every required record. What is known from an
 * earlier turn takes no time.
 *
 * @returns `undefined` if there was no time
 */
export function compareQuery(
  candidate: LogQuery,
  { control, inventory, isOver }: Context,
): Pick<Comparison, 'missed' | 'extra' | 'shared'> | undefined {
  const texts = [candidate, control.filterPattern, premisesText(control, inventory)] as const;
  return compareTexts.known(...texts) ?? (isOver() ? undefined : compareTexts(...texts));
}

/** A missed record as a sentence shows it, which has little room: see {@link shortenRecord}. */
export function shortMissedRecord(event: string, query: LogQuery, { control, inventory }: Context): string {
  const isMissed = (short: string) => match(query, short).matches === false;
  return shortenRecord(event, readPattern(control.filterPattern), premisesOf(control, inventory), isMissed);
}
