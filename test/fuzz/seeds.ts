import { readFileSync } from 'node:fs';

/** No input of the fuzzer is longer, in UTF-16 units. */
export const MAX_LENGTH = 400;

interface Row {
  readonly pattern: string;
  readonly event: unknown;
}

/** Each example of the guide with the next one, so that there is something to compare. */
export function seeds(): readonly string[] {
  const file = new URL('../filter-pattern/data/filter-pattern-examples.json', import.meta.url);
  const { examples } = JSON.parse(readFileSync(file, 'utf8')) as { readonly examples: readonly Row[] };
  return examples.map(({ pattern, event }, index) => {
    const message = typeof event === 'string' ? event : JSON.stringify(event);
    return [pattern, examples[(index + 7) % examples.length]?.pattern ?? '', message].join('\n').slice(0, MAX_LENGTH);
  });
}
