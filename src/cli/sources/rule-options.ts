import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import { fallbackText, fieldOf, parameterNames, parameterTable } from '../../parameters/table.ts';

/** The rule parameters among the options: each by its own name, and two by a second one. */
export interface RuleOptions {
  readonly control?: string;
  readonly filterPattern?: string;
}

/** Under what in the help the options stand that say which control is asked about. */
export const CONTROL_HELP_GROUP = 'What to judge by:';

export const RULE_PARAMETERS_NOTE = 'Rule parameters: `explain NAME` says what each of them may be.';

/** Adds every rule parameter by its name, but those that are of use to a function alone; two have a short name too. */
export function withRuleOptions(command: Command): Command {
  const named = [
    new Option('--control <id>', 'a control of the catalog, as `--controlId`; `controls` lists them'),
    new Option('--filter-pattern <pattern>', 'a pattern of your own, as `--filterPattern`'),
  ];
  for (const option of named) command.addOption(option.helpGroup(CONTROL_HELP_GROUP));
  for (const name of parameterNames) {
    const { meaning, isForFunction } = fieldOf(name);
    if (isForFunction) continue;
    const fallback = fallbackText(name);
    const preset = fallback === undefined ? '' : ` (default: ${fallback})`;
    command.addOption(new Option(`--${name} <value>`, `${meaning}${preset}`).helpGroup('Rule parameters:'));
  }
  // Both names of the pattern are one option to commander, which would let the last one win.
  for (const option of command.options) if (option.attributeName() === 'filterPattern') option.argParser(onlyOnce);
  return command;
}

function onlyOnce(value: string, earlier: string | undefined): string {
  if (earlier === undefined || earlier === value) return value;
  throw new InvalidArgumentError('`--filter-pattern` and `--filterPattern` are the same; give one of them.');
}

/** The rule parameters that were given, by the names that AWS Config has for them. */
export function ruleParameters(given: RuleOptions):
  | { readonly kind: 'values'; readonly values: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'invalid';
      readonly problems: readonly string[];
    } {
  const { control, ...others } = given;
  const named = Object.entries(others).filter(([name]) => Object.hasOwn(parameterTable, name));
  const values: Readonly<Record<string, unknown>> = Object.fromEntries(named);
  if (control !== undefined && values['controlId'] !== undefined && values['controlId'] !== control) {
    return { kind: 'invalid', problems: ['`--control` and `--controlId` are the same; give one of them'] };
  }
  const all = { ...values, ...(control === undefined ? {} : { controlId: control }) };
  // AWS Config sends what is not set as empty; a script that lost its variable would be judged by something else.
  const empty = Object.entries(all).filter(([, value]) => value === '');
  if (empty.length === 0) return { kind: 'values', values: all };
  return { kind: 'invalid', problems: empty.map(([name]) => `\`${name}\` is empty; leave it out for its default`) };
}
