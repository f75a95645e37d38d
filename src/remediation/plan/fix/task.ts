import type { UnsatisfiedChain } from '../../../chain/verdict.ts';
import type { Control } from '../../../controls/catalog.ts';
import type { Inventory, PartKey } from '../../../inventory/model.ts';
import type { Options } from '../../../parameters/parameters.ts';
import type { Change, ChangeKind, Choices } from '../plan.ts';

/** What a fix is planned from. */
export interface FixTask {
  readonly control: Control;
  /** What is asked of the account, always with `assurance=working`. */
  readonly options: Options;
  readonly choices: Choices;
  /** The account as it will be once the steps so far are done. */
  readonly inventory: Inventory;
  /** The kinds of change that are planned already. No plan makes two of a kind. */
  readonly planned: ReadonlySet<ChangeKind>;
}

/** The plan for one finding. */
export type Fix =
  | { readonly kind: 'changes'; readonly changes: readonly Change[]; readonly note?: string }
  /** Parts that must be read first: names that may be taken, topics that may serve. */
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] }
  /** Something that only the user can answer. */
  | { readonly kind: 'asks'; readonly question: string }
  /** The plan is enough once the subscriber of this topic has confirmed. */
  | { readonly kind: 'unconfirmed'; readonly topicArn: string }
  /** No command fixes this chain. */
  | { readonly kind: 'no-command'; readonly why: string };

/** Plans the fix of one finding of one chain. */
export type PlanFix = (chain: UnsatisfiedChain, task: FixTask) => Fix;

export const changes = (...all: readonly Change[]): Fix => ({ kind: 'changes', changes: all });
export const noCommand = (why: string): Fix => ({ kind: 'no-command', why });
