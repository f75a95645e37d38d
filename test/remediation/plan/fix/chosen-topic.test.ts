import { expect } from 'chai';

import type { Choices, Plan } from '../../../../src/remediation/plan/plan.ts';
import {
  EVENT_BUS_ARN,
  EVENT_REGION,
  EVENT_TOPIC_ARN,
  eventWorld,
  policyOf,
  publishStatement,
} from '../../../support/worlds/event-world.ts';
import { planFor, planningOn } from '../../../support/planning.ts';
import type { World } from '../../../support/worlds/world.ts';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  REGION,
  TOPIC_ARN,
  alarm,
  confirmed,
  snapshotOf,
  soundWorld,
  status,
  TRAIL_ARN,
  topicAttributes,
  withAlarms,
} from '../../../support/worlds/world.ts';

const CHOSEN = `arn:aws:sns:${REGION}:${ACCOUNT}:chosen`;
const choose = (topicArn: string, email?: string): Choices => ({ topicArn, ...(email === undefined ? {} : { email }) });

type Attributes = Parameters<typeof topicAttributes>[1];

/** An account without an alarm, in which another topic has these attributes and a subscriber. */
const withChosen = (change: Attributes | null = {}, topicArn: string = CHOSEN, world: World = withAlarms()): World => ({
  ...world,
  topics: { ...world.topics, [topicArn]: change === null ? null : topicAttributes(topicArn, change) },
  subscriptions: {
    ...world.subscriptions,
    [topicArn]: change === null ? null : [confirmed({ subscriptionArn: `${topicArn}:1` })],
  },
});
const refusing = { policy: policyOf(publishStatement('s3.amazonaws.com', { Resource: CHOSEN })) };
const denying = { policy: policyOf({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }) };
const encrypted = { kmsMasterKeyId: 'alias/aws/sns' };

const kindsOf = ({ steps }: Plan) => steps.map(({ kind }) => kind);
const notifiedBy = ({ steps }: Plan) =>
  steps.flatMap((step) => (step.kind === 'create-alarm' || step.kind === 'create-event-rule' ? [step.topicArn] : []));

async function question(world: World, topicArn: string, raw: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { planning } = await planningOn(snapshotOf(world), choose(topicArn), raw);
  return planning.kind === 'asks'
    ? planning.question
    : `planned: ${planning.plan.steps.map(({ kind }) => kind).join()}`;
}

