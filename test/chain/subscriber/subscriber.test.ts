import { expect } from 'chai';

import type { Inventory } from '../../../src/inventory/model.ts';
import type { Subscription, SubscriptionAttributes } from '../../../src/inventory/resources.ts';
import type { TargetPath } from '../../../src/chain/base/link.ts';
import { judge } from '../../../src/chain/judge.ts';
import { judgeSubscribersOfRule } from '../../../src/chain/subscriber/subscriber.ts';
import { codeOf, contextOf, parametersOf, verdictOn } from '../../support/judging.ts';
import { EVENT_BUS_ARN, EVENT_TOPIC_ARN, eventRule, eventWorld } from '../../support/worlds/event-world.ts';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  TOPIC_ARN,
  confirmed,
  denied,
  onlyParts,
  present,
  replacing,
  snapshotOf,
  soundWorld,
  trail,
} from '../../support/worlds/world.ts';

const rejecting = { filterPolicy: '{"NewStateValue":["OK"]}', filterPolicyScope: 'MessageBody' };

/** Subscriptions with ids of their own, of these protocols. */
const of = (...protocols: readonly string[]): readonly Subscription[] =>
  protocols.map((protocol, at) => confirmed({ subscriptionArn: `${TOPIC_ARN}:${at}`, protocol }));

const withSubscriptions = (
  subscriptions: readonly Subscription[],
  filterPolicies: Readonly<Record<string, SubscriptionAttributes>> = {},
): Inventory => snapshotOf(soundWorld({ subscriptions: { [TOPIC_ARN]: subscriptions }, filterPolicies }));

/** What the last link of the nearest chain says it is about. */
const subjectOf = (inventory: Inventory) => verdictOn(inventory).chains[0].links.at(-1)?.subject;
const codeFor = (inventory: Inventory, raw: Readonly<Record<string, unknown>> = {}) =>
  codeOf(verdictOn(inventory, raw));

describe('the subscribers of a topic', () => {
  it('are none, unconfirmed, or confirmed', () => {
    const pending = confirmed({ subscriptionArn: 'PendingConfirmation' });
    expect(codeFor(withSubscriptions([]))).to.equal('NO_SUBSCRIBER');
    expect(subjectOf(withSubscriptions([]))).to.equal('none');
    expect(codeFor(withSubscriptions([pending, pending]))).to.equal('SUBSCRIBER_NOT_CONFIRMED');
    expect(subjectOf(withSubscriptions([pending, pending]))).to.equal('2 unconfirmed');
    expect(codeFor(withSubscriptions([pending, confirmed()]))).to.equal('SATISFIED');
  });

  it('are named by kind, with what is not checked where none is a person', () => {
    expect(subjectOf(withSubscriptions(of('email')))).to.equal('1 confirmed (email)');
    expect(subjectOf(withSubscriptions(of('sqs', 'email', 'sqs')))).to.equal('3 confirmed (email, sqs)');
    expect(subjectOf(withSubscriptions(of('sms', 'lambda')))).to.equal('2 confirmed (lambda, sms)');
    for (const protocol of ['sqs', 'lambda', 'firehose', 'http', 'https', 'application']) {
      expect(subjectOf(withSubscriptions(of(protocol)))).to.equal(`1 confirmed (${protocol}; endpoint not checked)`);
    }
  });

  it('are named by those that count, where some do', () => {
    const people = { subscriberProtocols: 'email' };
    const subject = (inventory: Inventory) => verdictOn(inventory, people).chains[0].links.at(-1)?.subject;
    expect(subject(withSubscriptions(of('sqs', 'email')))).to.equal('1 confirmed (email)');
    expect(subject(withSubscriptions(of('sqs')))).to.equal('1 confirmed (sqs; endpoint not checked)');
    expect(subject(withSubscriptions(of('')))).to.equal('1 confirmed (none; endpoint not checked)');
  });

  it('that are declared and not there yet count once somebody confirms, who is named', () => {
    const declared = (...confirmedBy: readonly string[]) =>
      confirmedBy.map((address, at) =>
        confirmed({ subscriptionArn: `${TOPIC_ARN}:${at}`, ...(address === '' ? {} : { confirmedBy: address }) }),
      );
    const subject = (...confirmedBy: readonly string[]) => subjectOf(withSubscriptions(declared(...confirmedBy)));
    expect(subject('b@example.com')).to.equal('1, once b@example.com confirms (email)');
    expect(subject('b@example.com', 'a@example.com')).to.equal('2, once a@example.com or 1 more confirms (email)');
    expect(subject('b@example.com', '')).to.equal('2 confirmed (email)');
  });

  it('that cannot be listed are not determined, whatever the topic says', () => {
    const unread = replacing(
      snapshotOf(soundWorld()),
      'subscriptions',
      TOPIC_ARN,
      denied('sns', 'ListSubscriptionsByTopic'),
    );
    expect(codeFor(unread, { assurance: 'configured' })).to.equal('UNREADABLE');
    expect(subjectOf(unread)).to.equal('subscriptions');
  });

  it('are named by their topic in each reason', () => {
    const pending = confirmed({ subscriptionArn: 'PendingConfirmation' });
    const sentence = (...listed: readonly Subscription[]) => {
      const [chain] = verdictOn(withSubscriptions(listed)).chains;
      return chain.outcome === 'broken' ? chain.finding.sentence : chain.outcome;
    };
    expect(sentence()).to.equal('SNS topic security-alerts has no subscriber');
    expect(sentence(pending)).to.equal('the only subscription of SNS topic security-alerts is not confirmed');
    expect(sentence(pending, pending)).to.equal(
      'none of the 2 subscriptions of SNS topic security-alerts is confirmed',
    );
  });

  it('of any documented protocol count by default', () => {
    for (const protocol of [
      ...['email', 'email-json', 'sms', 'application', 'http', 'https', 'sqs', 'lambda', 'firehose'],
    ]) {
      expect(codeFor(withSubscriptions(of(protocol)))).to.equal('SATISFIED');
    }
  });
});

