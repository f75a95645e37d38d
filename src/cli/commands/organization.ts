import { Command, Option } from 'commander';

import type { Aggregator } from '../../inventory/aws/organization/aggregator.ts';
import { AwsCallError } from '../../inventory/aws/client/failures.ts';
import type { StatusSummary } from '../organization/collect-status.ts';
import { collectStatus } from '../organization/collect-status.ts';
import type { StatusFormat } from '../organization/status-formats.ts';
import { statusFormatNames, statusWriter } from '../organization/status-formats.ts';
import { counterOf } from '../run/progress.ts';
import type { ListedAccount } from '../sources/account-list.ts';
import { parseAccountList } from '../sources/account-list.ts';
import type { LiveOptions } from '../sources/account-options.ts';
import { parseWholeNumber, withLiveOptions } from '../sources/account-options.ts';
import { chooseRegion } from '../sources/region.ts';
import { messageOf, printErrors } from '../terminal/errors.ts';
import type { FailOn } from '../terminal/exit-code.ts';
import { exitCodes, failOnChoices } from '../terminal/exit-code.ts';
import type { HelpText } from '../terminal/help.ts';
import { COMMON_EXIT_CODES, addHelp } from '../terminal/help.ts';
import { fileTitle, readText } from '../terminal/read-file.ts';
import type { Streams, Terminal } from '../terminal/streams.ts';
import { styleOf } from '../terminal/style.ts';

const organizationHelp: HelpText = {
  examples: [['{cli} organization status --aggregator organization --profile audit --region eu-west-1']],
  notes: ['docs/organization.md says how to take the rule to all accounts of an organization.'],
};

const statusHelp: HelpText = {
  about: [
    'Reads the results that an aggregator of AWS Config collected from all accounts. It groups the NON_COMPLIANT results by ' +
      'reason code, and names the accounts that have no result.',
  ],
  examples: [
    ['{cli} organization status --aggregator organization --profile audit --region eu-west-1'],
    ['{cli} organization status --aggregator organization --rule-prefix alarm- --format markdown', 'for a ticket'],
    [
      '{cli} organization status --aggregator organization --format csv > status.csv',
      'every account, for a spreadsheet',
    ],
    ['{cli} organization status --aggregator organization --no-details', 'only the counts, in few calls'],
  ],
  notes: [
    'A rule counts if its name begins with `--rule-prefix`. What conformance packs and organization rules put around the ' +
      'name is taken away first, so that a rule is one line, whatever it is called in each account.',
    'The accounts that should have results are the active accounts of the organization, or those of `--accounts`. Accounts ' +
      'without a result have no rule, or a rule that fails, or one that says NOT_APPLICABLE, which no aggregator shows.',
    'It needs config:DescribeAggregateComplianceByConfigRules, config:GetAggregateComplianceDetailsByConfigRule and ' +
      'config:DescribeConfigurationAggregatorSourcesStatus in the account of the aggregator, and organizations:ListAccounts ' +
      'without `--accounts`. It makes one call for each 1,000 results, and one for each NON_COMPLIANT account and rule.',
    'Exit codes: 0 every account has results, and all are COMPLIANT; 1 could not run, or not read to the end; 2 at least ' +
      `one is NON_COMPLIANT; 3 none is, and at least one account has no result; ${COMMON_EXIT_CODES}.`,
  ],
};

interface StatusOptions extends LiveOptions {
  readonly aggregator: string;
  readonly rulePrefix?: readonly string[];
  readonly accounts?: string;
  readonly format: StatusFormat;
  readonly details: boolean;
  readonly concurrency: number;
  readonly failOn: FailOn;
}

/** The commands about all accounts of an organization. */
export function organizationCommand(io: Streams, terminal: Terminal): Command {
  const command = new Command('organization')
    .summary('the results of all accounts of an organization')
    .description('Reads what AWS Config holds of all accounts.');
  return addHelp(command, organizationHelp).addCommand(statusCommand(io, terminal));
}

/** What the names of the rules begin with by default: that of `serverless.yml`, and those of the self-contained template. */
const DEFAULT_PREFIXES = ['mfa-deactivation-alarm', 'cloudtrail-alarm-'];

