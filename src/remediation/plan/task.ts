import type { UnsatisfiedChain } from '../../chain/verdict.ts';
import type { Control } from '../../controls/catalog.ts';
import type { Inventory, PartKey } from '../../inventory/model.ts';
import type { Alarm } from '../../inventory/resources.ts';
import type { Options } from '../../parameters/parameters.ts';
import type { Change, ChangeKind, Choices } from './plan.ts';

/** What a fix is planned from. */
export interface Task {
  readonly control: Control;
  readonly options: Options;
  readonly choices: Choices;
  /** The account as it will be once the steps so far are done. */
  readonly inventory: Inventory;
  /** The kinds of change that are planned already. No plan makes two of a kind. */
  readonly planned: ReadonlySet<ChangeKind>;
}

/** The plan for one finding. */
export type Fix =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  /** Parts that must be read first: names that may be taken, topics that may serve. */
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] }
  /** Something that only the user can answer. */
  | { readonly kind: 'asks'; readonly question: string }
  /** The plan is enough once a person has confirmed a subscription. */
  | { readonly kind: 'left'; readonly topicArn: string; readonly alarm: Alarm }
  /** No command fixes this chain. */
  | { readonly kind: 'cannot'; readonly why: string };

/** Plans the fix of one finding of one chain. */
export type PlanFix = (chain: UnsatisfiedChain, task: Task) => Fix;

export const changes = (...all: readonly Change[]): Fix => ({ kind: 'changes', changes: all });
export const noCommand = (why: string): Fix => ({ kind: 'cannot', why });
