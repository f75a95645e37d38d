import { Readable } from 'node:stream';

import type { Command } from 'commander';
import { CommanderError } from 'commander';

import type { Streams, Terminal } from '../../src/cli/terminal/streams.ts';
import { expectCsv } from '../support/formats/csv-table.ts';
import { expectJunit } from '../support/formats/junit-report.ts';
import { expectSarif } from '../support/formats/sarif-log.ts';
import { expectResultSchema } from '../support/formats/result-schema.ts';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface World {
  readonly colour?: boolean;
  readonly columns?: number;
  readonly errIsTerminal?: boolean;
  readonly errColumns?: number;
  readonly interruption?: AbortSignal;
  readonly stdin?: readonly (string | Buffer)[];
}

/** Runs a command in this process, in a world that the test holds. Results for programs are held to their schema. */
export async function runIn(
  world: World,
  make: (io: Streams, terminal: Terminal) => Command,
  args: readonly string[],
): Promise<Run> {
  let [code, out, err] = [0, '', ''];
  const { colour = false, columns, errIsTerminal = false, errColumns, stdin = [] } = world;
  const { interruption = new AbortController().signal } = world;
  const io: Streams = {
    stdin: Readable.from(stdin),
    out: (text) => (out += text),
    err: (text) => (err += text),
    setExitCode: (given) => (code = given),
    colour,
  };
  const terminal: Terminal = {
    ...(columns === undefined ? {} : { columns }),
    errIsTerminal,
    ...(errColumns === undefined ? {} : { errColumns }),
    interruption: () => interruption,
  };
  const command = make(io, terminal).exitOverride().configureOutput({ writeOut: io.out, writeErr: io.err });
  try {
    await command.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode;
  }
  if (args.includes('json')) expectResultSchema(out);
  if (args.includes('junit') && out !== '') await expectJunit(out);
  if (args.includes('sarif') && out !== '') expectSarif(out);
  if (args.includes('csv') && out !== '' && !args.includes('--aggregator')) expectCsv(out);
  return { code, out, err };
}
