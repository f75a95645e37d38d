/** What the command line touches of the world, so that a test can hold it. */
export interface Io {
  readonly stdin: AsyncIterable<string | Buffer>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly setExitCode: (code: number) => void;
  /** Whether standard output is a terminal that wants colour. */
  readonly colour: boolean;
}
