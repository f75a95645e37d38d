/** An account to judge through a role. */
export interface ListedAccount {
  readonly accountId: string;
  /** What to call it; its id if nobody said. */
  readonly name: string;
}

/**
 * Reads a list of accounts: one in a line, its id and then, if you like, its name. Blank lines and what follows a `#`
 * count for nothing.
 *
 * @returns the accounts in the order of the list, or every line that is wrong
 */
export function parseAccountList(text: string):
  | { readonly kind: 'parsed'; readonly accounts: readonly ListedAccount[] }
  | {
      readonly kind: 'invalid';
      readonly problems: readonly string[];
    } {
  const accounts: ListedAccount[] = [];
  const problems: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = line.replace(/#.*$/, '').trim();
    if (content === '') continue;
    const [, accountId, name] = /^(\d{12})(?:[\s,]+(.*))?$/.exec(content) ?? [];
    if (accountId === undefined) {
      problems.push(`line ${index + 1}: expected an account id of 12 digits and a name, found \`${content}\``);
    } else if (accounts.some((account) => account.accountId === accountId)) {
      problems.push(`line ${index + 1}: account ${accountId} stands in the list twice`);
    } else {
      accounts.push({ accountId, name: name === undefined || name === '' ? accountId : name });
    }
  }
  if (accounts.length === 0 && problems.length === 0) problems.push('there is no account in the list');
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'parsed', accounts };
}
