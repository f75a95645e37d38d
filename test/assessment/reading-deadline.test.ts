import { expect } from 'chai';

import { assess } from '../../src/assessment/assess.ts';
import { awsReader } from '../../src/inventory/aws/aws-reader.ts';
import { awsClients } from '../../src/inventory/aws/client/clients.ts';
import type { Responder } from '../aws-responder/responder.ts';
import { startResponder } from '../aws-responder/responder.ts';
import { codeOf, parametersOf } from '../support/judging.ts';
import { EVENT_BUS_ARN, EVENT_TOPIC_ARN, eventRule, eventWorld, target } from '../support/worlds/event-world.ts';
import type { World } from '../support/worlds/world.ts';
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
  topicAttributes,
  trail,
} from '../support/worlds/world.ts';

const MANY = 12;
/** So many calls run side by side, and end although the time is over. */
const IN_FLIGHT = 8;

const numbers = Array.from({ length: MANY }, (_, index) => index);
const by = <T>(keyOf: (index: number) => string, value: (index: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(numbers.map((index) => [keyOf(index), value(index)]));

const topicArn = (index: number) => `${TOPIC_ARN}-${index}`;
const trailArn = (index: number) => `${TRAIL_ARN}-${index}`;
const logGroupArn = (index: number) => `${LOG_GROUP_ARN}-${index}`;
const ruleName = (index: number) => `rule-${index}`;
const keyArn = (index: number) =>
  `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-00000000000${index % 10}`;
const isLast = (index: number) => index === MANY - 1;

const keyPolicy = JSON.stringify({
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
  },
});

/** Each alarm has a topic of its own. The last topic has the only subscriber. */
const withTopics = (change: Partial<World> = {}): World =>
  soundWorld({
    alarms: {
      [`${ACCOUNT} ${REGION}`]: numbers.map((index) =>
        alarm({ alarmName: `alarm-${index}`, alarmActions: [topicArn(index)] }),
      ),
    },
    subscriptions: by(topicArn, (index) => (isLast(index) ? [confirmed()] : [])),
    topics: by(topicArn, (index) => topicAttributes(topicArn(index))),
    ...change,
  });

/** Accounts in which one chain of many holds, and that need many calls to see it. */
const accounts: Readonly<Record<string, { readonly world: World; readonly acceptedRoutes?: string }>> = {
  topics: { world: withTopics() },
  keys: {
    world: withTopics({
      topics: by(topicArn, (index) => topicAttributes(topicArn(index), { kmsMasterKeyId: keyArn(index) })),
      keys: by(keyArn, () => ({ keyManager: 'CUSTOMER', keyState: 'Enabled', policy: keyPolicy })),
    }),
  },
  'trails and log groups': {
    world: soundWorld({
      trails: numbers.map((index) =>
        trail({
          name: `trail-${index}`,
          trailArn: trailArn(index),
          cloudWatchLogsLogGroupArn: logGroupArn(index),
        }),
      ),
      statuses: by(trailArn, () => status()),
      selectors: by(trailArn, () => allManagementEvents),
      filters: by(logGroupArn, (index) => (isLast(index) ? [filter()] : [])),
    }),
  },
  'pages of subscriptions': {
    world: soundWorld({
      subscriptions: {
        [TOPIC_ARN]: Array.from({ length: 100 * MANY }, (_, index) =>
          confirmed(index === 0 ? {} : { subscriptionArn: 'PendingConfirmation' }),
        ),
      },
    }),
  },
  'rules of EventBridge': {
    world: eventWorld({
      eventRules: { [EVENT_BUS_ARN]: numbers.map((index) => eventRule({ name: ruleName(index) })) },
      eventRuleTargets: by(
        (index) => `${EVENT_BUS_ARN} ${ruleName(index)}`,
        (index) => [target(isLast(index) ? { arn: EVENT_TOPIC_ARN } : { arn: topicArn(index) })],
      ),
    }),
    acceptedRoutes: 'eventbridge',
  },
};

describe('an account with more to read than there is time for', function () {
  this.timeout(60_000);
  let responder: Responder;
  before(async () => {
    responder = await startResponder(snapshotOf(soundWorld()));
  });
  after(() => responder.close());

  /** Judges an account whose time is over after some calls. */
  async function judged(what: string, most: number) {
    const { world, acceptedRoutes = 'metric-filter' } = accounts[what] ?? { world: soundWorld() };
    const inventory = snapshotOf(world);
    responder.serve(inventory);
    const isOver = () => responder.calls.length >= most;
    const reader = awsReader({
      clients: awsClients({ endpoint: responder.url, credentials: { accessKeyId: 'A', secretAccessKey: 's' } }),
      accountId: ACCOUNT,
      region: REGION,
      now: () => new Date(inventory.readAt),
      isOver,
    });
    const { verdict } = await assess(reader, parametersOf({ acceptedRoutes }));
    return { verdict, calls: responder.calls.length };
  }

  for (const what of Object.keys(accounts)) {
    it(`has an answer, which is never that it is broken: many ${what}`, async () => {
      const all = await judged(what, Infinity);
      expect(all.calls).to.be.greaterThan(MANY);
      expect(all.verdict.kind).to.equal('satisfied');
      const kinds = new Set<string>();
      for (let most = 0; most < all.calls; most += 5) {
        const { verdict, calls } = await judged(what, most);
        kinds.add(verdict.kind);
        expect(calls).to.be.below(most + IN_FLIGHT);
      }
      expect(kinds).to.include('undecided');
      expect(kinds).not.to.include('broken');
    });
  }

  it('is said to have had no time for the first call that was left out', async () => {
    const { verdict } = await judged('topics', 0);
    expect(codeOf(verdict)).to.equal('UNREADABLE');
    const [{ links }] = verdict.chains;
    expect(links[0]?.finding?.sentence).to.equal('there was no time left for CloudTrail DescribeTrails');
  });
});
