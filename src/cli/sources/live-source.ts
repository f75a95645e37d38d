import { awsReader } from '../../inventory/aws/aws-reader.ts';
import { awsClients } from '../../inventory/aws/client/clients.ts';
import { AwsCallError, errorName } from '../../inventory/aws/client/failures.ts';
import type { CallerIdentity } from '../../inventory/aws/client/identity.ts';
import { identifyCaller } from '../../inventory/aws/client/identity.ts';
import { roleCredentials } from '../../inventory/aws/client/role-credentials.ts';
import type { AwsSettings } from '../../inventory/aws/client/settings.ts';
import type { OrganizationAccount } from '../../inventory/aws/organization/list-accounts.ts';
import { organizationAccounts } from '../../inventory/aws/organization/list-accounts.ts';
import { processChecksOf } from '../../inventory/aws/organization/process-checks.ts';
import { setAlarmState } from '../../inventory/aws/set-alarm-state.ts';
import type { InventoryReader } from '../../inventory/reader.ts';
import type { Options } from '../../parameters/parameters.ts';
import type { ListedAccount } from './account-list.ts';
import { haveCredentialsExpired, messageOf } from '../terminal/errors.ts';
import type { LiveOptions } from './account-options.ts';
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

/** Whose account a reader is for. */
interface AccountOwner {
  readonly accountId: string;
  readonly partition: string;
}

/** The account that credentials belong to, seen from a region. */
export function liveSource(live: LiveOptions, region: string, options: Options): AccountSource {
  const settings = awsSettingsOf(live);
  const name = `live account${live.profile === undefined ? '' : ` of profile ${live.profile}`}`;
  return {
    name: `${name} ${region}`,
    title: `${name}, ${region}`,
    region,
    open: async () => readerOf(await ownerOf(settings, region), region, settings, options),
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
          return readerOf(await identifyCaller(assumed, region), region, assumed, options);
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

/** Whose the credentials are. */
async function ownerOf(settings: AwsSettings, region: string): Promise<CallerIdentity> {
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

function credentialsOf(
  { roleName, externalId, sessionName, durationSeconds }: AssumedRole,
  { accountId, partition }: AccountOwner,
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
  { accountId, partition, arn }: CallerIdentity,
  region: string,
  settings: AwsSettings,
  { foreignAccountRoleName: roleName }: Options,
): InventoryReader {
  const origin = {
    kind: 'live-account',
    caller: arn,
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
  return { ...reader, origin };
}
