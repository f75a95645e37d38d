import { expect } from 'chai';

import { assess, assessAll } from '../../src/assessment/assess.ts';
import { catalog } from '../../src/controls/catalog.ts';
import { awsReader } from '../../src/inventory/aws/aws-reader.ts';
import { awsClients } from '../../src/inventory/aws/client/clients.ts';
import type { Inventory } from '../../src/inventory/model.ts';
import type { AlarmAction, AlarmMuteRule } from '../../src/inventory/resources.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import type { Responder } from '../aws-responder/responder.ts';
import { startResponder } from '../aws-responder/responder.ts';
import { EVENT_BUS_ARN, eventRule, eventWorld } from '../support/worlds/event-world.ts';
import { parametersOf } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  REGION,
  TOPIC_ARN,
  alarm,
  filter,
  snapshotOf,
  soundWorld,
} from '../support/worlds/world.ts';

const AT_ALARMS = `${ACCOUNT} ${REGION}`;
const everyControl = catalog.map(({ id }) => parametersOf({ controlId: id }));

/** An account with a filter, a metric and an alarm for each control of the catalog, all of which notify one topic. */
const everyControlMet = (change: Partial<World> = {}): Inventory =>
  snapshotOf(
    soundWorld({
      filters: {
        [LOG_GROUP_ARN]: catalog.map(({ id, filterPattern }) =>
          filter({
            filterName: id,
            filterPattern,
            metricTransformations: [{ metricNamespace: 'Security', metricName: id, metricValue: '1' }],
          }),
        ),
      },
      alarms: { [AT_ALARMS]: catalog.map(({ id }) => alarm({ alarmName: id, metricName: id })) },
      ...change,
    }),
  );

/** An account of many filters with an alarm each, whose topic nobody subscribes to. */
const hopeless = (count: number): Inventory => {
  const names = Array.from({ length: count }, (_, index) => `Metric${index}`);
  return snapshotOf(
    soundWorld({
      filters: {
        [LOG_GROUP_ARN]: names.map((metricName) =>
          filter({
            filterName: metricName,
            metricTransformations: [{ metricNamespace: 'Security', metricName, metricValue: '1' }],
          }),
        ),
      },
      alarms: { [AT_ALARMS]: names.map((metricName) => alarm({ alarmName: metricName, metricName })) },
      subscriptions: { [TOPIC_ARN]: [] },
    }),
  );
};

const nightly: AlarmMuteRule = { name: 'nightly', expression: 'cron(0 2 * * *)', duration: 'PT4H' };
const always: AlarmMuteRule = { name: 'always', expression: 'cron(0 * * * *)', duration: 'PT1H' };
const action = (summary: string, timestamp = '2026-11-19T10:00:00.000Z'): AlarmAction => ({ timestamp, summary });
const failed = action(`Failed to execute action ${TOPIC_ARN}. Received error: "denied"`);
const atAlarm = (index: number) => `${AT_ALARMS} ${catalog[index]?.id ?? ''}`;

