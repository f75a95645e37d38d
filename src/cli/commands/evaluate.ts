import { Command, Option } from 'commander';

import type { Parameters } from '../../parameters/parameters.ts';
import { outputFormatNames, outputFormats } from '../../report/formats/output-formats.ts';
import type { HistoryOptions } from './history-options.ts';
import { HOUR, historyOption, maxGapOption, parseAge } from './history-options.ts';
import { evaluateHistory, historyFormatNames } from '../run/evaluate-history.ts';
import type { Format } from '../run/evaluate-report.ts';
import { readExceptions } from '../run/exceptions.ts';
import type { ChoiceOptions } from '../remediation/remediation-choices.ts';
import { choiceOptions, parseChoices } from '../remediation/remediation-choices.ts';
import { runEvaluation, savedName } from '../run/run-evaluation.ts';
import type { SavedResults } from '../saved/saved-results.ts';
import { openSavedResults } from '../saved/saved-results.ts';
import {
  LIVE_ACCOUNT_NOTE,
  withDeclaredFileOptions,
  withLiveOptions,
  withManyAccountsOptions,
} from '../sources/account-options.ts';
import type { ControlOptions } from '../sources/parameter-sets.ts';
import { allControlsOption, parseParameterSets } from '../sources/parameter-sets.ts';
import { RULE_PARAMETERS_NOTE, withRuleOptions } from '../sources/rule-options.ts';
import type { SourceOptions } from '../sources/select-sources.ts';
import { namesManyAccounts, selectSources } from '../sources/select-sources.ts';
import type { AccountSource } from '../sources/sources.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import type { FailOn } from '../terminal/exit-code.ts';
import { exitCodes, failOnChoices } from '../terminal/exit-code.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';

const evaluateHelp: HelpText = {
  examples: [
    ['{cli} evaluate --samples', 'the sample accounts'],
    ['{cli} evaluate account.json', 'a snapshot of an account'],
    ['{cli} evaluate --profile audit --region eu-west-1', 'a live account; nothing is changed'],
    ["{cli} evaluate --format json account.json | jq '.results[0].evaluations'"],
    ['{cli} evaluate --all-controls --pattern-match covers account.json'],
    ['{cli} evaluate --organization --role-name audit --region us-east-1 --out results', 'many accounts'],
    ['{cli} evaluate plan.json', 'a Terraform plan, as `terraform show -json` prints it'],
    ['{cli} evaluate --region eu-west-1 --parameters Email=oncall@example.com template.yaml'],
    ['{cli} evaluate --history snapshots', 'from when to when the control held, from a folder of daily snapshots'],
    ['{cli} evaluate --exceptions exceptions.csv --fail-on broken --format junit snapshots/', 'in a pipeline'],
  ],
  notes: [
    LIVE_ACCOUNT_NOTE,
    'Many accounts: `--accounts` and `--organization` assume the role of `--role-name` in each account. `--out` keeps ' +
      'the results of each account in a file. After an interruption, the same command continues the run; a run that was ' +
      'completed is not continued.',
    RULE_PARAMETERS_NOTE,
    'Exit codes: 0 satisfied (or the samples were shown); 1 could not run, or an account could not be evaluated; ' +
      '2 broken; 3 undecided; 4 satisfied, but some results are from an earlier run; ' +
      `${COMMON_EXIT_CODES}.`,
  ],
};

/** What commander hands over: the options of this command, and the rule parameters by their names. */
interface EvaluateOptions extends HistoryOptions, SourceOptions, ControlOptions, ChoiceOptions {
  readonly format: Format;
  readonly allControls?: true;
  readonly concurrency: number;
  readonly out?: string;
  readonly maxAge: number;
  readonly refresh?: true;
  readonly exceptions?: string;
  readonly failOn: FailOn;
  readonly quiet?: true;
}

/** The command that evaluates snapshots, live accounts, or the sample accounts. */
export function evaluateCommand(io: Streams, terminal: Terminal): Command {
  const formats = outputFormatNames.map((name) => `${name} (${outputFormats[name].meaning})`).join(', ');
  const command = new Command('evaluate')
    .summary('evaluate snapshots, live accounts, or the sample accounts')
    .description(
      'Follows the event through each account: trail, log group, metric filter, alarm, topic, subscriber. Prints the ' +
        'chain link by link, what is broken, how to fix it, and the evaluations that AWS Config would get.',
    )
    .argument(
      '[snapshots...]',
      'snapshots, Terraform plans in JSON, or CloudFormation templates: files, folders of them, or `-` for standard input',
    )
    .option('--samples', 'evaluate the sample accounts, if nothing else is named')
    .addOption(
      new Option('--format <format>', `text, for people, or ${formats}`)
        .choices(['text', ...outputFormatNames])
        .default('text'),
    )
    .addOption(
      new Option('--fail-on <verdict>', 'which verdicts end with an exit code: broken, undecided (and broken), or none')
        .choices(failOnChoices)
        .default('undecided'),
    )
    .option('--exceptions <file>', 'findings that somebody accepts, each until a date; see docs/exceptions.md')
    .option('--quiet', 'print the summary and errors only')
    .addOption(historyOption())
    .addOption(maxGapOption())
    .addOption(allControlsOption());
  withDeclaredFileOptions(withManyAccountsOptions(withLiveOptions(command, true)));
  const saving = [
    new Option('--out <dir>', 'keep the results here, so that an interrupted run can be continued'),
    new Option('--max-age <age>', 'how old a result of the interrupted run may be, such as 90m, 24h or 7d')
      .default(24 * HOUR, '24h')
      .argParser(parseAge),
    new Option('--refresh', 'evaluate every account now, whatever an interrupted run left'),
  ];
  for (const option of saving) command.addOption(option.helpGroup('Many accounts:'));
  for (const option of choiceOptions()) command.addOption(option.helpGroup(REMEDIATION_GROUP));
  withRuleOptions(command);
  return addHelp(command, evaluateHelp).action(async (paths: readonly string[], given: EvaluateOptions) => {
    try {
      await evaluate(paths, given, io, terminal);
    } catch (error) {
      printErrors([messageOf(error)], io);
    }
  });
}

