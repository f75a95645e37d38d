import type { Corner, Reading } from './corners.ts';
import type { Pattern } from './pattern.ts';

export type Trivalent = true | false | 'undecided';

export interface Match {
  readonly matches: Trivalent;
  /** The open corner on which an undecided answer rests. */
  readonly corner?: Corner;
}

/** Whether the pattern matches the event, a raw message, under one reading of the open corners. */
export function matches(pattern: Pattern, event: string, reading: Reading): boolean {
  throw new Error('not built yet', { cause: { pattern, event, reading } });
}

/** The same under all readings together. */
export function matchesUnderAll(pattern: Pattern, event: string): Match {
  throw new Error('not built yet', { cause: { pattern, event } });
}
