import { compare, match, parse, print, type EventPattern } from '../../src/event-pattern/index.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const MAX_LENGTH = 4096;
/** Enough for small patterns. What takes more is undecided, which breaks no law. */
const BUDGET = 3000;

/**
 * Holds the language of event patterns to its laws on any text: two patterns, each a line, and an event. Throws an Error
 * that names the law that is broken.
 */
export function checkEvent(text: string): void {
  const [left = '', right = '', ...rest] = text.split('\n');
  const event = rest.join('\n');
  const [candidate, required] = [readPattern(left, event), readPattern(right, event)];
  if (candidate !== undefined && required !== undefined) comparesSoundly(candidate, required);
}

function readPattern(text: string, event: string): EventPattern | undefined {
  const result = parse(text);
  if (result.kind !== 'parsed') {
    const { offset } = result.issue;
    if (offset < 0 || offset > text.length) throw new Error(`an issue outside of ${JSON.stringify(text)}`);
    return undefined;
  }
  const printed = print(result.pattern);
  const again = parse(printed);
  if (again.kind === 'parsed') {
    const isSame = print(again.pattern) === printed;
    const [first, second] = [match(result.pattern, event), match(again.pattern, event)];
    if (isSame && JSON.stringify(first) === JSON.stringify(second)) return result.pattern;
  }
  // What is printed may be longer than the text, and too long.
  else if (printed.length > MAX_LENGTH) return result.pattern;
  throw new Error(`${JSON.stringify(text)} is printed as ${JSON.stringify(printed)}`);
}

/** Each event that is shown is what it is shown for. That a proof denies no event of CloudTrail, other tests show. */
function comparesSoundly(candidate: EventPattern, required: EventPattern): void {
  const comparison = answersTo(candidate, required);
  if (comparison === undefined) return;
  const claims = { missed: [true, false], extra: [false, true], shared: [true, true] } as const;
  for (const name of ['missed', 'extra', 'shared'] as const) {
    const answer = comparison[name];
    if (answer.kind !== 'event') continue;
    const [ofRequired, ofCandidate] = claims[name];
    const isSo =
      match(required, answer.event).matches === ofRequired && match(candidate, answer.event).matches === ofCandidate;
    if (!isSo) throw new Error(`${print(candidate)} and ${print(required)}: ${name} shows ${answer.event}`);
  }
}

/** Undefined for a required pattern that no event matches, which is the caller's mistake. */
function answersTo(candidate: EventPattern, required: EventPattern): ReturnType<typeof compare> | undefined {
  try {
    return compare({ candidates: [candidate], required, budget: BUDGET });
  } catch (error) {
    if (error instanceof TypeError && error.message.startsWith('no event satisfies')) return undefined;
    throw error;
  }
}
