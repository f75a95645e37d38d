import { expect } from 'chai';

import type { Context, LinkResult, Path, TargetPath } from '../../../src/chain/base/link.ts';
import { MOST_STEPS, newRoom } from '../../../src/chain/base/room.ts';
import { judgeTopicOfRule, judgeTopics } from '../../../src/chain/topic/topic.ts';
import { encryptionKeyKey, subscriptionsKey, topicAttributesKey } from '../../../src/inventory/part-keys.ts';
import type { TopicAttributes } from '../../../src/inventory/resources.ts';
import { contextOf } from '../../support/judging.ts';
import {
  EVENT_BUS_ARN,
  EVENT_REGION,
  EVENT_TOPIC_ARN,
  eventRule,
  eventWorld,
  policyOf,
  publishStatement,
  withEventTopic,
} from '../../support/worlds/event-world.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  ACCOUNT,
  LOG_GROUP_ARN,
  TOPIC_ARN,
  alarm,
  filter,
  onlyParts,
  snapshotOf,
  soundWorld,
  topicAttributes,
  trail,
} from '../../support/worlds/world.ts';

const KEY_ARN = `arn:aws:kms:${EVENT_REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const rulePath = { trail: trail(), eventRule: { eventBusArn: EVENT_BUS_ARN, rule: eventRule() } };
const toTopic: TargetPath = { ...rulePath, topicArn: EVENT_TOPIC_ARN };
const alarmPath = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: filter(), alarm: alarm() };

const codesOf = ({ steps }: LinkResult<Path, string>) => steps.map(({ finding }) => finding?.code ?? 'holds');
const ofRule = (world: World, raw: Readonly<Record<string, string>> = {}) =>
  judgeTopicOfRule(toTopic, contextOf(snapshotOf(world), raw));
const encrypted = (...statements: readonly object[]): World => ({
  ...withEventTopic({ kmsMasterKeyId: KEY_ARN }),
  keys: { [KEY_ARN]: { keyManager: 'CUSTOMER', keyState: 'Enabled', policy: policyOf(...statements) } },
});

describe('the topic of a rule', () => {
  it('holds where its policy allows EventBridge, and leads on with the same path', () => {
    const expected = { steps: [{ kind: 'onward', subject: 'security-events', path: toTopic }], needs: [] };
    expect(ofRule(eventWorld())).to.deep.equal(expected);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-no-messages-published-sns
  it('refuses the rule where its policy allows CloudWatch only, and where it is that of a new topic', () => {
    const forAlarms = policyOf(publishStatement('cloudwatch.amazonaws.com'));
    for (const { policy } of [{ policy: forAlarms }, topicAttributes(EVENT_TOPIC_ARN)]) {
      expect(codesOf(ofRule(withEventTopic({ policy })))).to.deep.equal(['TOPIC_REFUSES_RULE']);
    }
  });

  it('counts its policy only under the assurance `working`, and whether it is there under each', () => {
    const configured = { assurance: 'configured' };
    expect(codesOf(ofRule(withEventTopic({ policy: policyOf() }), configured))).to.deep.equal(['holds']);
    const gone: World = { ...eventWorld(), subscriptions: { [EVENT_TOPIC_ARN]: null } };
    expect(codesOf(ofRule(gone, configured))).to.deep.equal(['TOPIC_GONE']);
    expect(codesOf(ofRule(gone))).to.deep.equal(['TOPIC_GONE']);
  });

  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-no-messages-published-sns
  it('on an encrypted topic needs a key that EventBridge may use', () => {
    const use = { Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' };
    expect(codesOf(ofRule(encrypted(publishStatement('events.amazonaws.com', use))))).to.deep.equal(['holds']);
    expect(codesOf(ofRule(encrypted(publishStatement('cloudwatch.amazonaws.com', use))))).to.deep.equal([
      'TOPIC_KEY_REFUSES_RULE',
    ]);
  });

  it('needs the key once the settings of the topic name it', () => {
    const inventory = onlyParts(snapshotOf(encrypted()), (kind) => kind !== 'key');
    const { needs } = judgeTopicOfRule(toTopic, contextOf(inventory));
    expect(needs).to.deep.equal([encryptionKeyKey(KEY_ARN, EVENT_TOPIC_ARN)]);
  });

  it('needs its subscriptions and its settings, and has no history', () => {
    const { needs } = judgeTopicOfRule(toTopic, contextOf(onlyParts(snapshotOf(eventWorld()), () => false)));
    expect(needs).to.deep.equal([subscriptionsKey(EVENT_TOPIC_ARN), topicAttributesKey(EVENT_TOPIC_ARN)]);
  });

  it('is none where EventBridge invokes something else', () => {
    const path: TargetPath = { ...rulePath, targetArn: `arn:aws:lambda:${EVENT_REGION}:${ACCOUNT}:function:page` };
    const { steps, needs } = judgeTopicOfRule(path, contextOf(snapshotOf(eventWorld({ topics: {} }))));
    expect([steps.map(({ kind, path: passed }) => [kind, passed]), needs]).to.deep.equal([[['onward', path]], []]);
  });
});

describe('the room for topics', () => {
  const contextWith = (world: World, taken: number): Context & { readonly room: { taken: number } } => ({
    ...contextOf(snapshotOf(world)),
    room: { ...newRoom(), taken },
  });

  it('ends the path to a topic, of an alarm or a rule, for which there is none, and names both', () => {
    const { steps: ofEvents, needs } = judgeTopicOfRule(toTopic, contextWith(eventWorld(), MOST_STEPS));
    const { steps: ofAlarms } = judgeTopics(alarmPath, contextWith(soundWorld(), MOST_STEPS));
    const said = [...ofEvents, ...ofAlarms].map(({ kind, subject, path, finding }) => [
      ...[kind, subject, path.topicArn, finding?.code, finding?.sentence],
    ]);
    const sentence = (topic: string, publisher: string) =>
      `it is not determined whether the policy of SNS topic ${topic} allows ${publisher} to publish`;
    const code = 'TOPIC_POLICY_UNCERTAIN';
    expect(said).to.deep.equal([
      ['end', 'security-events', EVENT_TOPIC_ARN, code, sentence('security-events', 'rule mfa-rule')],
      ['end', 'security-alerts', TOPIC_ARN, code, sentence('security-alerts', 'alarm mfa-alarm')],
    ]);
    expect(needs).to.deep.equal([]);
  });

  it('is taken in proportion to the policies, that of a key at its greatest length', () => {
    const takenBy = (attributes: TopicAttributes): number => {
      const context = contextWith(soundWorld({ topics: { [TOPIC_ARN]: attributes } }), 0);
      judgeTopics(alarmPath, context);
      return context.room.taken;
    };
    const { policy } = topicAttributes();
    const short = takenBy({ policy });
    expect(short).to.equal(1);
    expect(takenBy({ policy: policy.padEnd(20_000) })).to.be.within(20, 22);
    // "The maximum key policy document size is 32 kilobytes": KMS, Resource quotas.
    expect(takenBy({ policy, kmsMasterKeyId: KEY_ARN })).to.be.within(33, 35);
  });
});

describe('a FIFO topic of an alarm', () => {
  it('is no break before its subscriptions are read', () => {
    const topicArn = `${TOPIC_ARN}.fifo`;
    const world = soundWorld({
      topics: { [topicArn]: topicAttributes(topicArn) },
      subscriptions: {},
    });
    const path = { ...alarmPath, alarm: alarm({ alarmActions: [topicArn] }) };
    const judged = judgeTopics(path, contextOf(snapshotOf(world)));
    expect([codesOf(judged), judged.needs]).to.deep.equal([['holds'], [subscriptionsKey(topicArn)]]);
  });
});
