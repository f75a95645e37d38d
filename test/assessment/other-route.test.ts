import { expect } from 'chai';

import { assess, assessAll } from '../../src/assessment/assess.ts';
import { findOtherRoute } from '../../src/assessment/other-route.ts';
import { catalog } from '../../src/controls/catalog.ts';
import type { InventoryReader } from '../../src/inventory/reader.ts';
import { snapshotReader } from '../../src/inventory/snapshot-reader.ts';
import { evaluationsOf } from '../../src/report/evaluations.ts';
import { verdictText } from '../../src/report/text.ts';
import { EVENT_BUS_ARN, EVENT_TOPIC_ARN, eventRule, eventWorld, withRule } from '../support/worlds/event-world.ts';
import { logWorld } from '../support/worlds/faulty-accounts.ts';
import { parametersOf } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import { ACCOUNT, REGION, TOPIC_ARN, denied, logAlarm, snapshotOf, soundWorld } from '../support/worlds/world.ts';

/** A reader that notes what it is asked for. */
function noting(world: World): { readonly reader: InventoryReader; readonly kinds: string[] } {
  const kinds: string[] = [];
  const inner = snapshotReader(snapshotOf(world));
  const read: InventoryReader['read'] = (keys) => {
    kinds.push(...keys.map(({ kind }) => kind));
    return inner.read(keys);
  };
  return { reader: { ...inner, read }, kinds };
}

const otherRouteOf = async (world: World, raw: Readonly<Record<string, string>> = {}) => {
  const { verdict } = await assess(noting(world).reader, parametersOf(raw));
  return verdict.kind === 'broken' ? verdict.otherRoute?.sentence : undefined;
};
const ofEvents = (kinds: readonly string[]) => kinds.filter((kind) => kind.startsWith('event-rule'));

