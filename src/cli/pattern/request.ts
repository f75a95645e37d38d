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
 * A field that must be there, and be text.
 *
 * @throws Error with a sentence that names the field
 */
export function textField(request: EventObject, name: string): string {
  const text = optionalTextField(request, name);
  if (text === undefined) throw new Error(`"${name}" is missing: it must be a string`);
  return text;
}

/**
 * A field that is text if it is there.
 *
 * @throws Error with a sentence that names the field
 */
export function optionalTextField(request: EventObject, name: string): string | undefined {
  const value = field(request, name);
  if (value === undefined) return undefined;
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
