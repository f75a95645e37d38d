import { Command, InvalidArgumentError, Option } from 'commander';

import { catalog } from '../../controls/catalog.ts';
import { roleNameField, refused } from '../../parameters/fields.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { parseParameters } from '../../parameters/parameters.ts';
import type { AccountList } from '../sources/account-list.ts';
import { parseAccountList } from '../sources/account-list.ts';
import type { AccountOptions } from '../sources/account-options.ts';
import { accountSource, namesLiveAccount, withAccountOptions } from '../sources/account-options.ts';
import type { Format } from '../run/evaluate-report.ts';
import { outputFormats, outputFormatNames } from '../../report/formats/output-formats.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import { readText } from '../terminal/read-file.ts';
import { chooseRegion } from '../sources/region.ts';
import { CONTROL_HELP_GROUP, RULE_PARAMETERS_NOTE, ruleParameters } from '../sources/rule-options.ts';
import { runEvaluation } from '../run/run-evaluation.ts';
import type { SavedResults } from '../run/saved-results.ts';
import { savedResults } from '../run/saved-results.ts';
import type { Source } from '../sources/sources.ts';
import { fileSource, sampleSources } from '../sources/sources.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';

const formatHelp = outputFormatNames.map((name) => `${name} (${outputFormats[name].meaning})`).join(', ');

const evaluateHelp: HelpText = {
  examples: [
    ['{cli} evaluate', 'the sample accounts, one story each'],
    ['{cli} evaluate account.json', 'a saved inventory of your own'],
    ['{cli} evaluate --profile audit --region eu-west-1', 'a live account; nothing is sent'],
    ["{cli} evaluate --format json account.json | jq '.results[0].evaluations'"],
    ['{cli} evaluate --all-controls --patternMatch covers account.json'],
    ['{cli} evaluate --organization --role-name audit --region us-east-1 --out results', 'many accounts'],
  ],
  notes: [
    'Accounts: `--accounts FILE` has one in a line, its id and then its name; `--organization` asks AWS Organizations. ' +
      'Both enter each account through the role that `--role-name` names. With `--out DIR` the results of each account ' +
      'are kept in a file, and a run that was broken off goes on where it was.',
    RULE_PARAMETERS_NOTE,
    'Exit codes: 0 satisfied (or the samples were shown); 1 could not run, or some account could not be judged; ' +
      `2 broken; 3 undecided; ${COMMON_EXIT_CODES}.`,
  ],
};

/** What commander hands over: our own options, and the rule parameters by their names. */
interface EvaluateOptions extends AccountOptions {
  readonly format: Format;
  readonly allControls?: true;
  readonly accounts?: string;
  readonly organization?: true;
  readonly roleName?: string;
  readonly concurrency: number;
  readonly out?: string;
}

/** The command that judges saved inventories, live accounts, or without any the sample accounts. */
export function evaluateCommand(io: Streams, terminal: Terminal): Command {
  const command = new Command('evaluate')
    .summary('judge saved inventories, live accounts, or the sample accounts')
    .description(
      'Follows the event through each account: trail, log group, metric filter, alarm, topic, subscriber. Prints the ' +
        'chain link by link, what is broken and what mends it, and the rows that AWS Config would get.',
    )
    .argument('[files...]', 'snapshots to judge; none for the sample accounts')
    .addOption(
      new Option('--format <format>', `text for people; for programs ${formatHelp}`)
        .choices(['text', ...outputFormatNames])
        .default('text'),
    )
    .addOption(
      new Option('--all-controls', 'every control of the catalog, on one inventory')
        .conflicts(['control', 'controlId', 'filterPattern'])
        .helpGroup(CONTROL_HELP_GROUP),
    );
  withAccountOptions(command);
  const many = [
    new Option('--accounts <file>', 'a file with one in a line'),
    new Option('--organization', 'those of the organization').conflicts(['accounts']),
    new Option('--role-name <name>', 'the role through which each is entered'),
    new Option('--concurrency <number>', 'how many are read side by side')
      .default(8)
      .argParser(parseWholeNumber(1, 64)),
    new Option('--out <dir>', 'keep the results here, and skip those that are there'),
  ];
  for (const option of many) command.addOption(option.helpGroup('Many accounts:'));
  return addHelp(command, evaluateHelp).action(async (files: readonly string[], given: EvaluateOptions) => {
    try {
      await evaluate(files, given, io, terminal);
    } catch (error) {
      printErrors([messageOf(error)], io);
    }
  });
}

/** Reads a whole number, for commander. */
function parseWholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (number >= from && number <= to) return number;
    throw new InvalidArgumentError(`Allowed is a whole number from ${from} to ${to}.`);
  };
}

