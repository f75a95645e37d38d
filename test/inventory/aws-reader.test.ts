import { expect } from 'chai';

import type { MetricAlarm } from '../../src/inventory/resources.ts';
import fc from 'fast-check';

import { assess } from '../../src/assessment/assess.ts';
import { awsReader } from '../../src/inventory/aws/aws-reader.ts';
import type { AwsReaderSettings } from '../../src/inventory/aws/aws-reader.ts';
import { awsClients } from '../../src/inventory/aws/client/clients.ts';
import { identifyCaller } from '../../src/inventory/aws/client/identity.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { evaluationsOf } from '../../src/report/evaluations.ts';
import type { Responder } from '../aws-responder/responder.ts';
import { startResponder } from '../aws-responder/responder.ts';
import { arbitraryWorld } from '../support/worlds/arbitrary-world.ts';
import { codeOf, parametersOf } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  allManagementEvents,
  compositeAlarm,
  confirmed,
  denied,
  filter,
  logAlarm,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  topicAttributes,
  trail,
  withAlarms,
  withoutState,
} from '../support/worlds/world.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

/** AWS always says whether actions are enabled. What it does not say must stay open. */
const withoutActionsEnabled = (one: MetricAlarm): MetricAlarm =>
  Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'actionsEnabled')) as unknown as MetricAlarm;