async function evaluate(
  paths: readonly string[],
  given: EvaluateOptions,
  io: Streams,
  terminal: Terminal,
): Promise<void> {
  const parsed = parseParameterSets(given);
  const isMany = namesManyAccounts(given);
  const onlyMany = [
    ...(given.out !== undefined && !isMany ? ['`--out` goes with `--accounts` or `--organization`'] : []),
    ...(hasChoices(given) && !showsRemediation(given.format) ? [CHOICES_PROBLEM] : []),
    ...(given.refresh === true && given.out === undefined ? ['`--refresh` goes with `--out`'] : []),
  ];
  const { choices, problems: choiceProblems } = parseChoices(given);
  const problems = [...(parsed.kind === 'invalid' ? parsed.problems : []), ...onlyMany, ...choiceProblems];
  if (parsed.kind === 'invalid' || problems.length > 0) {
    printErrors(problems, io);
    return;
  }
  const exceptions = await readExceptions(given.exceptions, io);
  if (exceptions.kind === 'invalid') {
    printErrors(exceptions.problems, io);
    return;
  }
  const { parameterSets } = parsed;
  const { history, maxGap, format: asked } = given;
  if (history !== undefined) {
    if (paths.length > 0 || !historyFormatNames.includes(asked)) {
      printErrors([`\`--history\` takes one folder, and prints ${historyFormatNames.join(', ')}`], io);
      return;
    }
    const width = terminal.columns === undefined ? {} : { columns: terminal.columns };
    const { failOn } = given;
    const run = { folder: history, parameterSets, format: asked, maxGap, failOn, ...width, now: () => new Date() };
    io.setExitCode(await evaluateHistory(run, io));
    return;
  }
  const selected = await selectSources(paths, given, parameterSets[0].options, io);
  if (selected.kind === 'invalid') {
    printErrors(selected.problems, io);
    return;
  }
  const { sources, areSamples } = selected;
  const { format, concurrency, failOn, quiet, out } = given;
  if (areSamples && format !== 'text' && !outputFormats[format].isForPeople) {
    printErrors([`the samples are for people: \`--samples\` does not go with \`--format ${format}\``], io);
    return;
  }
  const saved = out === undefined ? {} : { saved: await savedResultsIn(out, given, sources, parameterSets) };
  const run = {
    ...{ sources, parameterSets, format, choices, concurrency, isMany, failOn, ...saved },
    isQuiet: quiet === true,
    exceptions: exceptions.entries,
    now: () => new Date(),
  };
  const code = await runEvaluation(run, io, terminal);
  const areShown = areSamples && code !== exitCodes.couldNotRun && code !== exitCodes.interrupted;
  io.setExitCode(areShown ? exitCodes.satisfied : code);
}

const REMEDIATION_GROUP = 'The remediation of a page or of Markdown:';
const CHOICES_PROBLEM =
  '`--email`, `--topic-arn` and `--retention-days` go with `--format html` or `--format markdown`, which show a remediation';

function hasChoices({ email, topicArn, retentionDays }: ChoiceOptions): boolean {
  return [email, topicArn, retentionDays].some((given) => given !== undefined);
}

function showsRemediation(format: Format): boolean {
  return format !== 'text' && outputFormats[format].remediations > 0;
}

function savedResultsIn(
  folder: string,
  { maxAge, refresh = false }: { readonly maxAge: number; readonly refresh?: boolean },
  sources: readonly AccountSource[],
  parameterSets: readonly Parameters[],
): Promise<SavedResults> {
  const parameters = parameterSets.map(({ control, options }) => ({
    control: control.id,
    filterPattern: control.filterPattern,
    ...options,
  }));
  const regions = [...new Set(sources.map(({ region }) => region))];
  const accounts = sources.map(savedName);
  return openSavedResults(folder, {
    settings: { parameters, regions },
    accounts,
    maxAge,
    refresh,
    now: () => new Date(),
  });
}
