import type { Timing } from './timing.ts';

/** What matching events do to an alarm on a filter's metric. */
export type Firing =
  | ({
      readonly kind: 'fires';
      /** The number of matching events that certainly suffice. */
      readonly events: number;
    } & Timing)
  /** No number of events takes the alarm to ALARM. */
  | { readonly kind: 'never'; readonly why: string }
  /** The alarm is in ALARM while nothing happens, so nothing can take it there. */
  | { readonly kind: 'rests-in-alarm'; readonly why: string }
  /** The alarm goes into ALARM once, and then nothing takes it out of ALARM. */
  | { readonly kind: 'stays-in-alarm'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string };

export function undecided(why: string): Firing {
  return { kind: 'undecided', why };
}
