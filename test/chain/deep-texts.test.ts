import { expect } from 'chai';

import { codeOf, verdictOn } from '../support/judging.ts';
import { EVENT_BUS_ARN, eventRule, eventWorld } from '../support/worlds/event-world.ts';
import type { World } from '../support/worlds/world.ts';
import {
  TOPIC_ARN,
  alarm,
  compositeAlarm,
  confirmed,
  snapshotOf,
  soundWorld,
  topicAttributes,
  withAlarms,
} from '../support/worlds/world.ts';

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}["x"]${'}'.repeat(depth)}`;
const either = (depth: number): string =>
  depth === 0 ? '{"x":["y"]}' : `{"$or":[${either(depth - 1)},${either(depth - 1)}],"q":["1"]}`;

const withFilterPolicy = (filterPolicy: string): World =>
  soundWorld({
    filterPolicies: { [confirmed().subscriptionArn]: { filterPolicy, filterPolicyScope: 'MessageBody' } },
  });
const withRule = (alarmRule: string): World =>
  withAlarms(alarm({ alarmName: 'mfa-alarm', alarmActions: [] }), compositeAlarm({ alarmRule }));

/** Texts nearly as long as AWS allows, as deep as they can be. */
const texts: readonly (readonly [what: string, world: World, code: string, acceptedRoutes?: string])[] = [
  ['a filter policy of nested objects', withFilterPolicy(nested(40_000)), 'SUBSCRIBER_FILTER_UNCERTAIN'],
  ['a filter policy of nested alternatives', withFilterPolicy(either(12)), 'SUBSCRIBER_FILTER_UNCERTAIN'],
  [
    'the pattern of a rule of EventBridge',
    eventWorld({ eventRules: { [EVENT_BUS_ARN]: [eventRule({ eventPattern: nested(680) })] } }),
    'EVENT_RULE_UNDECIDED',
    'eventbridge',
  ],
  [
    'the rule of a composite alarm in parentheses',
    withRule(`${'('.repeat(5000)}ALARM("mfa-alarm")${')'.repeat(5000)}`),
    'ALARM_NOT_COMPUTED',
  ],
  [
    'the rule of a composite alarm with NOT',
    withRule(`${'NOT '.repeat(2500)}ALARM("mfa-alarm")`),
    'ALARM_NOT_COMPUTED',
  ],
  [
    'the policy of a topic',
    soundWorld({
      topics: {
        [TOPIC_ARN]: topicAttributes(TOPIC_ARN, { policy: `{"Statement":${'['.repeat(14_000)}${']'.repeat(14_000)}}` }),
      },
    }),
    'TOPIC_POLICY_UNCERTAIN',
  ],
];

describe('a text that is as deep as AWS allows', () => {
  for (const [what, world, code, acceptedRoutes = 'metric-filter'] of texts) {
    it(`is undecided, and no error: ${what}`, () => {
      const verdict = verdictOn(snapshotOf(world), { acceptedRoutes });
      expect([verdict.kind, codeOf(verdict)]).to.deep.equal(['undecided', code]);
    });
  }
});
