import { expect } from 'chai';

import { evaluationsOf } from '../../src/report/evaluations.ts';
import { codeOf, parametersOf, verdictOn } from '../support/judging.ts';
import type { World } from '../support/worlds/world.ts';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
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

const publishing = (service: string) => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 'sns:Publish',
  Resource: TOPIC_ARN,
});
const withTopic = (change: Parameters<typeof topicAttributes>[1]): World =>
  soundWorld({ topics: { [TOPIC_ARN]: topicAttributes(TOPIC_ARN, change) } });
const withSubscription = (change: Parameters<typeof confirmed>[0]): World =>
  soundWorld({ subscriptions: { [TOPIC_ARN]: [confirmed(change)] } });
const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

describe('what other checkers let pass, or failed without a reason', () => {
  const rows: readonly (readonly [failure: string, world: World, code: string])[] = [
    [
      'a topic policy that names only another service',
      withTopic({ policy: JSON.stringify({ Statement: [publishing('events.amazonaws.com')] }) }),
      'TOPIC_REFUSES_ALARM',
    ],
    [
      'a topic on the key that AWS manages, by its alias',
      withTopic({ kmsMasterKeyId: 'alias/aws/sns' }),
      'TOPIC_KEY_UNUSABLE',
    ],
    [
      'a topic on the key that AWS manages, by its ARN',
      {
        ...withTopic({ kmsMasterKeyId: KEY_ARN }),
        keys: { [KEY_ARN]: { keyManager: 'AWS', keyState: 'Enabled', policy: '{}' } },
      },
      'TOPIC_KEY_UNUSABLE',
    ],
    [
      'selectors without writes',
      soundWorld({
        selectors: {
          [TRAIL_ARN]: {
            eventSelectors: [
              { readWriteType: 'ReadOnly', includeManagementEvents: true, excludeManagementEventSources: [] },
            ],
            advancedEventSelectors: [],
          },
        },
      }),
      'TRAIL_WITHOUT_EVENTS',
    ],
    [
      'a subscription that is pending only',
      withSubscription({ subscriptionArn: 'PendingConfirmation' }),
      'SUBSCRIBER_NOT_CONFIRMED',
    ],
    [
      'a log group that a trail, long on, was given just now',
      soundWorld({ statuses: { [TRAIL_ARN]: { isLogging: true, startLoggingTime: '2025-01-07T08:00:00.000Z' } } }),
      'LOG_DELIVERY_UNKNOWN',
    ],
    ['a pager that is subscribed over HTTPS', withSubscription({ protocol: 'https' }), 'SATISFIED'],
  ];
  for (const [failure, world, code] of rows) {
    it(`${failure}: ${code}`, () => {
      expect(codeOf(verdictOn(snapshotOf(world)))).to.equal(code);
    });
  }

  const states = [
    ['Disabled', 'TOPIC_KEY_OFF'],
    ['PendingReplicaDeletion', 'TOPIC_KEY_OFF'],
    ['Updating', 'SATISFIED'],
    ['Enabled', 'SATISFIED'],
  ] as const;
  for (const [keyState, code] of states) {
    it(`a topic on a key of one's own that is ${keyState}: ${code}`, () => {
      const policy = JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }],
      });
      const world: World = {
        ...withTopic({ kmsMasterKeyId: KEY_ARN }),
        keys: { [KEY_ARN]: { keyManager: 'CUSTOMER', keyState, policy } },
      };
      expect(codeOf(verdictOn(snapshotOf(world)))).to.equal(code);
    });
  }

  describe('a member account of an organization, as Control Tower lays it out,', () => {
    const theirTrail = `arn:aws:cloudtrail:${REGION}:${OTHER_ACCOUNT}:trail/aws-controltower-BaselineCloudTrail`;
    const theirLogGroup = `arn:aws:logs:${REGION}:${OTHER_ACCOUNT}:log-group:aws-controltower/CloudTrailLogs`;
    const theirTopic = `arn:aws:sns:${REGION}:${OTHER_ACCOUNT}:security`;
    const member = (filterPattern: string): World => ({
      ...soundWorld(),
      trails: [
        trail({
          trailArn: theirTrail,
          name: 'aws-controltower-BaselineCloudTrail',
          isOrganizationTrail: true,
          cloudWatchLogsLogGroupArn: theirLogGroup,
        }),
      ],
      statuses: { [theirTrail]: status() },
      selectors: { [theirTrail]: allManagementEvents },
      // A log group of the same name here would answer for the other.
      filters: { [theirLogGroup]: [filter({ filterPattern })], [theirLogGroup.replace(OTHER_ACCOUNT, ACCOUNT)]: [] },
      alarms: {
        [`${OTHER_ACCOUNT} ${REGION}`]: [
          alarm({ alarmArn: `arn:aws:cloudwatch:${REGION}:${OTHER_ACCOUNT}:alarm:mfa`, alarmActions: [theirTopic] }),
        ],
      },
      subscriptions: { [theirTopic]: [confirmed({ subscriptionArn: `${theirTopic}:1` })] },
      topics: { [theirTopic]: topicAttributes(theirTopic) },
    });
    const ofAccount = (account: string) =>
      `{ ($.eventName = "DeactivateMFADevice") && ($.recipientAccountId = "${account}") }`;
    const role = { foreignAccountRoleName: 'audit/reader' };

    it('is left to the account that owns the trail', () => {
      const verdict = verdictOn(snapshotOf(member(ofAccount(ACCOUNT))));
      expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', 'LOG_GROUP_IN_OTHER_ACCOUNT']);
      const where = { accountId: ACCOUNT, region: REGION };
      const row = (onForeignTrail: string) =>
        evaluationsOf(verdict, { ...where, options: parametersOf({ onForeignTrail }).options })[0].complianceType;
      expect([row('NOT_APPLICABLE'), row('NON_COMPLIANT')]).to.deep.equal(['NOT_APPLICABLE', 'NON_COMPLIANT']);
    });

    it('is satisfied by a filter for just this account, where a role lets us see it', () => {
      expect(codeOf(verdictOn(snapshotOf(member(ofAccount(ACCOUNT))), role))).to.equal('SATISFIED');
    });

    it('is not satisfied by a filter for another member', () => {
      expect(codeOf(verdictOn(snapshotOf(member(ofAccount('444455556666'))), role))).to.equal('FILTER_UNRELATED');
    });
  });

  it('one topic for each team in another account: undecided where its owner refuses, and decided where it may be read', () => {
    const theirs = `arn:aws:sns:${REGION}:${OTHER_ACCOUNT}:team-a`;
    const policy = JSON.stringify({ Statement: [{ ...publishing('cloudwatch.amazonaws.com'), Resource: theirs }] });
    const alarms = { [`${ACCOUNT} ${REGION}`]: [alarm({ alarmActions: [theirs] })] };
    const refused = verdictOn(snapshotOf(soundWorld({ alarms })));
    expect([refused.kind, codeOf(refused)]).to.deep.equal(['undecided', 'TOPIC_IN_OTHER_ACCOUNT']);
    const world = soundWorld({
      alarms,
      subscriptions: { [theirs]: [confirmed({ subscriptionArn: `${theirs}:1` })] },
      topics: { [theirs]: topicAttributes(theirs, { policy }) },
    });
    expect(codeOf(verdictOn(snapshotOf(world)))).to.equal('SATISFIED');
  });
});
