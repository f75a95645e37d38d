import type { EventObject, EventValue } from '../conditions/event/event.ts';
import { readEvent } from '../conditions/event/read-event.ts';
import type { Kind } from '../conditions/formula/predicate.ts';
import type { StatementAnswer } from '../conditions/formula/statement.ts';
import type { Doubt, Literal, Node } from './literals.ts';
import { DOUBTS, nodeOf, outcomeFor } from './literals.ts';
import type { LogQuery, QueryTextTest } from './query.ts';

/**
 * Whether a query counts a record, given as JSON text. Undecided where AWS does not document it. Logs Insights finds fields
 * in JSON by their names with dots between, and elements of arrays by their number.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
export function match(query: LogQuery, event: string): StatementAnswer {
  return matchNode(nodeOf(query), event);
}

/** The same for a query whose negations were carried down. */
export function matchNode(node: Node, event: string): StatementAnswer {
  const read = readEvent(event);
  if (read.kind === 'no-json' || read.value.kind !== 'object') return { matches: false };
  const answer = holds(node, read.value, event);
  if (typeof answer === 'boolean') return { matches: answer };
  return { matches: 'undecided', reason: `AWS does not document ${DOUBTS[answer]}` };
}

function holds(node: Node, record: EventObject, event: string): boolean | Doubt {
  if (node.kind === 'literal') return literalHolds(node, record, event);
  const decides = node.kind === 'or';
  const answers = node.operands.map((one) => holds(one, record, event));
  if (answers.includes(decides)) return decides;
  return answers.find((one) => typeof one !== 'boolean') ?? !decides;
}

function literalHolds(literal: Literal, record: EventObject, event: string): boolean | Doubt {
  const { field, tests = [], wanted } = literal;
  if (field.kind === 'message') {
    return (literal.tests === undefined || tests.some((test) => textHolds(test, event))) === wanted;
  }
  const found = valueAt(record, field.names);
  if (found === 'equalKeys') return found;
  const outcome = outcomeFor(literal, kindOf(found));
  if (outcome !== 'by-text') return outcome;
  const text = typeof found === 'object' && found.kind === 'string' ? found.text : '';
  return tests.some((test) => textHolds(test, text)) === wanted;
}

function kindOf(found: EventValue | 'missing' | 'broken'): Kind {
  if (typeof found === 'string') return found;
  return found.kind === 'boolean' ? (found.value ? 'true' : 'false') : found.kind;
}

function valueAt(record: EventObject, names: readonly string[]): EventValue | 'missing' | 'broken' | 'equalKeys' {
  let value: EventValue = record;
  for (const name of names) {
    if (value.kind === 'array') {
      const element: EventValue | undefined = /^\d+$/.test(name) ? value.elements[Number(name)] : undefined;
      if (element === undefined) return 'missing';
      value = element;
      continue;
    }
    if (value.kind !== 'object') return 'broken';
    const [member, ...others]: readonly { readonly value: EventValue }[] = value.members.filter(
      (one) => one.name === name,
    );
    if (others.length > 0) return 'equalKeys';
    if (member === undefined) return 'missing';
    value = member.value;
  }
  return value;
}

function textHolds({ text, start, end, ignoreCase }: QueryTextTest, value: string): boolean {
  const [wanted, given] = ignoreCase ? [text.toLowerCase(), value.toLowerCase()] : [text, value];
  if (start && end) return given === wanted;
  if (start) return given.startsWith(wanted);
  return end ? given.endsWith(wanted) : given.includes(wanted);
}
