import { expect } from 'chai';

import { judge } from '../../../src/chain/judge.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { Key, Subscription, TopicAttributes } from '../../../src/inventory/resources.ts';
import { codeOf, parametersOf, verdictOn } from '../../support/judging.ts';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  REGION,
  TOPIC_ARN,
  alarm,
  confirmed,
  denied,
  keyName,
  onlyParts,
  replacing,
  snapshotOf,
  soundWorld,
  topicAttributes,
  withAlarms,
} from '../../support/worlds/world.ts';

const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY_ID}`;
const ALARM_ID = `${ACCOUNT} ${REGION} mfa-alarm`;
const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const role = { AWS: `arn:aws:iam::${ACCOUNT}:role/publisher` };
const delivered = { timestamp: '2026-11-01T00:00:00.000Z', summary: `Successfully executed action ${TOPIC_ARN}` };

/** The account whose topic has this policy, after an action of the alarm on it if there was one. */
function withPolicy(statements: readonly object[], action?: typeof delivered): Inventory {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return snapshotOf(
    soundWorld({
      topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy }) },
      histories: { [ALARM_ID]: action ? [action] : [] },
    }),
  );
}

/** The account whose topic is encrypted. */
function encrypted(statements: readonly object[], change: Partial<Key> = {}, named = KEY_ARN): Inventory {
  const key: Key = {
    keyManager: 'CUSTOMER',
    keyState: 'Enabled',
    policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    ...change,
  };
  const id = named.startsWith('arn:') ? named : `${ACCOUNT} ${REGION} ${named}`;
  return snapshotOf(
    soundWorld({
      topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId: named }) },
      keys: { [id]: key },
    }),
  );
}

const use = { Effect: 'Allow', Principal: cloudWatch, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' };
const publish = { Effect: 'Allow', Principal: cloudWatch, Action: 'sns:Publish', Resource: TOPIC_ARN };
const code = (inventory: Inventory) => codeOf(verdictOn(inventory));
const needsOf = (inventory: Inventory, raw: Readonly<Record<string, unknown>> = {}) => {
  const { control, options } = parametersOf(raw);
  const judgement = judge(control, options, inventory);
  return judgement.kind === 'needs' ? judgement.keys.map(keyName) : [];
};

describe('the access policy of the topic', () => {
  const open = { ...publish, Principal: '*' };
  const rows: readonly (readonly [claim: string, statements: readonly object[], code: string])[] = [
    ['that allows CloudWatch satisfies', [publish], 'SATISFIED'],
    ['that names only a role refuses', [{ ...publish, Principal: role }], 'TOPIC_REFUSES_ALARM'],
    ['that names only the account is undecided', [{ ...publish, Principal: root }], 'TOPIC_POLICY_UNCERTAIN'],
    [
      'that asks for an organization of the principal refuses',
      [{ ...open, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }],
      'TOPIC_REFUSES_ALARM',
    ],
    [
      'that asks for an organization path of the principal refuses',
      [{ ...open, Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } } }],
      'TOPIC_REFUSES_ALARM',
    ],
    [
      'that allows every AWS service satisfies',
      [{ ...open, Condition: { Bool: { 'aws:PrincipalIsAWSService': 'true' } } }],
      'SATISFIED',
    ],
    [
      'that allows CloudWatch by a condition satisfies',
      [{ ...open, Condition: { StringLike: { 'aws:PrincipalServiceName': 'cloudwatch.*' } } }],
      'SATISFIED',
    ],
    ['that denies a role satisfies', [publish, { ...publish, Effect: 'Deny', Principal: role }], 'SATISFIED'],
    ['that denies CloudWatch refuses', [publish, { ...publish, Effect: 'Deny' }], 'TOPIC_REFUSES_ALARM'],
  ];
  for (const [claim, statements, expected] of rows) {
    it(claim, () => {
      expect(code(withPolicy(statements))).to.equal(expected);
    });
  }

  it('that refuses now is not settled by an action that succeeded earlier, and a doubt is', () => {
    expect(code(withPolicy([{ ...publish, Principal: role }], delivered))).to.equal('TOPIC_REFUSES_ALARM');
    expect(code(withPolicy([{ ...publish, Principal: root }], delivered))).to.equal('SATISFIED');
  });

  it('that relies on the ARN of an alarm with non-ASCII characters is undecided, and on its account is not', () => {
    const verdict = (condition: object) => {
      const policy = JSON.stringify({ Statement: [{ ...publish, Condition: condition }] });
      const world = withAlarms(alarm({ alarmName: 'MFA-gelöscht' }));
      return code(snapshotOf({ ...world, topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy }) } }));
    };
    expect(verdict({ ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:*` } })).to.equal(
      'TOPIC_POLICY_UNCERTAIN',
    );
    expect(verdict({ StringEquals: { 'aws:SourceAccount': ACCOUNT } })).to.equal('SATISFIED');
  });
});

