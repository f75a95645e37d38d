import { createCall } from '../client/call.ts';
import { readAllPages } from '../client/paging.ts';
import type { AwsSettings } from '../client/settings.ts';
import { createClient } from '../client/settings.ts';

/** An account of an organization. */
export interface OrganizationAccount {
  readonly accountId: string;
  readonly name: string;
}

/**
 * The active accounts of the caller's organization, in the order of their ids. The client is loaded on first use, since
 * only the evaluation of a whole organization needs it.
 *
 * `State` says whether an account is active. It replaces `Status`, which was retired in September 2026 and is read only
 * where there is no `State`.
 *
 * @throws AwsCallError; only the management account and delegated administrators may ask
 * @throws Error if no account is active
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html
 */
export async function organizationAccounts(
  settings: AwsSettings,
  region: string,
): Promise<readonly OrganizationAccount[]> {
  const { ListAccountsCommand, OrganizationsClient } = await import('@aws-sdk/client-organizations');
  const client = createClient(OrganizationsClient, settings, region);
  const listed = await readAllPages({
    call: createCall(),
    operation: 'ListAccounts',
    region,
    send: (NextToken, options) =>
      client.send(new ListAccountsCommand(NextToken === undefined ? {} : { NextToken }), options),
    itemsOf: ({ Accounts }) => Accounts,
  });
  const accounts = listed
    .filter(({ State, Status }) => (State ?? Status) === 'ACTIVE')
    .map(({ Id, Name = Id }) => ({ accountId: Id, name: Name }));
  if (accounts.length === 0) {
    const states = [...new Set(listed.map(({ State, Status }) => State ?? Status))].sort().join(', ');
    throw new Error(
      `no account of the organization is active: Organizations lists ${listed.length} accounts` +
        (states === '' ? '' : `, with the states ${states}`),
    );
  }
  return accounts.sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
}
