import { CsvError, parse } from 'csv-parse/sync';
import * as v from 'valibot';

import { catalog } from '../../controls/catalog.ts';
import type { AcceptedException, Result } from '../../report/result.ts';
import { editDistance } from '../terminal/edit-distance.ts';
import { fileTitle, readText } from '../terminal/read-file.ts';
import type { Streams } from '../terminal/streams.ts';

/** A finding that somebody accepts until a date. */
export interface ExceptionEntry extends AcceptedException {
  /** Where the entry is in its file, such as `line 3`. */
  readonly place: string;
  readonly accountId: string;
  /** The id of a control, or `*` for every control. */
  readonly controlId: string;
}

export type ExceptionList =
  | { readonly kind: 'parsed'; readonly entries: readonly ExceptionEntry[] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

const COLUMNS = ['account', 'control', 'reason', 'owner', 'expires'] as const;

const controlIds = catalog.map(({ id }) => id);

/** The one of some words that was perhaps meant, as the end of a sentence; empty where none is near. */
function hintAt(given: string, words: readonly string[]): string {
  const distances = words.map((word) => [word, editDistance(given.toLowerCase(), word.toLowerCase())] as const);
  const [nearest] = distances.sort(([, a], [, b]) => a - b);
  return nearest === undefined || nearest[1] > 2 ? '' : `; did you mean \`${nearest[0]}\`?`;
}

function accountProblem(given: string): string {
  const problem = `\`account\` must be the id of an account, 12 digits; it is \`${given}\``;
  if (given === '*') return `${problem}. An exception is for one account: give a line for each`;
  if (/^\d{9,11}$/.test(given)) return `${problem}. A spreadsheet leaves out zeros at the start`;
  return problem;
}

const text = (what: string) =>
  v.pipe(v.string(`${what} must be a text in quotation marks`), v.trim(), v.nonEmpty(`${what} is missing`));

const entry = v.strictObject({
  account: v.pipe(
    text('`account`'),
    v.regex(/^\d{12}$/, ({ input }) => accountProblem(input)),
  ),
  control: v.pipe(
    text('`control`'),
    v.transform((id) => catalog.find((one) => one.id.toLowerCase() === id.toLowerCase())?.id ?? id),
    v.check(
      (id) => id === '*' || id === 'custom' || catalog.some((one) => one.id === id),
      ({ input }) =>
        `\`control\` must be the id of a control, which \`controls\` lists, or \`*\` for every control; it is \`${input}\`${hintAt(input, controlIds)}`,
    ),
  ),
  reason: text('`reason`'),
  owner: text('`owner`'),
  expires: v.pipe(
    text('`expires`'),
    v.check(isDate, ({ input }) => `\`expires\` must be a date such as 2027-03-31; it is \`${input}\``),
  ),
});

function isDate(written: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(written)) return false;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);
}

/**
 * Reads a list of exceptions: CSV with a header, or a JSON list of objects, with `account`, `control`, `reason`, `owner`
 * and `expires`. All of them are required.
 *
 * @returns the entries in the order of the file, or what is wrong, with the place
 */
