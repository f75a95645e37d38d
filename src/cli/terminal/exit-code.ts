import type { Verdict } from '../../chain/verdict.ts';

/** What a script learns from the exit code. */
export const exitCodes = {
  /** Every account is satisfied; or the samples were shown. */
  satisfied: 0,
  /** The command could not run: bad input, no file, or an account that could not be evaluated. */
  couldNotRun: 1,
  /** At least one account is broken. */
  broken: 2,
  /** None is broken, and at least one is undecided. */
  undecided: 3,
  /** All are satisfied, some of them in an earlier, interrupted run. */
  notEvaluatedNow: 4,
  /** The user interrupted the command: 128 and the number of the signal, as in a shell. */
  interrupted: 130,
  /** The reader of the output ended (`| head`), as if SIGPIPE had ended the program. */
  brokenPipe: 141,
} as const;

/** The verdicts that make a command fail. */
export const failOnChoices = ['broken', 'undecided', 'none'] as const;
export type FailOn = (typeof failOnChoices)[number];

/** One verdict, and whether it counts. */
export interface CountedVerdict {
  readonly verdict: Verdict['kind'];
  /** A result that an exception accepts does not count. */
  readonly isExcepted: boolean;
  readonly isFromEarlierRun: boolean;
}

/**
 * The exit code of several verdicts: broken counts most.
 *
 * @param failOn - `undecided`: broken and undecided fail. `broken`: only broken. `none`: no verdict fails.
 */
export function exitCodeOf(verdicts: readonly CountedVerdict[], failOn: FailOn = 'undecided'): number {
  if (failOn === 'none') return exitCodes.satisfied;
  const counted = verdicts.filter(({ isExcepted }) => !isExcepted);
  if (counted.some(({ verdict }) => verdict === 'broken')) return exitCodes.broken;
  if (failOn === 'broken') return exitCodes.satisfied;
  if (counted.some(({ verdict }) => verdict === 'undecided')) return exitCodes.undecided;
  return verdicts.some(({ isFromEarlierRun }) => isFromEarlierRun) ? exitCodes.notEvaluatedNow : exitCodes.satisfied;
}
