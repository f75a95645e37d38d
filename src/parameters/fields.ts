/** Says that a value is none of those allowed. A symbol, so that no value can be mistaken for it. */
export const refused = Symbol('refused');

/** One parameter: how it is read, what it is when not given, and what is allowed, in words. */
export interface Field<V> {
  readonly fallback: V;
  readonly allowed: string;
  readonly read: (value: unknown) => V | typeof refused;
}

/** One of some words, the first being the default. */
export function choiceField<const W extends readonly [string, ...string[]]>(...words: W): Field<W[number]> {
  return {
    fallback: words[0],
    allowed: words.length === 1 ? words[0] : `one of ${words.join(', ')}`,
    read: (value) => words.find((word) => word === value) ?? refused,
  };
}

/** A boolean, or its name in any case, since AWS Config sends strings. */
export function booleanField(fallback: boolean): Field<boolean> {
  return {
    fallback,
    allowed: 'true or false',
    read: (value) => {
      if (typeof value === 'boolean') return value;
      const word = typeof value === 'string' ? value.toLowerCase() : undefined;
      return word === 'true' ? true : word === 'false' ? false : refused;
    },
  };
}

/** A whole number within bounds, or its decimal digits. */
export function numberField(fallback: number, { from, to }: { from: number; to: number }): Field<number> {
  return {
    fallback,
    allowed: `a whole number from ${from} to ${to}`,
    read: (value) => {
      const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value));
      const number = isNumber ? Number(value) : NaN;
      return Number.isInteger(number) && number >= from && number <= to ? number : refused;
    },
  };
}

/** Any text. */
export function textField(fallback: string | undefined): Field<string | undefined> {
  return { fallback, allowed: 'a text', read: (value) => (typeof value === 'string' ? value : refused) };
}

/**
 * The name of an IAM role, with its path if it has one, such as `audit/config-reader`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function roleNameField(): Field<string | undefined> {
  return {
    fallback: undefined,
    allowed: 'the name of an IAM role (not its ARN), with its path if it has one',
    read: (value) => (typeof value === 'string' && /^[\w+=,.@-]+(\/[\w+=,.@-]+)*$/.test(value) ? value : refused),
  };
}
