import { readPattern } from '../required/premises.ts';
import type { Control } from '../../controls/catalog.ts';
import type { Condition, Expression } from '../../filter-pattern/index.ts';

/** What an event must have in one field, by the path of the field: the conditions of which one must hold. */
type Fields = ReadonlyMap<string, readonly unknown[]>;

/** Patterns with more alternatives than this are not written. */
const MOST_ALTERNATIVES = 60;

/** The names of the events of calls, by which almost every rule asks. */
const API_CALL = 'AWS API Call via CloudTrail';

/**
 * The event pattern for what a control requires: the source and the kind of the events, as far as the premises say them, and
 * the required pattern on the record in `detail`. Where a filter pattern is true of an event without the field, the event
 * pattern asks for that as well.
 *
 * @returns `undefined` if the pattern cannot be written: whether one that is written means the same is judged, not taken for
 *   granted
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-iam.html
 */
export function eventPatternFor({ filterPattern, premises }: Control): object | undefined {
  const required = readPattern(filterPattern);
  const known = readPattern(premises);
  if (required.kind !== 'json' || known.kind !== 'json') return undefined;
  const alternatives = alternativesOf(required.expression);
  if (alternatives === undefined || alternatives.length === 0) return undefined;
  const source = valueIn(known.expression, 'eventSource');
  const isCall = valueIn(known.expression, 'eventType') === 'AwsApiCall';
  const service = /^([a-z0-9-]+)\.amazonaws\.com$/.exec(source ?? '')?.[1];
  const [only, ...others] = joined(alternatives);
  if (only === undefined) return undefined;
  const detail = others.length === 0 ? nested(only) : { $or: [only, ...others].map(nested) };
  return {
    ...(service === undefined ? {} : { source: [`aws.${service}`] }),
    ...(isCall ? { 'detail-type': [API_CALL] } : {}),
    detail: { ...(source === undefined ? {} : { eventSource: [source] }), ...detail },
  };
}

/** The value that premises ask of a field. */
function valueIn(expression: Expression, field: string): string | undefined {
  const all = expression.kind === 'and' ? expression.operands : [expression];
  const values = all.flatMap((one) =>
    one.kind === 'equality' && one.operator === '=' && one.value.kind === 'word' && pathOf(one) === field
      ? [one.value.text]
      : [],
  );
  return values[0];
}

/** The alternatives of an expression, each as what it asks of fields; `undefined` if one cannot be written. */
function alternativesOf(expression: Expression): readonly Fields[] | undefined {
  switch (expression.kind) {
    case 'or': {
      const all = expression.operands.map(alternativesOf);
      return all.some((one) => one === undefined) ? undefined : atMost(all.flatMap((one) => one ?? []));
    }
    case 'and':
      return expression.operands.reduce<readonly Fields[] | undefined>(
        (all, operand) => {
          const more = alternativesOf(operand);
          if (all === undefined || more === undefined) return undefined;
          const both = all.flatMap((fields) => more.map((added) => together(fields, added)));
          return both.some((one) => one === undefined) ? undefined : atMost(both.flatMap((one) => one ?? []));
        },
        [new Map<string, readonly unknown[]>()],
      );
    case 'equality':
    case 'ordering':
    case 'state':
    case 'absence': {
      const path = pathOf(expression);
      const conditions = conditionsFor(expression);
      return path === undefined || conditions === undefined ? undefined : [new Map([[path, conditions]])];
    }
  }
}

function atMost(all: readonly Fields[]): readonly Fields[] | undefined {
  return all.length > MOST_ALTERNATIVES ? undefined : all;
}

/** Both, unless they ask two things of one field. */
function together(some: Fields, others: Fields): Fields | undefined {
  return [...others.keys()].some((path) => some.has(path)) ? undefined : new Map([...some, ...others]);
}

/** Alternatives that ask of the same one field are one. */
function joined(alternatives: readonly Fields[]): readonly Fields[] {
  const byField = new Map<string, unknown[]>();
  const rest: Fields[] = [];
  for (const fields of alternatives) {
    const [only, another] = fields;
    if (only === undefined || another !== undefined) rest.push(fields);
    else byField.set(only[0], [...(byField.get(only[0]) ?? []), ...only[1]]);
  }
  return [...[...byField].map(([path, conditions]): Fields => new Map([[path, conditions]])), ...rest];
}

/** The path of a field, without array positions; `undefined` where there are some, or a name has a dot. */
function pathOf({ selector }: Condition): string | undefined {
  const names = selector.map((one) => (one.kind === 'field' && !one.name.includes('.') ? one.name : undefined));
  return names.includes(undefined) ? undefined : names.join('.');
}

function conditionsFor(condition: Condition): readonly unknown[] | undefined {
  switch (condition.kind) {
    case 'equality': {
      const { operator, value } = condition;
      if (value.kind !== 'word') return undefined;
      if (value.text === '*') return [{ exists: operator === '=' }];
      const test = value.text.includes('*') ? { wildcard: value.text.replaceAll('\\', '\\\\') } : value.text;
      return operator === '=' ? [test] : [{ 'anything-but': test }, { exists: false }];
    }
    case 'absence':
      return [{ exists: false }];
    case 'state':
      return condition.state === 'NULL' ? [null] : [condition.state === 'TRUE'];
    case 'ordering':
      return undefined;
  }
}

/** Fields by path as objects within objects. */
function nested(fields: Fields): Readonly<Record<string, unknown>> {
  const root: Record<string, unknown> = {};
  for (const [path, conditions] of fields) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let place = root;
    for (const name of names) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = conditions;
  }
  return root;
}
