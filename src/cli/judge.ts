import { styleText } from 'node:util';

import { Command, Option } from 'commander';

import { assess } from '../assess.ts';
import type { Verdict } from '../chain/verdict.ts';
import type { Parameters } from '../parameters/parameters.ts';
import { parameterTable, parseParameters } from '../parameters/parameters.ts';
import type { ConfigRow } from '../report/config-rows.ts';
import { configRows } from '../report/config-rows.ts';
import type { Style } from '../report/text.ts';
import { noStyle, rowsText, verdictText } from '../report/text.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import type { Io } from './io.ts';
import type { LiveOptions } from './live-source.ts';
import type { Source } from './sources.ts';
import { fileSource, sampleSources } from './sources.ts';

const EXAMPLES = `
Examples:
  $ npm start                                        the sample accounts, one story each
  $ npm start -- account.json                        a saved inventory of your own
  $ npm start -- --profile audit --region eu-west-1    a live account; nothing is sent
  $ npm run -s cli -- judge --format json account.json | jq '.[0].rows'
  $ npm run -s cli -- judge --patternMatch covers account.json

Exit codes: 0 satisfied (or the samples were shown), 1 could not run, 2 broken, 3 undecided.`;

/** What is known of one file once it has been judged. */
interface Judged {
  readonly story: string;
  readonly verdict: Verdict;
  readonly rows: readonly ConfigRow[];
}

/** What commander hands over: our own options, and the rule parameters by their names. */
interface Given extends LiveOptions {
  readonly format: 'text' | 'json';
  readonly region?: string;
}

/** The command that judges saved inventories, a live account, or without any the sample accounts. */
export function judgeCommand(io: Io): Command {
  const command = new Command('judge')
    .summary('judge saved inventories, a live account, or the sample accounts')
    .description(
      'Follows the event through each account: trail, log group, metric filter, alarm, topic, subscriber. Prints the\n' +
        'chain link by link, what is broken and what mends it, and the rows that AWS Config would get.',
    )
    .argument('[files...]', 'snapshots to judge; none for the sample accounts in events/accounts/')
    .addOption(new Option('--profile <name>', 'judge the live account of a profile of the AWS CLI'))
    .addOption(new Option('--region <region>', 'the region to judge a live account from').env('AWS_REGION'))
    .addOption(new Option('--endpoint-url <url>', 'where a live account is, if not at AWS (an emulator)'))
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES);
  for (const [name, { allowed, fallback }] of Object.entries(parameterTable)) {
    if (name === 'AssumeRoleMode' || name === 'ExecutionRoleName') continue;
    const preset = fallback === undefined ? '' : ` (default: ${fallback})`;
    command.addOption(new Option(`--${name} <value>`, `rule parameter: ${allowed}${preset}`));
  }
  return command.action(async (files: readonly string[], given: Given) => {
    const { format, profile, region, endpointUrl, ...raw } = given;
    const parsed = parseParameters(raw);
    if (parsed.kind === 'invalid') {
      refuse(parsed.problems, io);
      return;
    }
    const { parameters } = parsed;
    // A region in the environment is no wish to judge a live account; one on the command line is.
    const regionAsked = command.getOptionValueSource('region') === 'cli';
    const isLive = profile !== undefined || endpointUrl !== undefined || regionAsked;
    if (isLive && files.length > 0) {
      refuse(['judge either files or a live account, not both'], io);
    } else if (isLive && !region) {
      refuse(['a live account needs a region: give `--region`, or set AWS_REGION'], io);
    } else if (isLive && region) {
      // The SDK is loaded only where it is needed: the samples are judged without it.
      const { liveSource } = await import('./live-source.ts');
      const source = liveSource({ profile, endpointUrl }, region, parameters.options);
      io.setExitCode(await judgeAll([source], parameters, io, format));
    } else if (files.length > 0) {
      io.setExitCode(await judgeAll(files.map(fileSource), parameters, io, format));
    } else {
      const shown = await judgeAll(await sampleSources(), parameters, io, format);
      io.setExitCode(shown === exitCodes.couldNotRun ? shown : exitCodes.satisfied);
    }
  });
}

function refuse(problems: readonly string[], io: Io): void {
  for (const problem of problems) io.err(`error: ${problem}\n`);
  io.setExitCode(exitCodes.couldNotRun);
}

/**
 * Judges one after the other; what cannot be read is told of, and the others are judged all the same.
 *
 * @returns the exit code of all together
 */
async function judgeAll(
  sources: readonly Source[],
  parameters: Parameters,
  io: Io,
  format: Given['format'],
): Promise<number> {
  const judged: Judged[] = [];
  let failed = false;
  for (const source of sources) {
    try {
      const one = await judgeOne(source, parameters);
      judged.push(one);
      if (format === 'text') io.out(`${textOf(one, io.colour ? coloured : noStyle)}\n\n`);
    } catch (error) {
      failed = true;
      io.err(`error: ${source.name}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  if (format === 'json') io.out(`${JSON.stringify(judged, undefined, 2)}\n`);
  else if (judged.length > 1) io.out(`${summary(judged, io.colour ? coloured : noStyle)}\n`);
  return failed ? exitCodes.couldNotRun : exitCodeOf(judged.map(({ verdict }) => verdict.kind));
}

async function judgeOne({ story, open }: Source, parameters: Parameters): Promise<Judged> {
  const { verdict, inventory } = await assess(await open(), parameters);
  const { accountId, region } = inventory;
  return { story, verdict, rows: configRows(verdict, { accountId, region, options: parameters.options }) };
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
