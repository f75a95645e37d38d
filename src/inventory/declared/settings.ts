/** What a file may not say, and whoever evaluates it may. */
export interface DeclarationSettings {
  /** Twelve digits. */
  readonly accountId?: string;
  readonly region?: string;
  /** Values of a template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The time of reading, for a file that says none. ISO 8601. */
  readonly now: string;
}

/** The account id in results where neither the file nor its user says one. */
export const PLACEHOLDER_ACCOUNT = '000000000000';
