import { readAllPages } from './client/paging.ts';
import type { AwsSettings } from './client/settings.ts';
import { clientSettings } from './client/settings.ts';

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
  settings: AwsSettings,
  region: string,
): Promise<readonly OrganizationAccount[]> {
  const { ListAccountsCommand, OrganizationsClient } = await import('@aws-sdk/client-organizations');
  const client = new OrganizationsClient({ ...clientSettings(settings), region });
  const accounts = await readAllPages(async (NextToken) => {
    const page = await client.send(new ListAccountsCommand(NextToken === undefined ? {} : { NextToken }));
    const items = (page.Accounts ?? []).flatMap(({ Id, Name, Status }): readonly OrganizationAccount[] =>
      Id !== undefined && Status === 'ACTIVE' ? [{ accountId: Id, name: Name ?? Id }] : [],
    );
    return { items, next: page.NextToken };
  });
  return [...accounts].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
}
