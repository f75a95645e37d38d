import { parseParameters } from '../src/parameters/parameters.ts';
import { listedSources } from '../src/cli/sources/live-source.ts';
import { runEvaluation } from '../src/cli/run/run-evaluation.ts';
import type { Inventory } from '../src/inventory/model.ts';
import { organizationOperations } from '../test/aws-responder/organization.ts';
import { startResponder } from '../test/aws-responder/responder.ts';
import { ACCOUNT, REGION, TRAIL_ARN, snapshotOf, soundWorld, status } from '../test/support/worlds/world.ts';
import type { BenchRow } from './table.ts';

const MANY = 300;
const FEW = 30;

/** How fast accounts are judged over real HTTP from this process, and whether memory grows with their number. */
export async function benchAccounts(): Promise<readonly BenchRow[]> {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' });
  const inventories = Array.from({ length: MANY }, (_, index) => accountOf(String(200_000_000_000 + index)));
  const [first] = inventories;
  if (first === undefined) throw new Error('no account');
  const responder = await startResponder(first, organizationOperations(inventories));
  const run = async (count: number) => {
    const parsed = parseParameters(undefined);
    if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
    const { parameters } = parsed;
    const accounts = inventories.slice(0, count).map(({ accountId }) => ({ accountId, name: accountId }));
    const live = { endpointUrl: responder.url };
    const sources = await listedSources(accounts, { roleName: 'audit' }, live, [REGION], parameters.options);
    let [most, done] = [0, 0];
    const io = {
      stdin: process.stdin,
      out: () => undefined,
      // Progress comes after each account.
      err: () => {
        done += 1;
        if (done % 10 !== 0) return;
        globalThis.gc?.();
        most = Math.max(most, process.memoryUsage().heapUsed);
      },
      setExitCode: () => undefined,
      colour: false,
    };
    const terminal = { errIsTerminal: false, interruption: () => new AbortController().signal };
    const start = performance.now();
    const asked = { sources, parameterSets: [parameters], exceptions: [], now: () => new Date() };
    const shown = {
      format: 'json',
      choices: {},
      concurrency: 8,
      isMany: true,
      isQuiet: false,
      failOn: 'undecided',
    } as const;
    const code = await runEvaluation({ ...asked, ...shown }, io, terminal);
    if (code !== 0) throw new Error(`the accounts are not all satisfied: exit code ${code}`);
    return { perSecond: (count * 1000) / (performance.now() - start), megabytes: most / 1e6 };
  };
  await run(FEW);
  const few = await run(FEW);
  const many = await run(MANY);
  await responder.close();
  return [
    {
      name: `accounts of ${MANY}, judged over HTTP`,
      value: many.perSecond,
      unit: '1/s',
      note: `${(many.perSecond / few.perSecond).toFixed(2)} × as with ${FEW}`,
    },
    {
      name: `memory in use with ${MANY} accounts`,
      value: many.megabytes,
      unit: 'MB',
      note: `${(many.megabytes / few.megabytes).toFixed(2)} × as with ${FEW}, emulated accounts included`,
    },
  ];
}

function accountOf(accountId: string): Inventory {
  const justNow = status({ latestCloudWatchLogsDeliveryTime: new Date().toISOString() });
  const inventory = snapshotOf(soundWorld({ statuses: { [TRAIL_ARN]: justNow } }));
  return JSON.parse(JSON.stringify(inventory).replaceAll(ACCOUNT, accountId)) as Inventory;
}
