import type { AwsSettings } from './client/clients.ts';
import { allPages } from './client/paging.ts';

/** An account of an organization. */
export interface OrganizationAccount {
  readonly accountId: string;
  readonly name: string;
}

/**
 * The active accounts of the caller's organization, in the order of their ids. The client is loaded on first use, since
 * only whoever judges a whole organization needs it.
 *
 * @throws the SDK's error; only the management account and delegated administrators may ask
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 */
export async function organizationAccounts(
  { endpoint, credentials }: AwsSettings,
  region: string,
): Promise<readonly OrganizationAccount[]> {
  const { ListAccountsCommand, OrganizationsClient } = await import('@aws-sdk/client-organizations');
  const client = new OrganizationsClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  const accounts = await allPages(async (NextToken) => {
    const page = await client.send(new ListAccountsCommand(NextToken === undefined ? {} : { NextToken }));
    const items = (page.Accounts ?? []).flatMap(({ Id, Name, Status }): readonly OrganizationAccount[] =>
      Id !== undefined && Status === 'ACTIVE' ? [{ accountId: Id, name: Name ?? Id }] : [],
    );
    return { items, next: page.NextToken };
  });
  return [...accounts].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
}
