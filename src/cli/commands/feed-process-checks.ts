import { Command, InvalidArgumentError, Option } from 'commander';

import { catalog, controlById } from '../../controls/catalog.ts';
import { processChecks } from '../../controls/process-checks.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { parseParameters } from '../../parameters/parameters.ts';
import { sanitizeJson, sanitizeLine } from '../../report/sanitize-line.ts';
import { wrapText } from '../../report/wrap-text.ts';
import type { CheckAnswer } from '../run/feed-account.ts';
import { feedAccount } from '../run/feed-account.ts';
import { passInOrder } from '../run/ordered-queue.ts';
import { progressOf, silentProgress } from '../run/progress.ts';
import { inParallel } from '../run/run-in-parallel.ts';
import type { LiveOptions, ManyAccountsOptions } from '../sources/account-options.ts';
import { LIVE_ACCOUNT_NOTE, withLiveOptions, withManyAccountsOptions } from '../sources/account-options.ts';
import type { RuleOptions } from '../sources/rule-options.ts';
import { RULE_PARAMETERS_NOTE, namingOptions, ruleParameters, withRuleOptions } from '../sources/rule-options.ts';
import { namesManyAccounts, selectSources } from '../sources/select-sources.ts';
import type { AccountSource } from '../sources/sources.ts';
import { haveCredentialsExpired, messageOf, printErrors } from '../terminal/errors.ts';
import { exitCodes } from '../terminal/exit-code.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';

const feedHelp: HelpText = {
  about: [
    "AWS's own conformance packs for CIS ask about metric filters and alarms by process checks: rules that somebody answers " +
      'by hand. This command evaluates an account as `evaluate` does, and answers them. It needs no function in the account.',
  ],
  examples: [
    ['{cli} feed-process-checks --profile audit --region eu-west-1', 'print what would be sent'],
    ['{cli} feed-process-checks --profile audit --region eu-west-1 --run', 'send it'],
    [
      '{cli} feed-process-checks --organization --role-name audit --region eu-west-1 --run',
      'in every account, for example each day',
    ],
    [
      '{cli} feed-process-checks --check alarm-mfa-deactivation=D9.AWS.MON.25 --region eu-west-1',
      'a process check of your own as well',
    ],
  ],
  notes: [
    'Without `--run`, nothing is sent. An account is evaluated only for the checks that it has; a conformance pack puts words ' +
      'around their names. AWS Config keeps an answer until the next one, so run the command on a schedule.',
    'Checks that are known: ' +
      `${Object.entries(processChecks)
        .map(([name, control]) => `${name} (${control})`)
        .join(', ')}.`,
    'What is undecided is answered as `--on-undecided` says, NON_COMPLIANT by default, and never COMPLIANT.',
    'It needs the read permissions of docs/permissions.md, config:DescribeConfigRules, and config:PutExternalEvaluation ' +
      'for `--run`.',
    LIVE_ACCOUNT_NOTE,
    RULE_PARAMETERS_NOTE,
    'Exit codes: 0 printed or sent, whatever the verdicts; 1 could not run, an account could not be evaluated, an answer ' +
      `could not be sent, or no account has such a check; ${COMMON_EXIT_CODES}.`,
  ],
};

interface FeedOptions extends LiveOptions, ManyAccountsOptions, RuleOptions {
  readonly run?: true;
  readonly check?: Readonly<Record<string, string>>;
  readonly format: 'text' | 'json';
}

/** The command that answers AWS's manual process checks. Only with `--run` it sends anything. */
export function feedProcessChecksCommand(io: Streams, terminal: Terminal): Command {
  const command = new Command('feed-process-checks')
    .summary("answer the manual process checks of AWS's conformance packs")
    .description('Evaluates accounts, and prints the answers to their process checks. With `--run`, sends them.')
    .option('--run', 'send the answers to AWS Config')
    .addOption(
      new Option(
        '--check <name=control>',
        'another process check, and the control that answers it; once for each',
      ).argParser(addCheck),
    )
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'));
  withRuleOptions(withManyAccountsOptions(withLiveOptions(command, true)), ['controlId', 'filterPattern', 'premises']);
  return addHelp(command, feedHelp).action(async (given: FeedOptions) => {
    try {
      io.setExitCode(await feed(given, io, terminal));
    } catch (error) {
      printErrors([messageOf(error)], io);
    }
  });
}

function addCheck(
  text: string,
  earlier: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const [, name = '', id = ''] = /^([A-Za-z0-9_-]{1,128})=(.+)$/.exec(text) ?? [];
  const control = catalog.find((one) => one.id.toLowerCase() === id.toLowerCase());
  if (name !== '' && control !== undefined) return { ...earlier, [name]: control.id };
  throw new InvalidArgumentError(
    'Allowed is the name of a rule and a control, which `controls` lists, such as alarm-mfa-deactivation=D9.AWS.MON.25.',
  );
}

