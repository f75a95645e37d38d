import type { Control } from '../controls/catalog.ts';
import type { Pattern } from '../filter-pattern/index.ts';
import { compare, parse } from '../filter-pattern/index.ts';
import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
  EventSelectors,
} from '../inventory/model.ts';

/** What becomes of the required events at a trail's event selectors. */
export type Selection =
  | { readonly kind: 'all' }
  /** Some are dropped; for example this one. */
  | { readonly kind: 'some dropped'; readonly event: string }
  /** None passes; for example not this one. */
  | { readonly kind: 'none'; readonly event: string }
  | { readonly kind: 'undecided'; readonly why: string };

/**
 * Asks of a trail's selectors what is asked of a metric filter: which required event would they miss? Each selector is
 * a condition on the event, so each is written as a filter pattern, and the trail records what any of them lets through.
 *
 * A trail without custom selectors records all management events, and so does one that names just these. Of a pattern of
 * one's own it is not known whether its events are management events: that is taken for granted there, and anything
 * narrower is undecided.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html
 */
export function selectionOf(selectors: EventSelectors, control: Control): Selection {
  const { eventSelectors, advancedEventSelectors } = selectors;
  const isDefault = eventSelectors.length === 0 && advancedEventSelectors.length === 0;
  const texts = isDefault
    ? [MANAGEMENT]
    : [...eventSelectors.flatMap(basicText), ...advancedEventSelectors.flatMap(advancedText)];
  if (texts.includes(MANAGEMENT)) return { kind: 'all' };

  const patterns = texts.map((text) => (text === undefined ? undefined : patternOf(text)));
  const candidates = patterns.filter((pattern) => pattern !== undefined);
  const unread = candidates.length < patterns.length;
  const required = checkedPattern(control.filterPattern);
  const premises = control.premises === undefined ? {} : { premises: checkedPattern(control.premises) };
  const { missed, shared } = compare({ candidates, required, ...premises });
  if (missed.kind === 'none') return { kind: 'all' };
  if (unread) return { kind: 'undecided', why: 'they select by a field or in a way that is not followed' };
  if (missed.kind === 'undecided') return { kind: 'undecided', why: missed.reason };
  if (control.premises === undefined) {
    return { kind: 'undecided', why: 'it is not known which events the pattern is for' };
  }
  if (shared.kind === 'undecided') return { kind: 'undecided', why: shared.reason };
  return { kind: shared.kind === 'none' ? 'none' : 'some dropped', event: missed.event };
}

/** Management events, as CloudTrail marks them. */
const MANAGEMENT = '{ ($.eventCategory = "Management") }';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html */
function basicText(selector: EventSelector): readonly string[] {
  const { includeManagementEvents, readWriteType, excludeManagementEventSources } = selector;
  if (!includeManagementEvents) return [];
  const conditions = ['$.eventCategory = "Management"'];
  if (readWriteType !== 'All') conditions.push(`$.readOnly IS ${readWriteType === 'ReadOnly' ? 'TRUE' : 'FALSE'}`);
  conditions.push(...excludeManagementEventSources.map((source) => `$.eventSource != ${quoted(source)}`));
  return [conjunction(conditions)];
}

/**
 * A selector's fields are ANDed, the values of a field ORed (ANDed where the operator is a negation).
 *
 * @returns nothing for a selector of other events than management events; `undefined` for one that is not followed
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedEventSelector.html
 */
function advancedText({ fieldSelectors }: AdvancedEventSelector): readonly (string | undefined)[] {
  const category = fieldSelectors.find(({ field }) => field === 'eventCategory');
  if (category?.equals && !category.equals.includes('Management')) return [];
  const conditions = fieldSelectors.map(fieldCondition);
  const known = conditions.filter((condition) => condition !== undefined);
  return [known.length === conditions.length ? conjunction(known) : undefined];
}

/** The fields of a management event that selectors may name, as they stand in the event. */
const fields: Readonly<Record<string, string>> = {
  eventCategory: '$.eventCategory',
  eventName: '$.eventName',
  eventSource: '$.eventSource',
  eventType: '$.eventType',
  'userIdentity.arn': '$.userIdentity.arn',
};

function fieldCondition(selector: AdvancedFieldSelector): string | undefined {
  const { field, ...operators } = selector;
  const [given, another] = Object.entries(operators);
  // How several operators on one field go together is not documented.
  if (given === undefined || another !== undefined) return undefined;
  const [operator, values] = given;
  if (values.some((value) => /[*"\\]/.test(value))) return undefined;
  if (field === 'readOnly') return operator === 'equals' ? anyOf(values.map(readOnly)) : undefined;
  const name = fields[field];
  return name === undefined ? undefined : comparison(name, operator, values);
}

function readOnly(value: string): string {
  return `$.readOnly IS ${value === 'true' ? 'TRUE' : 'FALSE'}`;
}

function comparison(name: string, operator: string, values: readonly string[]): string | undefined {
  switch (operator) {
    case 'equals':
      return anyOf(values.map((value) => `${name} = ${quoted(value)}`));
    case 'startsWith':
      return anyOf(values.map((value) => `${name} = ${quoted(`${value}*`)}`));
    case 'endsWith':
      return anyOf(values.map((value) => `${name} = ${quoted(`*${value}`)}`));
    case 'notEquals':
      return allOf(values.map((value) => `${name} != ${quoted(value)}`));
    case 'notStartsWith':
      return allOf(values.map((value) => `${name} != ${quoted(`${value}*`)}`));
    case 'notEndsWith':
      return allOf(values.map((value) => `${name} != ${quoted(`*${value}`)}`));
    default:
      return undefined;
  }
}

function quoted(value: string): string {
  return `"${value}"`;
}

function anyOf(conditions: readonly string[]): string {
  return conditions.map((condition) => `(${condition})`).join(' || ');
}

function allOf(conditions: readonly string[]): string {
  return conditions.map((condition) => `(${condition})`).join(' && ');
}

function conjunction(conditions: readonly string[]): string {
  return `{ ${allOf(conditions)} }`;
}

/** A selector as a pattern; `undefined` if it is longer than a pattern may be, or holds what a pattern cannot. */
function patternOf(text: string): Pattern | undefined {
  const parsed = parse(text);
  return parsed.kind === 'parsed' ? parsed.pattern : undefined;
}

/** A pattern of the catalog or of the parameters, which were checked when they came in. */
function checkedPattern(text: string): Pattern {
  const pattern = patternOf(text);
  if (pattern === undefined) throw new Error(`not a filter pattern: ${text}`);
  return pattern;
}
