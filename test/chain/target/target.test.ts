import { expect } from 'chai';

import { judgeTargets } from '../../../src/chain/target/target.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { EventRule } from '../../../src/inventory/resources.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  EVENT_BUS_ARN,
  EVENT_TOPIC_ARN,
  eventRule,
  eventWorld,
  policyOf,
  publishStatement,
  target,
  withEventTopic,
  withForeignTopic,
  withTargets,
} from '../../support/worlds/event-world.ts';
import { codeOf, contextOf, verdictOn } from '../../support/judging.ts';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  denied,
  keyName,
  onlyParts,
  present,
  replacing,
  snapshotOf,
  topicAttributes,
  trail,
} from '../../support/worlds/world.ts';

const accepted = { acceptedRoutes: 'eventbridge' };
const codeWith = (world: World, raw: Readonly<Record<string, string>> = {}) =>
  codeOf(verdictOn(snapshotOf(world), { ...accepted, ...raw }));
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;

describe('the target of a rule', () => {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/invoker`;
  const others: readonly (readonly [what: string, arn: string, protocol: string | undefined, roleArn?: string])[] = [
    ['a function', arn('lambda', 'function:page'), 'lambda'],
    ['a queue', arn('sqs', 'alerts'), 'sqs'],
    ['a stream', arn('firehose', 'deliverystream/alerts'), 'firehose', roleArn],
    ['an API destination', arn('events', 'api-destination/pager/1'), 'https', roleArn],
    ['a stream without a role to write with', arn('firehose', 'deliverystream/alerts'), undefined],
    ['an API destination without a role to invoke it', arn('events', 'api-destination/pager/1'), undefined],
    ['a function of another region', arn('lambda', 'function:page').replace('us-east-1', 'eu-west-1'), undefined],
    ['a queue of another region', arn('sqs', 'alerts').replace('us-east-1', 'eu-west-1'), undefined],
    ['a function of another account', arn('lambda', 'function:page').replace(ACCOUNT, OTHER_ACCOUNT), undefined],
    ['a queue of another account', arn('sqs', 'alerts').replace(ACCOUNT, OTHER_ACCOUNT), undefined],
    ['a state machine', arn('states', 'stateMachine:alert'), undefined],
    ['a log group', arn('logs', 'log-group:/aws/events/all'), undefined],
    ['a FIFO topic', `${EVENT_TOPIC_ARN}.fifo`, undefined],
    ['a topic of another region', EVENT_TOPIC_ARN.replace('us-east-1', 'eu-west-1'), undefined],
  ];
  for (const [what, targetArn, protocol, role] of others) {
    it(`that is ${what} is undecided, and accepted only where its protocol is named`, () => {
      const world = withTargets(target({ arn: targetArn, ...(role === undefined ? {} : { roleArn: role }) }));
      expect(codeWith(world)).to.equal('TARGET_NOT_FOLLOWED');
      expect(codeWith(world, { subscriberProtocols: 'email,sms' })).to.equal('TARGET_NOT_FOLLOWED');
      const named = codeWith(world, { subscriberProtocols: 'email,lambda,sqs,firehose,https' });
      expect(named).to.equal(protocol === undefined ? 'TARGET_NOT_FOLLOWED' : 'SATISFIED');
    });
  }

  it('that is a topic is enough next to targets that are not followed', () => {
    expect(codeWith(withTargets(target({ id: 'f', arn: arn('lambda', 'function:page') }), target()))).to.equal(
      'SATISFIED',
    );
  });

  it('with a role is undecided, and a certain break beyond it decides', () => {
    const roleArn = `arn:aws:iam::${ACCOUNT}:role/publisher`;
    const world = withTargets(target({ roleArn }));
    expect(codeWith(world)).to.equal('TARGET_ROLE_NOT_READ');
    expect(codeWith({ ...world, subscriptions: { [EVENT_TOPIC_ARN]: [] } })).to.equal('NO_SUBSCRIBER');
  });

  it('that is a topic of another account needs a role, and a certain break beyond it decides', () => {
    expect(codeWith(withForeignTopic())).to.equal('TARGET_IN_OTHER_ACCOUNT');
    expect(codeWith(withForeignTopic({ roleArn }))).to.equal('TARGET_ROLE_NOT_READ');
    const topics = Object.keys(withForeignTopic().topics);
    const nobody = Object.fromEntries(topics.map((one) => [one, []]));
    expect(codeWith({ ...withForeignTopic(), subscriptions: nobody })).to.equal('NO_SUBSCRIBER');
  });

  it('that is gone, like all targets, leaves a rule that notifies nobody', () => {
    expect(codeWith(withTargets())).to.equal('EVENT_RULE_WITHOUT_TARGET');
    expect(codeWith(eventWorld({ eventRuleTargets: { [`${EVENT_BUS_ARN} mfa-rule`]: null } }))).to.equal(
      'EVENT_RULE_WITHOUT_TARGET',
    );
  });
});

describe('the link `target`', () => {
  const linkOf = (world: World, raw: Readonly<Record<string, string>> = {}) => {
    const [{ links }] = verdictOn(snapshotOf(world), { ...accepted, ...raw }).chains;
    const link = links.find((one) => one.link === 'target');
    return [link?.subject, link?.finding?.sentence];
  };
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/publisher`;
  const fn = arn('lambda', 'function:page');

  it('names the target, and what is not known of it', () => {
    expect(linkOf(eventWorld())).to.deep.equal([EVENT_TOPIC_ARN, undefined]);
    expect(linkOf(withTargets())).to.deep.equal(['none', 'EventBridge rule mfa-rule has no target']);
    expect(linkOf(withTargets(target({ roleArn })))).to.deep.equal([
      EVENT_TOPIC_ARN,
      'EventBridge rule mfa-rule publishes with role publisher, whose permissions are not read',
    ]);
    expect(linkOf(withForeignTopic())[1]).to.match(
      new RegExp(`^EventBridge rule mfa-rule names no role for SNS topic \\S+ of account ${OTHER_ACCOUNT}`),
    );
    expect(linkOf(withTargets(target({ arn: fn })))).to.deep.equal([
      'lambda page',
      'EventBridge rule mfa-rule invokes lambda page, which is not followed',
    ]);
    expect(linkOf(withTargets(target({ arn: fn })), { subscriberProtocols: 'lambda' })).to.deep.equal([
      'lambda page (lambda; endpoint not checked)',
      undefined,
    ]);
    expect(linkOf(withTargets(target({ arn: 'page' })))[0]).to.equal('target page');
  });

  it('accepts no target of a kind that no subscription has', () => {
    const archive = withTargets(target({ arn: arn('events', 'archive/all'), roleArn }));
    expect(codeWith(archive, { subscriberProtocols: 'https' })).to.equal('TARGET_NOT_FOLLOWED');
    const destination = withTargets(target({ arn: arn('appsync', 'api-destination/pager'), roleArn }));
    expect(codeWith(destination, { subscriberProtocols: 'https' })).to.equal('TARGET_NOT_FOLLOWED');
    expect(codeWith(withTargets(target({ arn: arn('logs', 'event-bus/own') })))).to.equal('TARGET_NOT_FOLLOWED');
  });

  it('lists targets once each, by resource and role', () => {
    const two = withTargets(
      target({ id: '3', arn: fn }),
      target({ id: '1', arn: fn }),
      target({ id: '2', arn: fn, roleArn }),
    );
    const { chains } = verdictOn(snapshotOf(two), accepted);
    expect(chains.map((chain) => chain.links.at(-1)?.subject)).to.deep.equal(['lambda page', 'lambda page']);
  });

  const needsOf = (inventory: Inventory) => {
    const eventRulePath = { trail: trail(), eventRule: { eventBusArn: EVENT_BUS_ARN, rule: eventRule() } };
    const { steps, needs } = judgeTargets(eventRulePath, contextOf(inventory, accepted));
    return [steps.map(({ subject, finding }) => `${subject}: ${finding?.code ?? 'holds'}`), needs.map(keyName)];
  };

  it('asks for the targets, and for the rules of another bus', () => {
    const id = `${EVENT_BUS_ARN} mfa-rule`;
    const sound = snapshotOf(eventWorld());
    expect(needsOf(onlyParts(sound, (kind) => kind !== 'event-rule-targets'))).to.deep.equal([
      [],
      [`event-rule-targets ${id}`],
    ]);
    expect(needsOf(replacing(sound, 'event-rule-targets', id, denied('events', 'ListTargetsByRule')))).to.deep.equal([
      ['targets: UNREADABLE'],
      [],
    ]);
    const bus = EVENT_BUS_ARN.replace('default', 'security');
    const over = snapshotOf(withTargets(target({ arn: bus })));
    expect(needsOf(over)).to.deep.equal([[], [`event-rules ${bus}`]]);
    expect(needsOf(replacing(over, 'event-rules', bus, denied('events', 'ListRules')))).to.deep.equal([
      ['security: EVENT_BUS_NOT_FOLLOWED'],
      [],
    ]);
    const doubtful = eventRule({ name: 'odd', eventPattern: '{"detail":{"eventName":[{"sounds-like":"x"}]}}' });
    const listed = replacing(over, 'event-rules', bus, present([doubtful, eventRule({ name: 'own' })]));
    const followed = replacing(listed, 'event-rule-targets', `${bus} own`, present([target()]));
    expect(needsOf(followed)).to.deep.equal([
      [`security > own > ${EVENT_TOPIC_ARN}: EVENT_BUS_NOT_FOLLOWED`],
      [`event-rule-targets ${bus} odd`],
    ]);
  });

  it('names the rule and the bus that it sends the events to', () => {
    const bus = EVENT_BUS_ARN.replace('default', 'security');
    const world = withTargets(target({ arn: bus }));
    expect(linkOf({ ...world, eventRules: { ...world.eventRules, [bus]: [] } })).to.deep.equal([
      'security',
      'EventBridge rule mfa-rule sends the events to event bus security, where no enabled rule matches them',
    ]);
  });
});

