import type { Condition, Expression } from '../../filter-pattern/index.ts';
import type { AdvancedFieldSelector } from '../../inventory/resources.ts';

/**
 * A condition of a selector between two bounds, as formulas of the pattern language: what it surely lets through, and
 * what it may let through. They are the same where all that the condition says can be said.
 */
export interface Bounds {
  readonly least: Expression;
  readonly most: Expression;
}

const ALL: Expression = { kind: 'and', operands: [] };
const NONE: Expression = { kind: 'or', operands: [] };

/** Of what a selector names and is not followed here, nothing is known. */
const unknownBounds: Bounds = { least: NONE, most: ALL };

/** What all of the conditions let through. */
export function allOf(bounds: readonly Bounds[]): Bounds {
  return {
    least: { kind: 'and', operands: bounds.map(({ least }) => least) },
    most: { kind: 'and', operands: bounds.map(({ most }) => most) },
  };
}

/** What any of the conditions lets through. */
export function anyOf(bounds: readonly Bounds[]): Bounds {
  return {
    least: { kind: 'or', operands: bounds.map(({ least }) => least) },
    most: { kind: 'or', operands: bounds.map(({ most }) => most) },
  };
}

/** A condition that can be said as it is. */
export function exactly(expression: Expression): Bounds {
  return { least: expression, most: expression };
}

export function equals(field: string, text: string): Bounds {
  return matching(field, text, { before: '', after: '' });
}

/** That a field is there and is not this text. */
export function differs(field: string, text: string): Bounds {
  return notMatching(field, text, { before: '', after: '' });
}

export function isReadOnly(readOnly: boolean): Bounds {
  return exactly({ kind: 'state', selector: selectorOf('readOnly'), state: readOnly ? 'TRUE' : 'FALSE' });
}

/** The text fields of a management event that selectors may name, as they stand in the event. */
const textFields: ReadonlySet<string> = new Set([
  'eventCategory',
  'eventName',
  'eventSource',
  'eventType',
  'userIdentity.arn',
]);

/**
 * What one field of an advanced selector lets through.
 *
 * Its operators that select are ORed, those that deselect ANDed, and the two groups ANDed.
 *
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
  return allOf([...(selecting.length > 0 ? [anyOf(selecting)] : []), ...deselecting]);
}

/** What stands before and after the value of an operator: an asterisk, or nothing. */
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
    return { select: () => unknownBounds, deselect: documentedFlag(notFromConsole) };
  }
  return undefined;
}

/** A field of `true` and `false`, of which one operator is documented: Equals or NotEquals. */
function documentedFlag(bounds: (value: boolean) => Bounds): Sides['select'] {
  return (value, { before, after }) =>
    before === '' && after === '' && ['true', 'false'].includes(value) ? bounds(value === 'true') : unknownBounds;
}

/**
 * Events of sessions that did not come from the console leave the field out.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
function notFromConsole(excluded: boolean): Bounds {
  if (!excluded) return unknownBounds;
  return { least: { kind: 'absence', selector: selectorOf('sessionCredentialFromConsole') }, most: ALL };
}

/**
 * That a field has a text, or begins or ends with it. Selectors know no wildcards, and in a pattern every asterisk is
 * one: a value with an asterisk of its own is only an upper bound.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
function matching(field: string, value: string, around: Around): Bounds {
  const expression = comparison(field, '=', value, around);
  return { least: value.includes('*') ? NONE : expression, most: expression };
}

/** That a field is there and has not a text. What is said of an asterisk is a lower bound here. */
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
