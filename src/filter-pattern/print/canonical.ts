import { isGroup } from '../syntax/expression.ts';
import type { Condition, DelimitedPattern, Expression, Group, JsonPattern, Pattern } from '../syntax/pattern.ts';
import { print, printCondition } from './print.ts';

/** Whether the patterns differ at most in the order, grouping and repetition of operands. */
export function sameUpToOrder(left: Pattern, right: Pattern): boolean {
  return patternKey(left) === patternKey(right);
}

/**
 * A text that is the same for patterns that differ only in the order, grouping and repetition of operands, or in the names
 * of the fields of a space-delimited pattern. Equal keys
 * mean equal patterns in every interpretation; different keys mean nothing. Takes time in proportion to the length of the
 * pattern times its depth, once for each object.
 */
export function patternKey(pattern: Pattern): string {
  const known = patternKeys.get(pattern);
  if (known !== undefined) return known;
  const key = newPatternKey(pattern);
  patternKeys.set(pattern, key);
  return key;
}

/** The text of a condition. Equal keys mean equal conditions. */
export function conditionKey(condition: Condition): string {
  const known = conditionKeys.get(condition);
  if (known !== undefined) return known;
  const key = printCondition(condition);
  conditionKeys.set(condition, key);
  return key;
}

const patternKeys = new WeakMap<Pattern, string>();
const conditionKeys = new WeakMap<Condition, string>();

function newPatternKey(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'json':
      return jsonKey(pattern);
    case 'terms':
      return [...new Set(pattern.terms.map((term) => print({ kind: 'terms', terms: [term] })))].sort().join(' ');
    case 'delimited':
      return print(withNumberedFields(pattern));
    case 'everything':
      return print(pattern);
  }
}

/**
 * The same fields under names by their places. A name, or none, says nothing of which word a field takes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#matching-term-space-delimited-log-events
 */
function withNumberedFields({ fields }: DelimitedPattern): DelimitedPattern {
  const numbered = fields.map((field, at) => (field.kind === 'word' ? { ...field, name: `w${at}` } : field));
  return { kind: 'delimited', fields: numbered };
}

function jsonKey({ expression }: JsonPattern): string {
  return `{${partKey(partOf(expression))}}`;
}

/** A condition, or a group of different parts, none of which is a group of the same kind. */
type Part = { readonly kind: 'condition'; readonly key: string } | GroupPart;

interface GroupPart {
  readonly kind: Group['kind'];
  /** By their keys, in the order of the keys. */
  readonly parts: ReadonlyMap<string, Part>;
}

function partOf(expression: Expression): Part {
  if (!isGroup(expression)) return { kind: 'condition', key: conditionKey(expression) };
  const parts = new Map<string, Part>();
  for (const operand of expression.operands) {
    const part = partOf(operand);
    if (part.kind === expression.kind) for (const [key, inner] of part.parts) parts.set(key, inner);
    else parts.set(partKey(part), part);
  }
  const [only, ...others] = parts.values();
  if (only !== undefined && others.length === 0) return only;
  return { kind: expression.kind, parts: new Map([...parts].sort(([left], [right]) => (left < right ? -1 : 1))) };
}

/** Each key of a group with its length before it, so that no text of a condition can look like another group. */
function partKey(part: Part): string {
  if (part.kind === 'condition') return part.key;
  return `${part.kind}(${[...part.parts.keys()].map((key) => `${key.length}:${key}`).join('')})`;
}
