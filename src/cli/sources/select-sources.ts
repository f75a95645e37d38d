import type { Options } from '../../parameters/parameters.ts';
import { fileTitle, readText } from '../terminal/read-file.ts';
import type { Streams } from '../terminal/streams.ts';
import type { AccountList } from './account-list.ts';
import { parseAccountList } from './account-list.ts';
import type { DeclaredFileOptions, LiveOptions, ManyAccountsOptions } from './account-options.ts';
import { chooseRegions } from './region.ts';
import type { FileSettings } from './snapshot-sources.ts';
import { sampleSources, snapshotSources } from './snapshot-sources.ts';
import type { SelectedSources, AccountSource } from './sources.ts';

/** Everything on a command line that names accounts. */
export interface SourceOptions extends LiveOptions, Partial<ManyAccountsOptions>, DeclaredFileOptions {
  readonly samples?: true;
}

/**
 * The accounts that a command line names: snapshots, or accounts to assume a role in, or the samples, or else the live
 * account of the credentials.
 *
 * @param paths - snapshots, folders of them, or `-`
 * @param options - the settings of the rule, of which one names the role for what other accounts hold
 * @throws Error with a sentence that says what is wrong with a file, or with the credentials
 */
export async function selectSources(
  paths: readonly string[],
  given: SourceOptions,
  options: Options,
  { stdin, err }: Pick<Streams, 'stdin' | 'err'>,
): Promise<SelectedSources> {
  const isMany = namesManyAccounts(given);
  const problems = [
    ...(paths.length > 0 && (isMany || given.profile !== undefined || given.endpointUrl !== undefined)
      ? ['give either snapshots or live accounts, not both']
      : []),
    ...(isMany && given.roleName === undefined
      ? ['many accounts need `--role-name`, the role to assume in each account']
      : []),
    ...(paths.length === 0 ? fileOptionsOf(given, isMany) : []).map(
      (option) => `\`${option}\` goes with a Terraform plan or a CloudFormation template`,
    ),
    ...(given.onto === undefined ? stackOptionsOf(given) : []).map((option) => `\`${option}\` goes with \`--onto\``),
    ...misplacedOptions(given).map((option) => `\`${option}\` goes with \`--accounts\` or \`--organization\``),
  ];
  if (problems.length > 0) return { kind: 'invalid', problems };
  if (paths.length > 0) return selected(await snapshotSources(paths, stdin, fileSettingsOf(given)));
  if (given.samples === true && !isMany && !namesLiveAccount(given)) return selected(await sampleSources(stdin), true);
  const chosen = await chooseRegions(given);
  if (chosen.kind === 'invalid') {
    const isNothingNamed = !isMany && !namesLiveAccount(given);
    const hint = '; a snapshot needs none, and `evaluate --samples` shows the sample accounts';
    return { kind: 'invalid', problems: [`${chosen.problem}${isNothingNamed ? hint : ''}`] };
  }
  for (const hint of chosen.hints) err(`note: ${hint}\n`);
  if (isMany) return manySources(given, chosen.regions, options, stdin);
  // The SDK is loaded only where it is needed.
  const { liveSource } = await import('./live-source.ts');
  return selected(chosen.regions.map((region) => liveSource(given, region, options)));
}

/** Whether the command line names more than one account in its own way. */
export function namesManyAccounts({ accounts, organization }: SourceOptions): boolean {
  return accounts !== undefined || organization === true;
}

function namesLiveAccount({ profile, region, endpointUrl }: LiveOptions): boolean {
  return profile !== undefined || region !== undefined || endpointUrl !== undefined;
}

/** The options that only files have; one live account may be named as well. */
function fileOptionsOf(given: SourceOptions, isMany: boolean): readonly string[] {
  const { accountId, parameters, onto, samples } = given;
  const isLive = !isMany && samples !== true;
  return [
    ...stackOptionsOf(given),
    ...(accountId === undefined || isLive ? [] : ['--account-id']),
    ...(parameters === undefined ? [] : ['--parameters']),
    ...(onto === undefined ? [] : ['--onto']),
  ];
}

/** Options that say what a deployment deletes, which is asked only of an account that is there. */
function stackOptionsOf({ previousTemplate, newStack }: DeclaredFileOptions): readonly string[] {
  return [
    ...(previousTemplate === undefined ? [] : ['--previous-template']),
    ...(newStack === undefined ? [] : ['--new-stack']),
  ];
}

function fileSettingsOf(given: SourceOptions): FileSettings {
  const { accountId, region, parameters, onto, previousTemplate, newStack } = given;
  return {
    ...(previousTemplate === undefined ? {} : { previousTemplates: previousTemplate }),
    ...(newStack === undefined ? {} : { isNewStack: newStack }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(region === undefined ? {} : { region }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(onto === undefined ? {} : { onto }),
  };
}

/** Options without effect, since no role is assumed. */
function misplacedOptions(given: SourceOptions): readonly string[] {
  if (namesManyAccounts(given)) return [];
  const { roleName, externalId, roleSessionName, durationSeconds } = given;
  return [
    ...(roleName === undefined ? [] : ['--role-name']),
    ...(externalId === undefined ? [] : ['--external-id']),
    ...(roleSessionName === undefined ? [] : ['--role-session-name']),
    ...(durationSeconds === undefined ? [] : ['--duration-seconds']),
  ];
}

async function manySources(
  given: SourceOptions,
  regions: readonly [string, ...string[]],
  options: Options,
  stdin: Streams['stdin'],
): Promise<SelectedSources> {
  const { accounts: path, roleName = '', externalId, roleSessionName, durationSeconds } = given;
  const { listedSources, organizationOf } = await import('./live-source.ts');
  const list: AccountList =
    path === undefined
      ? { kind: 'parsed', accounts: await organizationOf(given, regions[0]) }
      : parseAccountList(await readText(path, stdin));
  if (list.kind === 'invalid') {
    return { kind: 'invalid', problems: list.problems.map((problem) => `${fileTitle(path ?? '')}: ${problem}`) };
  }
  const role = { roleName, externalId, sessionName: roleSessionName, durationSeconds };
  return selected(await listedSources(list.accounts, role, given, regions, options));
}

function selected([first, ...others]: readonly AccountSource[], areSamples = false): SelectedSources {
  if (first === undefined) return { kind: 'invalid', problems: ['there is no account to evaluate'] };
  return { kind: 'selected', sources: [first, ...others], areSamples };
}
