import type { Issue } from '../filter-pattern/index.ts';
import type { Cursor } from './cursor.ts';
import { refuse, skipBlank, take, takeWord, UnreadError } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import type { LogQuery, QueryExpression } from './query.ts';

/** A query whose meaning is known, or where it is not: a command, a function or a form that is not computed. */
export type QueryParseResult =
  { readonly kind: 'parsed'; readonly query: LogQuery } | { readonly kind: 'unread'; readonly issue: Issue };

/**
 * Reads a query of the simple form: `filter` commands, also written `where`, then perhaps `stats count(*)`; and `fields`, `display`, `sort` and
 * `limit`, which do not change whether something is counted. Every other query is one that AWS may run, and that is not
 * computed.
 *
 * @throws only what is a defect
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Where.html
 */
export function parse(text: string): QueryParseResult {
  const cursor: Cursor = { text, at: 0 };
  try {
    return { kind: 'parsed', query: parseCommands(cursor) };
  } catch (error) {
    if (!(error instanceof UnreadError)) throw error;
    return { kind: 'unread', issue: error.issue };
  }
}

function parseCommands(cursor: Cursor): LogQuery {
  const filters: QueryExpression[] = [];
  let limit: number | undefined;
  let count: LogQuery['count'];
  skipBlank(cursor);
  // A query without a command gives every log event.
  if (cursor.at === cursor.text.length) return { filters };
  do {
    skipBlank(cursor);
    const from = cursor.at;
    if (count !== undefined) refuse(cursor, 'nothing after `stats`');
    if (takeWord(cursor, 'filter') || takeWord(cursor, 'where')) {
      if (limit !== undefined) refuse(cursor, 'no `filter` after `limit`', undefined, from);
      filters.push(parseExpression(cursor));
    } else if (takeWord(cursor, 'fields') || takeWord(cursor, 'display')) parseNames(cursor, false);
    else if (takeWord(cursor, 'sort')) parseNames(cursor, true);
    else if (takeWord(cursor, 'limit')) {
      const number = Number(take(cursor, /^[1-9]\d{0,5}(?!\w)/) ?? refuse(cursor, 'a number'));
      limit = Math.min(limit ?? number, number);
    } else if (takeWord(cursor, 'stats')) count = parseCount(cursor);
    else refuse(cursor, '`filter`, `fields`, `display`, `sort`, `limit` or `stats count(*)`');
  } while (take(cursor, /^\|/) !== undefined);
  skipBlank(cursor);
  if (cursor.at < cursor.text.length) refuse(cursor, '`|` or the end');
  return { filters, ...(limit === undefined ? {} : { limit }), ...(count === undefined ? {} : { count }) };
}

/** Takes names of fields, which do not change what is counted. A function or an alias may. */
function parseNames(cursor: Cursor, mayHaveOrder: boolean): void {
  do {
    const name = take(cursor, /^(?:`[^`]+`|@?[A-Za-z_][\w.@]*(?![\w(-]))/);
    if (name === undefined) refuse(cursor, 'the name of a field');
    if (mayHaveOrder) take(cursor, /^(?:asc|desc)(?!\w)/);
  } while (take(cursor, /^,/) !== undefined);
}

function parseCount(cursor: Cursor): LogQuery['count'] {
  if (take(cursor, /^count\s*\(\s*\*\s*\)/) === undefined) refuse(cursor, '`count(*)`');
  if (!takeWord(cursor, 'as')) return {};
  return { alias: take(cursor, /^[A-Za-z_]\w*(?![\w(.-])/) ?? refuse(cursor, 'a name') };
}

/** What an aggregation expression makes of the results: their number, or the number that `stats count(*)` gave. */
export type Aggregation = 'results' | 'number' | Issue;

/**
 * Reads the aggregation expression of a log alarm: `count(*)`, or a function of the name that `stats count(*)` gave to its
 * number.
 *
 * @throws only what is a defect
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-log.html
 */
export function parseAggregation(expression: string, { count }: LogQuery): Aggregation {
  const cursor: Cursor = { text: expression, at: 0 };
  try {
    const field = take(cursor, /^(?:sum|max|min|avg)\s*\(\s*[A-Za-z_]\w*\s*\)/);
    if (field === undefined) parseCount(cursor);
    skipBlank(cursor);
    if (cursor.at < expression.length) refuse(cursor, 'the end');
    if (field === undefined && count === undefined) return 'results';
    cursor.at = 0;
    const alias = /\(\s*(\w+)/.exec(field ?? '')?.[1];
    if (alias !== undefined && alias === count?.alias) return 'number';
    return refuse(
      cursor,
      count === undefined ? '`count(*)`' : 'a function of the number that `stats` gives',
      count === undefined ? undefined : '`count(*)` of the query would be counted again',
    );
  } catch (error) {
    if (!(error instanceof UnreadError)) throw error;
    return error.issue;
  }
}
