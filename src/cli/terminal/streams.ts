/** What the command line touches of the world, so that a test can hold it. */
export interface Streams {
  readonly stdin: AsyncIterable<string | Buffer>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly setExitCode: (code: number) => void;
  /** Whether standard output is a terminal that wants colour. */
  readonly colour: boolean;
}

/** What is known of who sits before it. */
export interface Terminal {
  /** The width of standard output, in columns; absent where it is no terminal, and nothing is to be broken. */
  readonly columns?: number;
  /** Whether standard error is a terminal, on which a line can be drawn over. */
  readonly errIsTerminal: boolean;
  /** The width of standard error, likewise. */
  readonly errColumns?: number;
  /** Aborts when the user wants out (Ctrl-C). Until it is asked for, Ctrl-C ends the process as ever. */
  readonly interruption: () => AbortSignal;
}
