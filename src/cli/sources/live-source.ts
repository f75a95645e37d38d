import { awsReader } from '../../inventory/aws/aws-reader.ts';
import { awsClients } from '../../inventory/aws/client/clients.ts';
import { AwsCallError, errorName } from '../../inventory/aws/client/failures.ts';
import { identifyCaller } from '../../inventory/aws/client/identity.ts';
import { roleCredentials } from '../../inventory/aws/client/role-credentials.ts';
import type { AwsSettings } from '../../inventory/aws/client/settings.ts';
import type { OrganizationAccount } from '../../inventory/aws/organization/list-accounts.ts';
import { organizationAccounts } from '../../inventory/aws/organization/list-accounts.ts';
import { processChecksOf } from '../../inventory/aws/organization/process-checks.ts';
import { setAlarmState } from '../../inventory/aws/set-alarm-state.ts';
import { parseArn } from '../../inventory/arn.ts';
import { partitionOf } from '../../inventory/declared/arns.ts';
import type { ReadPart } from '../../inventory/model.ts';
import type { Origin } from '../../inventory/origin.ts';
import { trailsKey } from '../../inventory/part-keys.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import type { Options } from '../../parameters/parameters.ts';
import type { ListedAccount } from './account-list.ts';
import { haveCredentialsExpired, messageOf } from '../terminal/errors.ts';
import type { LiveOptions, NamedLiveOptions } from './account-options.ts';
import { withoutCredentials } from './address.ts';
import { awsSettingsOf } from './aws-settings.ts';
import type { AccountSource } from './sources.ts';

/** The role that is assumed in each account, and how. */
export interface AssumedRole {
  /** With its path, if it has one; the same in every account. */
  readonly roleName: string;
  readonly externalId?: string | undefined;
  readonly sessionName?: string | undefined;
  readonly durationSeconds?: number | undefined;
}

/** Whose account a reader is for, and how that is known. */
interface AccountOwner extends Pick<Origin, 'caller' | 'callerFailure'> {
  readonly accountId: string;
  readonly partition: string;
}

/** The account that credentials belong to, seen from a region. */
export function liveSource(live: NamedLiveOptions, region: string, options: Options): AccountSource {
  const settings = awsSettingsOf(live);
  const name = `live account${live.profile === undefined ? '' : ` of profile ${live.profile}`}`;
  return {
    name: `${name} ${region}`,
    title: `${name}, ${region}`,
    region,
    open: async () => readerOf(await namedOwnerOf(settings, region, live.accountId), region, settings, options),
    setAlarmState: (change) => setAlarmState(awsClients(settings), change),
    processChecks: () => Promise.resolve(processChecksOf(settings, region)),
  };
}

/**
 * Accounts that are read through a role in each; the caller's own account needs none.
 *
 * @param regions - each account is read in each of them
 * @throws the SDK's error if there are no credentials, or they are not valid
 */
export async function listedSources(
  accounts: readonly ListedAccount[],
  role: AssumedRole,
  live: LiveOptions,
  regions: readonly [string, ...string[]],
  options: Options,
): Promise<readonly AccountSource[]> {
  const settings = awsSettingsOf(live);
  const caller = await ownerOf(settings, regions[0]);
  const { accountId: own, partition } = caller;
  const isOne = regions.length === 1;
  return accounts.flatMap(({ accountId, name }) =>
    regions.map((region): AccountSource => {
      const assumed = { ...settings, credentials: credentialsOf(role, { accountId, partition }, region, settings) };
      const named = name === accountId ? accountId : `${accountId} ${name}`;
      const title = name === accountId ? `account ${accountId}` : `${name} (${accountId})`;
      return {
        name: isOne ? named : `${named} ${region}`,
        title: isOne ? title : `${title} ${region}`,
        accountId,
        region,
        processChecks: () => Promise.resolve(processChecksOf(accountId === own ? settings : assumed, region)),
        open: async () => {
          if (accountId === own) return readerOf(caller, region, settings, options);
          // A role that cannot be assumed is no finding of the account, so this is known before anything is read.
          return readerOf(await callerOf(assumed, region), region, assumed, options);
        },
      };
    }),
  );
}

/**
 * Every active account of the organization that the credentials belong to.
 *
 * @throws Error that says what is missing
 */
export async function organizationOf(live: LiveOptions, region: string): Promise<readonly OrganizationAccount[]> {
  const settings = awsSettingsOf(live);
  try {
    return await organizationAccounts(settings, region);
  } catch (cause) {
    if (haveCredentialsExpired(cause)) throw withCredentialsHint(cause, settings);
    if (!(cause instanceof AwsCallError) || cause.kind !== 'refused') throw cause;
    throw new Error(
      `the accounts of the organization cannot be listed (${errorName(cause)}): allow organizations:ListAccounts in the ` +
        'management account or to a delegated administrator, or give `--accounts`',
      { cause },
    );
  }
}

