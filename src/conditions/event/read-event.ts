import type { EventObject, EventValue, Member } from './event.ts';

/** What `readEvent` makes of a text: the tree, or where it stops being JSON (offset in UTF-16 units). */
export type ReadEvent = { readonly kind: 'read'; readonly value: EventValue } | NoJson;

export interface NoJson {
  readonly kind: 'no-json';
  readonly offset: number;
  readonly expected: string;
}

/** Where each value and each member of a document begins in its text, in UTF-16 units. */
export type Places = Map<EventValue | Member, number>;

/**
 * Reads one JSON document as RFC 8259 has it: no comments, no trailing commas, no byte order mark, nothing before or
 * behind it but white space. Any depth of nesting: no recursion. https://www.rfc-editor.org/rfc/rfc8259
 *
 * @param places - is filled with the place of each value and member, for messages that point into the text
 * @throws only what is a defect: a text that is not JSON is an answer
 */
export function readEvent(text: string, places?: Places): ReadEvent {
  const reader: Reader = { text, position: 0, open: [], places };
  try {
    const value = readDocument(reader);
    skipSpace(reader);
    if (reader.position < text.length) refuse(reader, 'the end of the text');
    return { kind: 'read', value };
  } catch (error) {
    if (error instanceof NotJsonError) return error.issue;
    throw error;
  }
}

/**
 * The first JSON object within a text that is not a JSON document as a whole; undefined if there is none.
 *
 * @throws only what is a defect
 */
export function readObjectWithin(text: string): EventObject | undefined {
  const position = text.indexOf('{');
  if (position === -1) return undefined;
  try {
    const value = readDocument({ text, position, open: [], places: undefined });
    return value.kind === 'object' ? value : undefined;
  } catch (error) {
    if (error instanceof NotJsonError) return undefined;
    throw error;
  }
}

interface Reader {
  readonly text: string;
  position: number;
  /** The containers that are not closed yet, the innermost last. */
  readonly open: Open[];
  readonly places: Places | undefined;
}

/** An object waits for the value of `name`. */
type Open =
  | { readonly kind: 'array'; readonly elements: EventValue[]; readonly start: number }
  | { readonly kind: 'object'; readonly members: Member[]; readonly start: number; name: string; nameAt: number };

/** Thrown inside the reader only. */
class NotJsonError extends Error {
  readonly issue: NoJson;

  constructor(issue: NoJson) {
    super(issue.expected);
    this.name = 'Refusal';
    this.issue = issue;
  }
}

function readDocument(reader: Reader): EventValue {
  for (;;) {
    let value = beginValue(reader);
    while (value !== undefined) {
      const container = reader.open.at(-1);
      if (container === undefined) return value;
      value = endValue(reader, container, value);
    }
  }
}

/** The value at the reader; undefined for a container with something in it, which is left open. */
function beginValue(reader: Reader): EventValue | undefined {
  skipSpace(reader);
  const start = reader.position;
  if (take(reader, '[')) {
    skipSpace(reader);
    if (take(reader, ']')) return placed(reader, start, { kind: 'array', elements: [] });
    reader.open.push({ kind: 'array', elements: [], start });
    return undefined;
  }
  if (take(reader, '{')) {
    skipSpace(reader);
    if (take(reader, '}')) return placed(reader, start, { kind: 'object', members: [] });
    const nameAt = reader.position;
    reader.open.push({ kind: 'object', members: [], start, name: readKey(reader), nameAt });
    return undefined;
  }
  return placed(reader, start, readScalar(reader));
}

/** Puts the value into its container. Returns the container if that ends as well, undefined if a further value follows. */
function endValue(reader: Reader, container: Open, value: EventValue): EventValue | undefined {
  skipSpace(reader);
  switch (container.kind) {
    case 'array':
      container.elements.push(value);
      if (take(reader, ',')) return undefined;
      if (!take(reader, ']')) refuse(reader, '`,` or `]`');
      reader.open.pop();
      return placed(reader, container.start, { kind: 'array', elements: container.elements });
    case 'object':
      container.members.push(placed(reader, container.nameAt, { name: container.name, value }));
      if (take(reader, ',')) {
        skipSpace(reader);
        container.nameAt = reader.position;
        container.name = readKey(reader);
        return undefined;
      }
      if (!take(reader, '}')) refuse(reader, '`,` or `}`');
      reader.open.pop();
      return placed(reader, container.start, { kind: 'object', members: container.members });
  }
}

function placed<Part extends EventValue | Member>({ places }: Reader, start: number, part: Part): Part {
  places?.set(part, start);
  return part;
}

function readKey(reader: Reader): string {
  skipSpace(reader);
  const name = readString(reader);
  if (name === undefined) return refuse(reader, 'a key in double quotes');
  skipSpace(reader);
  if (!take(reader, ':')) refuse(reader, '`:`');
  return name;
}

function readScalar(reader: Reader): EventValue {
  const text = readString(reader);
  if (text !== undefined) return { kind: 'string', text };
  const spelling = takeRun(reader, /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (spelling !== '') return { kind: 'number', spelling };
  if (take(reader, 'null')) return { kind: 'null' };
  if (take(reader, 'true')) return { kind: 'boolean', value: true };
  if (take(reader, 'false')) return { kind: 'boolean', value: false };
  return refuse(reader, 'a JSON value');
}

/** The text of the string at the reader; undefined when there is none, or none that JSON allows. */
function readString(reader: Reader): string | undefined {
  const { text, position } = reader;
  if (text.charAt(position) !== '"') return undefined;
  let end = position + 1;
  while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === '\\' ? 2 : 1;
  try {
    const value = JSON.parse(text.slice(position, end + 1)) as string;
    reader.position = end + 1;
    return value;
  } catch {
    return undefined;
  }
}

function skipSpace(reader: Reader): void {
  takeRun(reader, /[ \t\n\r]+/y);
}

/** Moves past `token` if it comes next. */
function take(reader: Reader, token: string): boolean {
  const there = reader.text.startsWith(token, reader.position);
  if (there) reader.position += token.length;
  return there;
}

/** Moves past what the sticky expression matches, and returns it; empty when nothing matches. */
function takeRun(reader: Reader, expression: RegExp): string {
  expression.lastIndex = reader.position;
  const run = expression.exec(reader.text)?.[0] ?? '';
  reader.position += run.length;
  return run;
}

function refuse(reader: Reader, expected: string): never {
  throw new NotJsonError({ kind: 'no-json', offset: reader.position, expected });
}
