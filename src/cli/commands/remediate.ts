import { Command, Option } from 'commander';

import type { Parameters } from '../../parameters/parameters.ts';
import { routeNames } from '../../parameters/routes.ts';
import { printRemediation, worstOf, writeRemediation } from '../remediation/print-remediation.ts';
import type { PlannedControl } from '../remediation/plan-for-source.ts';
import { planForSource } from '../remediation/plan-for-source.ts';
import type { ChoiceOptions } from '../remediation/remediation-choices.ts';
import { choiceOptions, parseChoices } from '../remediation/remediation-choices.ts';
import type { RemediationForm } from '../remediation/remediation-forms.ts';
import { failureText, remediationForms } from '../remediation/remediation-forms.ts';
import { inParallel } from '../run/run-in-parallel.ts';
import { LIVE_ACCOUNT_NOTE, withLiveOptions, withManyAccountsOptions } from '../sources/account-options.ts';
import type { ControlOptions } from '../sources/parameter-sets.ts';
import { allControlsOption, parseParameterSets } from '../sources/parameter-sets.ts';
import { RULE_PARAMETERS_NOTE, withRuleOptions } from '../sources/rule-options.ts';
import type { SourceOptions } from '../sources/select-sources.ts';
import { selectSources } from '../sources/select-sources.ts';
import type { AccountSource } from '../sources/sources.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { makeFolder } from '../terminal/write-file.ts';

const remediateHelp: HelpText = {
  examples: [
    ['{cli} remediate --email oncall@example.com account.json'],
    ['{cli} remediate --profile audit --region eu-west-1 --email oncall@example.com > remediation.sh'],
    ['{cli} remediate --region eu-west-1 --topic-arn arn:aws:sns:eu-west-1:111122223333:alerts'],
    ['{cli} remediate --route eventbridge --email oncall@example.com account.json', 'an EventBridge rule'],
    ['{cli} remediate --control CloudWatch.4 account.json', 'what another control asks for'],
    ['{cli} remediate --as terraform --email oncall@example.com account.json > remediation.tf'],
    [
      '{cli} remediate --all-controls --email oncall@example.com --out remediation snapshots/',
      'a file for each control',
    ],
  ],
  notes: [
    LIVE_ACCOUNT_NOTE,
    'Several accounts or controls: `--out` writes a file for each account and control. The number at the start of a ' +
      'name is the order in which to use the files of an account: a later one relies on what an earlier one creates.',
    'Where standard output is not a terminal and the remediation is not complete, the printed script ends with ' +
      '`exit 1`, so that a file that is run all the same fails. A template makes what it can, and says in its comments ' +
      'or metadata what a person has to do.',
    RULE_PARAMETERS_NOTE,
    'Exit codes: 0 the printed remediation is complete, or there is nothing to do; 1 could not run, or an option is ' +
      'missing; 2 broken and 3 undecided, where a person has to do something first, which standard error names; ' +
      `${COMMON_EXIT_CODES}.`,
  ],
};

/** What commander hands over: the options of this command, and the rule parameters by their names. */
interface RemediateOptions extends SourceOptions, ControlOptions, ChoiceOptions {
  readonly as: RemediationForm;
  readonly route?: (typeof routeNames)[number];
  readonly concurrency: number;
  readonly out?: string;
  readonly force?: true;
}

