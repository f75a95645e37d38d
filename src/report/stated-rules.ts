import { parameterFieldOf, parameterNames } from '../parameters/table.ts';
import type { Options } from '../parameters/table.ts';

/**
 * The rule parameters that a result was judged with, as texts by name, so that a lenient run never looks like a strict
 * one. The control has a place of its own, and roles decide who reads, not how it is judged.
 */
export function statedParameters(options: Options): Readonly<Record<string, string>> {
  const stated = Object.entries(options).filter(([name, value]) => value !== undefined && !/role/i.test(name));
  return Object.fromEntries(
    stated.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]),
  );
}

/** The parameters that differ from their defaults, such as `patternMatch=covers`; empty for a run with the defaults. */
export function changedParameters(parameters: Readonly<Record<string, string>>): readonly string[] {
  const defaults = new Map<string, string>(
    parameterNames.map((name) => {
      const { fallback } = parameterFieldOf(name);
      return [name, Array.isArray(fallback) ? fallback.join(',') : String(fallback)];
    }),
  );
  return Object.entries(parameters).flatMap(([name, value]) =>
    defaults.get(name) === value ? [] : [`${name}=${value}`],
  );
}
