import type { OperationAnswer, OperationName } from '../answers/operations.ts';
import type { Call } from './call.ts';
import { InvalidAnswerError } from './check-answer.ts';
import { ListTooLongError } from './failures.ts';

/**
 * So many pages are read of one list. A topic may have millions of subscriptions, so that whoever may subscribe to one makes a
 * longer list.
 *
 * @see https://aws.amazon.com/sns/features/ (Message fanout)
 */
const MAX_PAGES = 1000;

export interface PagedList<O extends OperationName, T> {
  readonly call: Call;
  readonly operation: O;
  readonly region: string;
  /** Requests one page by its token, the first without one. */
  readonly send: (token: string | undefined, options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;
  readonly itemsOf: (page: OperationAnswer<O>) => readonly T[];
  /** Whether the items so far answer the question, so that the rest of the list is not read. */
  readonly isEnough?: (items: readonly T[]) => boolean;
}

/**
 * Reads a list to its end, or until its beginning is enough.
 *
 * @returns the items of the pages that were read
 * @throws AwsCallError if a page cannot be read, if a token comes again, or if the list does not end
 */
export async function readAllPages<O extends OperationName, T>(list: PagedList<O, T>): Promise<readonly T[]> {
  const items = await readPages(list, MAX_PAGES);
  return items ?? fail(list, new ListTooLongError(`the list does not end after ${MAX_PAGES} pages`));
}

/**
 * Reads a list of few pages to its end.
 *
 * @param maxPages - the most pages that are read
 * @returns the items, or `undefined` if the list is longer
 * @throws AwsCallError if a page cannot be read, or if a token comes again
 */
export async function readPages<O extends OperationName, T>(
  list: PagedList<O, T>,
  maxPages: number,
): Promise<readonly T[] | undefined> {
  const { isEnough = () => false } = list;
  const items: T[] = [];
  let pages = 0;
  for await (const page of pagesOf(list)) {
    items.push(...page.items);
    if (page.isLast || isEnough(items)) return items;
    pages += 1;
    if (pages === maxPages) break;
  }
  return undefined;
}

/**
 * Hands on a list page by page, in memory that does not grow with the list.
 *
 * @param maxPages - the number of pages that no such list reaches
 * @throws AwsCallError if a page cannot be read, if a token comes again, or if the list does not end
 */
export async function* eachPage<O extends OperationName, T>(
  list: PagedList<O, T>,
  maxPages: number,
): AsyncGenerator<readonly T[], void> {
  let pages = 0;
  for await (const { items, isLast } of pagesOf(list)) {
    yield items;
    pages += 1;
    if (!isLast && pages === maxPages)
      await fail(list, new ListTooLongError(`the list does not end after ${maxPages} pages`));
  }
}

/**
 * The pages of a list. An empty page with a token is not the last.
 *
 * A token that comes again is found by Brent's algorithm: each token is compared with one that is kept, which is replaced
 * after 1, 2, 4, 8 ... pages. That needs no more memory for a long list than for a short one.
 */
async function* pagesOf<O extends OperationName, T>(list: PagedList<O, T>) {
  const { call, operation, region, send, itemsOf } = list;
  let token: string | undefined;
  let kept: string | undefined;
  let replaceAt = 1;
  for (let pages = 1; ; pages += 1) {
    const page = await call(operation, region, (options) => send(token, options));
    token = tokenIn(page);
    const isLast = token === undefined || token === '';
    yield { items: itemsOf(page), isLast };
    if (isLast) return;
    if (token === kept) await fail(list, new InvalidAnswerError(`the list comes back to its page token "${token}"`));
    if (pages === replaceAt) [kept, replaceAt] = [token, 2 * replaceAt];
  }
}

/** Fails as a call of the list does whose answer is none. */
function fail<O extends OperationName, T>({ call, operation, region }: PagedList<O, T>, error: Error): Promise<never> {
  return call(operation, region, () => Promise.reject(error)) as Promise<never>;
}

/** The services spell the member in two ways. */
function tokenIn(page: object): string | undefined {
  const { NextToken, nextToken } = page as { readonly NextToken?: string; readonly nextToken?: string };
  return NextToken ?? nextToken;
}
