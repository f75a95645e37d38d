import { expect } from 'chai';

import { eventPatternFor } from '../../../src/chain/event-rule/event-pattern-for.ts';
import { judgeEventRules } from '../../../src/chain/event-rule/event-rule.ts';
import { routes } from '../../../src/chain/routes.ts';
import type { Inventory } from '../../../src/inventory/model.ts';
import type { World } from '../../support/worlds/world.ts';
import {
  EVENT_BUS_ARN,
  EVENT_PATTERN,
  EVENT_TOPIC_ARN,
  eventRule,
  eventWorld,
  target,
  withDetail,
  withRule,
} from '../../support/worlds/event-world.ts';
import { codeOf, contextOf, parametersOf, verdictOn } from '../../support/judging.ts';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  REGION,
  TRAIL_ARN,
  confirmed,
  defaultBusArn,
  denied,
  keyName,
  onlyParts,
  replacing,
  snapshotOf,
  soundWorld,
  status,
  trail,
} from '../../support/worlds/world.ts';

const accepted = { acceptedRoutes: 'eventbridge' };
const judged = (world: World, raw: Readonly<Record<string, string>> = accepted) => verdictOn(snapshotOf(world), raw);
const codeWith = (world: World, raw: Readonly<Record<string, string>> = accepted) => codeOf(judged(world, raw));
const withPattern = (pattern: object) => withRule({ eventPattern: JSON.stringify(pattern) });
const NAME = ['DeactivateMFADevice'];

