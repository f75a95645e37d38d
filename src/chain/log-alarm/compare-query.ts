import type { Answer } from '../../filter-pattern/index.ts';
import { matchesUnderAll } from '../../filter-pattern/index.ts';
import type { LogQuery } from '../../log-query/index.ts';
import { compare, match } from '../../log-query/index.ts';
import { isJsonObject, parseJson } from '../base/json.ts';
import type { Context } from '../base/link.ts';
import { fieldsIn } from '../metric-filter/fields-in.ts';
import { memoize } from '../required/memoize.ts';
import { premisesOf, premisesText, readPattern } from '../required/premises.ts';

const compareTexts = memoize((candidate: LogQuery, required: string, premises: string) =>
  compare({ candidate, required: readPattern(required), premises: readPattern(premises) }),
);

/** What a query counts in comparison with what is required. */
export interface QueryComparison {
  readonly missed: Answer;
  readonly extra: Answer;
  readonly shared: Answer;
  /** Why an answer is undecided. */
  readonly reason?: string;
}

/**
 * Compares what a query counts with the required pattern, under what is true of every required record. What is known from an
 * earlier turn takes no time.
 *
 * @returns `undefined` if there was no time
 */
export function compareQuery(
  candidate: LogQuery,
  { control, inventory, isOver }: Context,
): QueryComparison | undefined {
  const texts = [candidate, control.filterPattern, premisesText(control, inventory)] as const;
  const known = compareTexts.known(...texts);
  return known === undefined && isOver() ? undefined : (known ?? compareTexts(...texts));
}

/**
 * A missed record as a sentence shows it, which has little room: without the fields that only the premises ask for, as long
 * as it is still one that the required pattern matches and the query does not count.
 */
export function shortMissedRecord(event: string, query: LogQuery, { control, inventory }: Context): string {
  const record = parseJson(event);
  const premises = premisesOf(control, inventory);
  if (!isJsonObject(record)) return event;
  const known = fieldsIn(premises);
  const short = JSON.stringify(Object.fromEntries(Object.entries(record).filter(([name]) => !known.has(name))));
  const isRequired = matchesUnderAll(readPattern(control.filterPattern), short).matches === true;
  return isRequired && match(query, short).matches === false ? short : event;
}