describe('with `subscriberProtocols`', () => {
  const people = { subscriberProtocols: 'email, sms' };

  it('only subscriptions of those protocols count', () => {
    expect(codeFor(withSubscriptions(of('sqs', 'lambda')), people)).to.equal('SUBSCRIBER_PROTOCOL_NOT_ALLOWED');
    expect(codeFor(withSubscriptions(of('sqs', 'sms')), people)).to.equal('SATISFIED');
    expect(codeFor(withSubscriptions(of('email-json')), people)).to.equal('SUBSCRIBER_PROTOCOL_NOT_ALLOWED');
  });

  it('they count for the assurance `configured` as well', () => {
    const configured = { ...people, assurance: 'configured' };
    expect(codeFor(withSubscriptions(of('sqs')), configured)).to.equal('SUBSCRIBER_PROTOCOL_NOT_ALLOWED');
    expect(codeFor(withSubscriptions(of('email')), configured)).to.equal('SATISFIED');
  });

  it('a subscription of another protocol that accepts the message does not help one that rejects it', () => {
    const inventory = withSubscriptions(of('email', 'sqs'), { [`${TOPIC_ARN}:0`]: rejecting });
    expect(codeFor(inventory, people)).to.equal('SUBSCRIBER_FILTERED');
    expect(codeFor(inventory)).to.equal('SATISFIED');
  });

  it('the message names the protocols that were found, and the fix those that count', () => {
    const [chain] = verdictOn(withSubscriptions(of('sqs', 'lambda')), people).chains;
    expect(chain.outcome === 'broken' && chain.finding.sentence).to.contain('lambda, sqs');
    expect(chain.outcome === 'broken' && chain.finding.fix).to.contain('email, sms');
  });
});

describe('a subscription of a protocol that is not known', () => {
  it('is undecided if no other accepts the message', () => {
    expect(codeFor(withSubscriptions(of('pager')))).to.equal('SUBSCRIBER_PROTOCOL_UNKNOWN');
    expect(codeFor(withSubscriptions(of('')))).to.equal('SUBSCRIBER_PROTOCOL_UNKNOWN');
    const rejected = withSubscriptions(of('email', 'pager'), { [`${TOPIC_ARN}:0`]: rejecting });
    expect(codeFor(rejected)).to.equal('SUBSCRIBER_PROTOCOL_UNKNOWN');
    const [chain] = verdictOn(withSubscriptions(of('sqs', 'pager')), { subscriberProtocols: 'email' }).chains;
    expect(chain.outcome === 'undecided' && chain.finding.sentence).to.match(/not known: pager$/);
  });

  it('does not matter if another accepts it', () => {
    expect(codeFor(withSubscriptions(of('email', 'pager')))).to.equal('SATISFIED');
  });
});

