/** An account to judge through a role. */
export interface ListedAccount {
  readonly accountId: string;
  /** What to call it; its id if nobody said. */
  readonly name: string;
}

export type AccountList =
  | { readonly kind: 'parsed'; readonly accounts: readonly ListedAccount[] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** What is shown of a wrong list, which may be any file at all. */
const MOST_PROBLEMS = 10;
const MOST_CHARACTERS = 40;

/**
 * Reads a list of accounts: one in a line, its id and then, if you like, its name. Blank lines and what follows a `#`
 * count for nothing.
 *
 * @returns the accounts in the order of the list, or the lines that are wrong
 */
export function parseAccountList(text: string): AccountList {
  const names = new Map<string, string>();
  const problems: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = line.replace(/#.*$/, '').trim();
    if (content === '') continue;
    const [, accountId, name] = /^(\d{12})(?:[\s,]+(.*))?$/.exec(content) ?? [];
    if (accountId === undefined) {
      const shown = content.length > MOST_CHARACTERS ? `${content.slice(0, MOST_CHARACTERS)}…` : content;
      problems.push(`line ${index + 1}: expected an account id of 12 digits and a name, found \`${shown}\``);
    } else if (names.has(accountId)) {
      problems.push(`line ${index + 1}: account ${accountId} stands in the list twice`);
    } else {
      names.set(accountId, name === undefined || name === '' ? accountId : name);
    }
  }
  if (names.size === 0 && problems.length === 0) problems.push('there is no account in the list');
  const more = problems.length - MOST_PROBLEMS;
  if (more > 0) problems.splice(MOST_PROBLEMS, more, `and ${more} more lines are wrong`);
  if (problems.length > 0) return { kind: 'invalid', problems };
  return { kind: 'parsed', accounts: [...names].map(([accountId, name]) => ({ accountId, name })) };
}
