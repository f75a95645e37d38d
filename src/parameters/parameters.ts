import type { Control } from '../controls/catalog.ts';
import { controlById } from '../controls/catalog.ts';
import type { Pattern } from '../filter-pattern/index.ts';
import { compare, describeIssue, isSatisfiable, parse } from '../filter-pattern/index.ts';
import { refused } from './fields.ts';
import type { Options, ParameterValues } from './table.ts';
import { parameterFieldOf, parameterNames } from './table.ts';

export type { Options } from './table.ts';

/** Which control is judged, and how. */
export interface Parameters {
  readonly control: Control;
  readonly options: Options;
}

export type ParsedParameters =
  | { readonly kind: 'parsed'; readonly parameters: Parameters }
  /** Every problem found, each naming the parameter and what is allowed. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/**
 * Reads the rule parameters.
 *
 * @param raw - `ruleParameters` as AWS Config sends them: JSON text, or what it holds; missing, `""` and `{}` are none.
 *   Values may be strings, as Config sends them, or booleans and numbers. An empty value counts as no value.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_example-events.html
 */
export function parseParameters(raw: unknown): ParsedParameters {
  const given = givenValues(raw);
  if (typeof given === 'string') return { kind: 'invalid', problems: [given] };

  const problems: string[] = [];
  const known: readonly string[] = parameterNames;
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) problems.push(`unknown parameter \`${name}\`; allowed are ${known.join(', ')}`);
  }
  const values: Record<string, unknown> = {};
  for (const name of parameterNames) {
    const field = parameterFieldOf(name);
    const value = given[name];
    const result = value === undefined || value === null || value === '' ? field.fallback : field.read(value);
    if (result === refused) problems.push(`\`${name}\` is ${quoted(value)}; allowed is ${field.allowed}`);
    values[name] = result;
  }
  if (problems.length > 0) return { kind: 'invalid', problems };
  return fromValues(values as ParameterValues);
}

function givenValues(raw: unknown): Readonly<Record<string, unknown>> | string {
  let data = raw;
  if (typeof raw === 'string') {
    if (raw.trim() === '') return {};
    try {
      data = JSON.parse(raw);
    } catch {
      return `the rule parameters are not JSON: ${quoted(raw)}`;
    }
  }
  if (data === undefined || data === null) return {};
  if (typeof data !== 'object' || Array.isArray(data)) {
    return `the rule parameters must be one JSON object of names and values, not ${quoted(data)}`;
  }
  return data as Readonly<Record<string, unknown>>;
}

function fromValues(values: ParameterValues): ParsedParameters {
  const { controlId, filterPattern, premises, AssumeRoleMode, ExecutionRoleName, ...rest } = values;
  const problems: string[] = [];
  if (AssumeRoleMode && ExecutionRoleName === undefined) {
    problems.push(
      '`AssumeRoleMode` is true and `ExecutionRoleName` is not given: name a role of the evaluated account that the ' +
        'function may assume (the service-linked role of AWS Config cannot be assumed)',
    );
  }
  if (filterPattern === undefined && premises !== parameterFieldOf('premises').fallback) {
    problems.push(
      '`premises` is given without `filterPattern`: the controls of the catalog have premises of their own',
    );
  }
  const control = filterPattern === undefined ? controlById(controlId) : customControl(filterPattern, premises);
  if (typeof control === 'string') problems.push(control);
  if (problems.length > 0 || typeof control !== 'object') return { kind: 'invalid', problems };
  const options: Options = { ...rest, assumeRoleMode: AssumeRoleMode, executionRoleName: ExecutionRoleName };
  return { kind: 'parsed', parameters: { control, options } };
}

/** The control that a pattern of one's own makes, or what is wrong with it. */
function customControl(filterPattern: string, premises: string): Control | string {
  const required = parse(filterPattern);
  if (required.kind !== 'parsed')
    return `\`filterPattern\` is not a pattern to compare with: ${describeIssue(required.issue)}`;
  if (!isSatisfiable(required.pattern)) return '`filterPattern` contradicts itself: no event can match it';
  const problem = premisesProblem(premises, required.pattern);
  if (problem !== undefined && premises !== parameterFieldOf('premises').fallback) return problem;
  return {
    id: 'custom',
    title: 'A filter pattern of your own',
    filterPattern,
    texts: [{ pattern: filterPattern, origins: ['the rule parameter `filterPattern`'] }],
    // A pattern that itself asks for other events than the default says is taken at its word.
    premises: problem === undefined ? premises : NO_PREMISES,
    recordedIn: 'unknown',
    references: [],
  };
}

/** What every event satisfies. */
const NO_PREMISES = '{ $.eventName = "*" }';

function premisesProblem(premises: string, required: Pattern): string | undefined {
  const parsed = parse(premises);
  if (parsed.kind !== 'parsed') return `\`premises\` is not a filter pattern: ${describeIssue(parsed.issue)}`;
  if (parsed.pattern.kind !== 'json') return '`premises` must be a JSON filter pattern, in braces';
  if (!isSatisfiable(parsed.pattern)) return '`premises` contradict themselves: no event can satisfy them';
  const { shared } = compare({ candidates: [parsed.pattern], required });
  return shared.kind === 'none'
    ? '`premises` contradict `filterPattern`: no event that it matches can satisfy them'
    : undefined;
}

function quoted(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
