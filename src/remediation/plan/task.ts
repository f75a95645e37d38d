import type { UnsatisfiedChain } from '../../chain/verdict.ts';
import type { Control } from '../../controls/catalog.ts';
import type { Inventory, PartKey } from '../../inventory/model.ts';
import type { Alarm } from '../../inventory/resources.ts';
import type { Options } from '../../parameters/parameters.ts';
import type { Change, ChangeKind, Wishes } from './plan.ts';

/** What a mend goes by. */
export interface Task {
  readonly control: Control;
  readonly options: Options;
  readonly wishes: Wishes;
  /** The account as it will be once the steps so far are done. */
  readonly inventory: Inventory;
  /** The kinds of change that are planned already. No plan makes two of a kind. */
  readonly planned: ReadonlySet<ChangeKind>;
}

/** What a mend makes of one finding. */
export type Mend =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  /** Parts that must be read first: names that may be taken, topics that may serve. */
  | { readonly kind: 'needs'; readonly keys: readonly PartKey[] }
  /** Something that only who asks can say. */
  | { readonly kind: 'asks'; readonly question: string }
  /** What is planned does, once a person has done something. */
  | { readonly kind: 'left'; readonly topicArn: string; readonly alarm: Alarm }
  /** No command mends this chain. */
  | { readonly kind: 'cannot'; readonly why: string };

/** Mends one finding of one chain. */
export type Mender = (chain: UnsatisfiedChain, task: Task) => Mend;

export const changes = (...all: readonly Change[]): Mend => ({ kind: 'changes', changes: all });
export const cannot = (why: string): Mend => ({ kind: 'cannot', why });
