import type { EventObject, EventValue } from './event.ts';
import type { FieldStep, IndexStep, Selector, Step, WildcardStep } from '../syntax/pattern.ts';
import type { Ask } from '../match/match-tree.ts';

/** What a selector finds. `broken`: it does not end in a missing key or element, but at a value that has none. */
export type Selected =
  { readonly kind: 'value'; readonly value: EventValue } | { readonly kind: 'nothing'; readonly broken: boolean };

/**
 * What the selector finds in an event; undefined as the event means one in which nothing is found. One outcome for a
 * plain selector, as many as there are fields or elements for one with a wildcard.
 *
 * Nothing is found behind "an index on something that is not an array" or a missing property:
 * https://github.com/awsdocs/amazon-cloudwatch-logs-user-guide/blob/f7d74a66ac256da354e7b6cd4c204d0381f54c34/doc_source/FilterAndPatternSyntax.md
 */
export function select(selector: Selector, event: EventObject | undefined, ask: Ask): readonly Selected[] {
  const start: Selected = event === undefined ? { kind: 'nothing', broken: false } : { kind: 'value', value: event };
  return selector.reduce<readonly Selected[]>((found, step) => found.flatMap((one) => follow(step, one, ask)), [start]);
}

export function hasWildcard(selector: Selector): boolean {
  return selector.some(isWildcard);
}

export function isWildcard(step: Step): step is WildcardStep {
  return step.kind === 'any-field' || step.kind === 'any-element';
}

function follow(step: Step, from: Selected, ask: Ask): readonly Selected[] {
  if (isWildcard(step)) return from.kind === 'value' ? expand(step, from.value, ask) : [];
  return from.kind === 'value' ? [descend(step, from.value, ask)] : [from];
}

function descend(step: FieldStep | IndexStep, value: EventValue, ask: Ask): Selected {
  switch (step.kind) {
    case 'field':
      return value.kind === 'object' ? member(value, step.name, ask) : { kind: 'nothing', broken: true };
    case 'index':
      return value.kind === 'array' ? present(value.elements[step.index]) : { kind: 'nothing', broken: true };
  }
}

/** `.*` covers the fields of an object, `[*]` the elements of an array; neither looks deeper. */
function expand(step: WildcardStep, value: EventValue, ask: Ask): readonly Selected[] {
  if (step.kind === 'any-field' && value.kind === 'object') {
    const names = new Set(value.members.map(({ name }) => name));
    return [...names].map((name) => member(value, name, ask));
  }
  if (step.kind === 'any-element' && value.kind === 'array') return value.elements.map(present);
  return [];
}

function member(object: EventObject, name: string, ask: Ask): Selected {
  const values = object.members.filter((one) => one.name === name).map(({ value }) => value);
  if (values.length < 2) return present(values[0]);
  return present(ask('duplicateKey') === 'first' ? values[0] : values.at(-1));
}

function present(value: EventValue | undefined): Selected {
  return value === undefined ? { kind: 'nothing', broken: false } : { kind: 'value', value };
}
