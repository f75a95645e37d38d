import type { EventObject, EventValue, Member } from '../../conditions/event/event.ts';
import { type Places, readEvent } from '../../conditions/event/read-event.ts';
import type { Issue } from '../../filter-pattern/index.ts';
import { countBranches } from '../syntax/branches.ts';
import type { EventPattern, MemberPattern, ObjectPattern } from '../syntax/pattern.ts';
import { Refusal, type Source, doubt, foundAt, refuse } from './refusal.ts';
import { parseTest } from './parse-test.ts';
import { RESERVED_NAMES } from './reserved-names.ts';

export type EventParseResult =
  | { readonly kind: 'parsed'; readonly pattern: EventPattern }
  /** AWS certainly refuses the text. */
  | { readonly kind: 'invalid'; readonly issue: Issue }
  /** AWS may accept the text, but its documentation and its published engine do not agree on it, or say nothing. */
  | { readonly kind: 'undecided'; readonly issue: Issue };

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html: `EventPattern` of at most 4,096 characters. */
const MAX_LENGTH = 4096;

/** Each choice among the objects of `$or` is a way to match. A pattern with more of them is not taken apart. */
const MAX_BRANCHES = 1000;

/**
 * Reads the text of an EventBridge event pattern. A result, never an exception, for any text.
 *
 * What is valid follows the documentation and, where it says nothing, the engine that AWS publishes:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * https://github.com/aws/event-ruler/blob/main/src/main/software/amazon/event/ruler/JsonRuleCompiler.java
 *
 * @throws only what is a defect
 */
export function parse(text: string): EventParseResult {
  if (text.length > MAX_LENGTH) {
    const found = `${text.length} characters`;
    return { kind: 'invalid', issue: { offset: MAX_LENGTH, found, expected: `at most ${MAX_LENGTH} characters` } };
  }
  const places: Places = new Map();
  const source: Source = { text, places };
  const read = readEvent(text, places);
  if (read.kind === 'no-json') {
    const { offset, expected } = read;
    // The published engine does not look at what follows the pattern.
    const kind = expected === 'the end of the text' ? 'undecided' : 'invalid';
    return { kind, issue: { offset, found: foundAt(text, offset), expected, ...jsonHint(text, offset) } };
  }
  try {
    if (read.value.kind !== 'object') refuse(source, read.value, 'a JSON object');
    const root = parseObject(source, read.value, false);
    if (countBranches(root) > MAX_BRANCHES) {
      doubt(source, read.value, `at most ${MAX_BRANCHES} combinations of \`$or\``);
    }
    return { kind: 'parsed', pattern: { kind: 'event', root } };
  } catch (error) {
    if (error instanceof Refusal) return { kind: error.kind, issue: error.issue };
    throw error;
  }
}

function parseObject(source: Source, object: EventObject, isAlternative: boolean): ObjectPattern {
  if (object.members.length === 0) refuse(source, object, 'at least one field', 'AWS does not accept an empty object');
  return object.members.map((member) => parseMember(source, member, isAlternative));
}

function parseMember(source: Source, member: Member, isAlternative: boolean): MemberPattern {
  const { name, value } = member;
  if (name === '$or') return { kind: 'or', alternatives: parseAlternatives(source, value) };
  if (isAlternative && RESERVED_NAMES.has(name)) {
    doubt(source, member, 'the name of a field', `in \`$or\`, \`${name}\` is reserved`);
  }
  switch (value.kind) {
    case 'object':
      return {
        kind: 'field',
        name,
        of: { kind: 'object', members: parseObject(source, value, isAlternative) },
      };
    case 'array':
      if (value.elements.length === 0)
        refuse(source, value, 'at least one value', 'AWS does not accept an empty array');
      return {
        kind: 'field',
        name,
        of: { kind: 'leaf', tests: value.elements.map((element) => parseTest(source, element)) },
      };
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
      return refuse(source, value, 'an array or an object', 'put the value in brackets: every value is an array');
  }
}

/** The guide shows `$or` with several objects only. With less, or with anything else, its pages do not say what it means. */
function parseAlternatives(source: Source, value: EventValue): readonly ObjectPattern[] {
  if (value.kind !== 'array') return doubt(source, value, 'an array of objects, as the value of `$or`');
  if (value.elements.length < 2) doubt(source, value, 'at least two objects, as the value of `$or`');
  return value.elements.map((element) => {
    if (element.kind !== 'object') return doubt(source, element, 'an object, in `$or`');
    return parseObject(source, element, true);
  });
}

/** The mistakes of people who know JavaScript better than JSON. */
function jsonHint(text: string, offset: number): { readonly hint?: string } {
  const character = text.charAt(offset);
  if (character === "'") return { hint: 'JSON has double quotes only' };
  if (/[\]}]/.test(character) && /,\s*$/.test(text.slice(0, offset))) return { hint: 'JSON has no comma before it' };
  if (character === '/' || character === '#') return { hint: 'JSON has no comments' };
  if (/[A-Za-z]/.test(character)) return { hint: 'put names and texts in double quotes' };
  return {};
}
