import { expect } from 'chai';

import { thingsOn } from '../../../src/chain/base/path-things.ts';
import { EVENT_BUS_ARN, eventRule } from '../../support/worlds/event-world.ts';
import {
  LOG_GROUP_ARN,
  TOPIC_ARN,
  TRAIL_ARN,
  alarm,
  alarmArn,
  compositeAlarm,
  filter,
  trail,
} from '../../support/worlds/world.ts';

describe('the things on a path', () => {
  const things = (path: Parameters<typeof thingsOn>[0]) =>
    thingsOn(path).map(({ field, id, name }) => [field, id, name]);

  it('have the fields, ids and names of what an event passes, in that order', () => {
    const path = {
      topicArn: TOPIC_ARN,
      alarm: compositeAlarm(),
      childAlarm: alarm(),
      filter: filter(),
      logGroupArn: LOG_GROUP_ARN,
      trail: trail(),
    };
    expect(things(path)).to.deep.equal([
      ['trailArn', TRAIL_ARN, 'main'],
      ['logGroupArn', LOG_GROUP_ARN, '/aws/cloudtrail/main'],
      ['filterName', 'mfa', 'mfa'],
      ['childAlarmArn', alarmArn('mfa-alarm'), 'mfa-alarm'],
      ['alarmArn', alarmArn('any-security-alarm'), 'any-security-alarm'],
      ['topicArn', TOPIC_ARN, 'security-alerts'],
    ]);
  });

  it('are by the route of EventBridge the rule and what it invokes', () => {
    const targetArn = 'arn:aws:lambda:us-east-1:111122223333:function:page-somebody';
    expect(things({ eventRule: { eventBusArn: EVENT_BUS_ARN, rule: eventRule() }, targetArn })).to.deep.equal([
      ['eventRuleArn', 'arn:aws:events:us-east-1:111122223333:rule/mfa-rule', 'mfa-rule'],
      ['targetArn', targetArn, 'page-somebody'],
    ]);
  });

  it('are none on a path that has passed nothing', () => {
    expect(things({})).to.deep.equal([]);
  });
});
