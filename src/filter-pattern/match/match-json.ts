import { conditionHolds } from './condition-holds.ts';
import type { EventObject } from '../../conditions/event/event.ts';
import { conditionsOf, isGroup } from '../syntax/expression.ts';
import type { Expression, JsonPattern } from '../syntax/pattern.ts';
import { readEvent, readObjectWithin } from '../../conditions/event/read-event.ts';
import { select } from '../event/select.ts';
import type { Interpret } from '../ambiguities/interpret.ts';
import type { MatchTest, MatchTree } from './match-tree.ts';
import { hasWildcard } from '../../conditions/event/selector.ts';

/**
 * Applies a JSON pattern to a message. "JSON patterns only match JSON log events", so the message has to be one JSON
 * object. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function jsonMatchTree(pattern: JsonPattern, document: JsonDocument): MatchTree {
  const isJson: MatchTest = { kind: 'test', passes: (interpret) => document(interpret) !== 'void' };
  return {
    kind: 'and',
    operands: [isJson, containerScopeTest(pattern, document), expressionMatchTree(pattern.expression, document)],
  };
}

/** A message as JSON patterns see it. `void`: no JSON pattern matches. `empty`: no selector finds anything. */
export type JsonDocument = (interpret: Interpret) => EventObject | 'empty' | 'void';

/** Reads a raw message once for all JSON patterns. */
export function readDocument(message: string): JsonDocument {
  const read = readEvent(message);
  if (read.kind === 'read' && read.value.kind === 'object') {
    const { value } = read;
    return () => value;
  }
  const within = read.kind === 'no-json' ? readObjectWithin(message) : undefined;
  return (interpret) => {
    if (within !== undefined && interpret('surroundingText') === 'ignored') return within;
    return interpret('notAnObject') === 'absent' ? 'empty' : 'void';
  };
}

function documentObject(document: JsonDocument, interpret: Interpret): EventObject | undefined {
  const event = document(interpret);
  return typeof event === 'string' ? undefined : event;
}

function expressionMatchTree(expression: Expression, document: JsonDocument): MatchTree {
  if (isGroup(expression)) {
    const operands = expression.operands.map((operand) => expressionMatchTree(operand, document));
    return { kind: expression.kind, operands };
  }
  return {
    kind: 'test',
    passes: (interpret) => conditionHolds(expression, documentObject(document, interpret), interpret),
  };
}

/**
 * "If a property selector points to an array or object, the filter pattern won't match": the condition, or the whole
 * pattern? Not so with wildcards, since AWS's own `$.*` matches an event that has arrays in it.
 */
function containerScopeTest(pattern: JsonPattern, document: JsonDocument): MatchTest {
  const plain = conditionsOf(pattern.expression).filter(({ selector }) => !hasWildcard(selector));
  return {
    kind: 'test',
    passes: (interpret) => {
      const event = documentObject(document, interpret);
      const hitsContainer = plain.some(({ selector }) => select(selector, event, interpret).some(isContainer));
      return !hitsContainer || interpret('containerScope') === 'condition';
    },
  };
}

function isContainer(selected: ReturnType<typeof select>[number]): boolean {
  return selected.kind === 'value' && (selected.value.kind === 'object' || selected.value.kind === 'array');
}
