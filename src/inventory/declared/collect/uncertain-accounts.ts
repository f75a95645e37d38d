import { PLACEHOLDER_ACCOUNT } from '../settings.ts';
import type { Declaration, DeclaredAccount } from '../declaration.ts';
import type { Maybe } from '../value.ts';
import { isUnknown, unknown } from '../value.ts';

/**
 * The same account, with every policy that names an account not known where nobody says which account the file is for: a
 * condition on `aws:SourceAccount` holds in one account and not in another.
 */
export function withoutUncertainAccounts(account: DeclaredAccount): DeclaredAccount {
  if (account.isAccountKnown) return account;
  return { ...account, declarations: account.declarations.map(withoutPolicyOfAccount) };
}

function withoutPolicyOfAccount(declaration: Declaration): Declaration {
  if (!('policy' in declaration)) return declaration;
  return { ...declaration, policy: certainPolicy(declaration.policy) };
}

function certainPolicy(policy: Maybe<string>): Maybe<string> {
  if (isUnknown(policy)) return policy;
  const named = (policy.match(/(?<!\d)\d{12}(?!\d)/g) ?? []).find((id) => id !== PLACEHOLDER_ACCOUNT);
  if (named === undefined) return policy;
  return unknown(`the policy names account ${named}; say with \`--account-id\` which account the file is for`);
}