describe('the reader of a live account', () => {
  let responder: Responder;
  before(async () => {
    responder = await startResponder(snapshotOf(soundWorld()));
  });
  after(() => responder.close());

  const reader = (change: Partial<AwsReaderSettings> = {}, maxAttempts = 2) => {
    const clients = awsClients({ endpoint: responder.url, credentials, maxAttempts, requestTimeoutMs: 300 });
    return awsReader({
      clients,
      accountId: ACCOUNT,
      region: REGION,
      now: () => new Date('2026-11-20T10:00:00.000Z'),
      ...change,
    });
  };
  const live = (
    inventory: Inventory,
    raw: Readonly<Record<string, unknown>> = {},
    change: Partial<AwsReaderSettings> = {},
  ) => {
    responder.serve(inventory);
    return assess(reader(change), parametersOf(raw));
  };
  const operations = () => responder.calls.map(({ operation }) => operation);

  describe('gives the verdict and the evaluations of a snapshot of the same account', () => {
    it('over real requests, for accounts of all kinds', async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryWorld, async (world) => {
          const inventory = snapshotOf(world);
          const parameters = parametersOf();
          const rows = ({ verdict }: Awaited<ReturnType<typeof live>>) =>
            evaluationsOf(verdict, { accountId: ACCOUNT, region: REGION, options: parameters.options });
          const fromAws = await live(inventory);
          const fromSnapshot = await assess(snapshotReader(inventory), parameters);
          expect(rows(fromAws)).to.deep.equal(rows(fromSnapshot));
          expect(fromAws.turns).to.equal(fromSnapshot.turns);
        }),
        { numRuns: 40 },
      );
    });

    it('part by part, as they were saved', async () => {
      const world = soundWorld({
        selectors: {
          [TRAIL_ARN]: {
            eventSelectors: [],
            advancedEventSelectors: [
              { name: 'all', fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] },
            ],
          },
        },
        filters: {
          [LOG_GROUP_ARN]: [
            filter({
              applyOnTransformedLogs: false,
              fieldSelectionCriteria: '@aws.account = "1"',
              metricTransformations: [
                {
                  metricNamespace: 'n',
                  metricName: 'm',
                  metricValue: '1',
                  defaultValue: 0,
                  unit: 'Count',
                  dimensions: { Region: '$.awsRegion' },
                },
              ],
            }),
          ],
        },
        alarms: {
          [`${ACCOUNT} ${REGION}`]: [
            alarm({
              dimensions: [{ name: 'a', value: 'b' }],
              extendedStatistic: 'p90',
              datapointsToAlarm: 1,
              unit: 'Count',
              evaluationWindow: 'WallClockWindow',
            }),
            alarm({
              alarmName: 'math',
              metrics: [
                {
                  id: 'm1',
                  returnData: false,
                  metricStat: { metric: { namespace: 'n', metricName: 'm', dimensions: [] }, period: 60, stat: 'Sum' },
                },
                { id: 'e1', expression: 'm1 * 2', returnData: true },
              ],
            }),
            alarm({
              alarmName: 'in-alarm',
              stateValue: 'ALARM',
              stateTransitionedTimestamp: '2026-11-18T10:00:00.000Z',
              alarmConfigurationUpdatedTimestamp: '2026-11-01T10:00:00.000Z',
              evaluationState: 'IN_WARM_UP',
              evaluationWindow: 'WallClockWindow',
              warmUpConfiguration: {
                warmUpPeriodDurationInMinutes: 30,
                onlyStartEvaluatingAfterWarmUpPeriodEnds: true,
              },
            }),
            withoutActionsEnabled(alarm({ alarmName: 'unsaid' })),
            compositeAlarm({
              actionsSuppressor: 'other',
              actionsSuppressorWaitPeriod: 60,
              stateValue: 'OK',
              stateTransitionedTimestamp: '2026-11-19T10:00:00.000Z',
            }),
            logAlarm({ warmUpConfiguration: { warmUpPeriodDurationInMinutes: 10 } }),
            logAlarm({ alarmName: 'of all groups' }, { logGroupIdentifiers: [] }, { startTimeOffset: 60 }),
          ],
        },
        muteRules: {
          [`${ACCOUNT} ${REGION} math`]: [
            { name: 'weekly', expression: 'cron(0 2 * * SUN)', duration: 'PT4H' },
            {
              name: 'once',
              expression: 'at(2026-12-23T00:00)',
              duration: 'P7D',
              timezone: 'Europe/London',
              startDate: '2026-12-01T00:00:00.000Z',
              expireDate: '2026-12-31T00:00:00.000Z',
            },
          ],
        },
        histories: {
          [`${ACCOUNT} ${REGION} math`]: [
            {
              timestamp: '2026-11-19T10:00:00.000Z',
              summary: `Failed to execute action ${TOPIC_ARN}`,
              actionState: 'Failed',
              notificationResource: TOPIC_ARN,
              error: 'denied',
            },
            { timestamp: '2026-11-18T10:00:00.000Z', summary: `Successfully executed action ${TOPIC_ARN}` },
          ],
        },
        topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId: 'alias/own' }) },
        keys: { [`${ACCOUNT} ${REGION} alias/own`]: { keyManager: 'CUSTOMER', keyState: 'Enabled', policy: '{}' } },
        transformers: { [LOG_GROUP_ARN]: { ofLogGroup: true, ofAccount: true } },
        filterPolicies: {
          [confirmed().subscriptionArn]: { filterPolicy: '{"a":["b"]}', filterPolicyScope: 'MessageBody' },
        },
      });
      const inventory = snapshotOf(world);
      responder.serve(inventory);
      const keys = [
        { kind: 'trails' },
        { kind: 'trail-status', trailArn: TRAIL_ARN, homeRegion: REGION },
        { kind: 'event-selectors', trailArn: TRAIL_ARN, homeRegion: REGION },
        { kind: 'metric-filters', logGroupArn: LOG_GROUP_ARN },
        {
          kind: 'metric-publishers',
          accountId: ACCOUNT,
          region: REGION,
          namespace: 'n',
          metricName: 'm',
        },
        { kind: 'alarms', accountId: ACCOUNT, region: REGION },
        { kind: 'mute-rules', accountId: ACCOUNT, region: REGION, alarmName: 'math' },
        { kind: 'alarm-history', accountId: ACCOUNT, region: REGION, alarmName: 'math' },
        { kind: 'subscriptions', topicArn: TOPIC_ARN },
        { kind: 'topic-attributes', topicArn: TOPIC_ARN },
        { kind: 'key', keyId: 'alias/own', topicArn: TOPIC_ARN },
        { kind: 'log-group', logGroupArn: LOG_GROUP_ARN },
        { kind: 'log-transformers', logGroupArn: LOG_GROUP_ARN },
        { kind: 'subscription-attributes', subscriptionArn: confirmed().subscriptionArn },
      ] as const;
      const sorted = (answers: readonly { readonly key: object }[]) =>
        [...answers].sort((a, b) => (JSON.stringify(a.key) < JSON.stringify(b.key) ? -1 : 1));
      expect(sorted(await reader().read(keys))).to.deep.equal(sorted(await snapshotReader(inventory).read(keys)));
    });
  });

  describe('reads lists to their end', () => {
    const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
      Array.from({ length: count }, (_, index) => one(index));
    const padded = (index: number) => String(index).padStart(4, '0');

    const rows: readonly (readonly [claim: string, world: World])[] = [
      [
        'a hundred metric filters of which the last fits',
        soundWorld({
          filters: {
            [LOG_GROUP_ARN]: [
              ...many(99, (index) =>
                filter({
                  filterName: `f${padded(index)}`,
                  filterPattern: '{ $.eventName = ConsoleLogin }',
                  metricTransformations: [{ metricNamespace: 'n', metricName: `m${index}`, metricValue: '1' }],
                }),
              ),
              filter({ filterName: 'z' }),
            ],
          },
        }),
      ],
      [
        'sixty metric filters of other log groups on the metric',
        soundWorld({
          filters: {
            [LOG_GROUP_ARN]: [filter()],
            ...Object.fromEntries(
              many(60, (index) => [
                LOG_GROUP_ARN.replace('main', padded(index)),
                [filter({ filterName: `f${index}` })],
              ]),
            ),
          },
        }),
      ],
      [
        '250 subscriptions of which the last is confirmed',
        soundWorld({
          subscriptions: {
            [TOPIC_ARN]: [...many(249, () => confirmed({ subscriptionArn: 'PendingConfirmation' })), confirmed()],
          },
        }),
      ],
      [
        'three trails of which the last holds',
        soundWorld({
          trails: [
            trail({ name: 'a', trailArn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/a` }),
            trail({
              name: 'b',
              trailArn: `arn:aws:cloudtrail:us-west-2:${ACCOUNT}:trail/b`,
              homeRegion: 'us-west-2',
              isMultiRegionTrail: false,
            }),
            trail({ name: 'main' }),
          ],
          statuses: {
            [`arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/a`]: status({ isLogging: false }),
            [`arn:aws:cloudtrail:us-west-2:${ACCOUNT}:trail/b`]: status(),
            [TRAIL_ARN]: status(),
          },
          selectors: {
            [`arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/a`]: allManagementEvents,
            [`arn:aws:cloudtrail:us-west-2:${ACCOUNT}:trail/b`]: allManagementEvents,
            [TRAIL_ARN]: allManagementEvents,
          },
        }),
      ],
    ];
    for (const [claim, world] of rows) {
      it(claim, async () => {
        expect(codeOf((await live(snapshotOf(world))).verdict)).to.equal('SATISFIED');
      });
    }

    it('alarms without a state, which AWS always gives, so that it is not known', async () => {
      const world = withAlarms(withoutState(alarm()));
      expect(codeOf((await live(snapshotOf(world))).verdict)).to.equal('ALARM_UNCERTAIN');
    });

    it('five thousand alarms, and only where the alarms right on the metric do not do', async () => {
      const others = many(5000, (index) =>
        alarm({ alarmName: `a${padded(index)}`, namespace: 'AWS/EC2', metricName: 'CPUUtilization' }),
      );
      const world = soundWorld({ alarms: { [`${ACCOUNT} ${REGION}`]: [...others, alarm()] } });
      expect(codeOf((await live(snapshotOf(world))).verdict)).to.equal('SATISFIED');
      expect(operations()).not.to.include('DescribeAlarms');
      const without = soundWorld({ alarms: { [`${ACCOUNT} ${REGION}`]: others } });
      expect(codeOf((await live(snapshotOf(without))).verdict)).to.equal('NO_ALARM');
      expect(operations().filter((operation) => operation === 'DescribeAlarms')).to.have.lengthOf(50);
    });

    it('five thousand alarms of which the last is on the metric, when only the listing may be asked', async () => {
      const others = many(5000, (index) =>
        alarm({ alarmName: `a${padded(index)}`, namespace: 'AWS/EC2', metricName: 'CPUUtilization' }),
      );
      responder.serve(snapshotOf(soundWorld({ alarms: { [`${ACCOUNT} ${REGION}`]: [...others, alarm()] } })));
      responder.inject('DescribeAlarmsForMetric', { kind: 'error', code: 'AccessDenied', status: 403 });
      expect(codeOf((await assess(reader(), parametersOf())).verdict)).to.equal('SATISFIED');
      expect(operations().filter((operation) => operation === 'DescribeAlarms')).to.have.lengthOf(51);
    });
  });

  it('keeps a chain that holds where the trails of other regions may not be listed', async () => {
    responder.serve(snapshotOf(soundWorld()));
    responder.inject('ListTrails', { kind: 'error', code: 'AccessDeniedException', status: 403 });
    expect(codeOf((await assess(reader(), parametersOf())).verdict)).to.equal('SATISFIED');
  });

  const reads = [
    ['DescribeTrails', 'cloudtrail'],
    ['ListTrails', 'cloudtrail'],
    ['GetTrailStatus', 'cloudtrail'],
    ['GetEventSelectors', 'cloudtrail'],
    ['DescribeMetricFilters', 'logs'],
    ['DescribeAlarmsForMetric', 'cloudwatch'],
    ['ListAlarmMuteRules', 'cloudwatch'],
    ['ListSubscriptionsByTopic', 'sns'],
    ['GetTopicAttributes', 'sns'],
    ['GetSubscriptionAttributes', 'sns'],
  ] as const;
  const withFault = async (operation: string, fault: Parameters<Responder['inject']>[1], times?: number) => {
    responder.serve(snapshotOf(soundWorld()));
    responder.inject(operation, fault, times);
    return assess(reader(), parametersOf());
  };
  const failureText = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  const failure = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'no error', failureText);

  for (const [operation, service] of reads) {
    describe(`makes of ${operation}`, () => {
      const code =
        service === 'sns' ? 'AuthorizationError' : service === 'cloudwatch' ? 'AccessDenied' : 'AccessDeniedException';
      it('that is refused an undecided account, and names the missing permission', async () => {
        // Trails of other regions matter only where no trail of this one carries a chain.
        responder.serve(snapshotOf(operation === 'ListTrails' ? soundWorld({ trails: [] }) : soundWorld()));
        responder.inject(operation, { kind: 'error', code, status: 403 });
        // Without the alarms right on the metric the listing is asked, which knows them too.
        if (operation === 'DescribeAlarmsForMetric')
          responder.inject('DescribeAlarms', { kind: 'error', code, status: 403 });
        const { verdict } = await assess(reader(), parametersOf());
        const [nearest] = verdict.chains;
        const { finding } = nearest as {
          readonly finding?: { readonly failure?: { readonly missingIamAction?: string } };
        };
        expect(codeOf(verdict)).to.equal('UNREADABLE');
        expect(finding?.failure?.missingIamAction).to.match(
          new RegExp(`^${service}:${operation === 'DescribeAlarmsForMetric' ? 'DescribeAlarms' : operation}$`),
        );
      });

      const passing = [
        ['fails with 500', { kind: 'error', code: 'InternalFailure', status: 500 }],
        ['does not answer', { kind: 'silence' }],
        ['breaks the connection', { kind: 'reset' }],
        ['refuses the credentials', { kind: 'error', code: 'ExpiredTokenException' }],
      ] as const;
      for (const [what, fault] of passing) {
        it(`that ${what} an error and no verdict`, async () => {
          expect(await failure(withFault(operation, fault))).to.match(
            new RegExp(`^AwsCallError: [A-Za-z ]+ ${operation} in account ${ACCOUNT}, region ${REGION} failed with `),
          );
        }).timeout(10_000);
      }
    });
  }

  for (const operation of ['ListTrails', 'DescribeMetricFilters', 'ListSubscriptionsByTopic']) {
    it(`takes a list of ${operation} that comes back to its beginning for an error, not for a list`, async () => {
      expect(await failure(withFault(operation, { kind: 'endless', token: 'same' }))).to.contain(
        `${operation} in account ${ACCOUNT}, region ${REGION} failed with InvalidAnswer: the list comes back to its page token`,
      );
    });
  }

  for (const [operation, service] of [
    ['DescribeMetricFilters', 'logs'],
    ['ListSubscriptionsByTopic', 'sns'],
  ] as const) {
    it(`takes a list of ${operation} without an end for one that cannot be read`, async () => {
      const { verdict } = await withFault(operation, { kind: 'endless', token: 'new' });
      const [{ links }] = verdict.chains;
      const failures = links.flatMap(({ finding }) => finding?.failure ?? []);
      expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'UNREADABLE']);
      expect(failures).to.deep.include({ service, operation, error: 'ListTooLong' });
    }).timeout(20_000);
  }

  it('finds the chain of a known trail where the list of the trails of other regions has no end', async () => {
    const { verdict } = await withFault('ListTrails', { kind: 'endless', token: 'new' });
    expect(verdict.kind).to.equal('satisfied');
  }).timeout(20_000);

  it('takes what is gone for gone', async () => {
    const gone = { trails: [trail()], filters: { [LOG_GROUP_ARN]: null } };
    expect(codeOf((await live(snapshotOf(soundWorld(gone)))).verdict)).to.equal('LOG_GROUP_GONE');
    expect(
      codeOf(
        (await live(snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: null }, topics: { [TOPIC_ARN]: null } }))))
          .verdict,
      ),
    ).to.equal('TOPIC_GONE');
  });

  it('asks for a trail in its home region, for its filters and alarms where its log group is, for a topic where it is', async () => {
    const homed = trail({
      homeRegion: 'us-east-1',
      trailArn: `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/main`,
      cloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:main`,
    });
    const topicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:security`;
    const alarmArn = `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:mfa-alarm`;
    const world = soundWorld({
      trails: [homed],
      statuses: { [homed.trailArn]: status() },
      selectors: { [homed.trailArn]: allManagementEvents },
      filters: { [`arn:aws:logs:us-east-1:${ACCOUNT}:log-group:main`]: [filter()] },
      alarms: { [`${ACCOUNT} us-east-1`]: [alarm({ alarmArn, alarmActions: [topicArn] })] },
      subscriptions: { [topicArn]: [confirmed({ subscriptionArn: `${topicArn}:1` })] },
      topics: { [topicArn]: topicAttributes(topicArn) },
    });
    expect(codeOf((await live(snapshotOf(world))).verdict)).to.equal('SATISFIED');
    const asked = responder.calls.map(({ operation, region }) => `${operation} ${region}`);
    expect(asked).to.include.members([
      'GetTrailStatus us-east-1',
      'DescribeMetricFilters us-east-1',
      'DescribeAlarmsForMetric us-east-1',
      'ListSubscriptionsByTopic us-east-1',
      'GetTopicAttributes us-east-1',
      'GetSubscriptionAttributes us-east-1',
    ]);
  });

  it('never asks this account for a log group or a topic of another that has the same name here', async () => {
    const theirs = LOG_GROUP_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
    const world = soundWorld({ trails: [trail({ cloudWatchLogsLogGroupArn: theirs })] });
    const { verdict } = await live(snapshotOf(world), { foreignAccountRoleName: 'reader' });
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'UNREADABLE']);
    expect(operations()).not.to.include('DescribeMetricFilters');
  });

  it('reads another account through the clients that are given for it', async () => {
    const theirs = LOG_GROUP_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
    const world = soundWorld({ trails: [trail({ cloudWatchLogsLogGroupArn: theirs })] });
    const theirTopic = TOPIC_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
    const other = await startResponder({
      ...snapshotOf(
        soundWorld({
          filters: { [theirs]: [filter()] },
          alarms: {
            [`${OTHER_ACCOUNT} ${REGION}`]: [
              alarm({
                alarmActions: [theirTopic],
                alarmArn: `arn:aws:cloudwatch:${REGION}:${OTHER_ACCOUNT}:alarm:mfa`,
              }),
            ],
          },
          subscriptions: { [theirTopic]: [confirmed()] },
          topics: { [theirTopic]: topicAttributes(theirTopic) },
        }),
      ),
      accountId: OTHER_ACCOUNT,
    });
    const asked: string[] = [];
    const foreignClients = (owner: string) => {
      asked.push(owner);
      return awsClients({ endpoint: other.url, credentials, maxAttempts: 1 });
    };
    const { verdict } = await live(snapshotOf(world), { foreignAccountRoleName: 'reader' }, { foreignClients });
    await other.close();
    expect(codeOf(verdict)).to.equal('SATISFIED');
    expect(new Set(asked)).to.deep.equal(new Set([OTHER_ACCOUNT]));
  });

  it('stops before the time is up, saying what it had no time for', async () => {
    responder.serve(snapshotOf(soundWorld()));
    const late = assess(reader({ deadline: () => 1999 }), parametersOf());
    expect(await failure(late)).to.match(
      /^DeadlineError: no time is left for CloudTrail \w+Trails in account 111122223333, region eu-west-1/,
    );
    expect(operations()).to.deep.equal([]);
  });

  it('gives up a request that would outlast the time', async () => {
    responder.serve(snapshotOf(soundWorld()));
    responder.inject('GetTrailStatus', { kind: 'silence' });
    const clients = awsClients({ endpoint: responder.url, credentials, requestTimeoutMs: 60_000 });
    const late = assess(reader({ clients, deadline: () => 2200 }), parametersOf());
    expect(await failure(late)).to.match(
      /^DeadlineError: no time is left for CloudTrail GetTrailStatus in account 111122223333, region eu-west-1/,
    );
  });

  it('makes of a part that a snapshot says could not be read the same part again', async () => {
    const inventory = replacing(
      snapshotOf(soundWorld()),
      'metric-filters',
      LOG_GROUP_ARN,
      denied('logs', 'DescribeMetricFilters'),
    );
    expect(codeOf((await live(inventory)).verdict)).to.equal('UNREADABLE');
  });

  it('knows whose credentials it has', async () => {
    responder.serve(snapshotOf(soundWorld()));
    expect(await identifyCaller({ endpoint: responder.url, credentials }, REGION)).to.include({
      accountId: ACCOUNT,
      partition: 'aws',
    });
  });
});