describe('an EventBridge rule', () => {
  it('satisfies an account without a log group, where the parameters accept it, and not by default', () => {
    const verdict = judged(eventWorld());
    expect(verdict.kind).to.equal('satisfied');
    expect(verdict.chains[0].links.map(({ link }) => link)).to.deep.equal(routes.eventbridge.map(({ name }) => name));
    expect(codeWith(eventWorld(), {})).to.equal('LOG_GROUP_NOT_SET');
    expect(codeWith(eventWorld(), { acceptedRoutes: 'metric-filter,eventbridge' })).to.equal('SATISFIED');
    expect(codeWith(soundWorld(), { acceptedRoutes: 'metric-filter,eventbridge' })).to.equal('SATISFIED');
    expect(codeWith(soundWorld())).to.equal('NO_EVENT_RULE');
  });

  const same: readonly (readonly [claim: string, pattern: object])[] = [
    ['only the name of the event', { detail: { eventName: NAME } }],
    ['the source and the name', { source: ['aws.iam'], detail: { eventName: NAME } }],
    [
      'its own account and the region of global services',
      { account: [ACCOUNT], region: ['us-east-1'], detail: { eventName: NAME } },
    ],
    ['the version that all events have', { ...EVENT_PATTERN, version: ['0'] }],
    ['no events that are replayed from an archive', { ...EVENT_PATTERN, 'replay-name': [{ exists: false }] }],
    ['a name among `$or`', { detail: { $or: [{ eventName: NAME }, { eventName: NAME }] } }],
    ['a condition that every required event meets', { detail: { eventName: NAME, readOnly: [false] } }],
    [
      'a wildcard that stands for nothing else',
      { detail: { eventName: NAME, eventSource: [{ suffix: '.amazonaws.com' }] } },
    ],
  ];
  for (const [claim, pattern] of same) {
    it(`means what is required with ${claim}`, () => {
      expect(codeWith(withPattern(pattern))).to.equal('SATISFIED');
    });
  }

  const wrong: readonly (readonly [claim: string, world: World, code: string])[] = [
    [
      'only events that are replayed',
      withPattern({ ...EVENT_PATTERN, 'replay-name': [{ exists: true }] }),
      'EVENT_RULE_DIFFERENT',
    ],
    ['a version that is a number', withPattern({ ...EVENT_PATTERN, version: [0] }), 'EVENT_RULE_DIFFERENT'],
    ['another version', withPattern({ ...EVENT_PATTERN, version: ['1'] }), 'EVENT_RULE_DIFFERENT'],
    ['a misspelt field', withDetail({ eventname: NAME }), 'EVENT_RULE_DIFFERENT'],
    [
      'events of services',
      withPattern({ ...EVENT_PATTERN, 'detail-type': ['AWS Service Event via CloudTrail'] }),
      'EVENT_RULE_DIFFERENT',
    ],
    [
      '`anything-but` on a field that may be missing',
      withDetail({ eventName: NAME, errorCode: [{ 'anything-but': 'AccessDenied' }] }),
      'EVENT_RULE_NARROWER',
    ],
    [
      'a region that IAM does not record in',
      withPattern({ ...EVENT_PATTERN, region: [REGION] }),
      'EVENT_RULE_DIFFERENT',
    ],
    [
      'resources, which such events do not have',
      withPattern({ ...EVENT_PATTERN, resources: ['arn:aws:iam::111122223333:mfa/a'] }),
      'EVENT_RULE_NARROWER',
    ],
    [
      'the users of a group only',
      withDetail({ eventName: NAME, userIdentity: { type: ['IAMUser'] } }),
      'EVENT_RULE_NARROWER',
    ],
    ['other events as well', withPattern({ source: ['aws.iam'] }), 'NO_EVENT_RULE'],
    [
      'a bus where IAM has no events',
      eventWorld({ eventRules: { [EVENT_BUS_ARN]: [], [defaultBusArn(REGION)]: [eventRule()] } }),
      'EVENT_RULE_IN_OTHER_REGION',
    ],
    [
      'a schedule',
      eventWorld({ eventRules: { [EVENT_BUS_ARN]: [{ name: 'nightly', state: 'ENABLED' }] } }),
      'NO_EVENT_RULE',
    ],
    ['a state of disabled', withRule({ state: 'DISABLED' }), 'EVENT_RULE_DISABLED'],
  ];
  for (const [claim, world, code] of wrong) {
    it(`does not satisfy with ${claim}: ${code}`, () => {
      const verdict = judged(world);
      expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['broken', code]);
    });
  }

  it('shows an event that it misses: of the record, or of the envelope where that decides', () => {
    const eventOf = (world: World) => {
      const [nearest] = judged(world).chains;
      return nearest.outcome === 'satisfied' ? '' : nearest.finding.sentence.replace(/^.*for example /, '');
    };
    expect(JSON.parse(eventOf(withDetail({ eventname: NAME })))).to.deep.equal({ eventName: 'DeactivateMFADevice' });
    const ofService = withPattern({ ...EVENT_PATTERN, 'detail-type': ['AWS Service Event via CloudTrail'] });
    expect(JSON.parse(eventOf(ofService))).to.include({ 'detail-type': 'AWS API Call via CloudTrail' });
    const misspelt = withPattern({ Source: ['aws.iam'], detail: { eventName: NAME } });
    expect(JSON.parse(eventOf(misspelt)))
      .to.include({ source: 'aws.iam' })
      .and.not.to.have.property('detail');
  });

  it('may match more where `patternMatch` is covers', () => {
    const broader = withDetail({ eventName: [...NAME, 'EnableMFADevice'] });
    expect(codeWith(broader)).to.equal('EVENT_RULE_BROADER');
    for (const world of [broader, withPattern({ source: ['aws.iam'] })]) {
      expect(codeWith(world, { ...accepted, patternMatch: 'covers' })).to.equal('SATISFIED');
    }
  });

  it('that cannot be read does not hide that the rule for the control is certainly wrong', () => {
    const unread = eventRule({ name: 'unread', eventPattern: '{"detail":{"eventName":[{"sounds-like":"x"}]}}' });
    const disabled = eventRule({ state: 'DISABLED' });
    const eventRuleTargets = { [`${EVENT_BUS_ARN} unread`]: [target()], [`${EVENT_BUS_ARN} mfa-rule`]: [target()] };
    const open = eventWorld({ eventRules: { [EVENT_BUS_ARN]: [unread, disabled] }, eventRuleTargets });
    expect(judged(open).kind).to.equal('undecided');
    const withoutSubscriber = eventWorld({
      eventRules: { [EVENT_BUS_ARN]: [unread, eventRule()] },
      eventRuleTargets,
      subscriptions: { [EVENT_TOPIC_ARN]: [] },
    });
    const verdict = judged(withoutSubscriber);
    expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['broken', 'NO_SUBSCRIBER']);
  });

  it('needs a trail that records the events in the account', () => {
    expect(codeWith(eventWorld({ trails: [] }))).to.equal('NO_TRAIL');
    expect(codeWith(eventWorld({ statuses: { [TRAIL_ARN]: status({ isLogging: false }) } }))).to.equal(
      'TRAIL_NOT_LOGGING',
    );
    expect(codeWith(eventWorld({ trails: [trail({ isMultiRegionTrail: false })] }))).to.equal(
      'TRAIL_WITHOUT_GLOBAL_EVENTS',
    );
  });

  it('needs no delivery to a log group', () => {
    const failing = status({ latestCloudWatchLogsDeliveryError: 'Access denied' });
    expect(codeWith(eventWorld({ statuses: { [TRAIL_ARN]: failing } }))).to.equal('SATISFIED');
  });

  it('is undecided where it is not known where the events arrive: another partition, and other words in AWS pages', () => {
    const trailArn = TRAIL_ARN.replace('arn:aws:', 'arn:aws-cn:').replace(REGION, 'cn-north-1');
    const world = eventWorld({
      region: 'cn-north-1',
      trails: [trail({ trailArn, homeRegion: 'cn-north-1' })],
      statuses: { [trailArn]: status() },
      selectors: { [trailArn]: soundWorld().selectors[TRAIL_ARN] ?? null },
      subscriptions: { [EVENT_TOPIC_ARN]: [confirmed()] },
    });
    expect(codeWith(world)).to.equal('EVENT_REGION_UNKNOWN');
  });

  it('is followed in GovCloud where IAM is', () => {
    const [trailArn, topicArn] = [TRAIL_ARN, EVENT_TOPIC_ARN].map((arn) =>
      arn.replace('arn:aws:', 'arn:aws-us-gov:').replace(REGION, 'us-gov-west-1').replace('us-east-1', 'us-gov-west-1'),
    );
    const busArn = EVENT_BUS_ARN.replace('arn:aws:', 'arn:aws-us-gov:').replace('us-east-1', 'us-gov-west-1');
    const ofWorld = eventWorld();
    const world = eventWorld({
      region: 'us-gov-east-1',
      trails: [trail({ trailArn: trailArn ?? '', homeRegion: 'us-gov-west-1' })],
      statuses: { [trailArn ?? '']: status() },
      selectors: { [trailArn ?? '']: ofWorld.selectors[TRAIL_ARN] ?? null },
      eventRules: { [busArn]: [eventRule()] },
      eventRuleTargets: { [`${busArn} mfa-rule`]: [{ id: 'topic', arn: topicArn ?? '' }] },
      subscriptions: { [topicArn ?? '']: [confirmed({ subscriptionArn: `${topicArn ?? ''}:1` })] },
      topics: {
        [topicArn ?? '']: {
          policy: (ofWorld.topics[EVENT_TOPIC_ARN]?.policy ?? '').replaceAll(EVENT_TOPIC_ARN, topicArn ?? ''),
        },
      },
    });
    expect(codeWith(world)).to.equal('SATISFIED');
  });

  it('is asked for no alarm and no filter, and an account with both routes broken gets the nearer miss', () => {
    const nobody = { ...eventWorld({ subscriptions: { [EVENT_TOPIC_ARN]: [] } }) };
    const both = { acceptedRoutes: 'metric-filter,eventbridge' };
    expect(codeWith(nobody, both)).to.equal('NO_SUBSCRIBER');
    const alarmNearer = soundWorld({ alarms: { [`${ACCOUNT} ${REGION}`]: [] } });
    expect(codeWith(alarmNearer, both)).to.equal('NO_ALARM');
    expect(judged(eventWorld({ trails: [] }), both).chains).to.have.lengthOf(1);
  });
});

