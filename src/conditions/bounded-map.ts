/** A map that holds at most so much weight: what was put in first leaves first. Its memory is bounded, whatever is asked. */
export interface BoundedMap<Value> {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value, weight?: number) => void;
}

/**
 * @param capacity - the greatest total weight. An entry weighs as many units as its key has characters, and its own weight
 */
export function newBoundedMap<Value>(capacity: number): BoundedMap<Value> {
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  let total = 0;
  const remove = (key: string): void => {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  };
  return {
    get: (key) => entries.get(key)?.value,
    set: (key, value, weight = 0) => {
      remove(key);
      entries.set(key, { value, weight: key.length + weight });
      total += key.length + weight;
      for (const oldest of entries.keys()) {
        if (total <= capacity) break;
        remove(oldest);
      }
    },
  };
}
