import fc from 'fast-check';

import type { Inventory } from '../../../src/inventory/model.ts';
import type {
  Alarm,
  AlarmAction,
  AlarmMuteRule,
  MetricFilter,
  Subscription,
  Trail,
} from '../../../src/inventory/resources.ts';
import type { World } from './world.ts';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  PATTERN,
  QUERY,
  REGION,
  READ_AT,
  alarm,
  allManagementEvents,
  compositeAlarm,
  confirmed,
  denied,
  filter,
  logAlarm,
  partsIn,
  replacing,
  snapshotOf,
  status,
  topicAttributes,
  trail,
} from './world.ts';

const logGroupArns = [
  `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/cloudtrail/main`,
  `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:central`,
  `arn:aws:logs:${REGION}:${OTHER_ACCOUNT}:log-group:/aws/cloudtrail/main`,
] as const;

const topicArns = [
  `arn:aws:sns:${REGION}:${ACCOUNT}:security-alerts`,
  `arn:aws:sns:${REGION}:${ACCOUNT}:a-topic-with-a-name-as-long-as-some-people-make-them-${'x'.repeat(180)}`,
  `arn:aws:sns:${REGION}:${OTHER_ACCOUNT}:security-alerts`,
] as const;

const patterns = [
  PATTERN,
  '{ $.eventName = "DeactivateMFADevice" }',
  '{ ($.eventName = DeactivateMFADevice) && ($.userIdentity.type = Root) }',
  '{ ($.eventName = DeactivateMFADevice) || ($.eventName = EnableMFADevice) }',
  '{ $.eventName = ConsoleLogin }',
  '{ $.eventName = Deactivate*Device }',
  'not a pattern {',
] as const;

const metrics = ['MfaDeactivated', 'Other'] as const;
const namespaces = ['Security', 'CISBenchmark'] as const;

/** Mostly the first: what holds must not be rare, or little is tried beyond the first links. */
const mostly = <T>(usual: T, ...rare: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...rare) });

const arbitraryTrail: fc.Arbitrary<Trail> = fc
  .record({
    name: fc.constantFrom('main', 'second', 'organization'),
    multi: mostly(true, false),
    own: mostly(true, false),
  })
  .chain(({ name, multi, own }) =>
    fc.option(mostly(...logGroupArns), { freq: 8, nil: undefined }).map((logGroupArn) => {
      const { cloudWatchLogsLogGroupArn, ...rest } = trail({
        name,
        trailArn: `arn:aws:cloudtrail:${REGION}:${own ? ACCOUNT : OTHER_ACCOUNT}:trail/${name}`,
        isMultiRegionTrail: multi,
        cloudWatchLogsLogGroupArn: logGroupArn ?? '',
      });
      return logGroupArn === undefined ? rest : { ...rest, cloudWatchLogsLogGroupArn: cloudWatchLogsLogGroupArn ?? '' };
    }),
  );

const arbitraryFilter: fc.Arbitrary<MetricFilter> = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c'),
    pattern: mostly(...patterns),
    metric: fc.constantFrom(...metrics),
    dimensions: fc.boolean(),
  })
  .map(({ name, pattern, metric, dimensions }) =>
    filter({
      filterName: name,
      filterPattern: pattern,
      metricTransformations: [
        {
          metricNamespace: 'Security',
          metricName: metric,
          metricValue: '1',
          ...(dimensions && metric === 'Other' ? { dimensions: { Region: '$.awsRegion' } } : {}),
        },
      ],
    }),
  );

const arbitraryActions = fc.oneof(
  fc.constant([topicArns[0]]),
  fc.subarray([...topicArns, `arn:aws:lambda:${REGION}:${ACCOUNT}:function:page`]),
);

const arbitraryAlarm: fc.Arbitrary<Alarm> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        name: fc.constantFrom('w', 'x', 'y'),
        metric: mostly(...metrics),
        namespace: mostly(...namespaces),
        alarmActions: arbitraryActions,
        actionsEnabled: mostly(true, false),
      })
      .map(({ name, metric, ...rest }) => alarm({ alarmName: name, metricName: metric, ...rest })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ alarmActions: arbitraryActions, alarmRule: fc.constantFrom('ALARM("x")', 'ALARM("other")') })
      .map((change) => compositeAlarm(change)),
  },
);

const arbitrarySubscriptions: fc.Arbitrary<readonly Subscription[] | null> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(mostly(confirmed(), confirmed({ subscriptionArn: 'PendingConfirmation' })), {
      maxLength: 3,
    }),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Alarms that are muted, and alarms with a past. */
const arbitraryMute = mostly<readonly AlarmMuteRule[]>(
  [],
  [{ name: 'nightly', expression: 'cron(0 2 * * *)', duration: 'PT4H' }],
  [{ name: 'always', expression: 'cron(0 * * * *)', duration: 'PT1H' }],
  [{ name: 'odd', expression: 'rate(1 hour)', duration: 'PT1H' }],
);
const action = (summary: string): AlarmAction => ({ timestamp: '2026-11-19T10:00:00.000Z', summary });
const arbitraryHistory = mostly<readonly AlarmAction[]>(
  [],
  [action(`Successfully executed action ${topicArns[0]}`)],
  [action(`Failed to execute action ${topicArns[0]}. Received error: "denied"`)],
);
const alarmNames = ['w', 'x', 'y', 'any-security-alarm'];
const places = [`${ACCOUNT} ${REGION}`, `${ACCOUNT} us-east-1`, `${OTHER_ACCOUNT} ${REGION}`];
const alarmIds = places.flatMap((place) => alarmNames.map((name) => `${place} ${name}`));

