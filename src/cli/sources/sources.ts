import type { AlarmStateChange } from '../../inventory/aws/set-alarm-state.ts';
import type { ProcessChecks } from '../../inventory/aws/organization/process-checks.ts';
import type { InventoryReader } from '../../inventory/reader.ts';

/** An account to evaluate: what to call it, and how to read it. */
export interface AccountSource {
  /** Where it comes from, for errors and progress. */
  readonly name: string;
  /** The heading of its results. */
  readonly title: string;
  /** Absent where it is known only once the account is opened. */
  readonly accountId?: string;
  readonly region?: string;
  readonly open: () => Promise<InventoryReader>;
  /** The account before the deployment that the source describes. Absent where nothing is laid over an account. */
  readonly openBefore?: () => Promise<InventoryReader>;
  /** Sets an alarm to a state, for a drill. Absent of a snapshot. */
  readonly setAlarmState?: (change: AlarmStateChange) => Promise<void>;
  /** The process checks of a live account. Absent of a snapshot. */
  readonly processChecks?: () => Promise<ProcessChecks>;
}

/** The accounts that a command line names, or what is wrong with it. */
export type SelectedSources =
  | {
      readonly kind: 'selected';
      readonly sources: readonly [AccountSource, ...AccountSource[]];
      readonly areSamples: boolean;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };
