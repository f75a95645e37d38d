/** One figure of the benchmark. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the figure is to be held against, measured in the same run. */
  readonly note?: string;
}

/** How often something runs in a second, over at least half a second of running. */
export async function perSecond(once: () => unknown): Promise<number> {
  const start = performance.now();
  let runs = 0;
  while (performance.now() - start < 500) {
    await once();
    runs += 1;
  }
  return (runs * 1000) / (performance.now() - start);
}

/** Lines the rows up: name, figure, unit, and what to hold it against. */
export function table(rows: readonly BenchRow[]): string {
  const figure = ({ value }: BenchRow) => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });
  const names = Math.max(...rows.map(({ name }) => name.length));
  const figures = Math.max(...rows.map((row) => figure(row).length));
  const units = Math.max(...rows.map(({ unit }) => unit.length));
  return rows
    .map((row) =>
      `${row.name.padEnd(names)}  ${figure(row).padStart(figures)} ${row.unit.padEnd(units)}  ${row.note ?? ''}`.trimEnd(),
    )
    .join('\n');
}
