import type { Reading } from './corners.ts';
import { jsonTrial } from './match-json.ts';
import type { Pattern } from './pattern.ts';
import { holds, holdsUnderAll, type Match } from './trial.ts';

/** Whether the pattern matches the event, a raw message, under one reading of the open corners. */
export function matches(pattern: Pattern, event: string, reading: Reading): boolean {
  return holds(jsonTrial(pattern, event), (corner) => reading[corner]);
}

/** The same under all readings together: certain only if every reading gives the same answer. */
export function matchesUnderAll(pattern: Pattern, event: string): Match {
  return holdsUnderAll(jsonTrial(pattern, event));
}
