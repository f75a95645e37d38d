import { Command, Option } from 'commander';

import { openSnapshot } from '../../inventory/snapshot/snapshot-file.ts';
import { outputFormatNames, outputFormats } from '../../report/formats/output-formats.ts';
import type { Result, ResultDocument } from '../../report/result.ts';
import { sanitizeLine } from '../../report/sanitize-line.ts';
import type { Format } from '../run/evaluate-report.ts';
import { rulesText } from '../run/evaluate-report.ts';
import { applyExceptions, readExceptions } from '../run/exceptions.ts';
import { documentIn, documentOfFolder, isFolder, joinDocuments } from '../saved/read-results.ts';
import type { SummaryRow } from '../run/summary.ts';
import { reasonsText, summaryText } from '../run/summary.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import type { FailOn } from '../terminal/exit-code.ts';
import { exitCodeOf, exitCodes, failOnChoices } from '../terminal/exit-code.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';
import { STANDARD_STREAM, fileTitle, readText } from '../terminal/read-file.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { styleOf } from '../terminal/style.ts';

const reportHelp: HelpText = {
  examples: [
    ['{cli} report --format html results > page.html', 'a page of a folder of `evaluate --out`'],
    ['{cli} report --format csv monday.json', 'a table of a result of `evaluate --format json`'],
    ['{cli} report --exceptions exceptions.csv --fail-on broken results', 'in a pipeline'],
  ],
  notes: [
    'Nothing is read from AWS and nothing is evaluated again: the verdicts are those of the saved results. An exception ' +
      'counts to its last day, also one that a saved result holds. Commands that fix a finding are shown where the results ' +
      'were saved with them, by `evaluate --format html` or `--format markdown`.',
    'An account that the saved run did not evaluate is named, on the page as well, and makes the exit code 1.',
    'Exit codes: 0 satisfied; 1 could not run, or an account was not evaluated; 2 broken; 3 undecided; ' +
      `${COMMON_EXIT_CODES}.`,
  ],
};

interface ReportOptions {
  readonly format: Format;
  readonly exceptions?: string;
  readonly failOn: FailOn;
}

/** The command that shows saved results in any format. */
export function reportCommand(io: Streams, terminal: Terminal): Command {
  const formats = outputFormatNames.map((name) => `${name} (${outputFormats[name].meaning})`).join(', ');
  const command = new Command('report')
    .summary('show saved results in any format')
    .description('Shows results that `evaluate` saved, in any of its formats, without evaluating again.')
    .argument('<results...>', 'folders of `evaluate --out`, results of `evaluate --format json`, or `-`')
    .addOption(
      new Option('--format <format>', `text, for people, or ${formats}`)
        .choices(['text', ...outputFormatNames])
        .default('text'),
    )
    .option('--exceptions <file>', 'findings that somebody accepts, each until a date; see docs/exceptions.md')
    .addOption(
      new Option('--fail-on <verdict>', 'which verdicts end with an exit code: broken, undecided (and broken), or none')
        .choices(failOnChoices)
        .default('undecided'),
    );
  return addHelp(command, reportHelp).action(async (paths: readonly string[], given: ReportOptions) => {
    try {
      await report(paths, given, io, terminal);
    } catch (error) {
      printErrors([messageOf(error)], io);
    }
  });
}

async function report(
  paths: readonly string[],
  { format, exceptions: exceptionsFile, failOn }: ReportOptions,
  io: Streams,
  terminal: Terminal,
): Promise<void> {
  if (paths.filter((path) => path === STANDARD_STREAM).length > 1) {
    throw new Error('standard input can be read once only: give `-` once');
  }
  const exceptions = await readExceptions(exceptionsFile, io);
  if (exceptions.kind === 'invalid') {
    printErrors(exceptions.problems, io);
    return;
  }
  const documents: { readonly path: string; readonly document: ResultDocument }[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    try {
      documents.push({ path, document: await documentAt(path, io.stdin) });
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  if (problems.length > 0) {
    printErrors(problems, io);
    return;
  }
  const joined = joinDocuments(documents);
  const now = new Date();
  const { results, notes } = applyExceptions(joined.results, exceptions.entries, now);
  const document = { ...joined, results };
  for (const note of notes) io.err(`note: ${sanitizeLine(note)}\n`);
  if (format === 'text') {
    const style = styleOf(io, terminal);
    io.out(summaryText({ rows: rowsOf(document), notReached: 0, now }, style));
    if (results.some(({ verdict }) => verdict !== 'satisfied')) io.out(`\n${reasonsText(results, style)}`);
    if (results.length > 0) io.out(`\n${rulesText(document, style)}`);
  } else {
    io.out(outputFormats[format].write(document));
  }
  for (const { name, message } of document.failed) io.err(`error: ${sanitizeLine(`${name}: ${message}`)}\n`);
  const code = exitCodeOf(
    results.map(({ verdict, exception }) => ({
      verdict,
      isExcepted: exception !== undefined,
      isFromEarlierRun: false,
    })),
    failOn,
  );
  io.setExitCode(document.failed.length > 0 ? exitCodes.couldNotRun : code);
}

/** @throws Error with a sentence that names the file or the folder */
async function documentAt(path: string, stdin: Streams['stdin']): Promise<ResultDocument> {
  const title = fileTitle(path);
  const document = (await isFolder(path)) ? await documentOfFolder(path) : await documentOfFile(path, title, stdin);
  if (document.results.length === 0 && document.failed.length === 0) throw new Error(`${title}: there are no results`);
  return document;
}

async function documentOfFile(path: string, title: string, stdin: Streams['stdin']): Promise<ResultDocument> {
  const text = await readText(path, stdin);
  let document: ResultDocument | undefined;
  try {
    document = documentIn(text);
  } catch (cause) {
    throw new Error(`${title}: ${messageOf(cause)}`, { cause });
  }
  if (document !== undefined) return document;
  throw new Error(
    isSnapshot(text)
      ? `${title} is a snapshot, which holds no verdicts: \`evaluate\` evaluates it`
      : `${title} does not hold results of \`evaluate --format json\` or \`--out\``,
  );
}

function isSnapshot(text: string): boolean {
  try {
    openSnapshot(text);
    return true;
  } catch {
    return false;
  }
}

/** A row for each account and region, and for each account that was not evaluated. */
function rowsOf({ results, failed }: ResultDocument): readonly SummaryRow[] {
  const accounts = new Map<string, Result[]>();
  for (const result of results) {
    const key = JSON.stringify([result.name, result.accountId, result.region]);
    accounts.set(key, [...(accounts.get(key) ?? []), result]);
  }
  return [
    ...[...accounts.values()].map((own): SummaryRow => ({ kind: 'evaluated', name: own[0]?.name ?? '', results: own })),
    ...failed.map(({ name }): SummaryRow => ({ kind: 'failed', name })),
  ];
}
