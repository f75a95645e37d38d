import type { BenchRow } from './table.ts';

/** What is measured for one size: it is built outside the measurement, and run once. */
export type Build = (size: number) => () => unknown;

const REPEATS = 3;

/** The least CPU time, in seconds, over a few runs: other work on the machine only ever adds to it. */
export function cpuSeconds(build: Build, size: number): number {
  const times = Array.from({ length: REPEATS }, () => {
    const run = build(size);
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  });
  return Math.min(...times);
}

/**
 * How CPU time grows with size: the exponent of the power that fits best, where 1 is linear.
 *
 * @param sizes - at least two, each so large that its time can be measured
 */
export function growthRow(name: string, sizes: readonly number[], build: Build): BenchRow {
  return orFailed({ name, value: NaN, unit: 'exponent', goal: { atMost: 1.1 } }, () => grown(sizes, build));
}

function grown(sizes: readonly number[], build: Build): Pick<BenchRow, 'value' | 'note'> {
  build(sizes[0] ?? 1)();
  const points = sizes.map((size) => ({ x: Math.log(size), seconds: cpuSeconds(build, size) }));
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { seconds }) => sum + Math.log(seconds), 0) / points.length;
  const slope =
    points.reduce((sum, { x, seconds }) => sum + (x - meanX) * (Math.log(seconds) - meanY), 0) /
    points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const milliseconds = Math.round((points.at(-1)?.seconds ?? 0) * 1000);
  return { value: slope, note: `${milliseconds} ms of CPU at ${sizes.at(-1)}` };
}

/** The CPU time of one question that once took very long. */
export function boundRow(name: string, build: () => () => unknown, boundSeconds: number): BenchRow {
  return orFailed({ name, value: NaN, unit: 'ms', goal: { atMost: boundSeconds * 1000 } }, () => ({
    value: cpuSeconds(build, 1) * 1000,
    note: 'of CPU',
  }));
}

/** A row that cannot be measured says why, and the others are measured. */
function orFailed(row: BenchRow, measure: () => Pick<BenchRow, 'value' | 'note'>): BenchRow {
  try {
    return { ...row, ...measure() };
  } catch (error) {
    return { ...row, note: `failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}
