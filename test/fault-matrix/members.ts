type Path = readonly (string | number)[];

export interface Change {
  readonly name: string;
  readonly change: (output: object) => unknown;
}

/** The ways to spoil each member of an answer: missing, null, of another type, or with a value that nobody knows. */
export function changesOf(sample: object): readonly Change[] {
  return pathsOf(sample).flatMap((path) => {
    const at = (what: string, replace: (value: unknown) => unknown): Change => ({
      name: `${path.join('.')} ${what}`,
      change: (output) => edited(output, path, replace),
    });
    const wrong = (values: readonly unknown[]) => values.map((value) => at(`= ${JSON.stringify(value)}`, () => value));
    // A list without one of its items is the true answer of another account.
    const isItem = typeof path.at(-1) === 'number';
    return [
      ...(isItem ? [] : [at('missing', () => undefined)]),
      at('= null', () => null),
      ...wrong(wrongValuesFor(valueAt(sample, path))),
      ...(Array.isArray(valueAt(sample, path))
        ? [at('with null in it', (list) => [null, ...(Array.isArray(list) ? (list as unknown[]) : [])])]
        : []),
    ];
  });
}

function wrongValuesFor(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return ['x', {}];
  if (typeof value === 'string') return ['FUTURE_VALUE', '', { a: 1 }];
  if (typeof value === 'number') return ['1', -1, 1e15];
  if (typeof value === 'boolean') return ['false', 0];
  return ['x'];
}

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (value instanceof Map) return [...value.keys()].map((key) => [...path, key as string]);
  if (Array.isArray(value)) return value.length === 0 ? [] : [[...path, 0], ...pathsOf(value[0], [...path, 0])];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]);
}

function valueAt(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return value;
  if (value instanceof Map) return valueAt(value.get(step), rest);
  return valueAt((value as Readonly<Record<string, unknown>> | undefined)?.[step], rest);
}

function edited(value: unknown, [step, ...rest]: Path, replace: (value: unknown) => unknown): unknown {
  if (step === undefined) return replace(value);
  if (value instanceof Map) {
    const inner = edited(value.get(step), rest, replace);
    const kept = [...value].filter(([key]) => key !== step) as [unknown, unknown][];
    return new Map(inner === undefined ? kept : [...kept, [step, inner]]);
  }
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    const inner = edited(list[step as number], rest, replace);
    return list.flatMap((one, index) => (index !== step ? [one] : inner === undefined ? [] : [inner]));
  }
  const fields = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { ...fields, [step]: edited(fields[step], rest, replace) };
}
