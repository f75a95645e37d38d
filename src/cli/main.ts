#!/usr/bin/env node
import { CommanderError } from 'commander';

import { exitCodes } from './terminal/exit-code.ts';
import type { Streams, Terminal } from './terminal/streams.ts';
import { messageOf, printErrors } from './terminal/errors.ts';
import { buildProgram } from './program.ts';
import { describeSystemError } from './terminal/write-file.ts';

/** A terminal wants colour unless it or its user says no. https://no-color.org */
function wantsColour(): boolean {
  const { NO_COLOR, TERM } = process.env;
  return process.stdout.isTTY && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
}

// The SDK warns of its next releases on Node 20. Whoever runs a packed version cannot change either of them.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const io: Streams = {
  stdin: process.stdin,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  setExitCode: (code) => {
    process.exitCode = code;
  },
  colour: wantsColour(),
};

const terminal: Terminal = {
  ...(process.stdout.isTTY ? { columns: process.stdout.columns } : {}),
  errIsTerminal: process.stderr.isTTY,
  ...(process.stderr.isTTY ? { errColumns: process.stderr.columns } : {}),
  interruption: () => {
    const controller = new AbortController();
    // Only the first Ctrl-C is ours: a second one ends the process at once.
    process.once('SIGINT', () => {
      controller.abort();
    });
    return controller.signal;
  },
};

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closed the pipe (`| head`) gets no message, and no script may take that for an answer.
    if (error.code === 'EPIPE') process.exit(exitCodes.brokenPipe);
    if (stream === process.stdout) io.err(`error: the output cannot be written: ${describeSystemError(error)}\n`);
    process.exit(exitCodes.couldNotRun);
  });
}

try {
  await buildProgram(io, terminal).parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong already, and help asked for is no error.
    process.exitCode = error.exitCode === 0 ? exitCodes.satisfied : exitCodes.couldNotRun;
  } else {
    printErrors([messageOf(error)], io);
  }
}
// Requests that are under way would hold the process for as long as they take, and nobody waits for them any more.
if (process.exitCode === exitCodes.interrupted) process.stdout.write('', () => process.exit());
