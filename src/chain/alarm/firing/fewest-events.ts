import type { OutcomesAt } from './threshold.ts';
import { certainlyBreaches } from './threshold.ts';

/** Up to here every number of events is tried. Beyond it a value only grows, so doubling finds where it breaches. */
const TRIED_ONE_BY_ONE = 1000;
const MOST_EVENTS = 2 ** 40;

/** How many events in one period make a datapoint breach. */
export interface FewestEvents {
  /** The fewest events that certainly do; `undefined` if none do. */
  readonly certain?: number;
  /** The fewest events that may do, if that is fewer than certainly do. */
  readonly possible?: number;
}

export function fewestEvents(outcomesAt: OutcomesAt): FewestEvents {
  let possible: number | undefined;
  for (let events = 1; events <= TRIED_ONE_BY_ONE; events += 1) {
    const outcomes = outcomesAt(events);
    if (certainlyBreaches(outcomes)) return { certain: events, ...known(possible) };
    if (outcomes.breaching) possible ??= events;
  }
  let [below, above] = [TRIED_ONE_BY_ONE, TRIED_ONE_BY_ONE * 2];
  while (above <= MOST_EVENTS && !outcomesAt(above).breaching) [below, above] = [above, above * 2];
  if (above > MOST_EVENTS) return known(possible);
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (outcomesAt(middle).breaching) above = middle;
    else below = middle;
  }
  if (certainlyBreaches(outcomesAt(above))) return { certain: above, ...known(possible) };
  return { possible: possible ?? above };
}

function known(possible: number | undefined): FewestEvents {
  return possible === undefined ? {} : { possible };
}
