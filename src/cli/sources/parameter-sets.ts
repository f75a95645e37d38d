import { Option } from 'commander';

import { catalog } from '../../controls/catalog.ts';
import type { Parameters } from '../../parameters/parameters.ts';
import { parseParameters } from '../../parameters/parameters.ts';
import type { RuleOptions } from './rule-options.ts';
import { CONTROL_HELP_GROUP, namingOptions, ruleParameters } from './rule-options.ts';

/** The rule parameters of a command line, and whether they are for every control. */
export interface ControlOptions extends RuleOptions {
  readonly allControls?: true;
}

export type ParameterSets =
  | { readonly kind: 'parsed'; readonly parameterSets: readonly [Parameters, ...Parameters[]] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** The option that asks for every control of the catalog. */
export function allControlsOption(): Option {
  return new Option('--all-controls', 'every control of the catalog, on one reading of the account')
    .conflicts(['control', 'filterPattern'])
    .helpGroup(CONTROL_HELP_GROUP);
}

/** The controls that a command line asks for, each with the same options; or what is wrong with it. */
export function parseParameterSets(given: ControlOptions): ParameterSets {
  const raw = ruleParameters(given);
  if (raw.kind === 'invalid') return raw;
  const ids = given.allControls === true ? catalog.map(({ id }) => id) : [undefined];
  const parsed = ids.map((id) => parseParameters({ ...raw.values, ...(id === undefined ? {} : { controlId: id }) }));
  const problems = parsed.flatMap((one) => (one.kind === 'invalid' ? one.problems : []));
  const [first, ...others] = parsed.flatMap((one) => (one.kind === 'parsed' ? [one.parameters] : []));
  if (problems.length > 0 || first === undefined) {
    return { kind: 'invalid', problems: namingOptions([...new Set(problems)]) };
  }
  return { kind: 'parsed', parameterSets: [first, ...others] };
}
