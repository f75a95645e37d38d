import { sanitizeLine } from '../../report/sanitize-line.ts';
import { exitCodes } from './exit-code.ts';
import type { Streams } from './streams.ts';

/** Tells why a command could not run, a line for each problem. */
export function printErrors(problems: readonly string[], io: Streams): void {
  for (const problem of problems) io.err(`error: ${sanitizeLine(problem)}\n`);
  io.setExitCode(exitCodes.couldNotRun);
}

/** What an error says, without its stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The names under which AWS and the SDK say that credentials are over. Nothing after that can go well.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
const expiredCredentialsNames = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'CredentialsProviderError',
]);

/** Whether an error, or what caused it, is that the credentials ran out. */
export function haveCredentialsExpired(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return expiredCredentialsNames.has(error.name) || haveCredentialsExpired(error.cause);
}