export function parseExceptions(file: string): ExceptionList {
  const read = /^\s*[[{]/.test(file) ? readJson(file) : readCsv(file);
  if (typeof read === 'string') return { kind: 'invalid', problems: [read] };
  const entries: ExceptionEntry[] = [];
  const problems: string[] = [];
  for (const { place, data } of read) {
    const parsed = v.safeParse(entry, data);
    if (!parsed.success) {
      problems.push(...parsed.issues.map((issue) => `${place}: ${describeIssue(issue)}`));
      continue;
    }
    const { account: accountId, control: controlId, ...accepted } = parsed.output;
    const twin = entries.find((one) => one.accountId === accountId && one.controlId === controlId);
    if (twin === undefined) entries.push({ place, accountId, controlId, ...accepted });
    else problems.push(`${place}: ${accountId} and ${controlId} have an exception at ${twin.place} already`);
  }
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'parsed', entries };
}

/**
 * Reads the file of exceptions that was named.
 *
 * @param path - the file; `-` is standard input; without it, there are none
 * @throws Error with a sentence, if there is no such file
 */
export async function readExceptions(path: string | undefined, io: Streams): Promise<ExceptionList> {
  if (path === undefined) return { kind: 'parsed', entries: [] };
  const list = parseExceptions(await readText(path, io.stdin));
  if (list.kind === 'parsed') return list;
  return { kind: 'invalid', problems: list.problems.map((problem) => `${fileTitle(path)}: ${problem}`) };
}

interface Raw {
  readonly place: string;
  readonly data: unknown;
}

function readJson(file: string): readonly Raw[] | string {
  try {
    const list = JSON.parse(file) as unknown;
    if (!Array.isArray(list)) return 'a list of exceptions in JSON is an array of objects';
    return list.map((data: unknown, index) => ({ place: `entry ${index + 1}`, data }));
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function readCsv(file: string): readonly Raw[] | string {
  try {
    const rows = parse(file, {
      comment: '#',
      comment_no_infix: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    const [header, ...others] = rows;
    const names = header?.record.map((name) => name.toLowerCase()) ?? [];
    const missing = COLUMNS.filter((column) => !names.includes(column));
    if (missing.length > 0) return headerProblem(header?.record ?? [], missing);
    const uneven = others.find(({ record }) => record.length > names.length);
    if (uneven !== undefined) {
      const { record, info } = uneven;
      return `line ${info.lines}: there are ${record.length} cells under ${names.length} columns: put a text with a comma into quotation marks`;
    }
    return others.map(({ record, info }) => ({
      place: `line ${info.lines}`,
      data: Object.fromEntries(COLUMNS.map((column) => [column, record[names.indexOf(column)] ?? ''])),
    }));
  } catch (error) {
    if (error instanceof CsvError) return `not a table: ${error.message}`;
    throw error;
  }
}

function headerProblem(header: readonly string[], missing: readonly string[]): string {
  const problem = `the first line must name the columns ${COLUMNS.join(', ')}; missing: ${missing.join(', ')}`;
  if (header.length === 0) return `${problem}. The file is empty`;
  if (header.length === 1 && /[;\t]/.test(header[0] ?? '')) return `${problem}. Columns are separated by commas`;
  const others = header.filter((name) => !COLUMNS.some((column) => column === name.toLowerCase()));
  return others.length === 0
    ? problem
    : `${problem}. There are others: ${others.map((name) => `\`${name}\``).join(', ')}`;
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const [step] = issue.path ?? [];
  const key = typeof step?.key === 'string' ? step.key : '';
  if (issue.expected === 'never') return `\`${key}\` is not a member of an exception${hintAt(key, COLUMNS)}`;
  if (issue.kind === 'schema' && issue.type === 'strict_object') {
    return key === '' ? 'an exception is an object' : `\`${key}\` is missing`;
  }
  return issue.message;
}

/** Results with the exceptions that accept them, and what is to be said about the list. */
export interface ExceptedResults {
  readonly results: readonly Result[];
  /** A sentence for each entry that has expired, or that accepts nothing. */
  readonly notes: readonly string[];
}

/**
 * Marks the results that an exception accepts. The verdict stays what it is. An exception holds to the end of its day,
 * in UTC.
 *
 * @param now - the time that decides what has expired
 */
export function applyExceptions(
  results: readonly Result[],
  entries: readonly ExceptionEntry[],
  now: Date,
): ExceptedResults {
  const today = now.toISOString().slice(0, 10);
  const used = new Set<ExceptionEntry>();
  const seen = new Set<ExceptionEntry>();
  const over: string[] = [];
  const marked = results.map(({ exception, ...judged }): Result => {
    // A saved result may hold an exception, which counts to its last day as well.
    if (exception !== undefined && exception.expires < today) {
      const { accountId, control } = judged;
      over.push(
        `the exception for ${accountId} and ${control.id}, which the saved results hold, expired on ${exception.expires}; it counts again`,
      );
    }
    const result: Result = exception === undefined || exception.expires < today ? judged : { ...judged, exception };
    const found = entries.filter(
      ({ accountId, controlId }) =>
        accountId === result.accountId && (controlId === '*' || controlId === result.control.id),
    );
    for (const one of found) seen.add(one);
    const valid = found.find(({ expires }) => expires >= today);
    if (result.verdict === 'satisfied' || valid === undefined) return result;
    used.add(valid);
    const { reason, owner, expires } = valid;
    return { ...result, exception: { reason, owner, expires } };
  });
  const notes = entries.flatMap((one) => {
    const what = `the exception for ${one.accountId} and ${one.controlId === '*' ? 'every control' : one.controlId} (${one.place})`;
    if (one.expires < today) return [`${what} expired on ${one.expires}; its results count again`];
    if (used.has(one)) return [];
    return [seen.has(one) ? `${what} is not needed: the account is satisfied` : `${what} matches no result`];
  });
  return { results: marked, notes: [...over, ...notes] };
}