describe('a subscription that another account made', () => {
  const theirs = confirmed({ subscriptionArn: `${TOPIC_ARN}:1`, owner: OTHER_ACCOUNT });

  it('is undecided where its filter policy may not be read, and does not name a missing permission', () => {
    const verdict = verdictOn(withSubscriptions([theirs]));
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'SUBSCRIBER_IN_OTHER_ACCOUNT']);
    const [chain] = verdict.chains;
    expect(chain.outcome === 'undecided' && chain.finding.sentence).to.contain(`account ${OTHER_ACCOUNT} made`);
    expect(chain.outcome === 'undecided' && chain.finding.failure?.error).to.equal('AuthorizationError');
    expect(chain.outcome === 'undecided' && chain.finding.fix).to.contain('foreignAccountRoleName');
    expect(chain.outcome === 'undecided' && chain.finding.fix).not.to.contain('sns:GetSubscriptionAttributes');
  });

  it('lacks a permission of the role where a role is given', () => {
    expect(codeFor(withSubscriptions([theirs]), { foreignAccountRoleName: 'reader' })).to.equal('UNREADABLE');
  });

  it('counts where its filter policy may be read, or is not asked for', () => {
    expect(codeFor(withSubscriptions([theirs], { [theirs.subscriptionArn]: {} }))).to.equal('SATISFIED');
    expect(codeFor(withSubscriptions([theirs]), { assurance: 'configured' })).to.equal('SATISFIED');
  });

  it('does not matter if one of the own account accepts the message', () => {
    expect(codeFor(withSubscriptions([theirs, confirmed()]))).to.equal('SATISFIED');
  });

  it('is not refused by anybody where a snapshot does not hold its filter policy', () => {
    const failure = { service: 'snapshot', operation: 'read', error: 'not in the snapshot' };
    const unread = { kind: 'unreadable', failure } as const;
    const inventory = replacing(withSubscriptions([theirs]), 'subscription-attributes', theirs.subscriptionArn, unread);
    expect(codeFor(inventory)).to.equal('UNREADABLE');
  });

  it('is a missing permission where it is of the own account, or nobody says whose', () => {
    const id = confirmed().subscriptionArn;
    const refused = denied('sns', 'GetSubscriptionAttributes');
    for (const one of [confirmed({ owner: ACCOUNT }), confirmed()]) {
      const inventory = replacing(withSubscriptions([one]), 'subscription-attributes', id, refused);
      expect(codeFor(inventory)).to.equal('UNREADABLE');
    }
  });

  it('is named by its topic where its filter policy is not determined', () => {
    const doubtful = { filterPolicy: '{"OldStateValue":["OK"]}', filterPolicyScope: 'MessageBody' };
    const [chain] = verdictOn(withSubscriptions([confirmed()], { [confirmed().subscriptionArn]: doubtful })).chains;
    expect(chain.outcome === 'undecided' && chain.finding.code).to.equal('SUBSCRIBER_FILTER_UNCERTAIN');
    expect(chain.outcome === 'undecided' && chain.finding.sentence).to.contain('SNS topic security-alerts');
  });
});

describe('a subscription that was deleted since the topic was asked for them', () => {
  const gone = confirmed();
  const withoutIt = (...others: readonly Subscription[]) =>
    replacing(
      withSubscriptions([gone, ...others]),
      'subscription-attributes',
      gone.subscriptionArn,
      present<SubscriptionAttributes | null>(null),
    );

  it('is none', () => {
    expect(codeFor(withoutIt())).to.equal('NO_SUBSCRIBER');
    expect(codeFor(withoutIt(confirmed({ subscriptionArn: `${TOPIC_ARN}:other` })))).to.equal('SATISFIED');
  });

  it('leaves those that are not confirmed, and their number', () => {
    const pending = confirmed({ subscriptionArn: 'PendingConfirmation' });
    const [nearest] = verdictOn(withoutIt(pending, pending)).chains;
    expect(nearest.outcome !== 'satisfied' && nearest.finding.code).to.equal('SUBSCRIBER_NOT_CONFIRMED');
    expect(nearest.outcome !== 'satisfied' && nearest.finding.sentence).to.match(/\b2\b/);
  });
});

