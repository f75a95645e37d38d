import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { BenchRow } from './table.ts';
import type { Quantiles } from './timing.ts';
import { bundle, quantiles, timeOf } from './timing.ts';

/** What the benchmarks of both pattern languages share. */

/** Measures a language as it ships: bundled, so that no loader costs anything. It is the module of the entry. */
export async function withBundled(
  entry: string,
  measure: (language: unknown, bytes: number, directory: string) => readonly BenchRow[] | Promise<readonly BenchRow[]>,
): Promise<readonly BenchRow[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-language-'));
  try {
    const file = join(directory, 'language.mjs');
    const bytes = await bundle(entry, file);
    return await measure(await import(pathToFileURL(file).href), bytes, directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The median, the 95th percentile and the maximum of times in µs, beside that of parsing. */
export function quantileRows(
  name: string,
  of: Quantiles,
  parsing: Quantiles,
  what: string,
  most: Partial<Quantiles> = {},
): readonly BenchRow[] {
  return (['p50', 'p95', 'max'] as const).map((quantile) => ({
    name: `${name}, ${quantile}`,
    value: of[quantile],
    unit: 'µs',
    note: `${(of[quantile] / parsing.p50).toFixed(1)} × parsing the median ${what}`,
    ...(most[quantile] === undefined ? {} : { goal: { atMost: most[quantile] } }),
  }));
}

/** Questions that are meant to take long, each with its time in µs. */
export function hostileRows(timed: readonly { readonly name: string; readonly time: number }[]): readonly BenchRow[] {
  const slowest = timed.reduce((left, right) => (right.time > left.time ? right : left));
  const { p50 } = quantiles(timed.map(({ time }) => time));
  return [
    { name: `hostile question (${timed.length}), p50`, value: p50 / 1000, unit: 'ms' },
    {
      name: 'hostile question, max',
      value: slowest.time / 1000,
      unit: 'ms',
      note: slowest.name,
      goal: { atMost: 500 },
    },
  ];
}

/** How long random questions take, and how many of them are given up. */
export function randomRows(
  seeds: readonly number[],
  pairs: number,
  questionsOf: (seed: number) => Iterable<() => { readonly isGivenUp: boolean }>,
): readonly BenchRow[] {
  const times: number[] = [];
  const givenUp = seeds.map((seed) => {
    let count = 0;
    for (const ask of questionsOf(seed)) {
      times.push(
        timeOf(() => {
          if (ask().isGivenUp) count += 1;
        }),
      );
    }
    return count;
  });
  const { p50, p95, max } = quantiles(times);
  return [
    { name: `random pair, p50 of ${times.length}`, value: p50, unit: 'µs' },
    { name: 'random pair, p95', value: p95, unit: 'µs' },
    { name: 'random pair, max', value: max / 1000, unit: 'ms' },
    {
      name: `given up of ${pairs} random pairs`,
      value: Math.max(...givenUp),
      unit: 'pairs',
      note: `the most of ${seeds.length} seeds`,
      goal: { atMost: 1 },
    },
  ];
}

/** A requirement that no event satisfies is an error, which takes its time as well. */
export function unlessImpossible<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
