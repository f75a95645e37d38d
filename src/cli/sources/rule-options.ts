import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';

import { catalog } from '../../controls/catalog.ts';
import type { ParameterName } from '../../parameters/table.ts';
import { fallbackText, parameterFieldOf, kebabName, parameterNames } from '../../parameters/table.ts';

/** The rule parameters that were given, by the names that AWS Config has for them; the id of a control as `control`. */
export interface RuleOptions extends Readonly<Partial<Record<ParameterName, string>>> {
  readonly control?: string;
}

/** The group in the help of the options that name the control. */
export const CONTROL_HELP_GROUP = 'The control:';

export const RULE_PARAMETERS_NOTE =
  'Rule parameters: the spelling of the rule works as well, such as `--patternMatch` for `--pattern-match`. ' +
  '`explain NAME` says which values are allowed.';

interface RuleOption {
  /** As AWS Config spells it. */
  readonly name: string;
  /** In kebab case, with two hyphens before it. */
  readonly flag: string;
  readonly isBoolean: boolean;
  readonly description: string;
}

const ruleOptions: readonly RuleOption[] = parameterNames
  .filter((name) => !parameterFieldOf(name).isForFunction)
  .map((name) => {
    const { meaning, fallback } = parameterFieldOf(name);
    const preset = fallbackText(name);
    return {
      name,
      flag: `--${kebabName(name)}`,
      isBoolean: typeof fallback === 'boolean',
      description: `${meaning}${preset === undefined ? '' : ` (default: ${preset.replaceAll(/,(?=\S)/g, ', ')})`}`,
    };
  });

/**
 * Adds an option for each rule parameter that a command line can use, in kebab case. The rule's own spelling works too.
 *
 * @param except - parameters that the command sets itself
 * @returns the command
 */
export function withRuleOptions(command: Command, except: readonly ParameterName[] = []): Command {
  const offered = ruleOptions.filter(({ name }) => !except.some((one) => one === name));
  for (const { name, flag, isBoolean, description } of offered) {
    const isControl = name === 'controlId' || name === 'filterPattern';
    // The last of two names gives the value its name, and is suggested for a misspelt one.
    const flags = name === 'controlId' ? `${flag}, --control` : flag;
    const option = new Option(`${flags} ${isBoolean ? '[value]' : '<value>'}`, description)
      .argParser(rejectSecondValue(flag))
      .helpGroup(isControl ? CONTROL_HELP_GROUP : 'Rule parameters:');
    command.addOption(option);
  }
  return acceptRuleSpelling(command);
}

/**
 * Adds the option of one rule parameter, for a command that uses no other.
 *
 * @throws Error if the command line has no option for it
 */
export function withRuleOption(command: Command, name: ParameterName): Command {
  const option = ruleOptions.find((one) => one.name === name);
  if (option === undefined) throw new Error(`no option for the rule parameter ${name}`);
  command.addOption(new Option(`${option.flag} <value>`, option.description).argParser(rejectSecondValue(option.flag)));
  return acceptRuleSpelling(command);
}

/** An option that is given twice would silently lose its first value. */
function rejectSecondValue(flag: string): (value: string, earlier: string | undefined) => string {
  return (value, earlier) => {
    if (earlier === undefined || earlier === value) return value;
    throw new InvalidArgumentError(`\`${flag}\` was given before, with the value \`${earlier}\`. Give it once.`);
  };
}

function acceptRuleSpelling(command: Command): Command {
  const parse = command.parseOptions.bind(command);
  command.parseOptions = (args) => parse([...toKebabCase(args)]);
  return command;
}

/**
 * Writes the rule's spelling of each option in kebab case, and joins a flag with its value, so that a flag without a
 * value does not consume the name of a file.
 */
function toKebabCase(args: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') return [...words, ...args.slice(at)];
    const [, given = '', value] = /^(--[^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const option = ruleOptions.find(({ name, flag }) => given === flag || given === `--${name}`);
    const negated = ruleOptions.find(({ flag, isBoolean }) => isBoolean && given === `--no-${flag.slice(2)}`);
    if (negated !== undefined && value === undefined) {
      words.push(`${negated.flag}=false`);
    } else if (option === undefined) {
      words.push(word);
    } else if (value !== undefined || !option.isBoolean) {
      words.push(value === undefined ? option.flag : `${option.flag}=${value}`);
    } else if (/^(true|false)$/i.test(args[at + 1] ?? '')) {
      words.push(`${option.flag}=${args[at + 1] ?? ''}`);
      at += 1;
    } else {
      words.push(`${option.flag}=true`);
    }
  }
  return words;
}

/** The rule parameters that were given, by the names that AWS Config has for them. The id of a control may be in any case. */
export function ruleParameters(given: RuleOptions):
  | { readonly kind: 'values'; readonly values: Readonly<Record<string, string>> }
  | {
      readonly kind: 'invalid';
      readonly problems: readonly string[];
    } {
  const known: Readonly<Record<string, string | undefined>> = { ...given, controlId: given.control };
  const values = Object.fromEntries(
    ruleOptions.flatMap(({ name }) => {
      const value = known[name];
      return value === undefined ? [] : [[name, name === 'controlId' ? controlIdOf(value) : value] as const];
    }),
  );
  // AWS Config sends a parameter that is not set as an empty text. On a command line, it is a variable that is not set.
  const empty = ruleOptions.filter(({ name }) => values[name] === '');
  if (empty.length === 0) return { kind: 'values', values };
  return { kind: 'invalid', problems: empty.map(({ flag }) => `\`${flag}\` is empty; leave it out for its default`) };
}

/** What is wrong with the rule parameters, with the options in place of the names that AWS Config has for them. */
export function namingOptions(problems: readonly string[]): readonly string[] {
  return problems.map((problem) =>
    ruleOptions.reduce((text, { name, flag }) => text.replaceAll(`\`${name}\``, `\`${flag}\``), problem),
  );
}

/** The id as the catalog spells it; what was given, if the catalog has no such control. */
function controlIdOf(given: string): string {
  return catalog.find(({ id }) => id.toLowerCase() === given.toLowerCase())?.id ?? given;
}
