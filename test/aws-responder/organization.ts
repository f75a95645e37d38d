import type { Inventory } from '../../src/inventory/model.ts';
import { accountOperations } from './account.ts';
import type { Request } from './wire.ts';
import { ServiceError } from './wire.ts';

/** The organization that all accounts are in. */
export const ORGANIZATION = 'o-exampleorgid';

/** The start of a temporary access key; the account whose role it is of follows. */
const KEY_OF_ROLE = 'ASIAROLEOF';

/**
 * The operations of several accounts behind one address: a role of each may be taken, and whoever signs with its key
 * sees that account. All other keys are the first account's.
 *
 * @param inventories - the accounts, the one that holds the organization first
 * @param check - throws the error that a request is answered with
 */
export function organizationOperations(
  inventories: readonly Inventory[],
  check: (request: Request) => void = () => undefined,
) {
  const seenBy = ({ accessKeyId }: Request): Inventory => {
    const accountId = accessKeyId.startsWith(KEY_OF_ROLE) ? accessKeyId.slice(KEY_OF_ROLE.length) : undefined;
    const seen = accountId === undefined ? inventories[0] : inventories.find((one) => one.accountId === accountId);
    if (seen === undefined) throw new ServiceError('InvalidClientTokenId', 403);
    return seen;
  };
  const perAccount = Object.fromEntries(
    Object.entries(accountOperations).map(([name, operation]) => [
      name,
      (input: Request['input'], request: Request) => {
        check(request);
        return operation(input, request, seenBy(request));
      },
    ]),
  );
  return {
    ...perAccount,
    AssumeRole: (input: Request['input'], request: Request) => {
      check(request);
      const [, accountId = ''] = /^arn:aws:iam::(\d{12}):role\//.exec(String(input['RoleArn'])) ?? [];
      if (!inventories.some((one) => one.accountId === accountId)) {
        const resource = String(input['RoleArn']);
        throw new ServiceError(
          'AccessDenied',
          403,
          `not authorized to perform: sts:AssumeRole on resource: ${resource}`,
        );
      }
      const expiration = new Date(Date.now() + 900_000).toISOString();
      return {
        AssumedRoleUser: {
          AssumedRoleId: 'AROA:mfa-alarm-rule',
          Arn: `arn:aws:sts::${accountId}:assumed-role/role/mfa-alarm-rule`,
        },
        Credentials: {
          AccessKeyId: `${KEY_OF_ROLE}${accountId}`,
          SecretAccessKey: 'secret',
          SessionToken: 'token',
          Expiration: expiration,
        },
      };
    },
    DescribeOrganization: (_input: Request['input'], request: Request) => {
      check(request);
      return { Organization: { Id: ORGANIZATION } };
    },
    ListAccounts: (input: Request['input']) => {
      const from = Number(input['NextToken'] ?? 0);
      const page = inventories.slice(from, from + 20);
      return {
        Accounts: page.map(({ accountId }, index) => ({
          Id: accountId,
          Name: `team ${from + index}`,
          State: 'ACTIVE',
        })),
        ...(from + 20 < inventories.length ? { NextToken: String(from + 20) } : {}),
      };
    },
  };
}
