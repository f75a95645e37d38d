import { readFileSync } from 'node:fs';

/** No input of the fuzzer is longer, in UTF-16 units. */
export const MAX_LENGTH = 400;

interface RulerRows {
  readonly rows: readonly (readonly [pattern: string, event: string, matches: boolean])[];
}

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

/** Of the rows about which the published engine was asked, so many are enough to have each operator. */
const EVENT_SEEDS = 80;

/** Event patterns about which the engine that AWS publishes was asked, each with the next one, as events of CloudTrail. */
export function eventSeeds(): readonly string[] {
  const file = new URL('../event-pattern/data/ruler.json', import.meta.url);
  const { rows } = JSON.parse(readFileSync(file, 'utf8')) as RulerRows;
  const step = Math.ceil(rows.length / EVENT_SEEDS);
  const some = rows.filter((_row, index) => index % step === 0);
  return some.map(([pattern, event], index) => {
    const [next = ''] = some[(index + 7) % some.length] ?? [];
    return [`{"detail":${pattern}}`, `{"detail":${next}}`, event].join('\n').slice(0, MAX_LENGTH);
  });
}
