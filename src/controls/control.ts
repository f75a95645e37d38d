/** What must be watched. */
export interface Control {
  readonly id: string;
  readonly title: string;
  /** The required filter pattern, in the language of CloudWatch Logs. */
  readonly filterPattern: string;
  /** A pattern that every required event also satisfies, for a reason that stands in `references`. */
  readonly premises?: string;
  /** Whether the events come from a global service, which CloudTrail records in one region of a partition. */
  readonly isGlobal: boolean;
  /** Where the control and its premises are written down. */
  readonly references: readonly string[];
}
