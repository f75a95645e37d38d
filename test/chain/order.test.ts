import { expect } from 'chai';

import { byNearness } from '../../src/chain/order.ts';
import type { Chain } from '../../src/chain/verdict.ts';
import { satisfied, unsatisfied } from '../support/chains.ts';
import { LOG_GROUP_ARN, TOPIC_ARN, TRAIL_ARN, alarm, compositeAlarm, filter, trail } from '../support/worlds/world.ts';

const path = { trail: trail(), logGroupArn: LOG_GROUP_ARN, filter: filter(), alarm: alarm(), topicArn: TOPIC_ARN };
const brokenAtTopic = unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }, path);
const withSubject = (subject: string): Chain => ({
  ...brokenAtTopic,
  links: brokenAtTopic.links.map((link) => ({ ...link, subject })),
});

describe('the order of chains', () => {
  const rows: readonly (readonly [claim: string, ...chains: readonly Chain[]])[] = [
    [
      'a chain that holds, then one in doubt, then one that is broken, however far they get',
      satisfied('log-alarm'),
      unsatisfied('metric-filter', { trail: 'TRAIL_SELECTORS_UNCERTAIN' }),
      unsatisfied('metric-filter', { subscriber: 'NO_SUBSCRIBER' }),
    ],
    [
      'fewer doubts first, however early they are',
      unsatisfied('metric-filter', { trail: 'UNREADABLE' }),
      unsatisfied('metric-filter', { topic: 'TOPIC_POLICY_UNCERTAIN', subscriber: 'UNREADABLE' }),
    ],
    [
      'broken chains by the link that breaks, the furthest first, whatever doubts there are before it',
      unsatisfied('metric-filter', { trail: 'UNREADABLE', 'log group': 'UNREADABLE', topic: 'TOPIC_GONE' }),
      unsatisfied('metric-filter', { trail: 'UNREADABLE', alarm: 'ALARM_ACTIONS_DISABLED' }),
      unsatisfied('metric-filter', { 'log group': 'LOG_GROUP_GONE' }),
      unsatisfied('metric-filter', { trail: 'TRAIL_NOT_LOGGING' }),
    ],
    [
      'chains in doubt by the first doubt, the furthest first',
      unsatisfied('metric-filter', { topic: 'UNREADABLE' }),
      unsatisfied('metric-filter', { trail: 'UNREADABLE' }),
    ],
    [
      'of routes of different lengths, the chain with fewer links left',
      unsatisfied('eventbridge', { 'event rule': 'EVENT_RULE_DISABLED' }),
      unsatisfied('metric-filter', { 'log group': 'LOG_GROUP_GONE' }),
    ],
    [
      'with as many links left, by the route, also where its reason comes later in the table',
      unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }),
      unsatisfied('eventbridge', { topic: 'TOPIC_REFUSES_RULE' }),
      unsatisfied('log-alarm', { topic: 'TOPIC_REFUSES_ALARM' }),
    ],
    ['chains that hold by their route', satisfied('metric-filter'), satisfied('eventbridge'), satisfied('log-alarm')],
    [
      'at one link by the reason, in the order of its table',
      unsatisfied('metric-filter', { topic: 'TOPIC_REFUSES_ALARM' }),
      unsatisfied('metric-filter', { topic: 'TOPIC_KEY_OFF' }),
      unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }),
    ],
    [
      'else by the things on their paths, in the order in which an event passes them',
      unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }, { ...path, topicArn: `${TOPIC_ARN}-2` }),
      unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }, { ...path, alarm: alarm({ alarmName: 'other' }) }),
      unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }, { ...path, filter: filter({ filterName: 'other' }) }),
      unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }, { ...path, logGroupArn: `${LOG_GROUP_ARN}-2` }),
      unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }, { ...path, trail: trail({ trailArn: `${TRAIL_ARN}-2` }) }),
    ],
    [
      'a path without a thing before the path with it',
      brokenAtTopic,
      unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }, { ...path, childAlarm: compositeAlarm() }),
    ],
    ['one path by what its links are about', withSubject('a'), withSubject('b')],
  ];
  for (const [claim, ...chains] of rows) {
    it(`has ${claim}`, () => {
      expect([...chains].sort(byNearness)).to.deep.equal(chains);
      expect([...chains].reverse().sort(byNearness)).to.deep.equal(chains);
    });
  }

  it('tells no difference between two chains of the same path', () => {
    expect(byNearness(brokenAtTopic, unsatisfied('metric-filter', { topic: 'TOPIC_GONE' }, path))).to.equal(0);
  });
});
