import { awsReader } from '../../inventory/aws/aws-reader.ts';
import { awsClients } from '../../inventory/aws/client/clients.ts';
import { AwsCallError, errorName } from '../../inventory/aws/client/failures.ts';
import { identifyCaller, profileCredentials } from '../../inventory/aws/client/identity.ts';
import { roleCredentials } from '../../inventory/aws/client/role-credentials.ts';
import type { AwsSettings } from '../../inventory/aws/client/settings.ts';
import type { OrganizationAccount } from '../../inventory/aws/organization.ts';
import { organizationAccounts } from '../../inventory/aws/organization.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import type { Options } from '../../parameters/parameters.ts';
import type { ListedAccount } from './account-list.ts';
import { haveCredentialsExpired, messageOf } from '../terminal/errors.ts';
import type { Source } from './sources.ts';

/** How a live account is reached, as the AWS CLI takes it. */
export interface LiveOptions {
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
}

/** Whose account a reader is for. */
interface AccountOwner {
  readonly accountId: string;
  readonly partition: string;
}

/** The account that credentials belong to, seen from a region. */
export function liveSource(live: LiveOptions, region: string, options: Options): Source {
  const settings = settingsOf(live);
  const name = `live account${live.profile === undefined ? '' : ` of profile ${live.profile}`}`;
  return {
    name,
    title: `${name}, seen from ${region}`,
    open: async () => readerOf(await ownerOf(settings, region), region, settings, options),
  };
}

/**
 * Accounts that are entered through a role of theirs; the caller's own needs none.
 *
 * @param roleName - the name of the role, with its path if it has one, the same in every account
 * @throws the SDK's error if there are no credentials, or they are not valid
 */
export async function listedSources(
  accounts: readonly ListedAccount[],
  roleName: string,
  live: LiveOptions,
  region: string,
  options: Options,
): Promise<readonly Source[]> {
  const settings = settingsOf(live);
  const { accountId: own, partition } = await ownerOf(settings, region);
  return accounts.map(({ accountId, name }) => ({
    name: name === accountId ? accountId : `${accountId} ${name}`,
    title: name === accountId ? `account ${accountId}` : `${name} (${accountId})`,
    accountId,
    open: async () => {
      if (accountId === own) return readerOf({ accountId, partition }, region, settings, options);
      const entered = {
        ...settings,
        credentials: roleCredentials(roleIn({ accountId, partition }, roleName, region), settings, () => new Date()),
      };
      // A role that may not be taken is no finding of the account: it is told before anything is read.
      return readerOf(await identifyCaller(entered, region), region, entered, options);
    },
  }));
}

/**
 * Every active account of the organization that the credentials belong to.
 *
 * @throws Error that says what is missing
 */
export async function organizationOf(live: LiveOptions, region: string): Promise<readonly OrganizationAccount[]> {
  const settings = settingsOf(live);
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

/** Whose the credentials are. */
async function ownerOf(settings: AwsSettings, region: string): Promise<AccountOwner> {
  return await identifyCaller(settings, region).catch((error: unknown) => {
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

function settingsOf({ profile, endpointUrl }: LiveOptions): AwsSettings {
  return {
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(profile === undefined ? {} : { credentials: profileCredentials(profile) }),
  };
}

function roleIn({ accountId, partition }: AccountOwner, roleName: string, region: string) {
  return { roleArn: `arn:${partition}:iam::${accountId}:role/${roleName}`, region };
}

function readerOf(
  { accountId, partition }: AccountOwner,
  region: string,
  settings: AwsSettings,
  { foreignAccountRoleName: roleName }: Options,
): InventoryReader {
  const foreignClients =
    roleName === undefined
      ? {}
      : {
          foreignClients: (owner: string) =>
            awsClients({
              ...settings,
              credentials: roleCredentials(
                roleIn({ accountId: owner, partition }, roleName, region),
                settings,
                () => new Date(),
              ),
            }),
        };
  return awsReader({ clients: awsClients(settings), accountId, region, now: () => new Date(), ...foreignClients });
}
