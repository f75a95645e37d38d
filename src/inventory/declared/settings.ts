/** What a file may not say, and whoever evaluates it may. */
export interface DeclarationSettings {
  /** Twelve digits. */
  readonly accountId?: string;
  readonly region?: string;
  /** Values of a template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The account that the file is laid over. It gives the account and the region that the file does not say. */
  readonly onto?: { readonly accountId: string; readonly region: string };
  /** What the file is called, for places in it. */
  readonly file?: string;
  /** The time of reading, for a file that says none. ISO 8601. */
  readonly now: string;
}

/** The account id in results where neither the file nor its user says one. */
export const PLACEHOLDER_ACCOUNT = '000000000000';