describe('another event bus', () => {
  const forwarded = (busArn: string, rules: readonly EventRule[] | undefined, change: Partial<World> = {}): World =>
    eventWorld({
      eventRules: { [EVENT_BUS_ARN]: [eventRule()], ...(rules === undefined ? {} : { [busArn]: rules }) },
      eventRuleTargets: {
        [`${EVENT_BUS_ARN} mfa-rule`]: [target({ id: 'bus', arn: busArn })],
        [`${busArn} mfa-rule`]: [target()],
        [`${busArn} onward`]: [target({ id: 'third', arn: EVENT_BUS_ARN.replace('default', 'third') })],
      },
      ...change,
    });
  const BUS = EVENT_BUS_ARN.replace('default', 'security');

  it('is followed once: what certainly breaks behind it is broken, and nothing holds through it', () => {
    expect(codeWith(forwarded(BUS, [eventRule()]))).to.equal('EVENT_BUS_NOT_FOLLOWED');
    expect(codeWith(forwarded(BUS, []))).to.equal('EVENT_BUS_WITHOUT_RULE');
    expect(codeWith(forwarded(BUS, [eventRule({ eventPattern: '{"source":["aws.s3"]}' })]))).to.equal(
      'EVENT_BUS_WITHOUT_RULE',
    );
    expect(codeWith(forwarded(BUS, [eventRule()], { subscriptions: { [EVENT_TOPIC_ARN]: [] } }))).to.equal(
      'NO_SUBSCRIBER',
    );
    expect(codeWith(forwarded(BUS, [eventRule({ name: 'onward' })]))).to.equal('EVENT_BUS_NOT_FOLLOWED');
  });

  it('may have a broader rule, since it gets only what the first rule matches', () => {
    for (const eventPattern of ['{"source":["aws.iam"]}', '{"source":[{"prefix":"aws."}]}', '{"version":["0"]}']) {
      expect(codeWith(forwarded(BUS, [eventRule({ eventPattern })])), eventPattern).to.equal('EVENT_BUS_NOT_FOLLOWED');
    }
    expect(
      codeWith(forwarded(BUS, [eventRule({ state: 'DISABLED', eventPattern: '{"source":["aws.iam"]}' })])),
    ).to.equal('EVENT_BUS_WITHOUT_RULE');
  });
});

