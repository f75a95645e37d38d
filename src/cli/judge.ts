import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';

import { Command, Option } from 'commander';

import { assess } from '../assess.ts';
import type { Verdict } from '../chain/verdict.ts';
import { parseSnapshot, snapshotReader } from '../inventory/snapshot-reader.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { parameterTable, parseParameters } from '../parameters/parameters.ts';
import type { ConfigRow } from '../report/config-rows.ts';
import { configRows } from '../report/config-rows.ts';
import type { Style } from '../report/text.ts';
import { noStyle, rowsText, verdictText } from '../report/text.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import type { Io } from './io.ts';

const SAMPLES = fileURLToPath(new URL('../../events/accounts/', import.meta.url));

const EXAMPLES = `
Examples:
  $ npm start                                        the sample accounts, one story each
  $ npm start -- account.json                        a saved inventory of your own
  $ npm run -s cli -- judge --format json account.json | jq '.[0].rows'
  $ npm run -s cli -- judge --patternMatch covers account.json

Exit codes: 0 satisfied (or the samples were shown), 1 could not run, 2 broken, 3 undecided.`;

/** What is known of one file once it has been judged. */
interface Judged {
  readonly story: string;
  readonly verdict: Verdict;
  readonly rows: readonly ConfigRow[];
}

/** The command that judges saved inventories, and without any the sample accounts. */
export function judgeCommand(io: Io): Command {
  const command = new Command('judge')
    .summary('judge saved inventories, or the sample accounts')
    .description(
      'Follows the event through each account: trail, log group, metric filter, alarm, topic, subscriber. Prints the\n' +
        'chain link by link, what is broken and what mends it, and the rows that AWS Config would get.',
    )
    .argument('[files...]', 'snapshots to judge; none for the sample accounts in events/accounts/')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES);
  for (const [name, { allowed, fallback }] of Object.entries(parameterTable)) {
    if (name === 'AssumeRoleMode' || name === 'ExecutionRoleName') continue;
    const preset = fallback === undefined ? '' : ` (default: ${fallback})`;
    command.addOption(new Option(`--${name} <value>`, `rule parameter: ${allowed}${preset}`));
  }
  return command.action(async (files: readonly string[], given: Readonly<Record<string, string>>) => {
    const { format, ...raw } = given;
    const parsed = parseParameters(raw);
    if (parsed.kind === 'invalid') {
      for (const problem of parsed.problems) io.err(`error: ${problem}\n`);
      io.setExitCode(exitCodes.couldNotRun);
      return;
    }
    const paths = files.length > 0 ? files : await sampleFiles();
    const outcome = await judgeFiles(paths, parsed.parameters, io, format === 'json');
    const kinds = outcome.judged.map(({ verdict }) => verdict.kind);
    if (outcome.failed) io.setExitCode(exitCodes.couldNotRun);
    else io.setExitCode(files.length > 0 ? exitCodeOf(kinds) : exitCodes.satisfied);
  });
}

async function sampleFiles(): Promise<readonly string[]> {
  const names = await readdir(SAMPLES);
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(SAMPLES, name));
}

/** Judges file after file; one that cannot be read is told of, and the others are judged all the same. */
async function judgeFiles(paths: readonly string[], parameters: Parameters, io: Io, asJson: boolean) {
  const judged: Judged[] = [];
  let failed = false;
  for (const path of paths) {
    try {
      const one = await judgeFile(path, parameters);
      judged.push(one);
      if (!asJson) io.out(`${textOf(one, io.colour ? coloured : noStyle)}\n\n`);
    } catch (error) {
      failed = true;
      io.err(`error: ${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  if (asJson) io.out(`${JSON.stringify(judged, undefined, 2)}\n`);
  else if (judged.length > 1) io.out(`${summary(judged, io.colour ? coloured : noStyle)}\n`);
  return { judged, failed };
}

async function judgeFile(path: string, parameters: Parameters): Promise<Judged> {
  const snapshot = parseSnapshot(await readFile(path, 'utf8'));
  const { verdict } = await assess(snapshotReader(snapshot), parameters);
  const { accountId, region } = snapshot;
  const rows = configRows(verdict, { accountId, region, options: parameters.options });
  return { story: basename(path, '.json').replace(/^\d+-/, '').replaceAll('-', ' '), verdict, rows };
}

function textOf({ story, verdict, rows }: Judged, style: Style): string {
  const title = `── ${story} ${'─'.repeat(Math.max(0, 74 - story.length))}`;
  return [title, verdictText(verdict, style), '', style.quiet('  rows for AWS Config'), rowsText(rows)].join('\n');
}

function summary(judged: readonly Judged[], style: Style): string {
  const width = Math.max(...judged.map(({ story }) => story.length));
  const words = { satisfied: style.good, broken: style.bad, undecided: style.open };
  const lines = judged.map(({ story, verdict }) => {
    const [nearest] = verdict.chains;
    const reason = nearest.outcome === 'satisfied' ? '' : nearest.finding.code;
    return `  ${story.padEnd(width)}  ${words[verdict.kind](verdict.kind.padEnd(9))}  ${reason}`.trimEnd();
  });
  const count = (kind: Verdict['kind']) => judged.filter(({ verdict }) => verdict.kind === kind).length;
  const total = `${judged.length} accounts: ${count('satisfied')} satisfied, ${count('broken')} broken, ${count('undecided')} undecided`;
  return [...lines, '', total].join('\n');
}

const coloured: Style = {
  good: (text) => styleText('green', text, { validateStream: false }),
  bad: (text) => styleText('red', text, { validateStream: false }),
  open: (text) => styleText('yellow', text, { validateStream: false }),
  quiet: (text) => styleText('dim', text, { validateStream: false }),
};
