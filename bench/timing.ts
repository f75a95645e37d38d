import { build } from 'esbuild';

const WARM_UP = 3;
const ROUNDS = 15;

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export function quantiles(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** The median time of what `prepare` returns, prepared anew each time, in µs. Single timings vary too much. */
export function repeated(prepare: () => () => unknown, warmUp = WARM_UP, rounds = ROUNDS): number {
  for (let round = 0; round < warmUp; round += 1) prepare()();
  return quantiles(Array.from({ length: rounds }, () => timeOf(prepare()))).p50;
}

/** The processor time that it takes, in µs: wall time says more about what else the machine does. */
export function timeOf(once: () => unknown): number {
  const start = process.cpuUsage();
  once();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** Bundles an entry as it ships, so that no loader costs anything. Returns the size of what comes out. */
export async function bundle(entry: string, outfile: string): Promise<number> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    metafile: true,
    outfile,
  });
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}