/** The command that prints a remediation. It changes nothing. */
export function remediateCommand(io: Streams, { columns }: Terminal): Command {
  const command = new Command('remediate')
    .summary('print the remediation of what is broken')
    .description(
      'Evaluates an account and prints what is missing, adapted to what is there. The command itself changes nothing: ' +
        'you read what it prints and run it. The remediation only adds; it deletes and overwrites nothing.',
    )
    .argument('[snapshots...]', 'snapshots: files, folders of them, or `-` for standard input')
    .addOption(
      new Option('--as <form>', 'the form of the remediation').choices(Object.keys(remediationForms)).default('cli'),
    )
    .addOption(
      new Option('--route <route>', 'the route to set up, in place of the first that acceptedRoutes names').choices(
        routeNames,
      ),
    )
    .option('--out <dir>', 'write a file for each account and control here, in place of standard output')
    .option('--force', 'replace files that exist')
    .addOption(allControlsOption());
  for (const option of choiceOptions()) command.addOption(option);
  withRuleOptions(withManyAccountsOptions(withLiveOptions(command, true)));
  command.configureOutput({
    // An option that is wrong ends the command before it begins, and an empty file would run without an error.
    outputError: (text, write) => {
      const { as = 'cli', out } = command.opts<Partial<RemediateOptions>>();
      if (columns === undefined && out === undefined) io.out(failureText(as, [text.trim().replace(/^error: /, '')]));
      write(text);
    },
  });
  return addHelp(command, remediateHelp).action(async (paths: readonly string[], given: RemediateOptions) => {
    const fail = (problems: readonly string[]) => {
      printErrors(problems, io);
      if (columns === undefined && given.out === undefined) io.out(failureText(given.as, problems));
    };
    try {
      await remediate(paths, given, io, columns, fail);
    } catch (error) {
      fail([messageOf(error)]);
    }
  });
}

async function remediate(
  paths: readonly string[],
  given: RemediateOptions,
  io: Streams,
  columns: number | undefined,
  fail: (problems: readonly string[]) => void,
): Promise<void> {
  const parsed = parseParameterSets(given);
  const choices = parseChoices(given);
  const problems = [...(parsed.kind === 'invalid' ? parsed.problems : []), ...choices.problems];
  if (parsed.kind === 'invalid' || problems.length > 0) {
    fail(problems);
    return;
  }
  const parameterSets = byRoute(parsed.parameterSets, given.route);
  const selected = await selectSources(paths, given, parameterSets[0].options, io);
  if (selected.kind === 'invalid') {
    fail(selected.problems);
    return;
  }
  const { sources } = selected;
  const isOneText = sources.length === 1 && (parameterSets.length === 1 || remediationForms[given.as].canFollow);
  if (given.out === undefined && !isOneText) {
    fail(['several remediations do not fit in one output: give `--out DIR`']);
    return;
  }
  const planned = await planAll(sources, given.concurrency, (source) =>
    planForSource(source, parameterSets, choices.choices),
  );
  if (given.out === undefined) {
    const [one] = planned;
    if (one?.kind !== 'planned') fail([one?.message ?? 'no account was read']);
    else io.setExitCode(await printRemediation(one.controls, given.as, io, columns, fail));
    return;
  }
  await makeFolder(given.out);
  let code: number = exitCodes.satisfied;
  for (const one of planned) {
    if (one.kind === 'failed') {
      printErrors([one.message], io);
      code = exitCodes.couldNotRun;
      continue;
    }
    const own = await writeRemediation(one.controls, given.out, given, io, columns);
    code = worstOf(code, own);
  }
  io.setExitCode(code);
}

/** With a route, the account is asked for this route only. */
function byRoute(
  [first, ...others]: readonly [Parameters, ...Parameters[]],
  route: RemediateOptions['route'],
): readonly [Parameters, ...Parameters[]] {
  const only = ({ control, options }: Parameters): Parameters =>
    route === undefined ? { control, options } : { control, options: { ...options, acceptedRoutes: [route] } };
  return [only(first), ...others.map(only)];
}

type PlannedSource =
  | { readonly kind: 'planned'; readonly controls: readonly PlannedControl[] }
  | { readonly kind: 'failed'; readonly message: string };

async function planAll(
  sources: readonly AccountSource[],
  concurrency: number,
  plan: (source: AccountSource) => Promise<readonly PlannedControl[]>,
): Promise<readonly PlannedSource[]> {
  const planned: PlannedSource[] = [];
  await inParallel(sources, concurrency, new AbortController().signal, async (source, index) => {
    try {
      planned[index] = { kind: 'planned', controls: await plan(source) };
    } catch (error) {
      const message = messageOf(error);
      planned[index] = {
        kind: 'failed',
        message: message.startsWith(`${source.name}: `) ? message : `${source.name}: ${message}`,
      };
    }
  });
  return planned;
}
