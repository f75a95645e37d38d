import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { configOperations, emptyConfig } from '../test/aws-responder/config.ts';
import { startResponder } from '../test/aws-responder/responder.ts';
import { REGION, TRAIL_ARN, snapshotOf, soundWorld, status } from '../test/support/worlds/world.ts';
import { buildFunction } from './bundle.ts';
import type { BenchRow } from './table.ts';

const LATENCIES = [0, 20, 100];
const RUNS = 12;
/** Loads the bundle and runs it in a process of its own, as Lambda does. It prints what each run took. */
const SCRIPT = `
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
const start = cpu();
const { evaluate } = require(process.argv[1]);
const loaded = cpu() - start;
const event = require(process.argv[2]);
const context = { getRemainingTimeInMillis: () => 300000, awsRequestId: 'r', functionName: 'f' };
const lines = [];
process.stdout.write = (line) => lines.push(String(line));
(async () => {
  const runs = [];
  for (let run = 0; run < Number(process.argv[3]); run += 1) {
    const [before, began] = [cpu(), performance.now()];
    await evaluate(event, context);
    runs.push({ cpu: cpu() - before, wall: performance.now() - began });
  }
  const measured = lines.map((line) => JSON.parse(line)).find(({ Rounds }) => Rounds !== undefined);
  console.error(JSON.stringify({ loaded, runs, rounds: measured.Rounds, calls: measured.Calls, rss: process.resourceUsage().maxRSS / 1024 }));
})();
`;

interface Measured {
  readonly loaded: number;
  readonly runs: readonly { readonly cpu: number; readonly wall: number }[];
  readonly rounds: number;
  readonly calls: number;
  readonly rss: number;
}

/** A scheduled run from the event to the evaluations that are sent, with the bundle as it is deployed. */
export async function benchHandler(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'handler-'));
  // The function reads the clock, so the trail has to have delivered just now.
  const recent = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
  const config = emptyConfig([{ resourceId: 'main', resourceName: 'main' }]);
  const responder = await startResponder(
    snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: recent } })),
    configOperations(config),
  );
  try {
    const bundle = await buildFunction(join(folder, 'entry-point.cjs'));
    const run = async (latency: number) => {
      responder.delay(latency);
      const env = {
        PATH: process.env['PATH'],
        NODE_NO_WARNINGS: '1',
        AWS_ENDPOINT_URL: responder.url,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
      };
      const event = join(process.cwd(), 'events', 'scheduled.json');
      const { stderr } = await promisify(execFile)(process.execPath, ['-e', SCRIPT, bundle, event, String(RUNS)], {
        env,
      });
      return JSON.parse(stderr) as Measured;
    };
    const rows: BenchRow[] = [];
    for (const latency of LATENCIES) rows.push(...rowsOf(latency, await run(latency)));
    return rows;
  } finally {
    await responder.close();
    rmSync(folder, { recursive: true });
  }
}

function rowsOf(latency: number, { loaded, runs, rounds, calls, rss }: Measured): readonly BenchRow[] {
  const [first, ...later] = runs;
  if (first === undefined) throw new Error('no run');
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  const wall = median(later.map((one) => one.wall));
  // Sending the evaluations is one round more than reading.
  const waits = rounds + 1;
  const timed: BenchRow = {
    name: `warm scheduled run, ${latency} ms of latency`,
    value: wall,
    unit: 'ms',
    note:
      latency === 0
        ? `${calls} calls in ${waits} rounds`
        : `${(wall / (waits * latency)).toFixed(2)} × rounds × latency`,
  };
  if (latency > 0) return [timed];
  const warm = median(later.map((one) => one.cpu));
  return [
    {
      name: 'loading the function and its first run, CPU',
      value: loaded + first.cpu,
      unit: 'ms',
      note: `${loaded.toFixed(0)} ms of it to load`,
    },
    {
      name: 'warm scheduled run, CPU',
      value: warm,
      unit: 'ms',
      note: `${(warm / (loaded + first.cpu)).toFixed(2)} × the first`,
    },
    timed,
    { name: 'memory of the function, at most', value: rss, unit: 'MB', note: `after ${RUNS} runs` },
  ];
}