describe('a broken account that notifies by another route', () => {
  it('is said to send the events, and how to have that route judged', async () => {
    expect(await otherRouteOf(eventWorld())).to.equal(
      'EventBridge rule mfa-rule sends the events to SNS topic security-events; acceptedRoutes=metric-filter,eventbridge judges that route',
    );
  });

  it('is said to notify where all of the route was read anyway, such as for another control', async () => {
    const world = eventWorld();
    const inventory = snapshotOf(world);
    const { verdict } = await assess(noting(world).reader, parametersOf());
    const { reader, kinds } = noting(world);
    const { otherRoute } = await findOtherRoute(reader, parametersOf(), verdict, inventory, () => false);
    expect(otherRoute).to.deep.equal({
      route: 'eventbridge',
      sentence:
        'EventBridge rule mfa-rule notifies SNS topic security-events; acceptedRoutes=metric-filter,eventbridge accepts it',
    });
    expect(kinds).to.deep.equal([]);
    const nobody = snapshotOf(eventWorld({ subscriptions: { [EVENT_TOPIC_ARN]: [] } }));
    expect((await findOtherRoute(reader, parametersOf(), verdict, nobody, () => false)).otherRoute).to.equal(undefined);
  });

  it('is asked for two parts more, and a satisfied or undecided one for none', async () => {
    const broken = noting(eventWorld());
    await assess(broken.reader, parametersOf());
    expect(ofEvents(broken.kinds)).to.deep.equal(['event-rules', 'event-rule-targets']);
    const satisfied = noting(soundWorld());
    await assess(satisfied.reader, parametersOf());
    expect(ofEvents(satisfied.kinds)).to.deep.equal([]);
    const many = noting(soundWorld({ subscriptions: { [TOPIC_ARN]: [] } }));
    await assessAll(
      many.reader,
      catalog.map(({ id }) => parametersOf({ controlId: id })),
    );
    expect(ofEvents(many.kinds)).to.deep.equal(['event-rules']);
  });

  it('is said to have a log alarm that does', async () => {
    expect(await otherRouteOf(logWorld())).to.equal(
      'log alarm mfa-log-alarm sends the events to SNS topic security-alerts; acceptedRoutes=metric-filter,log-alarm judges that route',
    );
    const { verdict } = await assess(noting(logWorld()).reader, parametersOf());
    const found = await findOtherRoute(
      noting(logWorld()).reader,
      parametersOf(),
      verdict,
      snapshotOf(logWorld()),
      () => false,
    );
    expect(found.otherRoute?.sentence).to.equal(
      'log alarm mfa-log-alarm notifies SNS topic security-alerts; acceptedRoutes=metric-filter,log-alarm accepts it',
    );
    expect(await otherRouteOf(logWorld(), { acceptedRoutes: 'eventbridge' })).to.equal(
      'log alarm mfa-log-alarm sends the events to SNS topic security-alerts; acceptedRoutes=eventbridge,log-alarm judges that route',
    );
    for (const world of [
      logWorld([]),
      logWorld([logAlarm({ threshold: 5 })]),
      logWorld([logAlarm({ alarmActions: [] })]),
    ]) {
      expect(await otherRouteOf(world)).to.equal(undefined);
    }
  });

  it('is asked for two parts more for both routes together', async () => {
    const { reader, kinds } = noting(logWorld());
    await assess(reader, parametersOf());
    expect(kinds.filter((kind) => kind === 'alarms' || kind.startsWith('event-rule'))).to.deep.equal([
      'event-rules',
      'alarms',
    ]);
    const failing: InventoryReader = {
      ...reader,
      read: (keys) =>
        keys.some(({ kind }) => kind === 'alarms') ? Promise.reject(new Error('throttled')) : reader.read(keys),
    };
    const { verdict } = await assess(failing, parametersOf());
    expect(verdict.kind === 'broken' && verdict.otherRoute).to.equal(undefined);
    expect(verdict.chains[0].outcome === 'broken' && verdict.chains[0].finding.code).to.equal('NO_METRIC_FILTER');
  });

  const silent: readonly (readonly [claim: string, world: World])[] = [
    ['the rule is disabled', withRule({ state: 'DISABLED' })],
    ['the rule is for something else', withRule({ eventPattern: '{"source":["aws.s3"]}' })],
    ['the rule has no target', eventWorld({ eventRuleTargets: { [`${EVENT_BUS_ARN} mfa-rule`]: [] } })],
    ['the pattern cannot be read', withRule({ eventPattern: '{"detail":{"eventName":[{"sounds-like":"a"}]}}' })],
    ['there is no trail', eventWorld({ trails: [] })],
  ];
  for (const [claim, world] of silent) {
    it(`says nothing where ${claim}`, async () => {
      expect(await otherRouteOf(world)).to.equal(undefined);
    });
  }

  it('says nothing where the parameters accept the route', async () => {
    const world = eventWorld({ subscriptions: { [EVENT_TOPIC_ARN]: [] } });
    expect(await otherRouteOf(world, { acceptedRoutes: 'eventbridge' })).to.equal(undefined);
  });

  for (const kind of ['event-rules', 'event-rule-targets']) {
    it(`keeps its verdict where reading ${kind} fails or is refused`, async () => {
      const { reader } = noting(eventWorld());
      const failing: InventoryReader = {
        ...reader,
        read: (keys) =>
          keys.some((key) => key.kind === kind) ? Promise.reject(new Error('throttled')) : reader.read(keys),
      };
      const { verdict } = await assess(failing, parametersOf());
      expect(verdict.kind === 'broken' && verdict.otherRoute).to.equal(undefined);
      expect(verdict.chains[0].outcome === 'broken' && verdict.chains[0].finding.code).to.equal('LOG_GROUP_NOT_SET');
    });
  }

  it('is asked no more for other controls where it was refused once', async () => {
    const { reader } = noting(eventWorld());
    const asked: string[] = [];
    const refusing: InventoryReader = {
      ...reader,
      read: async (keys) => {
        asked.push(...keys.map(({ kind }) => kind));
        const answers = await reader.read(keys);
        const refused = denied('events', 'ListRules');
        return answers.map((answer) => (answer.key.kind === 'event-rules' ? { ...answer, part: refused } : answer));
      },
    };
    const controls = ['D9.AWS.MON.25', 'CloudWatch.4'].map((controlId) => parametersOf({ controlId }));
    const { verdicts } = await assessAll(refusing, controls);
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(['broken', 'broken']);
    expect(ofEvents(asked)).to.deep.equal(['event-rules']);
  });

  it('is not asked once the time is over', async () => {
    const { reader, kinds } = noting(eventWorld());
    let calls = 0;
    await assess(reader, parametersOf(), () => (calls += 1) > 0);
    expect(ofEvents(kinds)).to.deep.equal([]);
  });

  it('says so in text and, as far as there is room, in the annotation', async () => {
    const { verdict, inventory } = await assess(noting(eventWorld()).reader, parametersOf());
    const sentence = await otherRouteOf(eventWorld());
    expect(verdictText(verdict)).to.contain(`other   ${sentence ?? ''}.`);
    const about = { accountId: ACCOUNT, region: REGION, options: parametersOf().options };
    const [account, ...trails] = evaluationsOf(verdict, about);
    expect(account.annotation).to.equal(
      `LOG_GROUP_NOT_SET: trail main sends nothing to CloudWatch Logs. ${sentence ?? ''}`,
    );
    expect(trails.map(({ annotation }) => annotation).join()).not.to.contain('EventBridge');
    expect(Object.keys(inventory.parts)).to.include('event-rules');

    const longName = withRule({ name: 'r'.repeat(64) });
    const long = {
      ...longName,
      eventRuleTargets: {
        [`${EVENT_BUS_ARN} ${'r'.repeat(64)}`]: [{ id: 'topic', arn: `${EVENT_TOPIC_ARN}${'t'.repeat(200)}` }],
      },
    };
    const { verdict: ofLong } = await assess(noting(long).reader, parametersOf());
    const [cut] = evaluationsOf(ofLong, about);
    expect(ofLong.kind === 'broken' && ofLong.otherRoute).to.not.equal(undefined);
    expect(cut.annotation).to.match(/^LOG_GROUP_NOT_SET: trail main sends nothing to CloudWatch Logs \[/);
  });

  it('is distinguished by rules: the one that holds is named', async () => {
    const other = eventRule({ name: 'a-disabled', state: 'DISABLED' });
    const world = eventWorld({ eventRules: { [EVENT_BUS_ARN]: [other, eventRule()] } });
    expect(await otherRouteOf(world)).to.contain('rule mfa-rule sends');
  });
});
