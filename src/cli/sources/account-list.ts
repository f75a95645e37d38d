import { CsvError, parse } from 'csv-parse/sync';

/** An account to evaluate through a role. */
export interface ListedAccount {
  readonly accountId: string;
  /** The id, if the list gives no name. */
  readonly name: string;
}

export type AccountList =
  | { readonly kind: 'parsed'; readonly accounts: readonly ListedAccount[] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** How much of a wrong list is shown: it may be any file at all. */
const MOST_PROBLEMS = 10;
const MOST_CHARACTERS = 40;

/**
 * Reads a list of accounts: an account on each line, its id and then, if you like, its name, separated by a comma, a
 * semicolon, a tab or blanks. Names may be in double quotes. Empty lines and what follows a `#` are comments. The first
 * line may be a header, which says where the id and the name are; other columns are ignored.
 *
 * @returns the accounts in the order of the list, or what is wrong, with the line
 */
export function parseAccountList(text: string): AccountList {
  const [first, ...others] = recordsOf(text);
  const header = first === undefined ? undefined : headerOf(first);
  const records = first === undefined ? [] : header === undefined ? [first, ...others] : others;
  const columns = header ?? { id: 0, name: 1 };
  const names = new Map<string, string>();
  const problems: string[] = [];
  for (const { line, cells } of records) {
    const accountId = (cells[columns.id] ?? '').trim();
    const name = (cells[columns.name] ?? '').trim();
    if (!/^\d{12}$/.test(accountId)) problems.push(`line ${line}: ${describeWrongId(accountId)}`);
    else if (names.has(accountId)) problems.push(`line ${line}: account ${accountId} is in the list twice`);
    else names.set(accountId, name === '' ? accountId : name);
  }
  if (names.size === 0 && problems.length === 0) problems.push('there is no account in the list');
  const more = problems.length - MOST_PROBLEMS;
  if (more > 0) problems.splice(MOST_PROBLEMS, more, `and ${more} more lines are wrong`);
  if (problems.length > 0) return { kind: 'invalid', problems };
  return { kind: 'parsed', accounts: [...names].map(([accountId, name]) => ({ accountId, name })) };
}

interface ListRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The delimiter is chosen line by line: an id, and then the first separator behind it. */
function recordsOf(text: string): readonly ListRecord[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line)) return [];
    const [, delimiter = ','] = /^\s*(?:"[^"]*"|[^",;\t]*?)\s*([,;\t])/.exec(line) ?? [];
    const isPlain = !/[,;\t]/.test(line.replace(/#.*$/, '').replaceAll(/"[^"]*"/g, ''));
    const cells = isPlain ? wordsOf(line) : cellsOf(line, delimiter);
    return [{ line: index + 1, cells }];
  });
}

/** An id and a name with blanks between them. */
function wordsOf(line: string): readonly string[] {
  const [, id = '', name = ''] = /^\s*"?([^\s"]*)"?\s*(.*)$/.exec(line) ?? [];
  const [, quoted] = /^"([^"]*)"/.exec(name) ?? [];
  return [id, quoted ?? name.replace(/#.*$/, '')];
}

/** @returns nothing where a quote is not closed, which makes the whole line wrong */
function cellsOf(line: string, delimiter: string): readonly string[] {
  try {
    const [cells = []] = parse(line, { delimiter, comment: '#', trim: true, relax_column_count: true });
    return cells;
  } catch (error) {
    if (error instanceof CsvError) return [line];
    throw error;
  }
}

/** The columns that a header names; nothing if the line is no header. The console of AWS Organizations writes such a file. */
function headerOf({ cells }: ListRecord): { readonly id: number; readonly name: number } | undefined {
  const titles = cells.map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ''));
  const id = titles.findIndex((title) => ['id', 'account', 'accountid', 'accountnumber'].includes(title));
  if (id === -1) return undefined;
  const name = titles.findIndex((title) => ['name', 'accountname', 'alias'].includes(title));
  return { id, name };
}

function describeWrongId(found: string): string {
  if (/^\d{9,11}$/.test(found)) {
    return `\`${found}\` has ${found.length} digits, an account id has 12: a spreadsheet may have removed zeros at its start`;
  }
  const shown = found.length > MOST_CHARACTERS ? `${found.slice(0, MOST_CHARACTERS)}…` : found;
  return `an account id has 12 digits, but here is \`${shown}\``;
}
