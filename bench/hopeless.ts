import { assess, assessAll } from '../src/assessment/assess.ts';
import { catalog } from '../src/controls/catalog.ts';
import { awsReader } from '../src/inventory/aws/aws-reader.ts';
import { awsClients } from '../src/inventory/aws/client/clients.ts';
import type { Inventory } from '../src/inventory/model.ts';
import type { MetricFilter } from '../src/inventory/resources.ts';
import { snapshotReader } from '../src/inventory/snapshot-reader.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import { startResponder } from '../test/aws-responder/responder.ts';
import { hostileRanges } from '../test/support/hostile-patterns.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  alarm,
  filter,
  snapshotOf,
  soundWorld,
} from '../test/support/world.ts';
import type { BenchRow } from './table.ts';

const COUNT = 100;
/** Of processor time. */
const DEADLINE_SECONDS = 5;

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

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

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
      note: `in ${all.turns} turns, at most 25; ${(allCalls / oneCalls).toFixed(1)} × one control`,
    },
  ];
}

/** Whether the chains that hold are found among filters that are hard to compare, and what an answer takes. */
async function benchHostile(): Promise<readonly BenchRow[]> {
  const words = ['DeactivateMFADevice', 'CreateTrail', 'ConsoleLogin', 'DisableKey', 'CreateVpc'];
  const hostile = hostileRanges(COUNT, words).map((pattern, index) => named(`a-${index}`, pattern));
  const inOtherWords = (pattern: string) =>
    `{ ($.eventVersion = * || $.eventVersion NOT EXISTS) && (${pattern.replace(/^\{|\}$/g, '')}) }`;
  const account = accountWith(
    [...hostile, ...catalog.map(({ id, filterPattern }) => named(`z-${id}`, inOtherWords(filterPattern)))],
    true,
  );
  const start = cpuSeconds();
  let most = 0;
  const isOver = () => {
    most = Math.max(most, process.memoryUsage.rss());
    return cpuSeconds() - start > DEADLINE_SECONDS;
  };
  const { verdicts } = await assessAll(snapshotReader(account), everyControl, isOver);
  const spent = cpuSeconds() - start;
  const found = verdicts.filter(({ kind }) => kind === 'satisfied').length;
  const [first] = everyControl;
  if (first === undefined) throw new Error('no control');
  const again = cpuSeconds();
  const one = await assess(snapshotReader(accountWith(hostile, true)), first);
  if (one.verdict.kind === 'satisfied') throw new Error('a hostile filter satisfies the control');
  return [
    {
      name: `${COUNT} hostile filters, ${everyControl.length} controls: chains found`,
      value: found,
      unit: 'chains',
      note: `of ${everyControl.length}, with ${DEADLINE_SECONDS} s of CPU for the judgement`,
    },
    {
      name: '  the answer',
      value: spent,
      unit: 's',
      note: `of CPU, ${(spent / DEADLINE_SECONDS).toFixed(2)} × the deadline`,
    },
    {
      name: '  memory of the whole process, at most',
      value: most / 1e6,
      unit: 'MB',
      note: 'with the bench and its loader',
    },
    {
      name: `${COUNT} hostile filters, one control, no deadline`,
      value: cpuSeconds() - again,
      unit: 's',
      note: 'of CPU, some comparisons known; before 105 s',
    },
  ];
}