describe('the calls of an assessment', () => {
  let responder: Responder;
  before(async () => {
    responder = await startResponder(snapshotOf(soundWorld()));
  });
  after(() => responder.close());

  const live = (inventory: Inventory) => {
    responder.serve(inventory);
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const clients = awsClients({ endpoint: responder.url, credentials, maxAttempts: 2 });
    return awsReader({ clients, accountId: ACCOUNT, region: REGION, now: () => new Date(inventory.readAt) });
  };
  /** How often each operation was called, in the order of their names. */
  const counts = () => {
    const names = responder.calls.map(({ operation }) => operation).sort();
    return Object.fromEntries(names.map((name) => [name, names.filter((other) => other === name).length]));
  };

  it('of one control in a small compliant account: one for each thing that must hold, in five rounds', async () => {
    const { verdict, turns } = await assess(live(snapshotOf(soundWorld())), parametersOf());
    expect([verdict.kind, turns]).to.deep.equal(['satisfied', 5]);
    expect(counts()).to.deep.equal({
      DescribeAlarmHistory: 1,
      DescribeAlarmsForMetric: 1,
      DescribeMetricFilters: 2,
      DescribeTrails: 1,
      GetEventSelectors: 1,
      GetSubscriptionAttributes: 1,
      GetTopicAttributes: 1,
      GetTrailStatus: 1,
      ListAlarmMuteRules: 1,
      ListSubscriptionsByTopic: 1,
      ListTrails: 1,
    });
  });

  it('of seventeen controls: as many as of one, since they share every listing', async () => {
    const { verdicts, turns } = await assessAll(live(everyControlMet()), everyControl);
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(catalog.map(() => 'satisfied'));
    expect([catalog.length, turns]).to.deep.equal([17, 5]);
    expect(counts()).to.deep.equal({
      DescribeAlarmHistory: 1,
      DescribeAlarms: 1,
      DescribeMetricFilters: 2,
      DescribeTrails: 1,
      GetEventSelectors: 1,
      GetSubscriptionAttributes: 1,
      GetTopicAttributes: 1,
      GetTrailStatus: 1,
      ListAlarmMuteRules: 1,
      ListSubscriptionsByTopic: 1,
      ListTrails: 1,
    });
  });

  it('of many filters on metrics of their own that reach nobody: by listings, not by metrics', async () => {
    const { verdict, turns } = await assess(live(hopeless(100)), parametersOf());
    expect([verdict.kind, turns]).to.deep.equal(['broken', 4]);
    expect(responder.calls).to.have.lengthOf.at.most(15);
  });

  it('of a broken account with more rules of EventBridge than a page: one, and no other route is named', async () => {
    const others = Array.from({ length: 100 }, (_, index) => eventRule({ name: `a${index}`, state: 'DISABLED' }));
    const world = eventWorld({ eventRules: { [EVENT_BUS_ARN]: [...others, eventRule()] } });
    const { verdict } = await assess(live(snapshotOf(world)), parametersOf());
    expect(verdict.kind === 'broken' && verdict.otherRoute).to.equal(undefined);
    expect([counts()['ListRules'], counts()['ListTargetsByRule']]).to.deep.equal([1, undefined]);
    const accepted = await assess(live(snapshotOf(world)), parametersOf({ acceptedRoutes: 'eventbridge' }));
    expect([accepted.verdict.kind, counts()['ListRules']]).to.deep.equal(['satisfied', 2]);
  });

  const accounts: readonly (readonly [claim: string, inventory: Inventory, calls: number])[] = [
    ['where every chain holds', everyControlMet(), 12],
    [
      'where mute rules silence some of the alarms',
      everyControlMet({
        muteRules: { [atAlarm(0)]: [nightly, always], [atAlarm(1)]: [nightly], [atAlarm(2)]: [always] },
      }),
      // One more for the rules of EventBridge, since some of the controls are broken.
      15,
    ],
    [
      'where the last action of one alarm failed, and those of others succeeded',
      everyControlMet({
        histories: {
          [atAlarm(3)]: [failed, action(`Successfully executed action ${TOPIC_ARN}`, '2026-11-18T10:00:00.000Z')],
          [atAlarm(4)]: [
            action(`Successfully executed action ${TOPIC_ARN}`),
            { ...failed, timestamp: '2026-11-01T00:00:00.000Z' },
          ],
        },
      }),
      12,
    ],
    [
      'where a filter of another log group publishes to the metric of one control',
      everyControlMet({
        filters: {
          ...soundWorld().filters,
          [LOG_GROUP_ARN]: catalog.map(({ id, filterPattern }) =>
            filter({
              filterName: id,
              filterPattern,
              metricTransformations: [{ metricNamespace: 'Security', metricName: id, metricValue: '1' }],
            }),
          ),
          [LOG_GROUP_ARN.replace('main', 'other')]: [
            filter({
              filterPattern: '',
              metricTransformations: [
                { metricNamespace: 'Security', metricName: catalog[5]?.id ?? '', metricValue: '1' },
              ],
            }),
          ],
        },
      }),
      12,
    ],
  ];
  for (const [claim, inventory, calls] of accounts) {
    it(`lead under seventeen controls to the verdicts of each alone ${claim}`, async () => {
      const { verdicts } = await assessAll(live(inventory), everyControl);
      expect(responder.calls).to.have.lengthOf.at.most(calls);
      const alone = await Promise.all(everyControl.map((control) => assess(snapshotReader(inventory), control)));
      expect(verdicts).to.deep.equal(alone.map(({ verdict }) => verdict));
    });
  }

  it('are made one by one where the listings are longer than a handful of pages', async () => {
    const other = Array.from({ length: 20 }, (_, index) => alarm({ alarmName: `other-${index}`, metricName: 'Other' }));
    const busy = Array.from({ length: 60 }, (_, index) =>
      action('Successfully executed action arn:other', `2026-11-20T09:00:${String(index).padStart(2, '0')}.000Z`),
    );
    const inventory = everyControlMet({
      alarms: { [AT_ALARMS]: [...catalog.map(({ id }) => alarm({ alarmName: id, metricName: id })), ...other] },
      histories: {
        ...Object.fromEntries(other.map(({ alarmName }) => [`${AT_ALARMS} ${alarmName}`, busy])),
        [atAlarm(6)]: [failed],
      },
      muteRules: Object.fromEntries(
        other.map(({ alarmName }, index) => [`${AT_ALARMS} ${alarmName}`, [{ ...nightly, name: `rule-${index}` }]]),
      ),
    });
    const { verdicts } = await assessAll(live(inventory), everyControl);
    expect(verdicts[6]?.kind).to.equal('broken');
    expect(verdicts.filter(({ kind }) => kind === 'satisfied')).to.have.lengthOf(16);
    // Three pages of actions and one of mute rules, for nothing.
    expect([counts()['DescribeAlarmHistory'], counts()['ListAlarmMuteRules']]).to.deep.equal([3 + 17, 1 + 17]);
    expect(counts()['GetAlarmMuteRule']).to.equal(undefined);
  });

  for (const operation of ['DescribeAlarmHistory', 'ListAlarmMuteRules'] as const) {
    for (const code of ['AccessDeniedException', 'ValidationError']) {
      it(`are made one by one where AWS answers ${operation} of all alarms with ${code}`, async () => {
        const reader = live(everyControlMet());
        // A refused value may be the type of log alarms, so that the history is asked for without it first.
        const refusals = operation === 'DescribeAlarmHistory' && code === 'ValidationError' ? 2 : 1;
        responder.inject(operation, { kind: 'error', code, status: 400 }, refusals);
        const { verdicts } = await assessAll(reader, everyControl);
        expect(verdicts.map(({ kind }) => kind)).to.deep.equal(catalog.map(() => 'satisfied'));
        expect(counts()[operation]).to.equal(refusals + 17);
      });
    }
  }

  const incomplete: readonly (readonly [operation: string, member: string, change: (output: never) => unknown])[] = [
    [
      'DescribeAlarmHistory',
      'the alarm of an action',
      ({ AlarmHistoryItems }: { readonly AlarmHistoryItems: readonly object[] }) => ({
        AlarmHistoryItems: AlarmHistoryItems.map((item) => ({ ...item, AlarmName: undefined })),
      }),
    ],
    ['GetAlarmMuteRule', 'the alarms that a rule targets', (output: object) => ({ ...output, MuteTargets: undefined })],
  ];
  for (const [operation, member, change] of incomplete) {
    it(`are made one by one where AWS does not say ${member}`, async () => {
      const inventory = everyControlMet({
        histories: { [atAlarm(0)]: [failed] },
        muteRules: { [atAlarm(1)]: [always] },
      });
      const reader = live(inventory);
      responder.inject(operation, { kind: 'change', output: change as never });
      const { verdicts } = await assessAll(reader, everyControl);
      const expected = await assessAll(snapshotReader(inventory), everyControl);
      expect(verdicts).to.deep.equal(expected.verdicts);
      expect(verdicts.filter(({ kind }) => kind === 'broken')).to.have.lengthOf(2);
    });
  }
});
