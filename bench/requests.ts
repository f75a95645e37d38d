import { assess } from '../src/assessment/assess.ts';
import { awsReader } from '../src/inventory/aws/aws-reader.ts';
import { awsClients } from '../src/inventory/aws/client/clients.ts';
import type { Inventory } from '../src/inventory/model.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import { readEverything } from '../src/assessment/read-everything.ts';
import { startResponder } from '../test/aws-responder/responder.ts';
import {
  ACCOUNT,
  REGION,
  alarm,
  allManagementEvents,
  confirmed,
  filter,
  snapshotOf,
  soundWorld,
  status,
  topicAttributes,
  trail,
} from '../test/support/worlds/world.ts';
import type { BenchRow } from './table.ts';

const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => one(index));
const padded = (index: number) => String(index).padStart(4, '0');

const topicArn = (index: number) => `arn:aws:sns:${REGION}:${ACCOUNT}:topic-${padded(index)}`;
const trailArn = (name: string) => `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/${name}`;
const logGroupArn = (name: string) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}`;

/** Three trails of a hundred filters each, five thousand alarms, a hundred topics: the last of each makes the chain. */
function largeAccount(): Inventory {
  const names = ['first', 'second', 'third'];
  const filtersOf = (name: string) =>
    many(100, (index) =>
      filter({
        filterName: `filter-${padded(index)}`,
        filterPattern:
          name === 'third' && index === 99
            ? '{ $.eventName = DeactivateMFADevice }'
            : `{ $.eventName = Other${index} }`,
        metricTransformations: [{ metricNamespace: 'Security', metricName: `${name}-${index}`, metricValue: '1' }],
      }),
    );
  const alarms = many(5000, (index) =>
    alarm({
      alarmName: `alarm-${padded(index)}`,
      metricName: index === 4999 ? 'third-99' : `other-${index}`,
      alarmActions: [topicArn(index % 100)],
    }),
  );
  const each = <T>(keys: readonly string[], value: (key: string, index: number) => T) =>
    Object.fromEntries(keys.map((key, index) => [key, value(key, index)]));
  const topics = many(100, topicArn);
  return snapshotOf(
    soundWorld({
      trails: names.map((name) =>
        trail({ name, trailArn: trailArn(name), cloudWatchLogsLogGroupArn: logGroupArn(name) }),
      ),
      statuses: each(names.map(trailArn), () => status()),
      selectors: each(names.map(trailArn), () => allManagementEvents),
      filters: each(names.map(logGroupArn), (_, index) => filtersOf(names[index] ?? '')),
      alarms: { [`${ACCOUNT} ${REGION}`]: alarms },
      subscriptions: each(topics, (arn) => [confirmed({ subscriptionArn: `${arn}:1` })]),
      topics: each(topics, (arn) => topicAttributes(arn)),
    }),
  );
}

/** How many requests and turns a verdict takes over real HTTP, beside reading all that may ever be asked for. */
export async function benchRequests(): Promise<readonly BenchRow[]> {
  const parsed = parseParameters(undefined);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
  const rows: BenchRow[] = [];
  for (const [name, inventory] of [
    ['compliant account of one trail', snapshotOf(soundWorld())],
    ['large account', largeAccount()],
  ] as const) {
    const responder = await startResponder(inventory);
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const reader = awsReader({
      clients: awsClients({ endpoint: responder.url, credentials, maxAttempts: 3 }),
      accountId: ACCOUNT,
      region: REGION,
      now: () => new Date(inventory.readAt),
    });
    const { verdict, turns } = await assess(reader, parsed.parameters);
    if (verdict.kind !== 'satisfied') throw new Error(`the ${name} is ${verdict.kind}`);
    const calls = responder.calls.length;
    await readEverything(reader);
    const everything = responder.calls.length - calls;
    await responder.close();
    rows.push(
      {
        name: `requests for the ${name}`,
        value: calls,
        unit: 'calls',
        note: `${(calls / everything).toFixed(2)} × reading all that may be asked for`,
      },
      { name: `loop turns for the ${name}`, value: turns, unit: 'turns', note: 'dependent round trips' },
    );
  }
  return rows;
}
