import { InvalidArgumentError, Option } from 'commander';

/** The options of a history. */
export interface HistoryOptions {
  /** A folder. */
  readonly history?: string;
  /** In milliseconds. */
  readonly maxGap: number;
}

/** The option that asks for a history in place of the present. */
export function historyOption(): Option {
  return new Option(
    '--history <dir>',
    'print from when to when the controls held, from the snapshots and saved results in a folder',
  ).conflicts(['samples', 'accounts', 'organization', 'profile', 'region', 'endpointUrl', 'out', 'exceptions', 'onto']);
}

/** The option for how often an account must have been observed. */
export function maxGapOption(): Option {
  return new Option('--max-gap <age>', 'with `--history`: the longest time between two observations, such as 25h or 7d')
    .default(25 * HOUR, '25h')
    .argParser(parseAge);
}

export const HOUR = 3_600_000;
const units: Readonly<Record<string, number>> = { m: HOUR / 60, h: HOUR, d: 24 * HOUR };

/**
 * Reads an age in milliseconds, for commander.
 *
 * @throws InvalidArgumentError for a text that is no age
 */
export function parseAge(text: string): number {
  const [, count = '', unit = 'h'] = /^(\d{1,5})([mhd])?$/.exec(text) ?? [];
  if (count !== '') return Number(count) * (units[unit] ?? HOUR);
  throw new InvalidArgumentError('Allowed are minutes, hours or days, such as 90m, 24h or 7d.');
}
