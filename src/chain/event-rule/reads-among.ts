import type { Control } from '../../controls/catalog.ts';
import type { Answer, Comparison, Pattern } from '../../filter-pattern/index.ts';
import { compare as compareUncached } from '../../filter-pattern/index.ts';
import { memoize } from '../required/memoize.ts';
import type { Account } from '../required/premises.ts';
import { premisesOf, readPattern } from '../required/premises.ts';

const compare = memoize(compareUncached);

/** Management events that only read. */
const READ_ONLY = '{ $.readOnly IS TRUE && $.eventCategory = "Management" }';
/** Those whose names say so. A rule that is enabled may receive others of them already. */
const NAMED_READS =
  '{ $.readOnly IS TRUE && $.eventCategory = "Management" && ($.eventName = "Get*" || $.eventName = "List*" || $.eventName = "Describe*") }';

/**
 * Whether a rule in the state `ENABLED` misses some of the required events: management events that only read. AWS documents
 * that such a rule may receive some whose names do not begin with `Get`, `List` or `Describe`, so for those it is undecided.
 *
 * @returns an event that is certainly missed, none, or undecided
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
export function readsAmong(control: Control, account: Account): Answer {
  const comparedWith = (candidate: Pattern): Comparison =>
    compare({
      candidates: [candidate],
      required: readPattern(control.filterPattern),
      premises: premisesOf(control, account),
    });
  const reads = comparedWith(readPattern(READ_ONLY)).shared;
  if (reads.kind !== 'event') return reads;
  const named = comparedWith(readPattern(NAMED_READS));
  // Of a pattern of one's own it is known that its events read only where its premises say so of all.
  const isKnown = control.recordedIn !== 'unknown' || named.missed.kind === 'none';
  if (named.shared.kind === 'event' && isKnown) return named.shared;
  return { kind: 'undecided', reason: 'some of the required events may only read' };
}