describe('the subscribers of what a rule notifies', () => {
  const ofRule = { trail: trail(), eventRule: { eventBusArn: EVENT_BUS_ARN, rule: eventRule() } };
  const stepsFor = (path: TargetPath, attributes: SubscriptionAttributes = {}) => {
    const world = eventWorld({ filterPolicies: { [`${EVENT_TOPIC_ARN}:1`]: attributes } });
    const context = contextOf(snapshotOf(world), { acceptedRoutes: 'eventbridge' });
    return judgeSubscribersOfRule(path, context).steps.map(({ subject, finding }) => [subject, finding?.code]);
  };

  it('are those of the topic; whether one with a filter policy gets the event is not documented', () => {
    const path = { ...ofRule, topicArn: EVENT_TOPIC_ARN };
    expect(stepsFor(path)).to.deep.equal([['1 confirmed (email)', undefined]]);
    const policy = { filterPolicy: '{"source":["aws.iam"]}', filterPolicyScope: 'MessageBody' };
    expect(stepsFor(path, policy)).to.deep.equal([['1 confirmed (email)', 'SUBSCRIBER_FILTER_UNCERTAIN']]);
  });

  it('are the target itself where it is not a topic', () => {
    const targetArn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:page`;
    expect(stepsFor({ ...ofRule, targetArn })).to.deep.equal([['page', undefined]]);
  });
});

describe('the filter policies of many subscriptions', () => {
  const many = of(...Array.from({ length: 20 }, () => 'email'));
  const last = many[19]?.subscriptionArn ?? '';
  const ids = many.map(({ subscriptionArn }) => subscriptionArn).sort();
  const asked = (inventory: Inventory) => {
    const { control, options } = parametersOf();
    const judgement = judge(control, options, inventory);
    return judgement.kind === 'needs'
      ? judgement.keys.flatMap((key) => (key.kind === 'subscription-attributes' ? [key.subscriptionArn] : []))
      : [];
  };

  it('are read eight at first, and the others only if none of these accepts the message', () => {
    const whole = withSubscriptions(many, Object.fromEntries(ids.slice(0, 8).map((id) => [id, rejecting])));
    const without = (count: number) =>
      onlyParts(whole, (kind, id) => kind !== 'subscription-attributes' || ids.indexOf(id) < count);
    expect(asked(without(0))).to.deep.equal(ids.slice(0, 8));
    expect(asked(without(8))).to.deep.equal(ids.slice(8));
    expect(codeFor(whole)).to.equal('SATISFIED');
    const accepting = onlyParts(
      withSubscriptions(many),
      (kind, id) => kind !== 'subscription-attributes' || ids.indexOf(id) < 8,
    );
    expect(asked(accepting)).to.deep.equal([]);
  });

  it('that all reject the message break the chain, and say how many they are', () => {
    const all = Object.fromEntries(ids.map((id) => [id, rejecting]));
    const [chain] = verdictOn(withSubscriptions(many, all)).chains;
    expect(chain.outcome === 'broken' && chain.finding.sentence).to.contain('all 20 confirmed subscriptions');
  });

  it('that cannot be read leave it open, unless another accepts the message', () => {
    const refused = denied('sns', 'GetSubscriptionAttributes');
    const one = replacing(withSubscriptions(many), 'subscription-attributes', last, refused);
    expect(codeFor(one)).to.equal('SATISFIED');
    const others = Object.fromEntries(ids.filter((id) => id !== last).map((id) => [id, rejecting]));
    expect(codeFor(replacing(withSubscriptions(many, others), 'subscription-attributes', last, refused))).to.equal(
      'UNREADABLE',
    );
  });
});
