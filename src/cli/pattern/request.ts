import { type EventObject, type EventValue, readEvent, writeEvent } from '../../filter-pattern/index.ts';

/**
 * Reads one question, a line of JSON. JSON.parse would lose the spelling of numbers, such as 12.0.
 *
 * @throws Error that says what is wrong with the line
 */
export function readRequest(line: string): EventObject {
  if (line.trim() === '') throw new Error('the line is blank');
  const read = readEvent(line);
  if (read.kind === 'no-json')
    throw new Error(`the line is not JSON: at offset ${read.offset}, expected ${read.expected}`);
  if (read.value.kind !== 'object') throw new Error('the line is not a JSON object');
  return read.value;
}

/**
 * A pattern that must be there: text, or an event pattern as the object that it is.
 *
 * @throws Error with a sentence that names the field
 */
export function patternOf(request: EventObject, name: string): string {
  const pattern = optionalPatternField(request, name);
  if (pattern === undefined) throw new Error(`"${name}" is missing: it must be a string`);
  return pattern;
}

/**
 * The same for a pattern that may be absent.
 *
 * @throws Error with a sentence that names the field
 */
export function optionalPatternField(request: EventObject, name: string): string | undefined {
  const value = field(request, name);
  if (value === undefined) return undefined;
  if (value.kind === 'object') return writeEvent(value);
  if (value.kind !== 'string') throw new Error(`"${name}" must be a string`);
  return value.text;
}

/**
 * An event as a raw message: a string as it is, an object as its JSON text.
 *
 * @throws Error with a sentence that names the field
 */
export function eventField(request: EventObject, name: string): string {
  const value = field(request, name);
  if (value?.kind === 'string') return value.text;
  if (value?.kind === 'object') return writeEvent(value);
  throw new Error(`"${name}" must be an object, or a string for a raw message`);
}

function field(request: EventObject, name: string): EventValue | undefined {
  return request.members.findLast((member) => member.name === name)?.value;
}
