/** Lets pass in their order what comes in any order. */
export interface OrderedQueue<T> {
  readonly put: (index: number, item: T) => void;
  /** Lets pass what still waits for something that will not come. */
  readonly flush: () => void;
}

export function passInOrder<T>(pass: (item: T) => void): OrderedQueue<T> {
  const waiting = new Map<number, T>();
  let next = 0;
  return {
    put: (index, item) => {
      waiting.set(index, item);
      for (; waiting.has(next); next += 1) {
        pass(waiting.get(next) as T);
        waiting.delete(next);
      }
    },
    flush: () => {
      for (const [, item] of [...waiting].sort(([a], [b]) => a - b)) pass(item);
      waiting.clear();
    },
  };
}