async function evaluate(
  files: readonly string[],
  given: EvaluateOptions,
  io: Streams,
  terminal: Terminal,
): Promise<void> {
  const questions = questionsOf(given);
  if (questions.kind === 'invalid') {
    printErrors(questions.problems, io);
    return;
  }
  const [first] = questions.parameters;
  if (given.accounts !== undefined || given.organization === true) {
    await evaluateMany(files, given, questions.parameters, io, terminal);
    return;
  }
  const misplaced = given.out !== undefined ? '--out' : given.roleName !== undefined ? '--role-name' : undefined;
  if (misplaced !== undefined) {
    printErrors([`\`${misplaced}\` goes with \`--accounts\` or \`--organization\``], io);
    return;
  }
  const isSample = files.length === 0 && !namesLiveAccount(given);
  const sources = isSample ? await sampleSources() : await sourcesOf(files, given, first);
  if (typeof sources === 'string') {
    printErrors([sources], io);
    return;
  }
  const { format, concurrency } = given;
  const job = { sources, questions: questions.parameters, format, concurrency, isMany: false };
  const code = await runEvaluation(job, io, terminal);
  const isShown = isSample && code !== exitCodes.couldNotRun && code !== exitCodes.interrupted;
  io.setExitCode(isShown ? exitCodes.satisfied : code);
}

async function sourcesOf(
  files: readonly string[],
  given: EvaluateOptions,
  { options }: Parameters,
): Promise<readonly Source[] | string> {
  if (files.length > 1 && !namesLiveAccount(given)) return files.map(fileSource);
  const source = await accountSource(files[0], given, options);
  return typeof source === 'string' ? source : [source];
}

type ParsedQuestions =
  | { readonly kind: 'asked'; readonly parameters: readonly [Parameters, ...Parameters[]] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** The controls to judge by, each with the same options. */
function questionsOf(given: EvaluateOptions): ParsedQuestions {
  const raw = ruleParameters(given);
  if (raw.kind === 'invalid') return raw;
  const ids = given.allControls === true ? catalog.map(({ id }) => id) : [undefined];
  const parsed = ids.map((id) => parseParameters({ ...raw.values, ...(id === undefined ? {} : { controlId: id }) }));
  const problems = parsed.flatMap((one) => (one.kind === 'invalid' ? one.problems : []));
  const [first, ...others] = parsed.flatMap((one) => (one.kind === 'parsed' ? [one.parameters] : []));
  if (problems.length > 0 || first === undefined) return { kind: 'invalid', problems: [...new Set(problems)] };
  return { kind: 'asked', parameters: [first, ...others] };
}

async function evaluateMany(
  files: readonly string[],
  given: EvaluateOptions,
  questions: readonly [Parameters, ...Parameters[]],
  io: Streams,
  terminal: Terminal,
): Promise<void> {
  const { roleName, format, concurrency, out } = given;
  const from = await chooseRegion(given);
  const roleField = roleNameField('The role that is assumed in each account.');
  const role = roleName === undefined ? undefined : roleField.read(roleName);
  const problems = [
    ...(files.length > 0 ? ['judge either snapshots or accounts, not both'] : []),
    ...(roleName === undefined ? ['many accounts need `--role-name`: the role through which each is entered'] : []),
    ...(role === refused ? [`\`--role-name\` is \`${roleName}\`; allowed is ${roleField.allowed}`] : []),
    ...(from.kind === 'missing' ? [from.problem] : []),
  ];
  if (problems.length > 0 || roleName === undefined || from.kind === 'missing') {
    printErrors(problems, io);
    return;
  }
  const { region } = from;
  // The SDK is loaded only where it is needed.
  const { listedSources, organizationOf } = await import('../sources/live-source.ts');
  const list =
    given.accounts === undefined
      ? ({ kind: 'parsed', accounts: await organizationOf(given, region) } as const)
      : await readAccountList(given.accounts);
  if (list.kind === 'invalid') {
    printErrors(list.problems, io);
    return;
  }
  const [{ options }] = questions;
  const sources = await listedSources(list.accounts, roleName, given, region, options);
  const saved = out === undefined ? {} : { saved: await resultsIn(out, region, questions) };
  const job = { sources, questions, format, concurrency, isMany: true, ...saved };
  io.setExitCode(await runEvaluation(job, io, terminal));
}

async function readAccountList(path: string): Promise<AccountList> {
  const text = await readText(path).catch((error: unknown) => {
    throw new Error(`${path}: ${messageOf(error)}`, { cause: error });
  });
  const list = parseAccountList(text);
  if (list.kind === 'parsed') return list;
  return { ...list, problems: list.problems.map((problem) => `${path}: ${problem}`) };
}

function resultsIn(folder: string, region: string, questions: readonly Parameters[]): Promise<SavedResults> {
  const parameters = questions.map(({ control, options }) => ({
    control: control.id,
    filterPattern: control.filterPattern,
    ...options,
  }));
  return savedResults(folder, { region, parameters });
}
