import { judge } from '../src/chain/judge.ts';
import type { Inventory } from '../src/inventory/model.ts';
import type { Parameters } from '../src/parameters/parameters.ts';
import { parseParameters } from '../src/parameters/parameters.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  allManagementEvents,
  confirmed,
  filter,
  snapshotOf,
  soundWorld,
  status,
  trail,
} from '../test/support/worlds/world.ts';
import { growthRow } from './growth.ts';
import type { BenchRow } from './table.ts';

const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => one(index));

let last = 0;

/** A pattern that nothing has compared before. It is narrower than the default control's. */
function freshPattern(): string {
  last += 1;
  return `{ $.eventName = DeactivateMFADevice && $.userAgent != "agent-${last}" }`;
}

function parametersOf(raw: Readonly<Record<string, unknown>> = {}): Parameters {
  const parsed = parseParameters(raw);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('; '));
  return parsed.parameters;
}

function judging(inventory: Inventory, { control, options }: Parameters = parametersOf()): () => unknown {
  return () => {
    const judgement = judge(control, options, inventory);
    if (judgement.kind === 'needs') throw new Error(`not read: ${JSON.stringify(judgement.keys.slice(0, 3))}`);
    return judgement;
  };
}

/** Trails with a log group each, whose filter is too narrow, so that all of them are followed. */
function withTrails(count: number): Inventory {
  const names = many(count, (index) => `trail-${index}`);
  const each = <T>(keyOf: (name: string) => string, value: T) =>
    Object.fromEntries(names.map((name) => [keyOf(name), value]));
  const arnOf = (name: string) => TRAIL_ARN.replace('main', name);
  const groupOf = (name: string) => LOG_GROUP_ARN.replace('main', name);
  return snapshotOf(
    soundWorld({
      trails: names.map((name) => trail({ name, trailArn: arnOf(name), cloudWatchLogsLogGroupArn: groupOf(name) })),
      statuses: each(arnOf, status()),
      selectors: each(arnOf, allManagementEvents),
      filters: Object.fromEntries(names.map((name) => [groupOf(name), [filter({ filterPattern: freshPattern() })]])),
    }),
  );
}

/** Filters on metrics of their own, all of them too narrow. */
function withFilters(count: number): Inventory {
  const filters = many(count, (index) =>
    filter({
      filterName: `filter-${index}`,
      filterPattern: freshPattern(),
      metricTransformations: [{ metricNamespace: 'Security', metricName: `Metric${index}`, metricValue: '1' }],
    }),
  );
  const alarms = many(count, (index) => alarm({ alarmName: `alarm-${index}`, metricName: `Metric${index}` }));
  return snapshotOf(
    soundWorld({ filters: { [LOG_GROUP_ARN]: filters }, alarms: { [`${ACCOUNT} ${REGION}`]: alarms } }),
  );
}

/** Subscriptions of which none is confirmed. */
function withSubscriptions(count: number): Inventory {
  const pending = many(count, () => confirmed({ subscriptionArn: 'PendingConfirmation' }));
  return snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: pending } }));
}

/** How the time to judge an account grows with what it holds. No comparison is known from the run before. */
export function benchAccountGrowth(): readonly BenchRow[] {
  return [
    growthRow('trails', [50, 100, 200, 400], (size) => judging(withTrails(size))),
    growthRow('metric filters of one log group', [50, 100, 200, 400], (size) => judging(withFilters(size))),
    growthRow('subscriptions', [2500, 5000, 10_000, 20_000], (size) => judging(withSubscriptions(size))),
    growthRow('controls, of an account with 20 filters', [20, 40, 80, 160], (size) => {
      const inventory = withFilters(20);
      const runs = many(size, () => {
        last += 1;
        return judging(inventory, parametersOf({ filterPattern: `{ $.eventName = Event${last} }` }));
      });
      return () => runs.map((run) => run());
    }),
    growthRow('accounts of one filter', [100, 200, 400, 800], (size) => {
      const runs = many(size, () => judging(withFilters(1)));
      return () => runs.map((run) => run());
    }),
  ];
}
