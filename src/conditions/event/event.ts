/**
 * An event as a tree that loses nothing of its JSON text but white space and escapes: numbers keep their spelling, and
 * objects their equal keys.
 */
export type EventValue = Scalar | EventArray | EventObject;

/** A value of JSON that has no parts. */
export type Scalar =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly spelling: string }
  | { readonly kind: 'string'; readonly text: string };

export interface EventArray {
  readonly kind: 'array';
  readonly elements: readonly EventValue[];
}

export interface EventObject {
  readonly kind: 'object';
  readonly members: readonly Member[];
}

export interface Member {
  readonly name: string;
  readonly value: EventValue;
}

/** The event as JSON text on one line, without blanks. Any depth of nesting: no recursion. */
export function writeEvent(event: EventValue): string {
  let text = '';
  /** What is still to be written, the next one last. */
  const todo: (EventValue | string)[] = [event];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (typeof next === 'string') text += next;
    else if (next.kind === 'array') pushArray(todo, next);
    else if (next.kind === 'object') pushObject(todo, next);
    else text += scalarText(next);
  }
  return text;
}

function pushArray(todo: (EventValue | string)[], { elements }: EventArray): void {
  todo.push(']');
  for (const [index, element] of [...elements.entries()].reverse()) todo.push(element, index === 0 ? '' : ',');
  todo.push('[');
}

function pushObject(todo: (EventValue | string)[], { members }: EventObject): void {
  todo.push('}');
  for (const [index, { name, value }] of [...members.entries()].reverse()) {
    todo.push(value, `${index === 0 ? '' : ','}${JSON.stringify(name)}:`);
  }
  todo.push('{');
}

/** A value without parts as JSON text. */
export function scalarText(value: Scalar): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.value);
    case 'number':
      return value.spelling;
    case 'string':
      return JSON.stringify(value.text);
  }
}
