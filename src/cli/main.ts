import { Command, CommanderError } from 'commander';

import { exitCodes } from './exit-code.ts';
import type { Io } from './io.ts';
import { judgeCommand } from './judge.ts';
import { patternCommand } from './pattern.ts';
import { remediateCommand } from './remediate.ts';

/** A terminal wants colour unless it or its user says no. https://no-color.org */
function wantsColour(): boolean {
  const { NO_COLOR, TERM } = process.env;
  return process.stdout.isTTY && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
}

const io: Io = {
  stdin: process.stdin,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  setExitCode: (code) => {
    process.exitCode = code;
  },
  colour: wantsColour(),
};

// A reader that has seen enough (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.satisfied);
});

const program = new Command('mfa-deactivation-alarm-rule')
  .description("Would somebody hear of it when an IAM user's MFA device is deactivated?")
  .exitOverride()
  .addCommand(judgeCommand(io).exitOverride())
  .addCommand(patternCommand(io).exitOverride())
  .addCommand(remediateCommand(io).exitOverride());

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said what is wrong already, and help asked for is no error.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.satisfied : exitCodes.couldNotRun;
}
