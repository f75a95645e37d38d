import type { EventObject, EventValue } from '../../conditions/event/event.ts';
import type { Interpret } from '../ambiguities/interpret.ts';
import type { FieldStep, IndexStep, Selector, SelectorStep, WildcardStep } from '../../conditions/event/selector.ts';
import { isWildcard } from '../../conditions/event/selector.ts';

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
export function select(selector: Selector, event: EventObject | undefined, interpret: Interpret): readonly Selected[] {
  const start: Selected = event === undefined ? { kind: 'nothing', broken: false } : { kind: 'value', value: event };
  return selector.reduce<readonly Selected[]>(
    (found, step) => found.flatMap((one) => followStep(step, one, interpret)),
    [start],
  );
}

function followStep(step: SelectorStep, from: Selected, interpret: Interpret): readonly Selected[] {
  if (isWildcard(step)) return from.kind === 'value' ? expandWildcard(step, from.value, interpret) : [];
  return from.kind === 'value' ? [descendInto(step, from.value, interpret)] : [from];
}

function descendInto(step: FieldStep | IndexStep, value: EventValue, interpret: Interpret): Selected {
  switch (step.kind) {
    case 'field':
      return value.kind === 'object' ? selectMember(value, step.name, interpret) : { kind: 'nothing', broken: true };
    case 'index':
      return value.kind === 'array' ? selectedValue(value.elements[step.index]) : { kind: 'nothing', broken: true };
  }
}

/** `.*` covers the fields of an object, `[*]` the elements of an array; neither looks deeper. */
function expandWildcard(step: WildcardStep, value: EventValue, interpret: Interpret): readonly Selected[] {
  if (step.kind === 'any-field' && value.kind === 'object') {
    const names = new Set(value.members.map(({ name }) => name));
    return [...names].map((name) => selectMember(value, name, interpret));
  }
  if (step.kind === 'any-element' && value.kind === 'array') return value.elements.map(selectedValue);
  return [];
}

function selectMember(object: EventObject, name: string, interpret: Interpret): Selected {
  const values = object.members.filter((one) => one.name === name).map(({ value }) => value);
  if (values.length < 2) return selectedValue(values[0]);
  return selectedValue(interpret('duplicateKey') === 'first' ? values[0] : values.at(-1));
}

function selectedValue(value: EventValue | undefined): Selected {
  return value === undefined ? { kind: 'nothing', broken: false } : { kind: 'value', value };
}
