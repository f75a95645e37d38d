/**
 * Does work on each item, a bounded number at a time, until all is done or the signal aborts. Work that is under way
 * then is left to itself: whoever aborts does not wait for it.
 *
 * @param work - must not reject: it reports in its own way what goes wrong with one item
 */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) {
      if (signal.aborted) return;
      await work(item, index);
    }
  };
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
  await Promise.race([Promise.all(Array.from({ length: limit }, worker)), aborted]);
}