describe('the key of the topic', () => {
  const rows: readonly (readonly [claim: string, statements: readonly object[], code: string])[] = [
    ['that allows both actions satisfies', [use], 'SATISFIED'],
    ['that allows decryption only refuses', [{ ...use, Action: 'kms:Decrypt' }], 'TOPIC_KEY_REFUSES_ALARM'],
    ['that allows data keys only refuses', [{ ...use, Action: 'kms:GenerateDataKey' }], 'TOPIC_KEY_REFUSES_ALARM'],
    [
      'of which one action is allowed and the other is not determined is undecided',
      [
        { ...use, Action: 'kms:Decrypt' },
        {
          ...use,
          Action: 'kms:GenerateDataKey*',
          Condition: { StringEquals: { 'kms:ViaService': `sns.${REGION}.amazonaws.com` } },
        },
      ],
      'TOPIC_KEY_UNCERTAIN',
    ],
    ['with the default policy refuses', [{ ...use, Principal: root, Action: 'kms:*' }], 'TOPIC_KEY_REFUSES_ALARM'],
    ['that names its own ARN satisfies', [{ ...use, Resource: KEY_ARN }], 'SATISFIED'],
    [
      'that names another key refuses',
      [{ ...use, Resource: KEY_ARN.replace('1234', '4321') }],
      'TOPIC_KEY_REFUSES_ALARM',
    ],
    [
      'that allows only EventBridge refuses',
      [{ ...use, Principal: { Service: 'events.amazonaws.com' } }],
      'TOPIC_KEY_REFUSES_ALARM',
    ],
    [
      'that asks for this topic satisfies',
      [{ ...use, Condition: { StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': TOPIC_ARN } } }],
      'SATISFIED',
    ],
    [
      'that asks for another topic refuses',
      [{ ...use, Condition: { StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': `${TOPIC_ARN}-2` } } }],
      'TOPIC_KEY_REFUSES_ALARM',
    ],
  ];
  for (const [claim, statements, expected] of rows) {
    it(claim, () => {
      expect(code(encrypted(statements))).to.equal(expected);
    });
  }

  it('is not settled by an earlier success where its policy refuses', () => {
    const inventory = encrypted([{ ...use, Principal: root, Action: 'kms:*' }]);
    const history = { kind: 'present', value: [delivered] } as const;
    expect(code(replacing(inventory, 'alarm-history', ALARM_ID, history))).to.equal('TOPIC_KEY_REFUSES_ALARM');
  });

  it('that is named by its id has an ARN that follows from the topic', () => {
    expect(code(encrypted([{ ...use, Resource: KEY_ARN }], {}, KEY_ID))).to.equal('SATISFIED');
  });

  it('that is named by an alias has the ARN that KMS says, and none if KMS says none', () => {
    expect(code(encrypted([{ ...use, Resource: KEY_ARN }], { arn: KEY_ARN }, 'alias/own'))).to.equal('SATISFIED');
    const other = encrypted([{ ...use, Resource: KEY_ARN }], { arn: KEY_ARN.replace('1234', '4321') }, 'alias/own');
    expect(code(other)).to.equal('TOPIC_KEY_REFUSES_ALARM');
    expect(code(encrypted([{ ...use, Resource: KEY_ARN }], {}, 'alias/own'))).to.equal('TOPIC_KEY_UNCERTAIN');
    const aliasArn = KEY_ARN.replace(`key/${KEY_ID}`, 'alias/own');
    expect(code(encrypted([{ ...use, Resource: KEY_ARN }], {}, aliasArn))).to.equal('TOPIC_KEY_UNCERTAIN');
  });

  for (const [keyState, expected] of [
    ['Enabled', 'SATISFIED'],
    ['Updating', 'SATISFIED'],
    ['Creating', 'TOPIC_KEY_OFF'],
    ['Disabled', 'TOPIC_KEY_OFF'],
    ['PendingDeletion', 'TOPIC_KEY_OFF'],
    ['PendingImport', 'TOPIC_KEY_OFF'],
    ['PendingReplicaDeletion', 'TOPIC_KEY_OFF'],
    ['Unavailable', 'TOPIC_KEY_OFF'],
    ['Hibernating', 'TOPIC_KEY_UNCERTAIN'],
    ['unknown', 'TOPIC_KEY_UNCERTAIN'],
  ] as const) {
    it(`in the state ${keyState}: ${expected}`, () => {
      expect(code(encrypted([use], { keyState }))).to.equal(expected);
    });
  }

  it('that is unusable is named with its state', () => {
    const [chain] = verdictOn(encrypted([use], { keyState: 'Disabled' })).chains;
    expect(chain.outcome === 'broken' && chain.finding.sentence).to.equal(
      `the key ${KEY_ARN} of SNS topic security-alerts is Disabled`,
    );
  });

  it('that does not exist refuses', () => {
    const absent = { kind: 'present', value: null } as const;
    expect(code(replacing(encrypted([use]), 'key', KEY_ARN, absent))).to.equal('TOPIC_KEY_REFUSES_ALARM');
  });

  it('of a manager that is not known is undecided, unless its policy refuses', () => {
    expect(code(encrypted([use], { keyManager: 'unknown' }))).to.equal('TOPIC_KEY_UNCERTAIN');
    expect(code(encrypted([], { keyManager: 'unknown' }))).to.equal('TOPIC_KEY_REFUSES_ALARM');
    expect(code(encrypted([use], { keyManager: 'AWS' }))).to.equal('TOPIC_KEY_UNUSABLE');
  });

  it('is the AWS managed key under its alias, and its ARN', () => {
    const named = (kmsMasterKeyId: string) =>
      code(snapshotOf(soundWorld({ topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { kmsMasterKeyId }) } })));
    expect(named('alias/aws/sns')).to.equal('TOPIC_KEY_UNUSABLE');
    expect(named(`arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/sns`)).to.equal('TOPIC_KEY_UNUSABLE');
  });
});

describe('a FIFO topic', () => {
  const fifo = `${TOPIC_ARN}.fifo`;
  const withListed = (listed: readonly Subscription[] | null) =>
    snapshotOf(
      soundWorld({
        alarms: { [`${ACCOUNT} ${REGION}`]: [alarm({ alarmActions: [fifo] })] },
        topics: { [fifo]: topicAttributes(fifo) },
        subscriptions: { [fifo]: listed },
      }),
    );
  const withSubscribers = (...protocols: readonly string[]) =>
    code(withListed(protocols.map((protocol, at) => confirmed({ subscriptionArn: `${fifo}:${at}`, protocol }))));

  it('takes messages of alarms and delivers to queues', () => {
    expect(withSubscribers('sqs')).to.equal('SATISFIED');
  });

  it('does not deliver to addresses', () => {
    expect(withSubscribers('email')).to.equal('TOPIC_TYPE_UNFIT');
    expect(withSubscribers('https', 'sms')).to.equal('TOPIC_TYPE_UNFIT');
    expect(withSubscribers('email', 'sqs')).to.equal('SATISFIED');
  });

  it('without a subscriber says so', () => {
    expect(withSubscribers()).to.equal('NO_SUBSCRIBER');
  });

  it('counts only subscriptions that are confirmed', () => {
    const pending = { subscriptionArn: 'PendingConfirmation', protocol: 'sqs' };
    expect(codeOf(verdictOn(withListed([pending, confirmed()])))).to.equal('TOPIC_TYPE_UNFIT');
    expect(codeOf(verdictOn(withListed([{ ...pending, protocol: 'email' }])))).to.equal('SUBSCRIBER_NOT_CONFIRMED');
  });

  it('does not deliver to the addresses beside a queue', () => {
    const listed = ['sqs', 'email'].map((protocol) => confirmed({ subscriptionArn: `${fifo}:${protocol}`, protocol }));
    const raw = { subscriberProtocols: 'email' };
    expect(codeOf(verdictOn(withListed(listed), raw))).to.equal('SUBSCRIBER_PROTOCOL_NOT_ALLOWED');
    const toNobody = { filterPolicy: '{"severity":["high"]}' };
    const filtered = replacing(withListed(listed), 'subscription-attributes', `${fifo}:sqs`, {
      kind: 'present',
      value: toNobody,
    });
    expect(codeOf(verdictOn(filtered))).to.equal('SUBSCRIBER_FILTERED');
  });

  it('that is gone, or whose subscriptions cannot be read, is like any other', () => {
    expect(codeOf(verdictOn(withListed(null)))).to.equal('TOPIC_GONE');
    const unread = replacing(withListed([]), 'subscriptions', fifo, denied('sns', 'ListSubscriptionsByTopic'));
    expect(codeOf(verdictOn(unread))).to.equal('UNREADABLE');
  });
});

describe('a topic of another account', () => {
  const theirs = `arn:aws:sns:${REGION}:${OTHER_ACCOUNT}:central`;
  const policy = JSON.stringify({ Statement: [{ ...publish, Resource: theirs }] });
  const world = (attributes?: TopicAttributes) => ({
    ...withAlarms(alarm({ alarmActions: [theirs] })),
    ...(attributes && {
      topics: { [theirs]: attributes },
      subscriptions: { [theirs]: [confirmed({ subscriptionArn: `${theirs}:1` })] },
    }),
  });

  it('counts as one of the own account where its owner lets it be read', () => {
    expect(code(snapshotOf(world({ policy })))).to.equal('SATISFIED');
    expect(code(snapshotOf(world(topicAttributes(theirs))))).to.equal('TOPIC_REFUSES_ALARM');
  });

  it('that may not be read is undecided, and names what its owner can allow', () => {
    const verdict = verdictOn(snapshotOf(world()));
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'TOPIC_IN_OTHER_ACCOUNT']);
    const [chain] = verdict.chains;
    const finding = chain.outcome === 'undecided' ? chain.finding : undefined;
    expect(finding?.sentence).to.contain(`central belongs to account ${OTHER_ACCOUNT}`);
    expect(finding?.fix).to.contain('sns:ListSubscriptionsByTopic');
    expect(finding?.failure?.error).to.equal('AuthorizationError');
    expect(codeOf(verdictOn(snapshotOf(world()), { assurance: 'configured' }))).to.equal('TOPIC_IN_OTHER_ACCOUNT');
  });

  it('that a snapshot does not hold is not read, and nobody refused it', () => {
    const failure = { service: 'snapshot', operation: 'read', error: 'not in the snapshot' };
    const unread = { kind: 'unreadable', failure } as const;
    const inventory = replacing(snapshotOf(world({ policy })), 'subscriptions', theirs, unread);
    expect(code(inventory)).to.equal('UNREADABLE');
  });

  it('that may not be read with the role for it lacks a permission of that role', () => {
    const verdict = verdictOn(snapshotOf(world()), { foreignAccountRoleName: 'reader' });
    expect(codeOf(verdict)).to.equal('UNREADABLE');
  });

  it('of which only the subscriptions may be read is settled by an action that succeeded', () => {
    const attributes = denied('sns', 'GetTopicAttributes');
    const listed = replacing(snapshotOf(world({ policy })), 'topic-attributes', theirs, attributes);
    expect(code(listed)).to.equal('TOPIC_IN_OTHER_ACCOUNT');
    const action = { ...delivered, summary: delivered.summary.replace(TOPIC_ARN, theirs) };
    const history = { kind: 'present', value: [action] } as const;
    expect(code(replacing(listed, 'alarm-history', ALARM_ID, history))).to.equal('SATISFIED');
    const unlisted = replacing(snapshotOf(world()), 'alarm-history', ALARM_ID, history);
    expect(code(unlisted)).to.equal('TOPIC_IN_OTHER_ACCOUNT');
  });
});

describe('a topic of the alarm', () => {
  it('that is gone is gone, whichever answer says so', () => {
    const absent = { kind: 'present', value: null } as const;
    const sound = snapshotOf(soundWorld());
    expect(code(replacing(sound, 'subscriptions', TOPIC_ARN, absent))).to.equal('TOPIC_GONE');
    expect(code(replacing(sound, 'topic-attributes', TOPIC_ARN, absent))).to.equal('TOPIC_GONE');
  });

  it('is named by the reasons with the alarm that notifies it', () => {
    const [chain] = verdictOn(withPolicy([])).chains;
    expect(chain.outcome === 'broken' && chain.finding.sentence).to.equal(
      'the policy of SNS topic security-alerts does not allow alarm mfa-alarm to publish',
    );
  });

  it('is one of its actions, and others are none', () => {
    const lambda = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:notify`;
    const verdict = verdictOn(snapshotOf(withAlarms(alarm({ alarmActions: [lambda, TOPIC_ARN] }))));
    expect(verdict.chains.map((chain) => chain.path.topicArn)).to.deep.equal([TOPIC_ARN]);
  });

  it('needs its subscriptions even where its policy refuses, as they may say that it is gone', () => {
    const without = onlyParts(withPolicy([]), (kind) => kind !== 'subscriptions');
    expect(needsOf(without)).to.deep.equal([`subscriptions ${TOPIC_ARN}`]);
  });

  it('needs nothing but its subscriptions under the assurance `configured`', () => {
    const without = onlyParts(snapshotOf(soundWorld()), (kind) => kind !== 'topic-attributes');
    expect(needsOf(without)).to.deep.equal([`topic-attributes ${TOPIC_ARN}`]);
    expect(needsOf(without, { assurance: 'configured' })).to.deep.equal([]);
  });

  it('in another region is not notified', () => {
    const elsewhere = TOPIC_ARN.replace(REGION, 'us-east-1');
    const world = {
      ...withAlarms(alarm({ alarmActions: [elsewhere] })),
      topics: { [elsewhere]: topicAttributes(elsewhere) },
      subscriptions: { [elsewhere]: [confirmed({ subscriptionArn: `${elsewhere}:1` })] },
    };
    expect(code(snapshotOf(world))).to.equal('TOPIC_IN_OTHER_REGION');
    expect(codeOf(verdictOn(snapshotOf(world), { assurance: 'configured' }))).to.equal('SATISFIED');
  });

  it('counts once, and one that works is enough', () => {
    const gone = `${TOPIC_ARN}-gone`;
    const world = withAlarms(alarm({ alarmActions: [gone, TOPIC_ARN, TOPIC_ARN] }));
    const inventory = snapshotOf({
      ...world,
      topics: { ...world.topics, [gone]: null },
      subscriptions: { ...world.subscriptions, [gone]: null },
    });
    const verdict = verdictOn(inventory);
    expect(verdict.kind).to.equal('satisfied');
    expect(verdict.chains).to.have.lengthOf(1);
  });
});
