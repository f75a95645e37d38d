import { readDecimal } from '../event/decimal.ts';
import type { EventObject, EventValue } from '../event/event.ts';
import { matchesText } from './match-text.ts';
import { isSpellingOpen, numberText } from '../event/number-text.ts';
import { isInOrder, orderNumbers } from '../event/order-numbers.ts';
import type { Condition, Equality, Ordering, StateTest } from '../syntax/pattern.ts';
import { hasWildcard, select, type Selected } from '../event/select.ts';
import type { Ask } from './match-tree.ts';

/**
 * Whether one condition holds in an event; undefined as the event means one in which nothing is found.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function conditionHolds(condition: Condition, event: EventObject | undefined, ask: Ask): boolean {
  const found = select(condition.selector, event, ask);
  const test = (one: Selected) => holdsFor(condition, one, ask);
  if (!hasWildcard(condition.selector)) return found.every(test);
  switch (quantifier(condition, ask)) {
    case 'any':
      return found.some(test);
    case 'all':
      return found.length > 0 && found.every(test);
    case 'vacuous':
      return found.every(test);
  }
}

/** "{ $.arrayKey[*] = ... }" asks for any element, and so do the orders; of the other conditions AWS says nothing. */
function quantifier(condition: Condition, ask: Ask): 'any' | 'all' | 'vacuous' {
  switch (condition.kind) {
    case 'equality':
      return condition.operator === '=' ? 'any' : ask('wildcardInequality');
    case 'ordering':
      return 'any';
    case 'state':
      return ask('wildcardState');
    case 'absence':
      return ask('wildcardAbsence');
  }
}

/** The same for one thing that the selector found, taken alone. */
export function holdsFor(condition: Condition, selected: Selected, ask: Ask): boolean {
  if (selected.kind === 'nothing') {
    if (condition.kind !== 'absence') return false;
    return !selected.broken || ask('brokenStep') === 'absent';
  }
  switch (condition.kind) {
    case 'equality':
      return equalityHolds(condition, selected.value, ask);
    case 'ordering':
      return orderingHolds(condition, selected.value, ask);
    case 'state':
      return stateHolds(condition, selected.value);
    case 'absence':
      return false;
  }
}

/** `!=` is the negation of `=` for a string or a number, and false where there is none. */
function equalityHolds({ operator, value }: Equality, found: EventValue, ask: Ask): boolean {
  switch (found.kind) {
    case 'object':
    case 'array':
      return false;
    case 'null':
      return literalHolds(operator, value, 'null', ask('nullEquality'), ask);
    case 'boolean':
      return literalHolds(operator, value, String(found.value), ask('booleanEquality'), ask);
    case 'string':
      return stringEquals(value, found.text, ask) === (operator === '=');
    case 'number':
      if (value.kind === 'regex')
        return literalHolds(operator, value, textOf(found.spelling, ask), ask('regexNumber'), ask);
      return numberEquals(value, found.spelling, ask) === (operator === '=');
  }
}

function literalHolds(
  operator: Equality['operator'],
  value: Equality['value'],
  text: string,
  reading: 'void' | 'differs' | 'text',
  ask: Ask,
): boolean {
  switch (reading) {
    case 'void':
      return false;
    case 'differs':
      return operator === '!=';
    case 'text':
      return (value.kind !== 'numeral' && matchesText(value, text, ask)) === (operator === '=');
  }
}

function stringEquals(value: Equality['value'], text: string, ask: Ask): boolean {
  if (value.kind !== 'numeral') return matchesText(value, text, ask);
  if (readDecimal(text) === undefined) return false;
  switch (ask('digitString')) {
    case 'text':
      return text === value.spelling;
    case 'numeric':
      return orderNumbers(text, value.spelling, ask) === 0;
    case 'never':
      return false;
  }
}

function numberEquals(value: Equality['value'], spelling: string, ask: Ask): boolean {
  if (value.kind === 'numeral') return orderNumbers(spelling, value.spelling, ask) === 0;
  return matchesText(value, textOf(spelling, ask), ask);
}

function textOf(spelling: string, ask: Ask): string {
  return isSpellingOpen(spelling) ? numberText(spelling, ask('numberSpelling')) : spelling;
}

function orderingHolds({ operator, value }: Ordering, found: EventValue, ask: Ask): boolean {
  const spelling = orderedSpelling(found, ask);
  return spelling !== undefined && isInOrder(operator, spelling, value.spelling, ask);
}

/** The number that is compared: the value's own, or that of a string of digits if strings are read as numbers. */
function orderedSpelling(found: EventValue, ask: Ask): string | undefined {
  if (found.kind === 'number') return found.spelling;
  if (found.kind !== 'string' || readDecimal(found.text) === undefined) return undefined;
  return ask('digitString') === 'numeric' ? found.text : undefined;
}

/** "IS NULL" only when the field is set to null, "IS TRUE" and "IS FALSE" only when it is set to that. */
function stateHolds({ state }: StateTest, found: EventValue): boolean {
  switch (state) {
    case 'NULL':
      return found.kind === 'null';
    case 'TRUE':
      return found.kind === 'boolean' && found.value;
    case 'FALSE':
      return found.kind === 'boolean' && !found.value;
  }
}
