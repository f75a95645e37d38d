import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { build } from 'esbuild';

import type { BenchRow } from './table.ts';

const RUNS = 3;

/** The time of a short command, from source and as it is packed, beside Node.js alone. */
export async function benchCommandLine(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
  try {
    // As in the script `prepack` of package.json.
    await build({
      entryPoints: ['src/cli/main.ts'],
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      packages: 'external',
      outdir: join(folder, 'dist', 'cli'),
    });
    for (const name of ['node_modules', 'events', 'package.json', 'src'])
      symlinkSync(resolve(name), join(folder, name));
    const built = join(folder, 'dist', 'cli', 'main.js');
    const source = ['--import', 'tsx', 'src/cli/main.ts'];
    const bare = milliseconds(['-e', '0']);
    const rows: BenchRow[] = [{ name: 'Node.js alone', value: bare, unit: 'ms', note: 'wall time of the process' }];
    for (const command of [['--version'], ['pattern', 'parse', '{ $.a = x }'], ['evaluate', '--samples']]) {
      const words = command.slice(0, 2).join(' ');
      for (const [how, program] of [
        ['built', [built]],
        ['from source', source],
      ] as const) {
        const time = milliseconds([...program, ...command]);
        rows.push({
          name: `${words}, ${how}`,
          value: time,
          unit: 'ms',
          note: `${(time / bare).toFixed(1)} × Node.js alone`,
        });
      }
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The least of some runs: other work on the machine only ever adds to it. */
function milliseconds(args: readonly string[]): number {
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  return Math.min(
    ...Array.from({ length: RUNS }, () => {
      const start = performance.now();
      execFileSync(process.execPath, args, { env, stdio: 'pipe' });
      return performance.now() - start;
    }),
  );
}
