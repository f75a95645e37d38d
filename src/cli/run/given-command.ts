import type { Command } from 'commander';

import { withoutCredentials } from '../sources/address.ts';

/**
 * The command that was given, with the options that were given and no defaults. An address is without the name and the
 * password that it may hold; no option of this program takes a secret itself.
 */
export function givenCommand(command: Command): readonly string[] {
  const options = command.options.flatMap((option): readonly string[] => {
    const name = option.attributeName();
    const value: unknown = command.getOptionValue(name);
    if (command.getOptionValueSource(name) !== 'cli') return [];
    const flag = option.long ?? option.flags;
    return value === true ? [flag] : [flag, withoutCredentials(String(value))];
  });
  return [command.name(), ...options, ...command.args];
}