function statusCommand(io: Streams, terminal: Terminal): Command {
  const command = new Command('status')
    .summary('what an aggregator shows, with the accounts that have no result')
    .description(
      'Shows which accounts are NON_COMPLIANT and why, and which have no result, by an aggregator of AWS Config.',
    )
    .requiredOption('--aggregator <name>', 'the aggregator of AWS Config')
    .addOption(
      new Option(
        '--rule-prefix <text>',
        `what the names of the rules begin with; give it once for each (default: ${DEFAULT_PREFIXES.join(', ')})`,
      ).argParser((text: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), text]),
    )
    .option('--accounts <file>', 'the accounts that should have results; see docs/accounts-file.md')
    .addOption(
      new Option(
        '--format <format>',
        'text and markdown group by reason; html is a page; csv and json have every account',
      )
        .choices(statusFormatNames)
        .default('text'),
    )
    .option('--no-details', 'only the counts: no annotation is read')
    .addOption(
      new Option('--concurrency <number>', 'how many annotations are read at the same time')
        .default(4)
        .argParser(parseWholeNumber(1, 32)),
    )
    .addOption(
      new Option('--fail-on <what>', 'broken: NON_COMPLIANT fails; undecided: no result as well; none: neither')
        .choices(failOnChoices)
        .default('undecided'),
    );
  return addHelp(withLiveOptions(command), statusHelp).action(async (given: StatusOptions) => {
    try {
      io.setExitCode(await showStatus(given, io, terminal));
    } catch (error) {
      printErrors([messageOf(error)], io);
    }
  });
}

/** More tries than for one account: a long list must outlast the throttling of its own calls. */
const MAX_ATTEMPTS = 10;

async function showStatus(given: StatusOptions, io: Streams, terminal: Terminal): Promise<number> {
  const chosen = await chooseRegion(given);
  const rulePrefixes = given.rulePrefix ?? DEFAULT_PREFIXES;
  const problems = [
    ...(chosen.kind === 'missing' ? [chosen.problem] : []),
    ...(rulePrefixes.includes('') ? ['`--rule-prefix` is empty; leave it out for its default'] : []),
  ];
  if (chosen.kind === 'missing' || problems.length > 0) {
    printErrors(problems, io);
    return exitCodes.couldNotRun;
  }
  for (const hint of chosen.hints) io.err(`note: ${hint}\n`);
  const { region } = chosen;
  const startedAt = new Date().toISOString();
  // The SDK is loaded only where it is needed.
  const { aggregatorNamed } = await import('../../inventory/aws/organization/aggregator.ts');
  const { awsSettingsOf } = await import('../sources/aws-settings.ts');
  const settings = { ...awsSettingsOf(given), maxAttempts: MAX_ATTEMPTS };
  const aggregator = aggregatorNamed(given.aggregator, settings, region);
  const lateSources = await readLateSources(aggregator, given.aggregator, region);
  const accounts = await expectedAccounts(given, region, io);
  const subject = { aggregator: given.aggregator, region, startedAt, lateSources };
  const writer = statusWriter(given.format, subject, styleOf(io, terminal));
  const progress = counterOf(terminal, io.err);
  const signal = terminal.interruption();
  const summary = await collectStatus({
    ...{ aggregator, accounts, rulePrefixes, signal },
    withDetails: given.details,
    concurrency: given.concurrency,
    onFinding: (finding) => {
      const text = writer.finding(finding);
      if (text === '') return;
      progress.around(() => {
        io.out(text);
      });
    },
    onProgress: progress.done,
  });
  progress.end();
  io.out(writer.end(summary));
  if (signal.aborted) return exitCodes.interrupted;
  if (summary.stopped !== undefined) io.err(`error: not read to the end: ${summary.stopped}\n`);
  return exitCodeOf(summary, given.failOn);
}

/** The sources with old data. It is the first call: it says whether there is such an aggregator at all. */
async function readLateSources({ lateSources }: Aggregator, name: string, region: string) {
  try {
    return await lateSources();
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    if (error.code === 'NoSuchConfigurationAggregatorException') {
      throw new Error(
        `there is no aggregator \`${name}\` in ${region}: \`aws configservice describe-configuration-aggregators --region ` +
          `${region}\` lists those of the account`,
        { cause: error },
      );
    }
    if (error.kind === 'refused') return undefined;
    throw error;
  }
}

/** @throws Error with a sentence that says what is wrong with the file, or with the permissions */
async function expectedAccounts(
  { accounts: path, ...live }: StatusOptions,
  region: string,
  io: Streams,
): Promise<readonly ListedAccount[]> {
  if (path === undefined) {
    const { organizationOf } = await import('../sources/live-source.ts');
    return organizationOf(live, region);
  }
  const list = parseAccountList(await readText(path, io.stdin));
  if (list.kind === 'parsed') return list.accounts;
  throw new Error(list.problems.map((problem) => `${fileTitle(path)}: ${problem}`).join('\n'));
}

function exitCodeOf({ stopped, unreadDetails, rules, silent = [] }: StatusSummary, failOn: FailOn): number {
  if (stopped !== undefined || unreadDetails > 0) return exitCodes.couldNotRun;
  if (failOn === 'none') return exitCodes.satisfied;
  if (rules.some(({ nonCompliant }) => nonCompliant > 0)) return exitCodes.broken;
  if (failOn === 'broken' || silent.length === 0) return exitCodes.satisfied;
  return exitCodes.undecided;
}