describe('the link `event rule`', () => {
  const linkOf = (inventory: Inventory, raw: Readonly<Record<string, string>> = {}) => {
    const [{ links }] = verdictOn(inventory, { ...accepted, ...raw }).chains;
    const link = links.find((one) => one.link === 'event rule');
    return [link?.subject, link?.finding?.sentence];
  };

  it('names the rule with its region and pattern', () => {
    expect(linkOf(snapshotOf(eventWorld()))).to.deep.equal([
      `mfa-rule (us-east-1) ${JSON.stringify(EVENT_PATTERN)}`,
      undefined,
    ]);
  });

  it('that finds no rule says so, and names the first that also matches other events', () => {
    const none = 'no EventBridge rule on the default event bus of us-east-1 is for DeactivateMFADevice';
    expect(linkOf(snapshotOf(eventWorld({ eventRules: { [EVENT_BUS_ARN]: [] } })))).to.deep.equal(['none', none]);
    const broad = ['b', 'a', 'c'].map((name) => eventRule({ name, eventPattern: '{"source":["aws.iam"]}' }));
    const other = eventRule({ name: '0', eventPattern: '{"source":["aws.s3"]}' });
    expect(linkOf(snapshotOf(eventWorld({ eventRules: { [EVENT_BUS_ARN]: [...broad, other] } })))).to.deep.equal([
      'none',
      `${none}; nearest: a, which also matches other events`,
    ]);
    expect(linkOf(snapshotOf(eventWorld({ eventRules: { [EVENT_BUS_ARN]: [other] } })))).to.deep.equal(['none', none]);
  });

  it('names a rule in the region of the account, where the events do not arrive', () => {
    const here = eventWorld({ eventRules: { [EVENT_BUS_ARN]: [], [defaultBusArn(REGION)]: [eventRule()] } });
    expect(linkOf(snapshotOf(here))).to.deep.equal([
      'mfa-rule',
      `EventBridge rule mfa-rule is in ${REGION}, and the events arrive only in us-east-1`,
    ]);
    const unrelated = eventRule({ name: 'other', eventPattern: '{"source":["aws.s3"]}' });
    const other = eventWorld({ eventRules: { [EVENT_BUS_ARN]: [], [defaultBusArn(REGION)]: [unrelated] } });
    expect(linkOf(snapshotOf(other))[0]).to.equal('none');
    const refused = replacing(
      snapshotOf(eventWorld({ eventRules: { [EVENT_BUS_ARN]: [] } })),
      'event-rules',
      defaultBusArn(REGION),
      denied('events', 'ListRules'),
    );
    expect(linkOf(refused)[0]).to.equal('none');
  });

  it('that cannot list the rules is undecided', () => {
    const refused = replacing(snapshotOf(eventWorld()), 'event-rules', EVENT_BUS_ARN, denied('events', 'ListRules'));
    const [subject, sentence] = linkOf(refused);
    expect(subject).to.equal('rules');
    expect(sentence).to.contain('events:ListRules');
  });

  it('asks for the rules of the region of the events, and then of its own', () => {
    const missing = (...kept: readonly string[]) => {
      const inventory = snapshotOf(eventWorld({ eventRules: { [EVENT_BUS_ARN]: [], [defaultBusArn(REGION)]: [] } }));
      const context = contextOf(
        onlyParts(inventory, (kind, id) => kind !== 'event-rules' || kept.includes(id)),
        accepted,
      );
      return judgeEventRules({ trail: trail() }, context).needs.map(keyName);
    };
    expect(missing()).to.deep.equal([`event-rules ${EVENT_BUS_ARN}`]);
    expect(missing(EVENT_BUS_ARN)).to.deep.equal([`event-rules ${defaultBusArn(REGION)}`]);
    expect(missing(EVENT_BUS_ARN, defaultBusArn(REGION))).to.deep.equal([]);
  });

  it('is undecided for events of every region, and for a trail of another account', () => {
    const sts = { controlId: 'CloudWatch.10' };
    const pattern = { detail: { eventName: ['AuthorizeSecurityGroupIngress'] } };
    const control = parametersOf(sts).control;
    const busArn = defaultBusArn(REGION);
    const written = JSON.stringify(eventPatternFor(control) ?? pattern);
    const everywhere = eventWorld({
      eventRules: { [busArn]: [eventRule({ eventPattern: written })] },
      eventRuleTargets: { [`${busArn} mfa-rule`]: [target()] },
    });
    expect(linkOf(snapshotOf(everywhere), sts)[1]).to.equal(
      `EventBridge rule mfa-rule sees the events of ${REGION}, and the rules of other regions are not read`,
    );
    const trailArn = TRAIL_ARN.replace(ACCOUNT, OTHER_ACCOUNT);
    const foreign = eventWorld({
      trails: [trail({ trailArn, name: 'organization' })],
      statuses: { [trailArn]: status() },
      selectors: { [trailArn]: soundWorld().selectors[TRAIL_ARN] ?? null },
    });
    expect(linkOf(snapshotOf(foreign))[1]).to.equal(
      'it is not documented whether trail organization of another account brings events to EventBridge rule mfa-rule',
    );
  });

  it('compares the rule that is meant for the control first, where the time is short', () => {
    let asked = 0;
    const names = ['x', 'y', 'z'].map((name) =>
      eventRule({ name, eventPattern: JSON.stringify({ detail: { eventName: [`Only${name}`] } }) }),
    );
    const meant = eventRule({
      name: 'zz',
      eventPattern: JSON.stringify({ detail: { eventName: [...NAME, 'OnlyAskedHere'] } }),
    });
    const inventory = snapshotOf(eventWorld({ eventRules: { [EVENT_BUS_ARN]: [...names, meant] } }));
    const isOver = () => (asked += 1) > 1;
    const { steps } = judgeEventRules({ trail: trail() }, { ...contextOf(inventory, accepted), isOver });
    const codes = steps.map(({ subject, finding }) => [subject.split(' ')[0], finding?.code]);
    expect(codes).to.deep.include(['zz', 'EVENT_RULE_BROADER']).and.to.deep.include(['x', 'EVENT_RULE_NOT_COMPARED']);
  });
});
