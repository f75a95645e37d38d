import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { assess, assessAll } from '../src/assessment/assess.ts';
import { catalog } from '../src/controls/catalog.ts';
import { awsReader } from '../src/inventory/aws/aws-reader.ts';
import { awsClients } from '../src/inventory/aws/client/clients.ts';
import type { Inventory } from '../src/inventory/model.ts';
import type { MetricFilter } from '../src/inventory/resources.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import { startResponder } from '../test/aws-responder/responder.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  alarm,
  filter,
  snapshotOf,
  soundWorld,
} from '../test/support/worlds/world.ts';
import type { BenchRow } from './table.ts';
import { bundle } from './timing.ts';

const COUNT = 100;
/** Of processor time. */
const DEADLINE_SECONDS = 5;
/** Of processor time, on an idle machine: what is followed once the time is over, for all controls together. */
const SOON_AFTER_SECONDS = 1.5;

const everyControl = catalog.flatMap(({ id }) => {
  const parsed = parseParameters({ controlId: id });
  return parsed.kind === 'parsed' ? [parsed.parameters] : [];
});

const on = (metricName: string) => [{ metricNamespace: 'Security', metricName, metricValue: '1' }];

/** Filters with an alarm each. */
function accountWith(filters: readonly MetricFilter[], subscribed: boolean): Inventory {
  const names = filters.map(({ filterName }) => filterName);
  return snapshotOf(
    soundWorld({
      filters: { [LOG_GROUP_ARN]: filters },
      alarms: { [`${ACCOUNT} ${REGION}`]: names.map((name) => alarm({ alarmName: name, metricName: name })) },
      ...(subscribed ? {} : { subscriptions: { [TOPIC_ARN]: [] } }),
    }),
  );
}

const named = (name: string, filterPattern: string): MetricFilter =>
  filter({ filterName: name, filterPattern, metricTransformations: on(name) });

/** Accounts that nothing can be said of in few calls, or in little time. */
export async function benchHopeless(): Promise<readonly BenchRow[]> {
  return [...(await benchCallsOf()), ...(await benchHostile())];
}

async function benchCallsOf(): Promise<readonly BenchRow[]> {
  const [first] = everyControl;
  if (first === undefined) throw new Error('no control');
  const pattern = first.control.filterPattern;
  const unheard = accountWith(
    Array.from({ length: COUNT }, (_, index) => named(`filter-${index}`, pattern)),
    false,
  );
  const met = accountWith(
    catalog.map(({ id, filterPattern }) => named(id, filterPattern)),
    true,
  );
  const responder = await startResponder(unheard);
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const clients = awsClients({ endpoint: responder.url, credentials });
  const live = (inventory: Inventory) => {
    responder.serve(inventory);
    return awsReader({ clients, accountId: ACCOUNT, region: REGION, now: () => new Date(inventory.readAt) });
  };
  const hopeless = await assess(live(unheard), first);
  const hopelessCalls = responder.calls.length;
  const all = await assessAll(live(met), everyControl);
  const allCalls = responder.calls.length;
  await assess(live(met), first);
  const oneCalls = responder.calls.length;
  await responder.close();
  return [
    {
      name: `requests for ${COUNT} filters and alarms that reach nobody`,
      value: hopelessCalls,
      unit: 'calls',
      note: `in ${hopeless.turns} turns, before 157 calls`,
    },
    {
      name: `requests for ${everyControl.length} controls of one account`,
      value: allCalls,
      unit: 'calls',
      note: `in ${all.turns} turns; ${(allCalls / oneCalls).toFixed(1)} × one control`,
      goal: { atMost: 25 },
    },
  ];
}

/** What `hostile-child.ts` prints. */
interface Judged {
  readonly answers: number;
  readonly found: number;
  readonly chains: number;
  /** In seconds of processor time: all of it, and what was left to do when the time was over. */
  readonly spent: number;
  readonly after: number;
  /** In MB: what the judgement holds when it is greatest, and the whole process. */
  readonly heap: number;
  readonly rss: number;
}

/** Whether the chains that hold are found among filters that are hard to compare, and what an answer takes at most. */
async function benchHostile(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    const child = join(folder, 'child.mjs');
    await bundle('bench/hostile-child.ts', child);
    const judge = (account: string, controls: number, seconds = DEADLINE_SECONDS): Judged =>
      JSON.parse(
        execFileSync(process.execPath, [child, account, String(controls), String(seconds)], { encoding: 'utf8' }),
      ) as Judged;
    const all = everyControl.length;
    const [filters, unsound] = [judge('filters', all), judge('unsound', all)];
    const one = judge('filters', 1, NO_DEADLINE);
    return [
      {
        name: `${COUNT} hostile filters, ${all} controls: chains found`,
        value: filters.found,
        unit: 'chains',
        note: `of ${all}, with ${DEADLINE_SECONDS} s of CPU for the judgement`,
        goal: { atLeast: all },
      },
      ...answerRows(filters),
      {
        name: `${COUNT} hostile filters, ${all} controls, and no chain: answers`,
        value: unsound.answers,
        unit: 'answers',
        goal: { atLeast: all },
      },
      ...answerRows(unsound),
      {
        name: `${COUNT} hostile filters, one control, no deadline`,
        value: one.spent,
        unit: 's',
        note: `of CPU, and ${Math.round(one.rss)} MB; before 105 s`,
      },
      ...(['filters', 'alarms', 'rules'] as const).flatMap((account) => {
        const judged = judge(account, 1);
        const value = judged.chains;
        return [
          { name: `${HOSTILE[account]}, one control`, value, unit: 'chains', note: 'that the answer has' },
          ...answerRows(judged),
        ];
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const NO_DEADLINE = 1000;
const HOSTILE = {
  filters: `${COUNT} hostile filters`,
  alarms: '100 filters on the metric of 5,000 alarms under 500 composite alarms',
  rules: '300 hostile rules of EventBridge',
};

function answerRows({ spent, after, heap, rss }: Judged): readonly BenchRow[] {
  const over = `of CPU, ${after.toFixed(2)} s after the deadline of ${DEADLINE_SECONDS} s`;
  return [
    {
      name: '  the answer',
      value: spent,
      unit: 's',
      note: after === 0 ? 'of CPU, before the deadline' : over,
      goal: { atMost: DEADLINE_SECONDS + SOON_AFTER_SECONDS },
    },
    {
      name: '  memory of the process, at most',
      value: rss,
      unit: 'MB',
      note: `${Math.round(heap)} MB of it in use`,
      goal: { atMost: 256 },
    },
  ];
}
