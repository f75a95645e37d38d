import { readDecimal } from '../../conditions/event/decimal.ts';
import type { EventObject, EventValue } from '../../conditions/event/event.ts';
import { matchesText } from './match-text.ts';
import { isSpellingOpen, numberText } from '../../conditions/event/number-text.ts';
import { isInOrder, orderNumbers } from '../event/order-numbers.ts';
import type { Condition, Equality, Ordering, StateTest } from '../syntax/pattern.ts';
import { select, type Selected } from '../event/select.ts';
import type { Interpret } from '../ambiguities/interpret.ts';
import { hasWildcard } from '../../conditions/event/selector.ts';

/**
 * Whether one condition holds in an event; undefined as the event means one in which nothing is found.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function conditionHolds(condition: Condition, event: EventObject | undefined, interpret: Interpret): boolean {
  const found = select(condition.selector, event, interpret);
  const test = (one: Selected) => conditionHoldsFor(condition, one, interpret);
  if (!hasWildcard(condition.selector)) return found.every(test);
  switch (quantifierOf(condition, interpret)) {
    case 'any':
      return found.some(test);
    case 'all':
      return found.length > 0 && found.every(test);
    case 'vacuous':
      return found.every(test);
  }
}

/** "{ $.arrayKey[*] = ... }" asks for any element, and so do the orders; of the other conditions AWS says nothing. */
function quantifierOf(condition: Condition, interpret: Interpret): 'any' | 'all' | 'vacuous' {
  switch (condition.kind) {
    case 'equality':
      return condition.operator === '=' ? 'any' : interpret('wildcardInequality');
    case 'ordering':
      return 'any';
    case 'state':
      return interpret('wildcardState');
    case 'absence':
      return interpret('wildcardAbsence');
  }
}

/** The same for one thing that the selector found, taken alone. */
export function conditionHoldsFor(condition: Condition, selected: Selected, interpret: Interpret): boolean {
  if (selected.kind === 'nothing') {
    if (condition.kind !== 'absence') return false;
    return !selected.broken || interpret('brokenStep') === 'absent';
  }
  switch (condition.kind) {
    case 'equality':
      return equalityHolds(condition, selected.value, interpret);
    case 'ordering':
      return orderingHolds(condition, selected.value, interpret);
    case 'state':
      return stateHolds(condition, selected.value);
    case 'absence':
      return false;
  }
}

/** `!=` is the negation of `=` for a string or a number, and false where there is none. */
function equalityHolds({ operator, value }: Equality, found: EventValue, interpret: Interpret): boolean {
  switch (found.kind) {
    case 'object':
    case 'array':
      return false;
    case 'null':
      return literalEqualityHolds(operator, value, 'null', interpret('nullEquality'), interpret);
    case 'boolean':
      return literalEqualityHolds(operator, value, String(found.value), interpret('booleanEquality'), interpret);
    case 'string':
      return stringEquals(value, found.text, interpret) === (operator === '=');
    case 'number':
      if (value.kind === 'regex')
        return literalEqualityHolds(
          operator,
          value,
          writtenNumber(found.spelling, interpret),
          interpret('regexNumber'),
          interpret,
        );
      return numberEquals(value, found.spelling, interpret) === (operator === '=');
  }
}

function literalEqualityHolds(
  operator: Equality['operator'],
  value: Equality['value'],
  text: string,
  interpretation: 'void' | 'differs' | 'text',
  interpret: Interpret,
): boolean {
  switch (interpretation) {
    case 'void':
      return false;
    case 'differs':
      return operator === '!=';
    case 'text':
      return (value.kind !== 'numeral' && matchesText(value, text, interpret)) === (operator === '=');
  }
}

function stringEquals(value: Equality['value'], text: string, interpret: Interpret): boolean {
  if (value.kind !== 'numeral') return matchesText(value, text, interpret);
  if (readDecimal(text) === undefined) return false;
  switch (interpret('digitString')) {
    case 'text':
      return text === value.spelling;
    case 'numeric':
      return orderNumbers(text, value.spelling, interpret) === 0;
    case 'never':
      return false;
  }
}

function numberEquals(value: Equality['value'], spelling: string, interpret: Interpret): boolean {
  if (value.kind === 'numeral') return orderNumbers(spelling, value.spelling, interpret) === 0;
  return matchesText(value, writtenNumber(spelling, interpret), interpret);
}

function writtenNumber(spelling: string, interpret: Interpret): string {
  return isSpellingOpen(spelling) ? numberText(spelling, interpret('numberSpelling')) : spelling;
}

function orderingHolds({ operator, value }: Ordering, found: EventValue, interpret: Interpret): boolean {
  const spelling = orderedSpelling(found, interpret);
  return spelling !== undefined && isInOrder(operator, spelling, value.spelling, interpret);
}

/** The number that is compared: the value's own, or that of a string of digits if strings are read as numbers. */
function orderedSpelling(found: EventValue, interpret: Interpret): string | undefined {
  if (found.kind === 'number') return found.spelling;
  if (found.kind !== 'string' || readDecimal(found.text) === undefined) return undefined;
  return interpret('digitString') === 'numeric' ? found.text : undefined;
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
