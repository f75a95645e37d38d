/** Where a plan or a template declares a thing. */
export interface Place {
  /** The resource address of Terraform, or the logical id of CloudFormation. */
  readonly address: string;
  /** The file, as it was named; absent where the format does not say in which file the thing is written. */
  readonly file?: string;
  /** The line in the file, from 1. */
  readonly line?: number;
}