describe('a topic that the user chose', () => {
  const used: readonly (readonly [title: string, World, kinds: readonly string[]])[] = [
    ['is notified by a new alarm', withChosen(), ['create-alarm']],
    ['is allowed to get what CloudWatch publishes', withChosen(refusing), ['allow-publish', 'create-alarm']],
    [
      'is notified by a new alarm where the actions of the present one are disabled',
      withChosen({}, CHOSEN, withAlarms(alarm({ actionsEnabled: false }))),
      ['create-alarm'],
    ],
    [
      'is notified by a new alarm where the topic of the present one refuses it',
      withChosen({}, CHOSEN, soundWorld({ topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, denying) } })),
      ['create-alarm'],
    ],
    [
      'is notified by a new alarm where the topic of the present one is gone',
      withChosen({}, CHOSEN, soundWorld({ topics: { [TOPIC_ARN]: null }, subscriptions: { [TOPIC_ARN]: null } })),
      ['create-alarm'],
    ],
    [
      'is notified by a new alarm where the topic of the present one has no subscriber',
      withChosen({}, CHOSEN, soundWorld({ subscriptions: { [TOPIC_ARN]: [] } })),
      ['create-alarm'],
    ],
  ];
  for (const [title, world, kinds] of used) {
    it(title, async () => {
      const plan = await planFor(world, choose(CHOSEN));
      expect([kindsOf(plan), notifiedBy(plan), plan.complete]).to.deep.equal([kinds, [CHOSEN], true]);
      expect(plan.notes).to.deep.equal([]);
    });
  }

  it('gets the subscription, where it has none', async () => {
    const world = { ...withChosen(), subscriptions: { [CHOSEN]: [] } };
    const plan = await planFor(world, choose(CHOSEN, 'oncall@example.com'));
    expect(kindsOf(plan)).to.deep.equal(['subscribe', 'create-alarm']);
    expect(plan.steps.find(({ kind }) => kind === 'subscribe')).to.include({ topicArn: CHOSEN });
  });

  it('is created, where an alarm names it and it is gone', async () => {
    const gone = soundWorld({ topics: { [TOPIC_ARN]: null }, subscriptions: { [TOPIC_ARN]: null } });
    const plan = await planFor(gone, choose(TOPIC_ARN, 'oncall@example.com'));
    expect(kindsOf(plan)).to.deep.equal(['create-topic', 'subscribe']);
  });

  it('leaves the alarm that notifies it already, and only what is broken is fixed', async () => {
    const plan = await planFor(withAlarms(alarm({ actionsEnabled: false })), choose(TOPIC_ARN));
    expect([kindsOf(plan), plan.notes]).to.deep.equal([['enable-alarm-actions'], []]);
  });

  const refused: readonly (readonly [title: string, World, topicArn: string, words: RegExp])[] = [
    [
      'of another region is refused',
      withAlarms(),
      CHOSEN.replace(REGION, 'us-east-1'),
      /the alarm will be in region eu-west-1 of partition aws, so it needs a topic there/,
    ],
    [
      'of another partition is refused',
      withAlarms(),
      CHOSEN.replace('arn:aws:', 'arn:aws-cn:'),
      /so it needs a topic there/,
    ],
    ['without an ARN is refused', withAlarms(), 'chosen', /so it needs a topic there, not chosen/],
    ['that does not exist is refused', withChosen(null), CHOSEN, /cannot be used: .*does not exist; give the ARN/],
    ['that denies is refused', withChosen(denying), CHOSEN, /cannot be used: .*; give the ARN of another topic/],
    ['with a key that CloudWatch may not use is refused', withChosen(encrypted), CHOSEN, /cannot be used: .*key/],
    [
      'of type FIFO is refused',
      withChosen({}, `${CHOSEN}.fifo`),
      `${CHOSEN}.fifo`,
      /chosen\.fifo cannot be used: .*; give the ARN of another topic/,
    ],
    [
      'of another account that denies is refused',
      withChosen(denying, CHOSEN.replace(ACCOUNT, OTHER_ACCOUNT)),
      CHOSEN.replace(ACCOUNT, OTHER_ACCOUNT),
      /999900001111:chosen cannot be used: .*; give the ARN of another topic/,
    ],
  ];
  for (const [title, world, topicArn, words] of refused) {
    it(`${title}, and nothing is planned that would notify it`, async () => {
      expect(await question(world, topicArn)).to.match(words);
    });
  }

  it('of another account gets no statement, since its policy is not ours to change', async () => {
    const foreign = CHOSEN.replace(ACCOUNT, OTHER_ACCOUNT);
    const open = { policy: policyOf({ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: foreign }) };
    const plan = await planFor(withChosen(open, foreign), choose(foreign));
    expect([kindsOf(plan), notifiedBy(plan)]).to.deep.equal([['create-alarm'], [foreign]]);
  });

  const unused: readonly (readonly [title: string, World, kinds: readonly string[]])[] = [
    [
      'is not used where only the trail is broken, and the plan says so',
      withChosen({}, CHOSEN, soundWorld({ statuses: { [TRAIL_ARN]: status({ isLogging: false }) } })),
      ['start-logging'],
    ],
    ['is not used where nothing is broken, and that is said', withChosen({}, CHOSEN, soundWorld()), []],
  ];
  for (const [title, world, kinds] of unused) {
    it(title, async () => {
      const plan = await planFor(world, choose(CHOSEN));
      expect(kindsOf(plan)).to.deep.equal(kinds);
      expect(plan.notes).to.deep.equal([
        `This plan does not use --topic-arn ${CHOSEN}: it needs no new alarm, and alarm mfa-alarm notifies ${TOPIC_ARN}.`,
      ]);
    });
  }

  it('is not missed where one of several chains that hold notifies it', async () => {
    const both = alarm({ alarmName: 'other', alarmActions: [CHOSEN] });
    const plan = await planFor(withChosen({}, CHOSEN, withAlarms(alarm(), both)), choose(CHOSEN));
    expect([kindsOf(plan), plan.notes]).to.deep.equal([[], []]);
  });

  describe('for a rule of EventBridge', () => {
    const accepted = { acceptedRoutes: 'eventbridge' };
    const chosen = EVENT_TOPIC_ARN.replace('security-events', 'chosen');
    const withoutRule = eventWorld({ eventRules: { [EVENT_BUS_ARN]: [] } });
    const allowing = { policy: policyOf(publishStatement('events.amazonaws.com', { Resource: chosen })) };

    it('is notified by the rule, and allowed to be', async () => {
      const plain = await planFor(withChosen(allowing, chosen, withoutRule), choose(chosen), accepted);
      expect([kindsOf(plain), notifiedBy(plain)]).to.deep.equal([['create-event-rule'], [chosen]]);
      const fresh = await planFor(withChosen({}, chosen, withoutRule), choose(chosen), accepted);
      expect([kindsOf(fresh), fresh.complete]).to.deep.equal([['allow-publish', 'create-event-rule'], true]);
    });

    const unfit: readonly (readonly [title: string, World, topicArn: string, words: RegExp])[] = [
      ['of another region is refused', withoutRule, CHOSEN, /the rule will be in region us-east-1 of partition aws/],
      [
        'of another partition is refused',
        withoutRule,
        chosen.replace('arn:aws:', 'arn:aws-cn:'),
        /so it needs a topic there/,
      ],
      [
        'that does not exist is refused',
        withChosen(null, chosen, withoutRule),
        chosen,
        /cannot be used: .*does not exist/,
      ],
      ['that denies is refused', withChosen(denying, chosen, withoutRule), chosen, /cannot be used: /],
      [
        'with a key that EventBridge may not use is refused',
        withChosen({ ...allowing, ...encrypted }, chosen, withoutRule),
        chosen,
        /cannot be used: .*key/,
      ],
    ];
    for (const [title, world, topicArn, words] of unfit) {
      it(`${title}, and no rule is planned`, async () => {
        expect(await question(world, topicArn, accepted)).to.match(words);
      });
    }
  });
});

