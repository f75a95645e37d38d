import type { Answer, OperationName } from '../answers/operations.ts';
import type { Call } from './call.ts';
import { InvalidAnswerError } from './check-answer.ts';

/** No list that is read here has this many pages. A longer one does not end. */
const MAX_PAGES = 1000;

export interface PagedList<O extends OperationName, T> {
  readonly call: Call;
  readonly operation: O;
  readonly region: string;
  /** Requests one page by its token, the first without one. */
  readonly send: (token: string | undefined, options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;
  readonly itemsOf: (page: Answer<O>) => readonly T[];
  /** Whether the items so far answer the question, so that the rest of the list is not read. */
  readonly isEnough?: (items: readonly T[]) => boolean;
}

/**
 * Reads a list to its end, or until its beginning is enough. An empty page with a token is not the end.
 *
 * @returns the items of the pages that were read
 * @throws AwsCallError if a page cannot be read, if a token comes twice, or if the list does not end
 */
export async function readAllPages<O extends OperationName, T>(list: PagedList<O, T>): Promise<readonly T[]> {
  const items = await readPages(list, MAX_PAGES);
  return items ?? fail(list, `the list does not end after ${MAX_PAGES} pages`);
}

/**
 * Reads a list of few pages to its end.
 *
 * @param maxPages - the most pages that are read
 * @returns the items, or `undefined` if the list is longer
 * @throws AwsCallError if a page cannot be read, or if a token comes twice
 */
export async function readPages<O extends OperationName, T>(
  list: PagedList<O, T>,
  maxPages: number,
): Promise<readonly T[] | undefined> {
  const { call, operation, region, send, itemsOf, isEnough = () => false } = list;
  const items: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await call(operation, region, (options) => send(token, options));
    items.push(...itemsOf(page));
    const next = tokenIn(page);
    if (next === undefined || next === '' || isEnough(items)) return items;
    if (seen.has(next)) await fail(list, `the list comes back to its page token "${next}"`);
    seen.add(next);
    token = next;
  }
  return undefined;
}

/** Fails as a call of the list does whose answer is none. */
function fail<O extends OperationName, T>({ call, operation, region }: PagedList<O, T>, words: string): Promise<never> {
  return call(operation, region, () => Promise.reject(new InvalidAnswerError(words))) as Promise<never>;
}

/** The services spell the member in two ways. */
function tokenIn(page: object): string | undefined {
  const { NextToken, nextToken } = page as { readonly NextToken?: string; readonly nextToken?: string };
  return NextToken ?? nextToken;
}