async function feed(given: FeedOptions, io: Streams, terminal: Terminal): Promise<number> {
  const fail = (problems: readonly string[]) => {
    printErrors(problems, io);
    return exitCodes.couldNotRun;
  };
  const asked = questionsOf(given);
  if (asked.kind === 'invalid') return fail(asked.problems);
  const { questions } = asked;
  const [anyQuestion] = questions.values();
  if (anyQuestion === undefined) throw new Error('there is no process check');
  const selected = await selectSources([], given, anyQuestion.options, io);
  if (selected.kind === 'invalid') return fail(selected.problems);
  const { sources } = selected;
  const isMany = namesManyAccounts(given);
  const progress = isMany ? progressOf(sources.length, terminal, io.err) : silentProgress;
  const interruption = terminal.interruption();
  const stop = new AbortController();
  const signal = AbortSignal.any([interruption, stop.signal]);
  const answers: CheckAnswer[] = [];
  const errors: string[] = [];
  const inOrder = passInOrder<readonly CheckAnswer[]>((ofAccount) => answers.push(...ofAccount));
  await inParallel(sources, given.concurrency, signal, async (source, index) => {
    try {
      const found = await feedAccount(feedable(source), { questions, isRun: given.run === true, signal });
      inOrder.put(index, found);
      progress.done(`${source.name}  ${found.length === 0 ? 'no process check' : shortText(found)}`);
    } catch (error) {
      if (signal.aborted) return;
      errors.push(`${source.name}: ${messageOf(error)}`);
      progress.done(`${source.name}  not evaluated: ${messageOf(error)}`);
      inOrder.put(index, []);
      if (haveCredentialsExpired(error)) stop.abort();
    }
  });
  inOrder.flush();
  progress.end();
  io.out(given.format === 'json' ? `${sanitizeJson(answers)}\n` : answersText(answers, terminal.columns));
  const failed = answers.filter(({ outcome }) => outcome === 'failed');
  printErrors(
    [...errors, ...failed.map(({ accountId, ruleName, problem = '' }) => `${accountId} ${ruleName}: ${problem}`)],
    io,
  );
  if (interruption.aborted) return exitCodes.interrupted;
  if (errors.length > 0 || failed.length > 0) return exitCodes.couldNotRun;
  if (answers.length === 0) return fail(['no account has a process check that this command knows; `--check` adds one']);
  if (given.run !== true && given.format === 'text') io.err('Nothing was sent: add `--run` to send these answers.\n');
  return exitCodes.satisfied;
}

/** Each check by its name, with the parameters of its control; one object for each control. Or what is wrong. */
function questionsOf(
  given: FeedOptions,
):
  | { readonly kind: 'asked'; readonly questions: ReadonlyMap<string, Parameters> }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] } {
  const raw = ruleParameters(given);
  if (raw.kind === 'invalid') return raw;
  const checks = { ...processChecks, ...given.check };
  const byControl = new Map<string, Parameters>();
  for (const id of new Set(Object.values(checks))) {
    if (controlById(id) === undefined) throw new Error(`the catalog has no control ${id}`);
    const parsed = parseParameters({ ...raw.values, controlId: id });
    if (parsed.kind === 'invalid') return { kind: 'invalid', problems: namingOptions(parsed.problems) };
    byControl.set(id, parsed.parameters);
  }
  const questions = Object.entries(checks).flatMap(([name, id]) => {
    const parameters = byControl.get(id);
    return parameters === undefined ? [] : [[name, parameters] as const];
  });
  return { kind: 'asked', questions: new Map(questions) };
}

/** @throws Error for a source that is no live account */
function feedable(source: AccountSource) {
  const { processChecks: ofAccount } = source;
  if (ofAccount === undefined) throw new Error('only a live account has process checks');
  return { ...source, processChecks: ofAccount };
}

function shortText(answers: readonly CheckAnswer[]): string {
  const count = (type: string) => answers.filter(({ complianceType }) => complianceType === type).length;
  return `${count('COMPLIANT')} COMPLIANT, ${count('NON_COMPLIANT')} NON_COMPLIANT, ${count('NOT_APPLICABLE')} NOT_APPLICABLE`;
}

function answersText(answers: readonly CheckAnswer[], columns: number | undefined): string {
  const places = new Map<string, CheckAnswer[]>();
  for (const answer of answers) {
    const place = `account ${answer.accountId}, ${answer.region}`;
    places.set(place, [...(places.get(place) ?? []), answer]);
  }
  return [...places]
    .map(([place, ofPlace]) =>
      [
        `${place}: ${shortText(ofPlace)}`,
        ...ofPlace.map(({ ruleName, controlId, complianceType, annotation, outcome }) => {
          const mark = outcome === 'failed' ? 'not sent: ' : '';
          const head = `  ${complianceType.padEnd(14)}  ${ruleName} (${controlId})`;
          return `${head}\n${wrapText('      ', sanitizeLine(`${mark}${annotation}`), columns)}`;
        }),
        '',
      ].join('\n'),
    )
    .join('\n');
}
