import type { EventQuestion } from '../../event-pattern/index.ts';
import { compare, match, parse } from '../../event-pattern/index.ts';
import type { Answer } from '../../filter-pattern/index.ts';
import { describeIssue, matchesUnderAll } from '../../filter-pattern/index.ts';
import type { JsonObject } from '../base/json.ts';
import type { Context } from '../base/link.ts';
import { fieldsIn } from '../metric-filter/fields-in.ts';
import { memoize } from '../required/memoize.ts';
import { premisesOf, premisesText, readPattern } from '../required/premises.ts';

/** By their texts, which are shorter than what they mean. Undefined where the pattern of the rule is not read. */
const compareTexts = memoize((eventPattern: string, required: string, premises: string) => {
  const parsed = parse(eventPattern);
  if (parsed.kind !== 'parsed') return { kind: 'unread', doubt: describeIssue(parsed.issue) } as const;
  const question: EventQuestion = {
    candidates: [parsed.pattern],
    required: readPattern(required),
    premises: readPattern(premises),
  };
  return { kind: 'compared', comparison: compare(question) } as const;
});

/** What the pattern of a rule means in comparison with what is required. */
export type RuleComparison =
  | { readonly kind: 'not-in-time' }
  | { readonly kind: 'unread'; readonly doubt: string }
  | { readonly kind: 'compared'; readonly missed: Answer; readonly extra: Answer; readonly shared: Answer };

/**
 * Compares the pattern of a rule with the required pattern on the record in `detail`, under what is true of every required
 * record and of its envelope. What is known from an earlier turn takes no time.
 */
export function compareRule(eventPattern: string, context: Context): RuleComparison {
  const { control, inventory, isOver } = context;
  const texts = [eventPattern, control.filterPattern, premisesText(control, inventory)] as const;
  const known = compareTexts.known(...texts);
  if (known === undefined && isOver()) return { kind: 'not-in-time' };
  const answer = known ?? compareTexts(...texts);
  if (answer.kind === 'unread') return answer;
  const { missed, extra, shared } = answer.comparison;
  return { kind: 'compared', missed, extra, shared };
}

/**
 * A missed event as a sentence shows it, which has little room. Where the rule misses it for its envelope, the fields of the
 * envelope that the rule asks for; otherwise the record without the fields that only the premises ask for, as long as it is
 * still one that the required pattern matches and the rule does not.
 *
 * @param event - the event with its envelope, as JSON text
 * @param eventPattern - one that was compared
 */
export function shortMissedEvent(event: string, eventPattern: string, { control, inventory }: Context): string {
  const { detail, ...envelope } = JSON.parse(event) as { readonly detail: JsonObject };
  const asked = without(JSON.parse(eventPattern) as JsonObject, ['detail']);
  if (certainlyMisses(JSON.stringify(asked), event)) {
    const named = Object.entries(envelope).filter(([name]) => Object.hasOwn(asked, name));
    // Of a misspelt field the event has nothing to show.
    return JSON.stringify(named.length > 0 ? Object.fromEntries(named) : envelope);
  }
  const short = without(detail, [...fieldsIn(premisesOf(control, inventory))]);
  const record = JSON.stringify(short);
  const isRequired = matchesUnderAll(readPattern(control.filterPattern), record).matches === true;
  return isRequired && certainlyMisses(eventPattern, JSON.stringify({ ...envelope, detail: short })) ? record : event;
}

/** Whether it is certain that a rule with this pattern misses the event. What is no pattern misses nothing. */
function certainlyMisses(eventPattern: string, event: string): boolean {
  const parsed = parse(eventPattern);
  return parsed.kind === 'parsed' && match(parsed.pattern, event).matches === false;
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