describe('the policy of a topic', () => {
  const forEvents = publishStatement('events.amazonaws.com');
  const byDefault = topicAttributes(EVENT_TOPIC_ARN).policy;
  const cases: readonly (readonly [claim: string, policy: string, code: string])[] = [
    ['that SNS gives a new topic does not allow EventBridge', byDefault, 'TOPIC_REFUSES_RULE'],
    [
      'that allows CloudWatch only does not either',
      policyOf(publishStatement('cloudwatch.amazonaws.com')),
      'TOPIC_REFUSES_RULE',
    ],
    ['that allows everybody without a condition does', policyOf({ ...forEvents, Principal: '*' }), 'SATISFIED'],
    [
      'that asks for TLS besides does',
      policyOf(forEvents, {
        ...forEvents,
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      'SATISFIED',
    ],
    [
      'with a condition that EventBridge may not meet is undecided',
      policyOf(
        publishStatement('events.amazonaws.com', {
          Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } },
        }),
      ),
      'TOPIC_POLICY_UNCERTAIN',
    ],
    [
      'with a condition that every request meets is undecided too',
      policyOf(publishStatement('events.amazonaws.com', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
      'TOPIC_POLICY_UNCERTAIN',
    ],
    ['with an empty condition has none', policyOf({ ...forEvents, Condition: {} }), 'SATISFIED'],
    [
      'that names an organization does not include a service',
      policyOf({ ...forEvents, Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
      'TOPIC_REFUSES_RULE',
    ],
    ['that denies EventBridge refuses it', policyOf(forEvents, { ...forEvents, Effect: 'Deny' }), 'TOPIC_REFUSES_RULE'],
    [
      'that denies others by the account of the source is undecided',
      policyOf(forEvents, {
        ...forEvents,
        Effect: 'Deny',
        Principal: '*',
        Condition: { StringNotEquals: { 'aws:SourceAccount': ACCOUNT } },
      }),
      'TOPIC_POLICY_UNCERTAIN',
    ],
    ...(
      [
        ['holds without the key', { StringEqualsIfExists: { 'AWS:SourceOwner': ACCOUNT } }],
        ['asks that the key is missing', { Null: { 'AWS:SourceOwner': 'true' } }],
        ['excludes another owner', { StringNotEquals: { 'aws:SourceAccount': OTHER_ACCOUNT } }],
        ['speaks of all values', { 'ForAllValues:StringEquals': { 'aws:SourceAccount': ACCOUNT } }],
      ] as const
    ).map(
      ([what, Condition]) =>
        [
          `that allows everybody with a condition on the source that ${what} is undecided`,
          policyOf({ ...forEvents, Principal: '*', Condition }),
          'TOPIC_POLICY_UNCERTAIN',
        ] as const,
    ),
    [
      'of another account is read like any other',
      policyOf({ ...forEvents, Principal: { AWS: OTHER_ACCOUNT } }),
      'TOPIC_REFUSES_RULE',
    ],
  ];
  for (const [claim, policy, code] of cases) {
    it(`${claim}: ${code}`, () => {
      expect(codeWith(withEventTopic({ policy }))).to.equal(code);
    });
  }

  it('does not say what a condition on the account of the source does in the policy of the key', () => {
    const keyArn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/k`;
    const codeWithKey = (statement: object) => {
      const policy = policyOf({ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*', ...statement });
      const key = { keyManager: 'CUSTOMER', keyState: 'Enabled', arn: keyArn, policy };
      return codeWith({ ...withEventTopic({ kmsMasterKeyId: keyArn }), keys: { [keyArn]: key } });
    };
    expect(codeWithKey({ Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } })).to.equal(
      'TOPIC_KEY_UNCERTAIN',
    );
    expect(codeWithKey({})).to.equal('SATISFIED');
    expect(codeWithKey({ Principal: { Service: 'cloudwatch.amazonaws.com' } })).to.equal('TOPIC_KEY_REFUSES_RULE');
  });

  it('with the AWS managed key refuses EventBridge, whatever the policy allows', () => {
    expect(codeWith(withEventTopic({ kmsMasterKeyId: 'alias/aws/sns' }))).to.equal('TOPIC_KEY_UNUSABLE');
  });
});

describe('the filter policy of a subscription to the topic of a rule', () => {
  const withPolicy = (filterPolicy: string, filterPolicyScope?: string): World =>
    eventWorld({
      filterPolicies: {
        [`${EVENT_TOPIC_ARN}:1`]: { filterPolicy, ...(filterPolicyScope === undefined ? {} : { filterPolicyScope }) },
      },
    });

  it('leaves open whether the event is delivered, unless it is empty', () => {
    expect(codeWith(withPolicy('{"severity":["high"]}'))).to.equal('SUBSCRIBER_FILTER_UNCERTAIN');
    expect(codeWith(withPolicy('{"source":["aws.iam"]}', 'MessageBody'))).to.equal('SUBSCRIBER_FILTER_UNCERTAIN');
    expect(codeWith(withPolicy('{}'))).to.equal('SATISFIED');
  });
});
