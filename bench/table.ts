/** One figure of the benchmark. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the figure is to be held against, measured in the same run. */
  readonly note?: string;
  readonly goal?: Goal;
}

export interface Goal {
  readonly atMost?: number;
  readonly atLeast?: number;
  /** What is held against it, where that is not the figure itself but a ratio. */
  readonly of?: number;
}

/** Whether a row has a goal that it does not meet. What could not be measured does not. */
function missesGoal({ value, goal }: BenchRow): boolean {
  if (goal === undefined) return false;
  const { atMost = Infinity, atLeast = -Infinity, of = value } = goal;
  return !(of <= atMost && of >= atLeast);
}

function goalText(row: BenchRow): string {
  const { goal } = row;
  if (goal === undefined) return '';
  const { atMost, atLeast, of } = goal;
  const limit = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast.toLocaleString('en-US')}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost.toLocaleString('en-US')}`]),
  ].join(', ');
  const ratio = of === undefined ? '' : ' ×';
  return `goal ${limit}${ratio}: ${missesGoal(row) ? 'MISSED' : 'met'}`;
}

/** The rows with a goal that they do not meet. */
export function missedGoals(rows: readonly BenchRow[]): readonly BenchRow[] {
  return rows.filter(missesGoal);
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

/** Lines the rows up: name, figure, unit, the goal and whether it is met, and what else to hold it against. */
export function table(rows: readonly BenchRow[]): string {
  const figure = ({ value }: BenchRow) => value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });
  const names = Math.max(...rows.map(({ name }) => name.length));
  const figures = Math.max(...rows.map((row) => figure(row).length));
  const units = Math.max(...rows.map(({ unit }) => unit.length));
  const goals = Math.max(...rows.map((row) => goalText(row).length));
  return rows
    .map((row) => {
      const { name, unit, note = '' } = row;
      const goal = goals === 0 ? '' : `${goalText(row).padEnd(goals)}  `;
      return `${name.padEnd(names)}  ${figure(row).padStart(figures)} ${unit.padEnd(units)}  ${goal}${note}`.trimEnd();
    })
    .join('\n');
}
