import {
  compare,
  LIKELY_INTERPRETATIONS,
  matches,
  matchesUnderAll,
  parse,
  type Pattern,
  print,
  readEvent,
  writeEvent,
} from '../../src/filter-pattern/index.ts';

const MAX_LENGTH = 1024;
/** Enough for small patterns. What takes more is undecided, which breaks no law. */
const BUDGET = 3000;

/**
 * Holds the language to its laws on any text: two patterns and an event, each a line. Throws an Error that names the law
 * that is broken.
 */
export function check(text: string): void {
  const [left = '', right = '', ...rest] = text.split('\n');
  const event = rest.join('\n');
  const [candidate, required] = [readPattern(left, event), readPattern(right, event)];
  if (candidate !== undefined && required !== undefined) comparesSoundly(candidate, required, event);
}

function readPattern(text: string, event: string): Pattern | undefined {
  const result = parse(text);
  if (result.kind !== 'parsed') {
    const { offset } = result.issue;
    if (offset < 0 || offset > text.length) throw new Error(`an issue outside of ${JSON.stringify(text)}`);
    return undefined;
  }
  const printed = print(result.pattern);
  const again = parse(printed);
  const same = again.kind === 'parsed' && JSON.stringify(again.pattern) === JSON.stringify(result.pattern);
  if (!same || printed.length > MAX_LENGTH)
    throw new Error(`${JSON.stringify(text)} is printed as ${JSON.stringify(printed)}`);
  const certain = matchesUnderAll(result.pattern, event, {}).matches;
  if (certain !== 'undecided' && certain !== matches(result.pattern, event, LIKELY_INTERPRETATIONS)) {
    throw new Error(`${printed} is said to match ${JSON.stringify(event)} in every interpretation: ${certain}`);
  }
  return result.pattern;
}

function comparesSoundly(candidate: Pattern, required: Pattern, event: string): void {
  const comparison = answersTo(candidate, required);
  if (comparison === undefined) return;
  const claims = { missed: [true, false], extra: [false, true], shared: [true, true] } as const;
  for (const name of ['missed', 'extra', 'shared'] as const) {
    const answer = comparison[name];
    const [ofRequired, ofCandidate] = claims[name];
    const isSo = (shown: string) =>
      matchesUnderAll(required, shown).matches === ofRequired &&
      matchesUnderAll(candidate, shown).matches === ofCandidate;
    const pair = `${print(candidate)} and ${print(required)}`;
    if (answer.kind === 'event' && !isSo(answer.event)) throw new Error(`${pair}: ${name} shows ${answer.event}`);
    const line = compactLine(event);
    if (answer.kind === 'none' && line !== undefined && isSo(line)) throw new Error(`${pair}: ${name} denies ${line}`);
  }
}

/** Undefined for a required pattern that no event matches, which is the caller's mistake. */
function answersTo(candidate: Pattern, required: Pattern): ReturnType<typeof compare> | undefined {
  try {
    return compare({ candidates: [candidate], required, universe: 'any-json', budget: BUDGET });
  } catch (error) {
    if (error instanceof TypeError && error.message.startsWith('no event satisfies')) return undefined;
    throw error;
  }
}

/** The event as CloudTrail writes events; undefined if it is no JSON object. */
function compactLine(event: string): string | undefined {
  const read = readEvent(event);
  return read.kind === 'read' && read.value.kind === 'object' ? writeEvent(read.value) : undefined;
}
