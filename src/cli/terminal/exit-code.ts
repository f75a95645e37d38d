import type { Verdict } from '../../chain/verdict.ts';

/** What a script can tell from the exit code. */
export const exitCodes = {
  /** Every question was answered yes; or the samples were shown. */
  satisfied: 0,
  /** The command could not run: bad input, no file. */
  couldNotRun: 1,
  /** An answer is a certain no. */
  broken: 2,
  /** Nothing is certainly wrong, and something cannot be told. */
  undecided: 3,
  /** The user wanted out: 128 and the number of the signal, as shells have it. */
  interrupted: 130,
  /** Whoever read the output has gone (`| head`), as of a program that SIGPIPE ends: nothing was answered. */
  brokenPipe: 141,
} as const;

/** The exit code of several verdicts: a certain break counts most. */
export function exitCodeOf(kinds: readonly Verdict['kind'][]): number {
  if (kinds.includes('broken')) return exitCodes.broken;
  return kinds.includes('undecided') ? exitCodes.undecided : exitCodes.satisfied;
}
