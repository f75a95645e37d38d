import type { Selector } from '../event/selector.ts';
import type { Formula } from './formula.ts';

/**
 * What something that is not a pattern of the searched language asks of an event. What it leaves open stays open: no
 * interpretation of that language settles it.
 */
export interface Statement {
  readonly kind: 'statement';
  /** The paths that it looks at. */
  readonly selectors: readonly Selector[];
  /**
   * What has to hold of an event so that it is true, or false if it is not `wanted`. `every`: for certain. `some`: as far
   * as can be known.
   */
  readonly formula: (wanted: boolean, unknown: 'every' | 'some', readings: Readings) => Formula;
  /** Whether it is true of an event, by means other than the formula. */
  readonly holds: (event: string, readings: Readings) => StatementAnswer;
}

/** How doubts are taken, by their names. All statements of a question take a doubt in the same way. */
export type Readings = Readonly<Record<string, string>>;

export const NO_READINGS: Readings = {};

export interface StatementAnswer {
  readonly matches: boolean | 'undecided';
  /** What an undecided answer depends on. */
  readonly reason?: string;
  /** The name of that, and all ways to take it. Without, the doubt cannot be taken apart. */
  readonly doubt?: { readonly name: string; readonly readings: readonly string[] };
}
