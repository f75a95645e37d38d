import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import type { Options } from '../../parameters/parameters.ts';
import type { LiveOptions } from './live-source.ts';
import { chooseRegion } from './region.ts';
import type { RuleOptions } from './rule-options.ts';
import { withRuleOptions } from './rule-options.ts';
import type { Source } from './sources.ts';
import { fileSource } from './sources.ts';

/** How an account is named on the command line, beside a snapshot, and what it is judged by. */
export interface AccountOptions extends LiveOptions, RuleOptions {
  readonly region?: string;
}

/** Adds the options that reach a live account, as the AWS CLI has them. */
export function withLiveOptions(command: Command): Command {
  const options = [
    new Option('--profile <name>', 'that of a profile of the AWS CLI'),
    new Option('--region <region>', "where to see it from, if not the environment's or the profile's"),
    new Option('--endpoint-url <url>', 'where it is, if not at AWS (an emulator)').argParser(parseUrl),
  ];
  for (const option of options) command.addOption(option.helpGroup('A live account:'));
  return command;
}

/** Reads an address, for commander. */
function parseUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('Allowed is an address such as http://127.0.0.1:5000.');
}

/** Adds the options that reach a live account, and every rule parameter by its name. */
export function withAccountOptions(command: Command): Command {
  return withRuleOptions(withLiveOptions(command));
}

/** A region or profile in the environment is no wish for a live account; one on the command line is. */
export function namesLiveAccount({ profile, region, endpointUrl }: AccountOptions): boolean {
  return profile !== undefined || region !== undefined || endpointUrl !== undefined;
}

/**
 * The one account that the command line names: a snapshot, or a live account.
 *
 * @returns the source, or what is wrong with the command line
 */
export async function accountSource(
  file: string | undefined,
  given: AccountOptions,
  options: Options,
): Promise<Source | string> {
  const { profile, endpointUrl } = given;
  const asksLive = namesLiveAccount(given);
  if (file !== undefined) return asksLive ? 'give either a snapshot or a live account, not both' : fileSource(file);
  if (!asksLive) return 'give a snapshot, or a live account by `--profile` or `--region`';
  const from = await chooseRegion(given);
  if (from.kind === 'missing') return from.problem;
  // The SDK is loaded only where it is needed.
  const { liveSource } = await import('./live-source.ts');
  return liveSource({ profile, endpointUrl }, from.region, options);
}
