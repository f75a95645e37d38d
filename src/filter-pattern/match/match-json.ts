import { conditionHolds } from './condition-holds.ts';
import type { EventObject } from '../event/event.ts';
import type { Condition, Expression, JsonPattern } from '../syntax/pattern.ts';
import { readEvent, readObjectWithin } from '../event/read-event.ts';
import { hasWildcard, select } from '../event/select.ts';
import type { Ask, Test, Trial } from './match-tree.ts';

/**
 * Tries a JSON pattern on a raw message. "JSON patterns only match JSON log events", so the message has to be one JSON
 * object. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function jsonTrial(pattern: JsonPattern, message: string): Trial {
  const document = readDocument(message);
  const isJson: Test = { kind: 'test', holds: (ask) => document(ask) !== 'void' };
  return { kind: 'and', operands: [isJson, scope(pattern, document), tried(pattern.expression, document)] };
}

/** `void`: no JSON pattern matches. `empty`: no selector finds anything. */
type Document = (ask: Ask) => EventObject | 'empty' | 'void';

function readDocument(message: string): Document {
  const read = readEvent(message);
  if (read.kind === 'read' && read.value.kind === 'object') {
    const { value } = read;
    return () => value;
  }
  const within = read.kind === 'no-json' ? readObjectWithin(message) : undefined;
  return (ask) => {
    if (within !== undefined && ask('surroundingText') === 'ignored') return within;
    return ask('notAnObject') === 'absent' ? 'empty' : 'void';
  };
}

function eventOf(document: Document, ask: Ask): EventObject | undefined {
  const event = document(ask);
  return typeof event === 'string' ? undefined : event;
}

function tried(expression: Expression, document: Document): Trial {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { kind: expression.kind, operands: expression.operands.map((operand) => tried(operand, document)) };
    case 'equality':
    case 'ordering':
    case 'state':
    case 'absence':
      return { kind: 'test', holds: (ask) => conditionHolds(expression, eventOf(document, ask), ask) };
  }
}

/**
 * "If a property selector points to an array or object, the filter pattern won't match": the condition, or the whole
 * pattern? Not so with wildcards, since AWS's own `$.*` matches an event that has arrays in it.
 */
function scope(pattern: JsonPattern, document: Document): Test {
  const plain = conditionsOf(pattern.expression).filter(({ selector }) => !hasWildcard(selector));
  return {
    kind: 'test',
    holds: (ask) => {
      const event = eventOf(document, ask);
      const hitsContainer = plain.some(({ selector }) => select(selector, event, ask).some(isContainer));
      return !hitsContainer || ask('containerScope') === 'condition';
    },
  };
}

function isContainer(selected: ReturnType<typeof select>[number]): boolean {
  return selected.kind === 'value' && (selected.value.kind === 'object' || selected.value.kind === 'array');
}

function conditionsOf(expression: Expression): readonly Condition[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.flatMap(conditionsOf);
    case 'equality':
    case 'ordering':
    case 'state':
    case 'absence':
      return [expression];
  }
}