describe('the topic of a new rule, where none is chosen', () => {
  const named = (name: string) => `arn:aws:sns:${EVENT_REGION}:${ACCOUNT}:${name}`;
  const email = { email: 'oncall@example.com' };
  const accepted = { acceptedRoutes: 'eventbridge' };
  const planWith = (attributes: Attributes) =>
    planFor(
      withChosen(attributes, named('cloudtrail-alarms'), eventWorld({ eventRules: { [EVENT_BUS_ARN]: [] } })),
      email,
      accepted,
    );

  it('is one that an earlier remediation created for alarms, with EventBridge allowed to publish', async () => {
    const plan = await planWith({});
    expect([kindsOf(plan), notifiedBy(plan)]).to.deep.equal([
      ['allow-publish', 'create-event-rule'],
      [named('cloudtrail-alarms')],
    ]);
    expect(plan.complete).to.equal(true);
  });

  it('is a new one where that cannot be used, and the plan says why it is not encrypted like that', async () => {
    const plan = await planWith(encrypted);
    expect([kindsOf(plan), notifiedBy(plan)]).to.deep.equal([
      ['create-topic', 'subscribe', 'create-event-rule'],
      [named('cloudtrail-alarms-2')],
    ]);
    const [created] = plan.steps;
    expect(created?.kind === 'create-topic' && created.notEncrypted).to.contain('key');
  });
});
