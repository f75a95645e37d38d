import type { Condition, Expression } from '../../filter-pattern/index.ts';
import type { AdvancedFieldSelector } from '../../inventory/resources.ts';

/**
 * A condition of a selector between two bounds, as formulas of the pattern language: the events that it certainly lets
 * through, and those that it may let through. The two are the same where the language can express the condition.
 */
export interface Bounds {
  readonly least: Expression;
  readonly most: Expression;
}

const ALL: Expression = { kind: 'and', operands: [] };
const NONE: Expression = { kind: 'or', operands: [] };

/** The bounds of a condition of which nothing is known: it may let everything through, or nothing. */
export const unknownBounds: Bounds = { least: NONE, most: ALL };

/** The events that all of the conditions let through. */
export function allOf(bounds: readonly Bounds[]): Bounds {
  return {
    least: { kind: 'and', operands: bounds.map(({ least }) => least) },
    most: { kind: 'and', operands: bounds.map(({ most }) => most) },
  };
}

/** The events that at least one of the conditions lets through. */
export function anyOf(bounds: readonly Bounds[]): Bounds {
  return {
    least: { kind: 'or', operands: bounds.map(({ least }) => least) },
    most: { kind: 'or', operands: bounds.map(({ most }) => most) },
  };
}

/** A condition that the language can express. */
export function exactly(expression: Expression): Bounds {
  return { least: expression, most: expression };
}

export function equals(field: string, text: string): Bounds {
  return matching(field, text, { before: '', after: '' });
}

/** That a field is present and is not this text. */
export function differs(field: string, text: string): Bounds {
  return notMatching(field, text, { before: '', after: '' });
}

export function isReadOnly(readOnly: boolean): Bounds {
  return exactly({ kind: 'state', selector: selectorOf('readOnly'), state: readOnly ? 'TRUE' : 'FALSE' });
}

/** The text fields of a management event that selectors may name, as the event has them. */
const textFields: ReadonlySet<string> = new Set([
  'eventCategory',
  'eventName',
  'eventSource',
  'eventType',
  'userIdentity.arn',
]);

/**
 * The events that one field of an advanced selector lets through.
 *
 * Its operators that select are ORed, those that deselect ANDed, and the two groups ANDed. A field without an operator is
 * none that AWS accepts: its operator is one that is not read, so it may let anything through.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html#filtering-data-events-conditions
 */
export function fieldBounds(selector: AdvancedFieldSelector): Bounds {
  const { field } = selector;
  const side = sidesOf(field);
  if (side === undefined) return unknownBounds;
  const { select, deselect } = side;
  const selecting = [
    ...(selector.equals ?? []).map((value) => select(value, { before: '', after: '' })),
    ...(selector.startsWith ?? []).map((value) => select(value, { before: '', after: '*' })),
    ...(selector.endsWith ?? []).map((value) => select(value, { before: '*', after: '' })),
  ];
  const deselecting = [
    ...(selector.notEquals ?? []).map((value) => deselect(value, { before: '', after: '' })),
    ...(selector.notStartsWith ?? []).map((value) => deselect(value, { before: '', after: '*' })),
    ...(selector.notEndsWith ?? []).map((value) => deselect(value, { before: '*', after: '' })),
  ];
  if (selecting.length === 0 && deselecting.length === 0) return unknownBounds;
  return allOf([...(selecting.length > 0 ? [anyOf(selecting)] : []), ...deselecting]);
}

/** What comes before and after the value of an operator: an asterisk, or nothing. */
interface Around {
  readonly before: '' | '*';
  readonly after: '' | '*';
}

interface Sides {
  readonly select: (value: string, around: Around) => Bounds;
  readonly deselect: (value: string, around: Around) => Bounds;
}

function sidesOf(field: string): Sides | undefined {
  if (textFields.has(field)) {
    return {
      select: (value, around) => matching(field, value, around),
      deselect: (value, around) => orAbsent(field, notMatching(field, value, around)),
    };
  }
  if (field === 'readOnly') return { select: documentedFlag(isReadOnly), deselect: () => unknownBounds };
  if (field === 'sessionCredentialFromConsole') {
    return { select: documentedFlag(fromConsole), deselect: documentedFlag(notFromConsole) };
  }
  return undefined;
}

/** A field of `true` and `false`, which is documented with Equals and NotEquals only. */
function documentedFlag(bounds: (value: boolean) => Bounds): Sides['select'] {
  return (value, { before, after }) =>
    before === '' && after === '' && ['true', 'false'].includes(value) ? bounds(value === 'true') : unknownBounds;
}

const consoleField = selectorOf('sessionCredentialFromConsole');

/**
 * Only events of console sessions have the field, with the text `true`. What a selector does with `false` is not
 * documented.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
function fromConsole(selected: boolean): Bounds {
  return selected ? equals('sessionCredentialFromConsole', 'true') : unknownBounds;
}

function notFromConsole(excluded: boolean): Bounds {
  if (!excluded) return unknownBounds;
  const absent: Condition = { kind: 'absence', selector: consoleField };
  const other = differs('sessionCredentialFromConsole', 'true').most;
  return { least: absent, most: { kind: 'or', operands: [absent, other] } };
}

/**
 * That a field has a text, or begins or ends with it. Selectors have no wildcards, but in a pattern every asterisk is
 * one: so a value that contains an asterisk gives an upper bound only.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
function matching(field: string, value: string, around: Around): Bounds {
  const expression = comparison(field, '=', value, around);
  return { least: value.includes('*') ? NONE : expression, most: expression };
}

/** That a field is present and does not have a text. A value with an asterisk is a lower bound here. */
function notMatching(field: string, value: string, around: Around): Bounds {
  const expression = comparison(field, '!=', value, around);
  return { least: expression, most: value.includes('*') ? ALL : expression };
}

/** Whether an event without the field passes a negation is not documented. */
function orAbsent(field: string, bounds: Bounds): Bounds {
  const absent: Condition = { kind: 'absence', selector: selectorOf(field) };
  return { least: bounds.least, most: { kind: 'or', operands: [bounds.most, absent] } };
}

function comparison(field: string, operator: '=' | '!=', value: string, { before, after }: Around): Condition {
  const text = `${before}${value}${after}`;
  return { kind: 'equality', selector: selectorOf(field), operator, value: { kind: 'word', text } };
}

function selectorOf(field: string): Condition['selector'] {
  return field.split('.').map((name) => ({ kind: 'field', name }));
}
