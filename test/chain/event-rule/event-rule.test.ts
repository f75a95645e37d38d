import { expect } from 'chai';

import { routes } from '../../../src/chain/routes.ts';
import type { World } from '../../support/world.ts';
import {
  EVENT_BUS_ARN,
  EVENT_PATTERN,
  EVENT_TOPIC_ARN,
  eventRule,
  eventWorld,
  target,
  withDetail,
  withRule,
} from '../../support/event-world.ts';
import { codeOf, verdictOn } from '../../support/judging.ts';
import {
  ACCOUNT,
  REGION,
  TRAIL_ARN,
  confirmed,
  defaultBusArn,
  snapshotOf,
  soundWorld,
  status,
  trail,
} from '../../support/world.ts';

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
