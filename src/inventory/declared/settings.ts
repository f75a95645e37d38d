import type { Inventory } from '../model.ts';

/** A stack that is not there yet, or the templates that are deployed, in the order of those that will be. */
export type StackBefore =
  | { readonly kind: 'new' }
  | { readonly kind: 'deployed'; readonly files: readonly { readonly text: string; readonly file: string }[] };

/** What a file may not say, and whoever evaluates it may. */
export interface DeclarationSettings {
  /** Twelve digits. */
  readonly accountId?: string;
  readonly region?: string;
  /** Values of a template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What the stack of templates is before their deployment, which decides what the deployment deletes. */
  readonly stack?: StackBefore;
  /** The account that the file is laid over. It gives the account and the region that the file does not say. */
  readonly onto?: Inventory;
  /** What the file is called, for places in it. */
  readonly file?: string;
  /** The time of reading, for a file that says none. ISO 8601. */
  readonly now: string;
}

/** The account id in results where neither the file nor its user says one. */
export const PLACEHOLDER_ACCOUNT = '000000000000';
