import { expect } from 'chai';
import fc from 'fast-check';

import { assess } from '../../../src/assessment/assess.ts';
import { judge } from '../../../src/chain/judge.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import { snapshotReader } from '../../../src/inventory/snapshot-reader.ts';
import { applyChange } from '../../../src/remediation/plan/apply.ts';
import type { Plan, PlannedStep, Choices } from '../../../src/remediation/plan/plan.ts';
import { planRemediation } from '../../../src/remediation/plan/plan-remediation.ts';
import { arbitraryInventory, arbitraryRaw } from '../../support/worlds/arbitrary-world.ts';
import { parametersOf } from '../../support/judging.ts';
import { planFor, planningOn } from '../../support/planning.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  OTHER_ACCOUNT,
  REGION,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  compositeAlarm,
  confirmed,
  denied,
  filter,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  topicAttributes,
  trail,
  withAlarms,
} from '../../support/worlds/world.ts';

const email: Choices = { email: 'oncall@example.com' };
const ALARMS = `${ACCOUNT} ${REGION}`;
const NEW_TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:cloudtrail-alarms`;
const NEW_NAME = 'D9.AWS.MON.25-DeactivateMFADevice';

const kindsOf = ({ steps }: Plan) => steps.map(({ kind }) => kind);
const stepOf = <K extends PlannedStep['kind']>({ steps }: Plan, kind: K) =>
  steps.find((step): step is Extract<PlannedStep, { readonly kind: K }> => step.kind === kind);

const withFilters = (...patterns: readonly string[]): World =>
  soundWorld({
    filters: {
      [LOG_GROUP_ARN]: patterns.map((filterPattern, index) => filter({ filterPattern, filterName: `f${index}` })),
    },
  });

describe('the plan of a remediation', () => {
  it('is empty where a chain holds', async () => {
    const plan = await planFor(soundWorld(), email);
    expect(plan).to.include({ complete: true });
    expect([plan.steps, plan.manualSteps]).to.deep.equal([[], []]);
  });

  it('applied to any account makes a chain hold if it is complete, and a second one has nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInventory, arbitraryRaw, async (inventory, raw) => {
        const parameters = parametersOf(raw);
        const { verdict } = await assess(snapshotReader(inventory), parameters);
        const { planning, read } = await planningOn(inventory, email, raw);
        if (planning.kind === 'asks') throw new Error(planning.question);
        const { plan } = planning;
        expect(plan.steps.length === 0 && plan.complete).to.equal(verdict.kind === 'satisfied');
        if (!plan.complete) return;
        const after = plan.steps.reduce<Inventory>(applyChange, read);
        const judged = judge(parameters.control, parameters.options, after);
        expect(judged.kind === 'verdict' && judged.verdict.kind).to.equal('satisfied');
        const again = planRemediation(parameters, email, after);
        expect(again.kind === 'plan' && again.plan.steps).to.deep.equal([]);
      }),
      { numRuns: 80 },
    );
  });

  it('never takes a name that is there, and takes nothing away', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryInventory, arbitraryRaw, async (inventory, raw) => {
        const { planning, read } = await planningOn(inventory, email, raw);
        if (planning.kind === 'asks') throw new Error(planning.question);
        const { plan } = planning;
        const before = JSON.stringify(read.parts);
        const filterMade = stepOf(plan, 'create-metric-filter');
        if (filterMade) {
          const there = read.parts['metric-filters']?.[filterMade.logGroupArn];
          expect(JSON.stringify(there)).not.to.contain(JSON.stringify(filterMade.filterName));
          expect(before).not.to.contain(JSON.stringify(filterMade.metricName));
        }
        const alarmMade = stepOf(plan, 'create-alarm');
        if (alarmMade) expect(before).not.to.contain(JSON.stringify(alarmMade.alarmArn));
        const policy = stepOf(plan, 'allow-publish');
        if (policy) {
          const statements = (text: string) => (JSON.parse(text) as { Statement: unknown[] }).Statement;
          expect(statements(policy.extendedPolicy).slice(0, -1)).to.deep.equal(statements(policy.policy));
        }
      }),
      { numRuns: 40 },
    );
  });

  const pending = confirmed({ subscriptionArn: 'PendingConfirmation' });
  const refusing = (policy: string) => soundWorld({ topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy }) } });
  const denying = JSON.stringify({ Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }] });
  const topicAndAlarm = ['create-topic', 'subscribe', 'create-alarm'];
  const cases: readonly (readonly [title: string, world: World, kinds: readonly string[], raw?: object])[] = [
    ['switches a trail on', soundWorld({ statuses: { [TRAIL_ARN]: status({ isLogging: false }) } }), ['start-logging']],
    [
      'lets a single-region trail record all regions',
      soundWorld({ trails: [trail({ isMultiRegionTrail: false })] }),
      ['record-all-regions'],
    ],
    [
      'creates the log group that a trail names, and all that went with it',
      soundWorld({ filters: { [LOG_GROUP_ARN]: null } }),
      ['create-log-group', 'create-metric-filter', ...topicAndAlarm],
    ],
    ['creates all behind a log group', withFilters(), ['create-metric-filter', ...topicAndAlarm]],
    [
      'notifies the topic of the alarm on a filter that comes near',
      withFilters('{ ($.eventName = DeactivateMFADevice) && ($.eventName = EnableMFADevice) }'),
      ['create-metric-filter', 'create-alarm'],
    ],
    ['puts an alarm on the filter that is there', withAlarms(), topicAndAlarm],
    ["notifies the topic of the chain's own alarm", withAlarms(alarm({ namespace: 'CISBenchmark' })), ['create-alarm']],
    [
      'adds a filter where the metric of the one that fits fires no alarm',
      soundWorld({
        filters: {
          [LOG_GROUP_ARN]: [
            filter({
              metricTransformations: [{ metricNamespace: 'Security', metricName: 'MfaDeactivated', metricValue: '0' }],
            }),
          ],
        },
      }),
      ['create-metric-filter', 'create-alarm'],
    ],
    [
      'adds a filter where the one that fits publishes under dimensions only',
      soundWorld({
        filters: {
          [LOG_GROUP_ARN]: [
            filter({
              metricTransformations: [
                {
                  metricNamespace: 'Security',
                  metricName: 'MfaDeactivated',
                  metricValue: '1',
                  dimensions: { Region: '$.awsRegion' },
                },
              ],
            }),
          ],
        },
      }),
      ['create-metric-filter', 'create-alarm'],
    ],
    ['switches actions on', withAlarms(alarm({ actionsEnabled: false })), ['enable-alarm-actions']],
    [
      'leaves actions off that do more than notify',
      withAlarms(
        alarm({ actionsEnabled: false, alarmActions: [TOPIC_ARN, `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f`] }),
      ),
      ['create-alarm'],
    ],
    ['leaves an alarm without actions as it is', withAlarms(alarm({ alarmActions: [] })), topicAndAlarm],
    ['leaves an alarm that takes three events as it is', withAlarms(alarm({ threshold: 3 })), ['create-alarm']],
    [
      'creates the topic that an alarm names',
      soundWorld({ subscriptions: { [TOPIC_ARN]: null }, topics: { [TOPIC_ARN]: null } }),
      ['create-topic', 'subscribe'],
    ],
    [
      'adds a statement to a policy that does not let CloudWatch publish',
      refusing('{"Statement":[]}'),
      ['allow-publish'],
    ],
    ['leaves a topic alone whose policy denies', refusing(denying), topicAndAlarm],
    ['leaves a topic alone whose policy cannot be read', refusing('not JSON'), topicAndAlarm],
    [
      'leaves a topic alone that is encrypted with the key of AWS',
      soundWorld({ topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId: 'alias/aws/sns' }) } }),
      topicAndAlarm,
    ],
    ['subscribes where nobody is', soundWorld({ subscriptions: { [TOPIC_ARN]: [] } }), ['subscribe']],
    [
      'subscribes an address where nobody confirmed',
      soundWorld({ subscriptions: { [TOPIC_ARN]: [pending] } }),
      ['subscribe'],
    ],
    [
      'follows the nearest chain: a trail that is off stays off where another lacks only an alarm',
      soundWorld({
        trails: [trail(), trail({ name: 'off', trailArn: `${TRAIL_ARN}-off` })],
        statuses: { [TRAIL_ARN]: status(), [`${TRAIL_ARN}-off`]: status({ isLogging: false }) },
        selectors: {
          ...soundWorld().selectors,
          [`${TRAIL_ARN}-off`]: { eventSelectors: [], advancedEventSelectors: [] },
        },
        alarms: { [ALARMS]: [] },
      }),
      topicAndAlarm,
    ],
  ];
  for (const [title, world, kinds, raw = {}] of cases) {
    it(title, async () => {
      const plan = await planFor(world, email, { ...raw });
      expect(kindsOf(plan)).to.deep.equal(kinds);
      expect(plan.complete).to.equal(true);
    });
  }

  it('gives free names to what it makes', async () => {
    const world = soundWorld({
      filters: {
        [LOG_GROUP_ARN]: [
          filter({
            filterName: NEW_NAME,
            filterPattern: '{ $.eventName = ConsoleLogin }',
            metricTransformations: [{ metricNamespace: 'CloudTrailMetrics', metricName: 'Logins', metricValue: '1' }],
          }),
        ],
      },
      alarms: { [ALARMS]: [alarm({ alarmName: NEW_NAME, namespace: 'CloudTrailMetrics', metricName: NEW_NAME })] },
      topics: { ...soundWorld().topics, [NEW_TOPIC]: topicAttributes(NEW_TOPIC, { kmsMasterKeyId: 'alias/aws/sns' }) },
      subscriptions: { ...soundWorld().subscriptions, [NEW_TOPIC]: [] },
    });
    const plan = await planFor(world, email);
    const { filterName, metricName } = stepOf(plan, 'create-metric-filter') ?? {};
    expect([filterName, metricName]).to.deep.equal([`${NEW_NAME}-2`, `${NEW_NAME}-2`]);
    expect(stepOf(plan, 'create-topic')?.topicArn).to.equal(`${NEW_TOPIC}-2`);
    expect(stepOf(plan, 'create-alarm')?.alarmName).to.equal(`${NEW_NAME}-2`);
  });

  it('uses the topic that an earlier remediation created, whose subscriber has not confirmed yet', async () => {
    const world = soundWorld({
      alarms: { [ALARMS]: [] },
      topics: { [NEW_TOPIC]: topicAttributes(NEW_TOPIC) },
      subscriptions: { [NEW_TOPIC]: [pending] },
    });
    const plan = await planFor(world, {});
    expect(kindsOf(plan)).to.deep.equal(['create-alarm']);
    expect(plan.manualSteps.map(({ kind }) => kind)).to.deep.equal(['confirm', 'test-notification']);
  });

  it('fires sooner where less time is allowed', async () => {
    const plan = await planFor(withAlarms(), email, { maxAlarmDelayMinutes: '5' });
    expect(stepOf(plan, 'create-alarm')?.period).to.equal(60);
  });

  it('keeps out what the trail leaves out, where that does', async () => {
    const kms = ['kms.amazonaws.com'];
    const readOnly = {
      readWriteType: 'ReadOnly',
      includeManagementEvents: true,
      excludeManagementEventSources: kms,
    } as const;
    const world = soundWorld({
      selectors: { [TRAIL_ARN]: { eventSelectors: [readOnly], advancedEventSelectors: [] } },
    });
    const plan = await planFor(world, email);
    expect(kindsOf(plan)).to.deep.equal(['record-management-events']);
    expect(stepOf(plan, 'record-management-events')?.selector).to.deep.equal({
      kind: 'basic',
      added: { readWriteType: 'WriteOnly', includeManagementEvents: true, excludeManagementEventSources: kms },
    });
  });

  describe('asks', () => {
    const asks = async (world: World, choices: Choices) => {
      const { planning } = await planningOn(snapshotOf(world), choices);
      return planning.kind === 'asks' ? planning.question : 'nothing';
    };

    it('for a recipient, where there is none', async () => {
      expect(await asks(withFilters(), {})).to.contain('give --email ADDRESS, or --topic-arn ARN');
    });

    it('nothing where a topic with a subscriber is', async () => {
      expect(await asks(withAlarms(alarm({ threshold: 3 })), {})).to.equal('nothing');
    });

    it("for a topic in the alarm's region", async () => {
      const topicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:alerts`;
      expect(await asks(withAlarms(), { topicArn })).to.contain('needs a topic there');
    });

    it('for a topic that exists', async () => {
      const topicArn = `arn:aws:sns:${REGION}:${ACCOUNT}:alerts`;
      const world = { ...withAlarms(), topics: { [topicArn]: null }, subscriptions: { [topicArn]: null } };
      expect(await asks(world, { topicArn })).to.contain('does not exist');
    });
  });

  it('notifies the topic that is asked for, whatever others there are', async () => {
    const topicArn = `arn:aws:sns:${REGION}:${ACCOUNT}:alerts`;
    const world = soundWorld({
      subscriptions: { [TOPIC_ARN]: [], [topicArn]: [confirmed()] },
      topics: { ...soundWorld().topics, [topicArn]: topicAttributes(topicArn) },
    });
    const plan = await planFor(world, { topicArn });
    expect(kindsOf(plan)).to.deep.equal(['create-alarm']);
    expect(stepOf(plan, 'create-alarm')?.topicArn).to.equal(topicArn);
  });

  describe('leaves to a person', () => {
    const organization = `arn:aws:cloudtrail:${REGION}:${OTHER_ACCOUNT}:trail/organization`;
    const transformation = {
      metricNamespace: 'Security',
      metricName: 'Mfa',
      metricValue: '1',
      dimensions: { By: '$.a' },
    };
    const hundredUnderDimensions = soundWorld({
      filters: {
        [LOG_GROUP_ARN]: Array.from({ length: 100 }, (_, index) =>
          filter({ filterName: `f${index}`, metricTransformations: [transformation] }),
        ),
      },
      alarms: { [ALARMS]: [] },
    });
    const left: readonly (readonly [title: string, world: World, codes: readonly string[]])[] = [
      ['an account without a trail', soundWorld({ trails: [] }), ['NO_TRAIL']],
      [
        'deliveries that fail',
        soundWorld({ statuses: { [TRAIL_ARN]: status({ latestCloudWatchLogsDeliveryError: 'Access denied' }) } }),
        ['LOG_DELIVERY_FAILING'],
      ],
      [
        'a trail of another account',
        soundWorld({
          trails: [trail({ trailArn: organization })],
          statuses: { [organization]: status({ isLogging: false }) },
          selectors: { [organization]: { eventSelectors: [], advancedEventSelectors: [] } },
        }),
        ['TRAIL_NOT_LOGGING'],
      ],
      [
        'a topic of another account, which may be right',
        withAlarms(alarm({ alarmActions: [`arn:aws:sns:${REGION}:${OTHER_ACCOUNT}:alerts`] })),
        ['TOPIC_IN_OTHER_ACCOUNT'],
      ],
      ['a log group with as many filters as there may be', hundredUnderDimensions, ['NO_ALARM']],
    ];
    for (const [title, world, codes] of left) {
      it(title, async () => {
        const plan = await planFor(world, email);
        expect(plan).to.deep.include({ steps: [], complete: false });
        const found = plan.manualSteps.map((one) => (one.kind === 'by-hand' ? one.cause.code : one.kind));
        expect([...new Set(found)]).to.deep.equal(codes);
      });
    }

    it('what cannot be read, so that nothing is added', async () => {
      const inventory = replacing(
        snapshotOf(withAlarms(alarm(), compositeAlarm())),
        'subscriptions',
        TOPIC_ARN,
        denied('sns', 'ListSubscriptionsByTopic'),
      );
      const { planning } = await planningOn(inventory, email);
      expect(planning.kind === 'plan' && planning.plan.steps).to.deep.equal([]);
    });

    it('the confirmation, and a test notification', async () => {
      const plan = await planFor(soundWorld({ subscriptions: { [TOPIC_ARN]: [pending] } }), {});
      expect(plan.steps).to.deep.equal([]);
      expect(plan.manualSteps.map(({ kind }) => kind)).to.deep.equal(['confirm', 'test-notification']);
    });
  });
});
