import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import { refused } from '../../parameters/fields.ts';
import { parameterTable } from '../../parameters/table.ts';

/** The options that name live accounts, and the way to them. */
export interface LiveOptions {
  readonly profile?: string;
  /** One region; several of them, separated by commas, where a command takes several. */
  readonly region?: string;
  readonly endpointUrl?: string;
}

/** The same with the account that is read where STS does not say whose the credentials are. */
export interface NamedLiveOptions extends LiveOptions {
  readonly accountId?: string;
}

/** The options that name many accounts, and the role that is assumed in each. */
export interface ManyAccountsOptions {
  readonly accounts?: string;
  readonly organization?: true;
  readonly roleName?: string;
  readonly externalId?: string;
  readonly roleSessionName?: string;
  readonly durationSeconds?: number;
  readonly concurrency: number;
}

/** The options for what a plan or a template does not say. */
export interface DeclaredFileOptions {
  readonly accountId?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** A snapshot of the account before the deployment. */
  readonly onto?: string;
  readonly previousTemplate?: readonly string[];
  readonly newStack?: true;
}

/** Which account a command reads, the same for every command. */
export const LIVE_ACCOUNT_NOTE =
  'Without a snapshot, a command reads the live account of the credentials that the AWS CLI would use: those of ' +
  '`--profile`, of the environment (such as AWS_PROFILE or AWS_ACCESS_KEY_ID) or of the machine. Its region is that ' +
  'of `--region`, of AWS_REGION or AWS_DEFAULT_REGION, or of the profile. HTTPS_PROXY and NO_PROXY are followed.';

const LIVE_GROUP = 'A live account:';
const MANY_GROUP = 'Many accounts:';

/**
 * Adds the options that reach a live account, with the names that the AWS CLI has for them.
 *
 * @param several - whether the command can evaluate several regions
 */
export function withLiveOptions(command: Command, several = false): Command {
  const regions = several
    ? new Option('--region <regions>', 'its region; several are separated by commas, or given one by one').argParser(
        joinWithCommas,
      )
    : new Option('--region <region>', 'its region');
  const options = [
    new Option('--profile <name>', 'a profile of the AWS CLI'),
    regions,
    new Option('--endpoint-url <url>', 'the address of an emulator, in place of AWS').argParser(parseUrl),
  ];
  for (const option of options) command.addOption(option.helpGroup(LIVE_GROUP));
  return command;
}

/** Adds the options that name many accounts. */
export function withManyAccountsOptions(command: Command): Command {
  const options = [
    new Option('--accounts <file>', 'a file with an account on each line; see docs/accounts-file.md'),
    new Option('--organization', 'every active account of the organization').conflicts(['accounts']),
    new Option('--role-name <name>', 'the role to assume in each account').argParser(parseRoleName),
    new Option('--external-id <id>', 'the external id that the trust policy of the role asks for'),
    new Option('--role-session-name <name>', 'the name of the session, as CloudTrail shows it').argParser(
      parseSessionName,
    ),
    new Option(
      '--duration-seconds <seconds>',
      'how long a session may last; at most 3600 if credentials of a role assume it',
    ).argParser(parseWholeNumber(900, 43_200)),
    new Option('--concurrency <number>', 'how many accounts are read at the same time')
      .default(8)
      .argParser(parseWholeNumber(1, 64)),
  ];
  for (const option of options) command.addOption(option.helpGroup(MANY_GROUP));
  return command;
}

/** Adds the options for what a Terraform plan or a CloudFormation template does not say. */
export function withDeclaredFileOptions(command: Command): Command {
  const options = [
    accountIdOption(`the account that it is for, with its \`--region\`; or ${NAMED_ACCOUNT}`),
    new Option('--parameters <name=value>', 'a parameter of a template; give it once for each').argParser(addParameter),
    new Option('--onto <snapshot>', 'the account before the deployment: the verdict after it, and what it changes'),
    new Option('--previous-template <file>', 'with --onto, the template that is deployed now; one for each template')
      .argParser(addFile)
      .conflicts(['newStack']),
    new Option('--new-stack', 'with --onto, that the stack is not there yet, so that nothing is deleted'),
  ];
  for (const option of options) command.addOption(option.helpGroup('A Terraform plan or a CloudFormation template:'));
  return command;
}

/** Adds the option that names a live account where STS does not. */
export function liveAccountIdOption(): Option {
  return accountIdOption(NAMED_ACCOUNT).helpGroup(LIVE_GROUP);
}

const NAMED_ACCOUNT = 'the live account, if STS does not say whose the credentials are';

function accountIdOption(meaning: string): Option {
  return new Option('--account-id <id>', meaning).argParser(parseAccountId);
}

function parseAccountId(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError('Allowed are twelve digits.');
}

function addFile(path: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), path];
}

function addParameter(
  text: string,
  earlier: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const [, name, value] = /^([A-Za-z0-9]{1,255})=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return { ...earlier, [name]: value };
  throw new InvalidArgumentError('Allowed is the name of a parameter and its value, such as Email=oncall@example.com.');
}

function joinWithCommas(value: string, earlier: string | undefined): string {
  return earlier === undefined ? value : `${earlier},${value}`;
}

/** Reads an address, for commander. */
function parseUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('Allowed is an address such as http://127.0.0.1:5000.');
}

function parseRoleName(text: string): string {
  const field = parameterTable.foreignAccountRoleName;
  if (field.read(text) !== refused) return text;
  throw new InvalidArgumentError(`Allowed is ${field.allowed}.`);
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function parseSessionName(text: string): string {
  if (/^[\w+=,.@-]{2,64}$/.test(text)) return text;
  throw new InvalidArgumentError('Allowed are 2 to 64 letters, digits and characters of `_+=,.@-`.');
}

/** Reads a whole number, for commander. */
export function parseWholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (number >= from && number <= to) return number;
    throw new InvalidArgumentError(`Allowed is a whole number from ${from} to ${to}.`);
  };
}
