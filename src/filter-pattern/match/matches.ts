import type { Reading } from '../ambiguities/ambiguities.ts';
import { delimitedTrial } from './match-delimited.ts';
import { jsonTrial } from './match-json.ts';
import { termsTrial } from './match-terms.ts';
import type { Pattern } from '../syntax/pattern.ts';
import { SETTLED_READINGS } from '../ambiguities/settlements.ts';
import { holds, holdsUnderAll, type Match, type Trial } from './match-tree.ts';

/** Whether the pattern matches the event, a raw message, under one reading of the open corners. */
export function matches(pattern: Pattern, event: string, reading: Reading): boolean {
  return holds(trialOf(pattern, event), (corner) => reading[corner]);
}

/**
 * The same under all readings together: certain only if every reading gives the same answer.
 *
 * @param settled - the corners that are open no longer
 */
export function matchesUnderAll(pattern: Pattern, event: string, settled: Partial<Reading> = SETTLED_READINGS): Match {
  return holdsUnderAll(trialOf(pattern, event), settled);
}

function trialOf(pattern: Pattern, event: string): Trial {
  switch (pattern.kind) {
    case 'json':
      return jsonTrial(pattern, event);
    case 'terms':
      return termsTrial(pattern, event);
    case 'delimited':
      return delimitedTrial(pattern, event);
    case 'everything':
      return { kind: 'and', operands: [] };
  }
}