/**
 * Whose the credentials are. No policy of IAM refuses this to anybody, but the policy of a VPC endpoint does, and a network may not
 * reach STS. Whoever names the account then, gets it read, and its results say so.
 *
 * @param named - the account of `--account-id`
 * @throws Error if the credentials are of another account, or if STS does not say whose they are and no account is named
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_endpoint_policies.html
 */
async function namedOwnerOf(settings: AwsSettings, region: string, named: string | undefined): Promise<AccountOwner> {
  const owner = await ownerOf(settings, region).catch((cause: unknown): AccountOwner => {
    // Another call that fails here is one that fetches the credentials, without which nothing can be read.
    if (!(cause instanceof AwsCallError) || cause.operation !== 'GetCallerIdentity') throw cause;
    if (cause.kind !== 'refused' && cause.kind !== 'unreachable') throw cause;
    if (named === undefined) {
      const hint = '`evaluate` and `snapshot` read the account all the same, if `--account-id` names it.';
      throw new Error(`${cause.message} ${hint}`, { cause });
    }
    const callerFailure = `GetCallerIdentity failed with ${cause.code}, and \`--account-id\` named the account`;
    return { accountId: named, partition: partitionOf(region), callerFailure };
  });
  if (named !== undefined && named !== owner.accountId)
    throw otherAccount('the credentials are of', owner.accountId, named);
  return owner;
}

function otherAccount(what: string, accountId: string, named: string): Error {
  return new Error(`${what} account ${accountId}, and \`--account-id\` names ${named}`);
}

/**
 * Holds what is read to the account that was named. A trail that CloudTrail lists is one of the account, unless it is one of its
 * organization; where it could not be described, that is not known.
 *
 * @throws Error if a trail is of another account
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
 */
function checkOwner(read: ReadPart, named: string): void {
  if (!holdsTrails(read) || read.part.kind !== 'present') return;
  for (const { trailArn, isOrganizationTrail, unread } of read.part.value) {
    const owner = parseArn(trailArn)?.accountId;
    if (isOrganizationTrail || unread !== undefined || owner === undefined || owner === named) continue;
    throw otherAccount(`trail ${trailArn} is of`, owner, named);
  }
}

function holdsTrails(read: ReadPart): read is Extract<ReadPart, { readonly key: typeof trailsKey }> {
  return read.key.kind === trailsKey.kind;
}

async function callerOf(settings: AwsSettings, region: string): Promise<AccountOwner> {
  const { accountId, partition, arn } = await identifyCaller(settings, region);
  return { accountId, partition, caller: arn };
}

/** Whose the credentials are. */
async function ownerOf(settings: AwsSettings, region: string): Promise<AccountOwner> {
  return await callerOf(settings, region).catch((error: unknown) => {
    throw withCredentialsHint(error, settings);
  });
}

/** The SDK says that it found no credentials anywhere, and not where it looked. */
function withCredentialsHint(cause: unknown, { credentials }: AwsSettings): unknown {
  if (credentials !== undefined || errorName(cause) !== 'CredentialsProviderError') return cause;
  const said = cause instanceof AwsCallError ? messageOf(cause.cause) : messageOf(cause);
  const hint = 'give `--profile`, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
  return new Error(`${said}: ${hint}`, { cause });
}

function credentialsOf(
  { roleName, externalId, sessionName, durationSeconds }: AssumedRole,
  { accountId, partition }: Pick<AccountOwner, 'accountId' | 'partition'>,
  region: string,
  settings: AwsSettings,
) {
  const role = {
    roleArn: `arn:${partition}:iam::${accountId}:role/${roleName}`,
    region,
    ...(externalId === undefined ? {} : { externalId }),
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
  };
  return roleCredentials(role, settings, () => new Date());
}

function readerOf(
  { accountId, partition, caller, callerFailure }: AccountOwner,
  region: string,
  settings: AwsSettings,
  { foreignAccountRoleName: roleName }: Options,
): InventoryReader {
  const origin = {
    kind: 'live-account',
    ...(caller === undefined ? {} : { caller }),
    ...(callerFailure === undefined ? {} : { callerFailure }),
    ...(settings.endpoint === undefined ? {} : { endpoint: withoutCredentials(settings.endpoint) }),
  } as const;
  const foreignClients =
    roleName === undefined
      ? {}
      : {
          foreignClients: (owner: string) =>
            awsClients({
              ...settings,
              credentials: credentialsOf({ roleName }, { accountId: owner, partition }, region, settings),
            }),
        };
  const reader = awsReader({
    clients: awsClients(settings),
    accountId,
    region,
    now: () => new Date(),
    ...foreignClients,
  });
  if (callerFailure === undefined) return { ...reader, origin };
  return {
    ...reader,
    origin,
    read: async (keys, limits) => {
      const parts = await reader.read(keys, limits);
      for (const part of parts) checkOwner(part, accountId);
      return parts;
    },
  };
}
