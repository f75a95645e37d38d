/** No list that this project reads has this many pages; one that does has no end. */
const MOST_PAGES = 1000;

/**
 * Reads a list to its end.
 *
 * @param read - gets one page by its token, the first without one
 * @returns the items of all pages
 * @throws Error if a token comes again, or the list does not end: a service that goes round in circles has given no list
 */
export async function readAllPages<T>(
  read: (token: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await read(token);
    items.push(...page.items);
    if (page.next === undefined || page.next === '') return items;
    if (seen.has(page.next)) throw new Error(`the list came back to page token ${page.next}`);
    seen.add(page.next);
    token = page.next;
  }
  throw new Error(`the list did not end after ${MOST_PAGES} pages`);
}
