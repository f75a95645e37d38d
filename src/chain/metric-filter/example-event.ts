import type { JsonPattern, Pattern } from '../../filter-pattern/index.ts';
import { matchesUnderAll } from '../../filter-pattern/index.ts';
import { fieldsIn } from './fields-in.ts';

/**
 * A missed event as a sentence shows it, which has little room: without the fields that only the premises ask for,
 * as long as it is still one that the required pattern matches and no candidate does.
 *
 * @param event - the event as JSON text, one that satisfies the premises too
 * @returns JSON text, the event itself where it has to be whole
 */
export function shortenMissed(
  event: string,
  required: Pattern,
  candidates: readonly Pattern[],
  premises: JsonPattern,
): string {
  const isMissed = (short: string) =>
    candidates.every((candidate) => matchesUnderAll(candidate, short).matches === false);
  return shortenRecord(event, required, premises, isMissed);
}

/**
 * The same for whatever misses events.
 *
 * @param isMissed - whether an event, as JSON text, is certainly missed
 */
export function shortenRecord(
  event: string,
  required: Pattern,
  premises: JsonPattern,
  isMissed: (event: string) => boolean,
): string {
  const known = fieldsIn(premises);
  const fields = Object.entries(JSON.parse(event) as Readonly<Record<string, unknown>>);
  const short = JSON.stringify(Object.fromEntries(fields.filter(([name]) => !known.has(name))));
  return matchesUnderAll(required, short).matches === true && isMissed(short) ? short : event;
}
