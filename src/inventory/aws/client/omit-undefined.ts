/** A text, or nothing where AWS sends an empty one for what is not set. */
export function unlessEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** An object without the properties that are undefined: AWS leaves out what is not set, and so does the model. */
export function omitUndefined<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
