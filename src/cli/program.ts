import { Command } from 'commander';

import manifest from '../../package.json' with { type: 'json' };
import { controlsCommand } from './commands/controls.ts';
import { diffCommand } from './commands/diff.ts';
import { drillCommand } from './commands/drill.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { explainCommand } from './commands/explain.ts';
import { feedProcessChecksCommand } from './commands/feed-process-checks.ts';
import { organizationCommand } from './commands/organization.ts';
import type { Streams, Terminal } from './terminal/streams.ts';
import { patternCommand } from './pattern/pattern.ts';
import { remediateCommand } from './commands/remediate.ts';
import { reportCommand } from './commands/report.ts';
import { snapshotCommand } from './commands/snapshot.ts';
import type { HelpText } from './terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from './terminal/help.ts';

const programHelp: HelpText = {
  examples: [
    ['{cli} evaluate --samples', 'evaluate the sample accounts'],
    ['{cli} evaluate --profile audit --region eu-west-1', 'evaluate a live account; nothing is changed'],
    ['{cli} remediate --email oncall@example.com account.json', 'print what fixes a saved account'],
    ['{cli} evaluate --help', 'more of one command, with its options'],
  ],
  notes: [`Exit codes: 0 satisfied, or done; 1 could not run; 2 broken; 3 undecided; ${COMMON_EXIT_CODES}.`],
};

/** The whole program: every command, in a world that a test can hold. What commander ends with is thrown. */
export function buildProgram(io: Streams, terminal: Terminal): Command {
  const commands = [
    evaluateCommand(io, terminal),
    snapshotCommand(io),
    explainCommand(io, terminal),
    controlsCommand(io, terminal),
    patternCommand(io, terminal),
    remediateCommand(io, terminal),
    drillCommand(io, terminal),
    reportCommand(io, terminal),
    diffCommand(io, terminal),
    organizationCommand(io, terminal),
    feedProcessChecksCommand(io, terminal),
  ];
  const program = addHelp(new Command(manifest.name), programHelp)
    .version(manifest.version)
    .description(
      "Reports whether a person is notified when an IAM user's MFA device is deactivated in an AWS account.",
    );
  for (const command of commands) program.addCommand(command);
  return makeTestable(program, io);
}

/** Lets a command, and those under it, throw where commander would end the process, and write where the world is held. */
function makeTestable(command: Command, io: Streams): Command {
  for (const subcommand of command.commands) makeTestable(subcommand, io);
  return command.exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
}