const arbitraryStatus = fc.record({
  isLogging: mostly(true, false),
  latestCloudWatchLogsDeliveryTime: mostly('2026-11-20T09:57:12.000Z', '2026-11-01T00:00:00.000Z'),
});

/** Accounts with a bit of everything: several trails, near misses, chains that hold. */
export const arbitraryWorld: fc.Arbitrary<World> = fc
  .record({
    trails: fc.uniqueArray(arbitraryTrail, {
      minLength: 0,
      maxLength: 3,
      size: 'max',
      selector: ({ trailArn }) => trailArn,
    }),
    statuses: fc.array(arbitraryStatus, { minLength: 3, maxLength: 3 }),
    filters: fc.tuple(
      ...logGroupArns.map(() =>
        fc.option(fc.uniqueArray(arbitraryFilter, { maxLength: 3, selector: ({ filterName }) => filterName }), {
          freq: 6,
        }),
      ),
    ),
    alarms: fc.tuple(
      ...logGroupArns.map(() =>
        fc.uniqueArray(arbitraryAlarm, { maxLength: 4, size: 'max', selector: ({ alarmName }) => alarmName }),
      ),
    ),
    mutes: fc.array(arbitraryMute, { minLength: alarmIds.length, maxLength: alarmIds.length }),
    pasts: fc.array(arbitraryHistory, { minLength: alarmIds.length, maxLength: alarmIds.length }),
    subscriptions: fc.tuple(...topicArns.map(() => arbitrarySubscriptions)),
    topics: fc.tuple(
      ...topicArns.map((arn) =>
        mostly(
          topicAttributes(arn),
          topicAttributes(arn, { kmsMasterKeyId: 'alias/aws/sns' }),
          topicAttributes(arn, { policy: '' }),
          null,
        ),
      ),
    ),
  })
  .map(({ trails, statuses, filters, alarms, mutes, pasts, subscriptions, topics }) => ({
    accountId: ACCOUNT,
    region: REGION,
    readAt: READ_AT,
    trails,
    statuses: Object.fromEntries(trails.map(({ trailArn }, index) => [trailArn, status(statuses[index])])),
    selectors: Object.fromEntries(trails.map(({ trailArn }) => [trailArn, allManagementEvents])),
    filters: Object.fromEntries(logGroupArns.map((arn, index) => [arn, filters[index] ?? null])),
    alarms: {
      [`${ACCOUNT} ${REGION}`]: alarms[0] ?? [],
      [`${ACCOUNT} us-east-1`]: alarms[1] ?? [],
      [`${OTHER_ACCOUNT} ${REGION}`]: alarms[2] ?? [],
    },
    muteRules: Object.fromEntries(alarmIds.map((id, index) => [id, mutes[index] ?? []])),
    histories: Object.fromEntries(alarmIds.map((id, index) => [id, pasts[index] ?? []])),
    subscriptions: Object.fromEntries(topicArns.map((arn, index) => [arn, subscriptions[index] ?? null])),
    topics: Object.fromEntries(topicArns.map((arn, index) => [arn, topics[index] ?? null])),
  }));

const arbitraryLogAlarm: fc.Arbitrary<Alarm> = fc
  .record({
    alarmActions: arbitraryActions,
    actionsEnabled: mostly(true, false),
    queryString: mostly(QUERY, 'fields @message', 'filter eventName like /MFADevice/', 'parse @message "* *" as a, b'),
    logGroupIdentifiers: mostly<readonly string[]>(['/aws/cloudtrail/main'], [...logGroupArns], []),
    startTimeOffset: mostly(1200, 60),
    threshold: mostly(0, 3),
  })
  .map(({ queryString, logGroupIdentifiers, startTimeOffset, ...change }) =>
    logAlarm(change, { queryString, logGroupIdentifiers }, { startTimeOffset }),
  );

/** The same with log alarms. */
export const arbitraryLogWorld: fc.Arbitrary<World> = fc
  .tuple(arbitraryWorld, fc.tuple(...logGroupArns.map(() => fc.option(arbitraryLogAlarm, { nil: undefined, freq: 4 }))))
  .map(([world, added]) => ({
    ...world,
    alarms: Object.fromEntries(
      Object.entries(world.alarms).map(([place, listed], index) => [
        place,
        [...listed, ...(added[index] ? [added[index]] : [])],
      ]),
    ),
  }));

/** Inventories of such accounts in which every part was tried, and some could not be read. */
export const arbitraryInventory: fc.Arbitrary<Inventory> = fc
  .tuple(arbitraryWorld, fc.oneof(fc.constant([]), fc.array(fc.nat(), { maxLength: 2 })))
  .map(([world, picks]) => {
    const inventory = snapshotOf(world);
    const parts = partsIn(inventory);
    return picks.reduce((known, pick) => {
      const [kind, id] = parts[pick % parts.length] ?? ['trails', 'account'];
      return replacing(known, kind, id, denied('service', 'Operation'));
    }, inventory);
  });

/** The same inventory with every list in another order. */
export function reordered(inventory: Inventory): Inventory {
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn).reverse();
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, turn(inner)]));
    }
    return value;
  };
  return turn(inventory) as Inventory;
}

export const arbitraryRaw = fc.record(
  {
    assurance: fc.constantFrom('working', 'configured'),
    patternMatch: fc.constantFrom('equivalent', 'covers'),
    requireMultiRegionTrail: mostly(false, true),
    onUndecided: fc.constantFrom('NON_COMPLIANT', 'NOT_APPLICABLE'),
    onForeignTrail: fc.constantFrom('NON_COMPLIANT', 'NOT_APPLICABLE'),
    foreignAccountRoleName: fc.constant('audit/reader'),
  },
  { requiredKeys: [] },
);
